//! Lists of servers that are careless, and lists whose connection breaks.

use std::sync::{Arc, Mutex};

use sdk_runtime::runtime::{Call, Error, Items, NextPage, Paging, RetryPolicy};
use serde_json::{Value, json};

use crate::operations::client;
use crate::pages::{
    BY_CURSOR, BY_HEADER, BY_LINK, BY_NUMBER, IN_BODY, LIST, PAGE, SEARCH, TELLING, list, numbers, serving,
    targets,
};
use crate::support::{Reply, Server, Step};

#[tokio::test]
async fn a_list_that_is_counted_ends_at_an_empty_page_whatever_the_server_says() {
    static COUNTED: Paging =
        Paging { items: &["data"], next: NextPage::Number { input: PAGE, first: 1 }, more: &["more"] };
    for first in [json!([1]), json!([])] {
        let pages = [json!({"data": first, "more": true}), json!({"data": [], "more": true})];
        let server = serving(&pages).await;
        assert_eq!(json!(list(&server, &COUNTED).await), first);
        assert_eq!(server.requests().len(), 1 + first.as_array().map_or(0, Vec::len));
    }
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let server = Server::new(|_, number| {
        let page = json!({"data": [], "next": number.to_string(), "more": true});
        Reply::json(200, page.to_string())
    })
    .await;
    let client = client(&server);
    let items = numbers(Call::new(&client, &LIST).items(&TELLING)).await;
    let [Err(error)] = &items[..] else { panic!("{items:?}") };
    assert!(error.to_string().contains("100 pages in a row had nothing in them"), "{error}");
    assert_eq!(server.requests().len(), 100);
}

#[tokio::test]
async fn a_server_that_ignores_the_number_is_not_asked_forever_for_words_either() {
    for page in [json!({"data": [1, 2]}), json!({"data": [1, 2], "more": true})] {
        let server = serving(&[page]).await;
        assert_eq!(list(&server, &BY_NUMBER).await, [1, 2]);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_link_may_have_any_letters() {
    let replies = || {
        [
            Reply::with_headers(200, &[("link", "</things?p=später>; title=\"nächste\"; rel=next")], "[1]"),
            Reply::json(200, "[2]"),
        ]
    };
    let server = Server::replying(replies()).await;
    assert_eq!(list(&server, &BY_LINK).await, [1, 2]);
    assert_eq!(targets(&server)[1], "/things?p=sp%C3%A4ter");

    let replies = [Reply::with_headers(200, &[("x-next", "später")], "[1]"), Reply::json(200, "[2]")];
    let server = Server::replying(replies).await;
    assert_eq!(list(&server, &BY_HEADER).await, [1, 2]);
    assert_eq!(server.requests()[1].header("x-after"), Some("später"));
}

#[tokio::test]
async fn a_cursor_s_digits_stay_as_they_are() {
    for cursor in ["123456789012345678901234567890", "1700000000.1234567890", "1e2"] {
        let pages = [
            Reply::json(200, format!(r#"{{"data":[1],"next":{cursor},"meta":{{"next":{cursor}}}}}"#)),
            Reply::json(200, r#"{"data":[2]}"#),
        ];
        let server = Server::replying(pages.clone()).await;
        assert_eq!(list(&server, &BY_CURSOR).await, [1, 2]);
        assert_eq!(targets(&server)[1], format!("/things?cursor={cursor}"));

        let server = Server::replying(pages).await;
        let client = client(&server);
        let mut call = Call::new(&client, &SEARCH);
        call.json(&json!({"q": 1}));
        assert_eq!(numbers(call.items(&IN_BODY)).await.len(), 2);
        let body = String::from_utf8(server.requests()[1].body.clone()).expect("it is text");
        assert_eq!(body, format!(r#"{{"q":1,"cursor":{cursor}}}"#));
    }
}

#[tokio::test]
async fn a_byte_order_mark_before_a_page_or_an_error_is_none_of_it() {
    let server = Server::replying([Reply::json(200, "\u{feff}{\"data\":[1]}")]).await;
    assert_eq!(list(&server, &BY_CURSOR).await, [1]);
    let server = Server::replying([Reply::json(404, "\u{feff}{\"message\":\"gone\"}")]).await;
    let error = Call::new(&client(&server), &LIST).send_json::<Value>().await.expect_err("it is gone");
    let Error::Api(api) = &error else { panic!("{error:?}") };
    assert_eq!(api.message(), Some("gone"));
}

#[tokio::test]
async fn a_reset_after_each_byte_of_a_page_is_mended_or_loses_no_item_before_it() {
    let page = |items: &str| format!("{{\"data\":[{items}]}}");
    let whole = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}", page("3").len(), page("3"));
    // What the second page is sent once, before it comes as it should.
    let broken: Arc<Mutex<Option<Reply>>> = Arc::default();
    let plan = Arc::clone(&broken);
    let server = Server::new(move |request, _| match request.target.as_str() {
        "/things" => Reply::json(200, page("1,2")),
        "/things?page=1" => {
            let broken = plan.lock().expect("no test panics with the lock").take();
            broken.unwrap_or_else(|| Reply::json(200, page("3")))
        }
        _ => Reply::json(200, page("")),
    })
    .await;
    let client = client(&server);
    for (cut, end) in (0..whole.len()).flat_map(|cut| [(cut, Step::Close), (cut, Step::Reset)]) {
        let breaks = || {
            let reply = Reply::raw(&whole.as_bytes()[..cut]).then(end.clone());
            *broken.lock().expect("no test panics with the lock") = Some(reply);
        };
        breaks();
        let items = Call::new(&client, &LIST).items::<u32>(&BY_NUMBER).all().await;
        assert_eq!(items.expect("it is tried again"), [1, 2, 3], "after {cut} bytes");
        breaks();
        let mut call = Call::new(&client, &LIST);
        call.options().retry = Some(Box::new(RetryPolicy::none()));
        let items = numbers(call.items(&BY_NUMBER)).await;
        let [Ok(1), Ok(2), Err(Error::Interrupted(_))] = &items[..] else {
            panic!("after {cut} bytes: {items:?}")
        };
    }
}

#[tokio::test]
async fn pages_outlive_the_client_that_they_came_from() {
    fn all(client: &sdk_runtime::runtime::Client) -> Items<u32> {
        Call::new(client, &LIST).items(&BY_NUMBER)
    }
    let server = serving(&[json!({"data": [1]}), json!({"data": [2]}), json!({"data": []})]).await;
    let items = all(&client(&server));
    let items = tokio::spawn(items.all()).await.expect("it does not panic").expect("all is well");
    assert_eq!(items, [1, 2]);
}
