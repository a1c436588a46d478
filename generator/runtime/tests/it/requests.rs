//! What goes over the wire: method, path, query, headers and body, byte for byte.

use sdk_runtime::runtime::{Call, Client, Error, Method, Operation, Style};
use sdk_runtime::sample::Thing;

use crate::support::{Reply, Server, THING, builder, client};

static LIST: Operation =
    Operation { id: "list", path: "/a/{id}/b{ext}", query: &[("beta", "true")], ..Operation::DEFAULT };

async fn sent(make: impl Fn(&mut Call<'_>)) -> crate::support::Received {
    let server = Server::replying([Reply::json(200, "null")]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &LIST);
    call.path("id", Style::Simple, "1");
    call.path("ext", Style::Label, "json");
    make(&mut call);
    call.send_json::<()>().await.expect("the server responds");
    server.request()
}

#[tokio::test]
async fn a_get_has_what_it_needs_and_no_more() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let thing = client(&server).thing("t1").depth(2).send().await.expect("the server responds");
    assert_eq!(thing, Thing { id: "t1".into(), size: 7 });
    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/things/t1?depth=2"));
    assert_eq!(request.body, b"");
    let mut headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{}: {value}", name.to_lowercase())).collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "accept-encoding: gzip".to_owned(),
            "accept: application/json".to_owned(),
            "authorization: Bearer sk-test-0123456789".to_owned(),
            format!("host: {}", server.url.trim_start_matches("http://")),
            "user-agent: sample-sdk/1.2.3".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_post_has_its_json_and_its_length() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let thing = Thing { id: "é".into(), size: 1 };
    client(&server).make_thing(&thing).send().await.expect("the server responds");
    let request = server.request();
    assert_eq!(request.method, "POST");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("20"));
    assert_eq!(request.body, r#"{"id":"é","size":1}"#.as_bytes());
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    static PING: Operation =
        Operation { id: "ping", method: Method::POST, path: "/ping", ..Operation::DEFAULT };
    let server = Server::replying([Reply::bare(204, &[])]).await;
    Call::new(&client(&server), &PING).send_empty().await.expect("the server responds");
    let request = server.request();
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn methods_are_sent_as_they_are() {
    static QUERY: Operation = Operation { id: "q", method: Method::QUERY, path: "/q", ..Operation::DEFAULT };
    static TRACE: Operation = Operation { id: "t", method: Method::TRACE, path: "/t", ..Operation::DEFAULT };
    let server = Server::replying([Reply::bare(204, &[])]).await;
    let client = client(&server);
    Call::new(&client, &QUERY).send_empty().await.expect("the server responds");
    Call::new(&client, &TRACE).send_empty().await.expect("the server responds");
    let methods: Vec<String> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["QUERY", "TRACE"]);
}

