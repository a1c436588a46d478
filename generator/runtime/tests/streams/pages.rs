//! Lists over several responses: every way to ask for the next page, and every way
//! in which the pages end.

use std::time::Duration;

use sdk_runtime::runtime::{
    Call, Error, Items, Method, NextPage, Operation, PageInput, Pages, Paging, RetryPolicy, Style, TimeLimit,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::operations::{builder, client};
use crate::support::{Received, Reply, Server, Step};

pub(crate) static LIST: Operation = Operation { id: "list", path: "/things", ..Operation::DEFAULT };
pub(crate) static SEARCH: Operation =
    Operation { id: "search", method: Method::POST, path: "/search", ..Operation::DEFAULT };

pub(crate) const PAGE: PageInput = PageInput::Query("page");
const CURSOR: PageInput = PageInput::Query("cursor");

pub(crate) static BY_NUMBER: Paging =
    Paging { items: &["data"], next: NextPage::Number { input: PAGE, first: 0 }, more: &[] };
static BY_OFFSET: Paging =
    Paging { items: &["data"], next: NextPage::Offset { input: PageInput::Query("offset") }, more: &[] };
pub(crate) static BY_CURSOR: Paging = Paging {
    items: &["data"],
    next: NextPage::Cursor { input: CURSOR, token: &["meta", "next"] },
    more: &[],
};
pub(crate) static BY_HEADER: Paging = Paging {
    items: &[],
    next: NextPage::CursorHeader { input: PageInput::Header("x-after"), header: "x-next" },
    more: &[],
};
static BY_LAST: Paging = Paging {
    items: &["data"],
    next: NextPage::LastItem { input: PageInput::Query("after"), property: "id" },
    more: &["has_more"],
};
pub(crate) static IN_BODY: Paging = Paging {
    items: &["data"],
    next: NextPage::Cursor { input: PageInput::Body("cursor"), token: &["next"] },
    more: &[],
};
static BY_URL: Paging = Paging { items: &["data"], next: NextPage::Url { url: &["next"] }, more: &[] };
pub(crate) static BY_LINK: Paging = Paging { items: &[], next: NextPage::LinkHeader, more: &[] };

pub(crate) static TELLING: Paging =
    Paging { items: &["data"], next: NextPage::Cursor { input: CURSOR, token: &["next"] }, more: &["more"] };

/// Gives these pages, one after the other; the last one over and over.
pub(crate) async fn serving(pages: &[Value]) -> Server {
    Server::replying(pages.iter().map(|page| Reply::json(200, page.to_string()))).await
}

pub(crate) fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

pub(crate) async fn numbers(mut items: Items<u32>) -> Vec<Result<u32, Error>> {
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push(item);
    }
    assert!(items.next().await.is_none(), "the end stays the end");
    seen
}

pub(crate) async fn list(server: &Server, paging: &'static Paging) -> Vec<u32> {
    let client = client(server);
    let items = numbers(Call::new(&client, &LIST).items(paging)).await;
    items.into_iter().map(|item| item.expect("all is well")).collect()
}

