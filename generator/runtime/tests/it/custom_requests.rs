//! Requests that the API's document lacks.

use std::sync::{Arc, Mutex};

use sdk_runtime::errors::ErrorBody;
use sdk_runtime::runtime::{Attempt, Client, CustomRequest, Error, Hook, Method, RequestHead};
use sdk_runtime::sample::Thing;
use serde_json::{Value, json};

use crate::support::{Received, Reply, Server, THING, TestClock, builder, client};

async fn sent(base_path: &str, path: &str) -> Result<Received, Error> {
    let server = Server::replying([Reply::json(200, "null")]).await;
    let client = builder(&server).base_url(format!("{}{base_path}", server.url)).build()?;
    client.request(Method::GET, path).send::<()>().await?;
    Ok(server.request())
}

#[tokio::test]
async fn a_custom_request_is_sent_like_any_other() {
    let server = Server::replying([Reply::bare(503, &[]), Reply::json(200, THING)]).await;
    let client = builder(&server).clock(TestClock::new().shared()).build().expect("the settings are fine");
    let request = client.request(Method::PUT, "/v1/new?a=1").query_param("limit", "10");
    let response = request.json(&json!({"size": 7})).send_with_response::<Thing>().await;
    let response = response.expect("the second attempt succeeds");
    assert_eq!((response.attempts(), response.operation_id()), (2, "request"));
    assert_eq!(response.into_value(), Thing { id: "t1".into(), size: 7 });
    let requests = server.requests();
    let request = &requests[1];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/v1/new?a=1&limit=10"));
    assert_eq!(request.header("authorization"), Some("Bearer sk-test-0123456789"));
    assert_eq!(request.header("accept"), Some("application/json, */*;q=0.5"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.body, br#"{"size":7}"#);
}

#[tokio::test]
async fn each_method_can_be_sent() {
    let server = Server::replying([Reply::bare(204, &[])]).await;
    let client = client(&server);
    let methods = [
        Method::GET,
        Method::PUT,
        Method::POST,
        Method::DELETE,
        Method::OPTIONS,
        Method::HEAD,
        Method::PATCH,
        Method::TRACE,
        Method::QUERY,
    ];
    for method in methods {
        client.request(method, "/x").send::<()>().await.expect("the server responds");
    }
    let sent: Vec<String> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(sent, methods.map(|method| method.to_string()));
}

#[tokio::test]
async fn a_client_without_credentials_sends_none() {
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = Client::builder().base_url(&server.url).build().expect("the settings are fine");
    assert_eq!(client.request(Method::GET, "/x").send::<i64>().await.expect("the server responds"), 1);
    assert_eq!(server.request().header("authorization"), None);
}

#[tokio::test]
async fn the_path_follows_that_of_the_base_url() {
    for (base, path, target) in [
        ("", "/a/b", "/a/b"),
        ("/v1", "/a", "/v1/a"),
        ("/v1/", "a", "/v1/a"),
        ("/v1?k=1", "a?b=2&c", "/v1/a?k=1&b=2&c"),
        ("", "//evil.example/a", "//evil.example/a"),
        ("", "/a:b@c", "/a:b@c"),
        ("", "/see/https://example.com", "/see/https://example.com"),
        ("", "/a b/é?q=ü x", "/a%20b/%C3%A9?q=%C3%BC%20x"),
        ("", "/a?redirect=../b", "/a?redirect=../b"),
        ("", "/...", "/..."),
    ] {
        assert_eq!(sent(base, path).await.expect("the server responds").target, target, "{path}");
    }
}

#[tokio::test]
async fn what_would_leave_the_base_url_is_refused() {
    for path in [
        "/a#b",
        "/..",
        "../a",
        "/a/./b",
        "/a/../../b",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/a\\..\\b",
        "/a/.\t./b",
        "/a\nb",
        "https://evil.example/a",
        "http://evil.example/a",
    ] {
        let error = sent("/v1", path).await.expect_err(path);
        assert!(matches!(error, Error::InvalidRequest(_)), "{path}: {error}");
        assert!(error.to_string().contains("path"), "{error}");
    }
}

#[tokio::test]
async fn what_is_in_braces_is_filled_in() {
    let server = Server::replying([Reply::json(200, "null")]).await;
    let client = client(&server);
    let request = |value: &str| client.request(Method::GET, "/a/{id}/b").path_param("id", value);
    request("x/../y?").send::<()>().await.expect("the server responds");
    assert_eq!(server.request().target, "/a/x%2F..%2Fy%3F/b");
    for value in ["..", "."] {
        request(value).send::<()>().await.expect_err("it is refused");
    }
    let error = client.request(Method::GET, "/a/{id}").send::<()>().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "`id` is missing (GET /a/{id})");
}

#[tokio::test]
async fn a_response_is_read_as_its_caller_says() {
    let empty = || Reply::bare(200, &[]);
    let text = Reply::new(200, "text/plain", "hello");
    let server = Server::replying([empty(), empty(), text, Reply::json(200, "{}")]).await;
    let client = client(&server);
    let request = || -> CustomRequest { client.request(Method::GET, "/x") };
    assert_eq!(request().send::<Option<Thing>>().await.expect("it is null"), None);
    assert_eq!(request().send::<Value>().await.expect("it is null"), Value::Null);
    let bytes = request().send_bytes().await.expect("the server responds");
    assert_eq!((bytes.value(), bytes.body()), (&"hello".into(), &"hello".into()));
    request().send::<Thing>().await.expect_err("a thing has an id");
}

#[tokio::test]
async fn an_error_response_keeps_its_json() {
    let server = Server::replying([Reply::json(404, r#"{"detail":["none"]}"#)]).await;
    let request = client(&server).request(Method::GET, "x/{id}?key=1").path_param("id", "2");
    let error = request.send::<Value>().await.expect_err("it is not there");
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(*error.body(), ErrorBody::Json(json!({"detail": ["none"]})));
    assert!(error.to_string().ends_with("(GET /x/{id})"), "{error}");
    assert_eq!(error.route(), "/x/{id}");
}

#[tokio::test]
async fn hooks_see_custom_requests() {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);

    impl Hook for Log {
        fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut RequestHead<'_>) {
            let path = request.url.path();
            let line = format!("{} {} {} {path}", attempt.operation_id, attempt.method, attempt.route);
            self.0.lock().expect("no test panics with the lock").push(line);
        }
    }

    let server = Server::replying([Reply::json(200, "1")]).await;
    let log = Log::default();
    let client = builder(&server).hook(log.clone()).build().expect("the settings are fine");
    let request = client.request(Method::POST, "/x/{id}").path_param("id", 1);
    request.send::<i64>().await.expect("the server responds");
    assert_eq!(*log.0.lock().expect("no test panics with the lock"), ["request POST /x/{id} /x/1"]);
}

#[tokio::test]
async fn custom_requests_can_be_streams_and_downloads() {
    let events = Reply::new(200, "text/event-stream", "data: 1\n\ndata: 2\n\ndata: [DONE]\n\n");
    let server = Server::replying([events, Reply::new(200, "image/png", "png")]).await;
    let client = client(&server);
    let events = client.request(Method::GET, "/events").send_events::<i64>().await;
    let mut events = events.expect("the server responds");
    assert_eq!(events.next().await.expect("there are two").expect("it is a number"), 1);
    let download = client.request(Method::GET, "/file").send_download().await.expect("the server responds");
    assert_eq!(download.bytes().await.expect("it is complete"), "png");
}