#[tokio::test]
async fn an_response_to_head_has_no_body() {
    static HEAD: Operation = Operation { id: "h", method: Method::HEAD, path: "/h", ..Operation::DEFAULT };
    let server = Server::replying([Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n")]).await;
    let client = client(&server);
    for _ in 0..2 {
        let response = Call::new(&client, &HEAD).send_empty().await.expect("99 bytes are not missing");
        assert_eq!(response.headers()["content-length"], "99");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_query_keeps_the_order_of_the_calls() {
    let request = sent(|call| {
        call.query("z", Style::FormExploded, &["1", "2"]);
        call.query("a", Style::Form, "");
        call.query("empty", Style::FormExploded, &[0_u8; 0]);
        call.query("null", Style::Form, &None::<&str>);
        call.query("z", Style::Form, &3);
        call.options().query.push(("extra".into(), "a b&c".into()));
    })
    .await;
    assert_eq!(request.target, "/a/1/b.json?beta=true&z=3&a=&extra=a%20b%26c");
}

#[tokio::test]
async fn setting_null_takes_a_parameter_back() {
    let request = sent(|call| {
        call.query("a", Style::Form, "1");
        call.query("a", Style::Form, &None::<&str>);
        call.header("X-Other", Style::Simple, "1");
        call.header("X-Other", Style::Simple, &None::<&str>);
    })
    .await;
    assert_eq!(request.target, "/a/1/b.json?beta=true");
    assert_eq!(request.header("x-other"), None);
}

#[tokio::test]
async fn headers_and_cookies() {
    let request = sent(|call| {
        call.header("X-Tags", Style::Simple, &["a", "b"]);
        call.header("X-Name", Style::Simple, "Zoë");
        call.cookie("session", Style::FormExploded, "a=b;c");
        call.cookie("n", Style::FormExploded, &1);
    })
    .await;
    assert_eq!(request.header("x-tags"), Some("a,b"));
    assert_eq!(request.header("x-name"), Some("Zoë"));
    assert_eq!(request.header("cookie"), Some("session=a=b%3Bc; n=1"));
}

#[tokio::test]
async fn the_header_of_a_call_wins_over_that_of_the_client() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = builder(&server)
        .default_header("x-team", "one")
        .default_header("accept", "application/vnd.sample+json")
        .user_agent("mine/1")
        .build()
        .expect("the settings are fine");
    client.thing("t").send().await.expect("the server responds");
    client
        .thing("t")
        .header("X-Team", "two")
        .header("Authorization", "Bearer other")
        .query_param("debug", "1")
        .idempotency_key("k-1")
        .send()
        .await
        .expect("the server responds");
    let [first, second] = server.requests().try_into().expect("there were two");
    assert_eq!(first.header("x-team"), Some("one"));
    assert_eq!(first.header("user-agent"), Some("mine/1"));
    assert_eq!(first.header("accept"), Some("application/vnd.sample+json"));
    assert_eq!(second.header("x-team"), Some("two"));
    assert_eq!(second.header("authorization"), Some("Bearer other"));
    assert_eq!(second.header("idempotency-key"), Some("k-1"));
    assert_eq!(second.target, "/things/t?debug=1");
}

#[tokio::test]
async fn path_values_cannot_leave_their_segment() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = client(&server);
    for (id, target) in [
        ("a/b ?&#%é", "/things/a%2Fb%20%3F%26%23%25%C3%A9"),
        ("..%2f..", "/things/..%252f.."),
        ("%2e%2e", "/things/%252e%252e"),
        ("...", "/things/..."),
        ("a\\b", "/things/a%5Cb"),
        ("a\u{0}\r\nb", "/things/a%00%0D%0Ab"),
        ("{thing_id}", "/things/%7Bthing_id%7D"),
    ] {
        client.thing(id).send().await.expect("the server responds");
        assert_eq!(server.requests().last().expect("there is one").target, target);
    }
}

#[tokio::test]
async fn path_values_that_would_be_resolved_are_refused() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = client(&server);
    for (id, message) in [
        ("", "`thing_id` must not be empty (GET /things/{thing_id})"),
        (".", "`thing_id` must not be `.` or `..` (GET /things/{thing_id})"),
        ("..", "`thing_id` must not be `.` or `..` (GET /things/{thing_id})"),
    ] {
        let error = client.thing(id).send().await.expect_err("it is refused");
        assert_eq!(error.to_string(), message);
        assert!(matches!(&error, Error::InvalidRequest(refused) if refused.argument() == "thing_id"));
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn dots_beside_escaped_dots_of_the_path_are_refused() {
    static BEFORE: Operation = Operation { id: "o", path: "/x/%2e{a}", ..Operation::DEFAULT };
    static BEHIND: Operation = Operation { id: "o", path: "/x/{a}%2E/y", ..Operation::DEFAULT };
    static TAB: Operation = Operation { id: "o", path: "/x/{a}\t", ..Operation::DEFAULT };
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = client(&server);
    for operation in [&BEFORE, &BEHIND, &TAB] {
        let mut call = Call::new(&client, operation);
        call.path("a", Style::Simple, ".");
        let error = call.send_empty().await.expect_err("it is another resource");
        assert!(error.to_string().starts_with("`a` must not be `.` or `..`"), "{error}");
        let mut call = Call::new(&client, operation);
        call.path("a", Style::Simple, "...");
        call.send_empty().await.expect("three dots are a name like another");
    }
}

#[tokio::test]
async fn dots_that_several_values_make_together_are_refused() {
    static TWO: Operation = Operation { id: "two", path: "/x/{a}{b}", ..Operation::DEFAULT };
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &TWO);
    call.path("a", Style::Simple, ".");
    call.path("b", Style::Simple, ".");
    let error = call.send_empty().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`b` must not be `.` or `..` (GET /x/{a}{b})");
}

#[tokio::test]
async fn a_forgotten_path_value_is_refused() {
    let server = Server::replying([Reply::json(200, "1")]).await;
    let error = Call::new(&client(&server), &LIST).send_empty().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`id` is missing (GET /a/{id}/b{ext})");
}

#[tokio::test]
async fn a_body_that_is_chosen_among_several_cannot_be_forgotten() {
    static PUT: Operation =
        Operation { id: "put", method: Method::PUT, requires_body: true, ..Operation::DEFAULT };
    let server = Server::replying([Reply::bare(204, &[])]).await;
    let client = client(&server);
    let error = Call::new(&client, &PUT).send_empty().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`body` is missing: set one of those that the operation takes (PUT /)");
    let mut call = Call::new(&client, &PUT);
    call.text("text/plain", "");
    call.send_empty().await.expect("an empty text is a body");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_base_url_keeps_its_path_and_query() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    for (suffix, target) in [
        ("/", "/things/t?depth=1"),
        ("/proxy/v1", "/proxy/v1/things/t?depth=1"),
        ("/proxy/v1/", "/proxy/v1/things/t?depth=1"),
        ("/p%20q?api-version=3&x", "/p%20q/things/t?api-version=3&x&depth=1"),
    ] {
        let client =
            builder(&server).base_url(format!("{}{suffix}", server.url)).build().expect("the URL is fine");
        client.thing("t").depth(1).send().await.expect("the server responds");
        assert_eq!(server.requests().last().expect("there is one").target, target);
    }
}

#[test]
fn base_urls_that_cannot_be_are_refused() {
    for (url, message) in [
        ("", "`base_url` is not a URL: relative URL without a base"),
        ("api.example.com", "`base_url` is not a URL: relative URL without a base"),
        ("ftp://example.com", "`base_url` must begin with `https://` or `http://`"),
        (
            "https://user:hunter2@example.com",
            "`base_url` must not have a user or password in it: set a credential instead",
        ),
        ("https://example.com/#top", "`base_url` must not have a fragment (`#`)"),
    ] {
        let error = Client::builder().base_url(url).build().expect_err("it is refused");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn the_first_server_is_the_default() {
    let client = Client::builder().build().expect("the API has a server");
    assert_eq!(client.base_url(), "https://eu.example.com/v1");
}

#[tokio::test]
async fn control_characters_stay_out_of_headers() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = client(&server);
    let error = client.thing("t").header("x-a", "1\r\nx-b: 2").send().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`x-a` must not have control characters in it (GET /things/{thing_id})");
    let error = client.thing("t").header("x a", "1").send().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`x a` is not the name of a header (GET /things/{thing_id})");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_member_can_be_added_to_json() {
    static CHAT: Operation = Operation {
        id: "chat",
        method: Method::POST,
        path: "/chat",
        accept: "text/event-stream",
        ..Operation::DEFAULT
    };
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &CHAT);
    call.json(&serde_json::json!({"model": "m", "stream": null}));
    call.json_property("stream", &true);
    call.send_empty().await.expect("the server responds");
    let request = server.request();
    let body: serde_json::Value = serde_json::from_slice(&request.body).expect("it is JSON");
    assert_eq!(body, serde_json::json!({"model": "m", "stream": true}));
    assert_eq!(request.header("accept"), Some("text/event-stream"));
}