#[tokio::test]
async fn pages_are_asked_for_by_number_until_one_is_empty() {
    let server = serving(&[json!({"data": [1, 2]}), json!({"data": [3]}), json!({"data": []})]).await;
    assert_eq!(list(&server, &BY_NUMBER).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/things", "/things?page=1", "/things?page=2"]);
}

#[tokio::test]
async fn the_caller_says_where_to_begin() {
    let pages = [json!({"data": [1, 2]}), json!({"data": []})];
    let server = serving(&pages).await;
    let client = client(&server);
    let mut call = Call::new(&client, &LIST);
    call.query("limit", Style::Form, &2);
    call.query("page", Style::Form, &7);
    numbers(call.items(&BY_NUMBER)).await;
    assert_eq!(targets(&server), ["/things?limit=2&page=7", "/things?limit=2&page=8"]);

    let server = serving(&pages).await;
    let client = builder(&server).build().expect("it is fine");
    let mut call = Call::new(&client, &LIST);
    call.query("offset", Style::Form, &10);
    numbers(call.items(&BY_OFFSET)).await;
    assert_eq!(targets(&server), ["/things?offset=10", "/things?offset=12"]);
}

#[tokio::test]
async fn pages_are_asked_for_by_the_items_so_far() {
    let server = serving(&[json!({"data": [1, 2]}), json!({"data": [3]}), json!({"data": []})]).await;
    assert_eq!(list(&server, &BY_OFFSET).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/things", "/things?offset=2", "/things?offset=3"]);
}

#[tokio::test]
async fn pages_are_asked_for_by_cursor_until_there_is_none() {
    for last in [
        json!({"data": [3]}),
        json!({"data": [3], "meta": {"next": null}}),
        json!({"data": [3], "meta": {"next": ""}}),
        json!({"data": [3], "meta": null}),
    ] {
        let first = json!({"data": [1, 2], "meta": {"next": "a b&c"}});
        let server = serving(&[first, last]).await;
        assert_eq!(list(&server, &BY_CURSOR).await, [1, 2, 3]);
        assert_eq!(targets(&server), ["/things", "/things?cursor=a%20b%26c"]);
    }
}

#[tokio::test]
async fn a_cursor_may_be_a_number_and_in_headers() {
    let replies = [
        Reply::with_headers(200, &[("x-next", "c2"), ("content-type", "application/json")], "[1]"),
        Reply::json(200, "[2]"),
    ];
    let server = Server::replying(replies).await;
    assert_eq!(list(&server, &BY_HEADER).await, [1, 2]);
    assert_eq!(server.requests()[1].header("x-after"), Some("c2"));

    let server = serving(&[json!({"data": [1], "meta": {"next": 12}}), json!({"data": [2]})]).await;
    assert_eq!(list(&server, &BY_CURSOR).await, [1, 2]);
    assert_eq!(targets(&server)[1], "/things?cursor=12");
}

#[tokio::test]
async fn a_cursor_goes_into_the_body_as_what_it_was() {
    for (first, second) in
        [(json!({"q": "x"}), json!({"q": "x", "cursor": 5})), (Value::Null, json!({"cursor": 5}))]
    {
        let server = serving(&[json!({"data": [1], "next": 5}), json!({"data": [2]})]).await;
        let client = client(&server);
        let mut call = Call::new(&client, &SEARCH);
        if !first.is_null() {
            call.json(&first);
        }
        match first {
            Value::Null => call.options().set_header("Idempotency-Key", "one"),
            _ => call.options().idempotency_key = Some("one".to_owned()),
        }
        assert_eq!(numbers(call.items(&IN_BODY)).await.len(), 2);
        let requests = server.requests();
        let body = |request: &Received| serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
        assert_eq!((body(&requests[0]), body(&requests[1])), (first, second));
        let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
        assert_eq!(keys, [Some("one"), None], "the key of one page is not that of another");
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Thing {
    id: String,
}

#[tokio::test]
async fn pages_are_asked_for_by_the_last_item() {
    let server = serving(&[
        json!({"data": [{"id": "a"}, {"id": "b"}], "has_more": true}),
        json!({"data": [{"id": "c"}], "has_more": false}),
    ])
    .await;
    let client = client(&server);
    let things = Call::new(&client, &LIST).items::<Thing>(&BY_LAST).all().await.expect("all is well");
    assert_eq!(things.iter().map(|thing| thing.id.as_str()).collect::<String>(), "abc");
    assert_eq!(targets(&server), ["/things", "/things?after=b"]);
}

#[tokio::test]
async fn the_next_page_may_be_a_url() {
    for next in ["/things?page=2&x=%2F", "?page=2&x=%2F", "HOST/things?page=2&x=%2F"] {
        let server = Server::new(move |request, number| {
            let host = request.header("host").expect("it has one");
            let next = next.replace("HOST", &format!("http://{host}"));
            let page = if number == 0 {
                json!({"data": [1], "next": next})
            } else {
                json!({"data": [2], "next": null})
            };
            Reply::json(200, page.to_string())
        })
        .await;
        let client = client(&server);
        let mut call = Call::new(&client, &LIST);
        call.query("size", Style::Form, &1);
        call.options().set_header("x-team", "blue");
        assert_eq!(numbers(call.items(&BY_URL)).await.len(), 2);
        assert_eq!(targets(&server), ["/things?size=1", "/things?page=2&x=%2F"]);
        assert_eq!(server.requests()[1].header("x-team"), Some("blue"));
    }
}

#[tokio::test]
async fn a_url_on_another_host_is_an_error_after_the_items() {
    let other = serving(&[json!({"data": [666]})]).await;
    for next in [
        format!("{}/things", other.url),
        "https://127.0.0.1/things".to_owned(),
        "ftp://x/".to_owned(),
        "http://".to_owned(),
    ] {
        let server = serving(&[json!({"data": [1, 2], "next": next})]).await;
        let client = client(&server);
        let items = numbers(Call::new(&client, &LIST).items(&BY_URL)).await;
        assert_eq!(items.len(), 3);
        let error = items[2].as_ref().expect_err("it leads away");
        assert!(error.to_string().contains("the next page is "), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn links_are_read_as_they_are_defined() {
    for link in [
        "</things?p=2>; rel=next",
        "</things?p=2>; rel=\"next\"",
        "</things?p=1>; rel=\"prev\", </things?p=2>; rel=\"next\"; title=\"a, b\"",
        "</things?p=9>; title=\"; rel=next, <x>; rel=next\"; rel=last,</things?p=2>;REL=\"last NEXT\"",
        "< /things?p=2 > ; foo ; rel = next",
        "<http://other.example/a,b;rel=next>; rel=prev, </things?p=2>; rel=\"last next\"",
        "</things?p=2>; title=a\\\"b; rel=\"NEXT\"",
        ", ,</things?p=2>; rel=next,",
    ] {
        let replies = [
            Reply::with_headers(200, &[("link", link)], "[1]"),
            Reply::with_headers(200, &[("link", "</things?p=1>; rel=prev; x=\"next\"")], "[2]"),
        ];
        let server = Server::replying(replies).await;
        assert_eq!(list(&server, &BY_LINK).await, [1, 2], "{link}");
        assert_eq!(targets(&server), ["/things", "/things?p=2"], "{link}");
    }
}

#[tokio::test]
async fn a_server_that_leads_back_is_not_followed() {
    let server = serving(&[
        json!({"data": [1], "meta": {"next": "a"}}),
        json!({"data": [2], "meta": {"next": "b"}}),
        json!({"data": [3], "meta": {"next": "a"}}),
        json!({"data": [4], "meta": {"next": "c"}}),
    ])
    .await;
    assert_eq!(list(&server, &BY_CURSOR).await, [1, 2, 3]);

    let server = serving(&[json!({"data": [1], "next": "/things"})]).await;
    assert_eq!(list(&server, &BY_URL).await, [1]);
}

#[tokio::test]
async fn a_server_that_ignores_the_number_is_not_asked_forever() {
    let server = serving(&[json!({"data": [{"id": "a"}]})]).await;
    let client = client(&server);
    let things = Call::new(&client, &LIST).items::<Thing>(&BY_NUMBER).all().await.expect("all is well");
    assert_eq!(things.len(), 1);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_empty_page_ends_the_list_unless_the_server_says_there_is_more() {
    let server = serving(&[json!({"data": [], "meta": {"next": "a"}}), json!({"data": [1]})]).await;
    assert!(list(&server, &BY_CURSOR).await.is_empty());
    assert_eq!(server.requests().len(), 1);

    let server = serving(&[
        json!({"data": [1], "next": "a", "more": true}),
        json!({"data": [], "next": "b", "more": true}),
        json!({"data": [2], "next": "c", "more": false}),
    ])
    .await;
    assert_eq!(list(&server, &TELLING).await, [1, 2]);
}

#[tokio::test]
async fn a_list_that_is_null_or_not_there_is_empty() {
    for page in [json!({"data": null}), json!({}), json!({"data": []})] {
        assert!(list(&serving(&[page]).await, &BY_NUMBER).await.is_empty());
    }
}

#[tokio::test]
async fn the_items_before_an_error_are_not_lost() {
    let replies = [Reply::json(200, r#"{"data":[1,"two",3]}"#), Reply::json(500, r#"{"message":"oops"}"#)];
    let server = Server::replying(replies).await;
    let client = builder(&server).retry(RetryPolicy::none()).build().expect("it is fine");
    let items = numbers(Call::new(&client, &LIST).items(&BY_NUMBER)).await;
    assert_eq!(items.len(), 4);
    assert_eq!((items[0].as_ref().ok(), items[2].as_ref().ok()), (Some(&1), Some(&3)));
    let error = items[1].as_ref().expect_err("it is no number");
    let Error::Decode(decode) = error else { panic!("{error:?}") };
    assert_eq!(decode.raw_body(), "\"two\"");
    assert_eq!(items[3].as_ref().expect_err("it failed").status().map(|status| status.as_u16()), Some(500));
}

#[tokio::test]
async fn each_page_is_retried_like_any_call() {
    let page = |items: &str| Reply::json(200, format!("{{\"data\":[{items}]}}"));
    let broken = Reply::raw(*b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"data\":").then(Step::Close);
    let server = Server::replying([page("1"), Reply::bare(503, &[]), broken, page("2"), page("")]).await;
    assert_eq!(list(&server, &BY_NUMBER).await, [1, 2]);
    assert_eq!(targets(&server)[1..4], ["/things?page=1", "/things?page=1", "/things?page=1"]);
}

#[tokio::test]
async fn a_page_that_is_no_json_is_an_error() {
    for body in ["<html>", "{\"data\": [1, ", "{\"data\": 5}", "[]x", "\u{0}"] {
        let server = Server::replying([Reply::json(200, body)]).await;
        let client = client(&server);
        let items = numbers(Call::new(&client, &LIST).items(&BY_NUMBER)).await;
        assert!(matches!(items[..], [Err(Error::Decode(_))]), "{body}: {items:?}");
    }
}

#[derive(Debug, Deserialize)]
struct List {
    data: Vec<u32>,
    total: u32,
}

#[tokio::test]
async fn pages_come_whole_and_with_their_heads() {
    let server = serving(&[
        json!({"data": [1, 2], "total": 3}),
        json!({"data": [3], "total": 3}),
        json!({"data": [], "total": 3}),
    ])
    .await;
    let client = client(&server);
    let mut pages: Pages<List> = Call::new(&client, &LIST).pages(&BY_NUMBER);
    let first = pages.next_with_response().await.expect("it begins").expect("all is well");
    assert_eq!((first.status().as_u16(), first.value().total, first.value().data.len()), (200, 3, 2));
    assert_eq!(pages.next().await.expect("it goes on").expect("all is well").data, [3]);
    assert!(pages.next().await.is_none(), "the empty page says only that the list is over");
}

#[tokio::test]
async fn the_first_page_is_a_page_even_if_it_is_empty() {
    let server = serving(&[json!({"data": [], "total": 0})]).await;
    let client = client(&server);
    let mut pages: Pages<List> = Call::new(&client, &LIST).pages(&BY_NUMBER);
    assert_eq!(pages.next().await.expect("it begins").expect("all is well").total, 0);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let server = serving(&[json!({"data": [1, 2]}), json!({"data": [3]}), json!({"data": []})]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &LIST);
    call.options().timeout = TimeLimit::Own(Some(Duration::from_secs(5)));
    let mut items = call.items::<u32>(&BY_NUMBER);
    assert_eq!(server.requests().len(), 0);
    items.next().await.expect("it begins").expect("all is well");
    items.next().await.expect("it goes on").expect("all is well");
    assert_eq!(server.requests().len(), 1);
    items.next().await.expect("it goes on").expect("all is well");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_call_comes_out() {
    let server = serving(&[json!({"data": [1]})]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &LIST);
    call.options().set_header("not a header", "x");
    let items = numbers(call.items(&BY_NUMBER)).await;
    assert!(matches!(items[..], [Err(Error::InvalidRequest(_))]), "{items:?}");
    assert_eq!(server.requests().len(), 0);
}
