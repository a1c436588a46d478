//! Errors as a user meets them: what they say, what they hold, what they keep back.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use sdk_runtime::errors::{ErrorBody, Validation};
use sdk_runtime::runtime::{Client, Credential, Error, RetryPolicy};
use tokio::sync::Notify;

use crate::support::{Reply, Server, Step, THING, TestClock, builder, client};

async fn fail(reply: Reply) -> Error {
    let server = Server::replying([reply]).await;
    let client = builder(&server).retry(RetryPolicy::none()).build().expect("the settings are fine");
    client.thing("t").send().await.expect_err("it fails")
}

fn is_portable<T: Send + Sync + 'static>() {}

#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
    is_portable::<Error>();
    is_portable::<Client>();
}

#[tokio::test]
async fn an_response_of_failure_is_told_by_its_message() {
    let place = "(GET /things/{thing_id})";
    for (body, message) in [
        (r#"{"message": "No such thing"}"#, "404 Not Found: No such thing"),
        (r#"{"error": {"message": "No such thing", "code": 5}}"#, "404 Not Found: No such thing"),
        (r#"{"error": "gone"}"#, "404 Not Found: gone"),
        (r#"{"detail": "no"}"#, "404 Not Found: no"),
        (
            r#"{"detail": [{"loc": ["body", 0, "purpose"], "msg": "bad value"}]}"#,
            "404 Not Found: body.0.purpose: bad value",
        ),
        (r#"{"object": "error", "message": {"detail": [{"msg": "deep"}]}}"#, "404 Not Found: deep"),
        (r#"{"title": "Out of credit", "status": 404}"#, "404 Not Found: Out of credit"),
        (r#"{"message": "two\nlines\u001b[31m"}"#, "404 Not Found: two lines [31m"),
        (r#"{"unheard": "of"}"#, "404 Not Found"),
        ("", "404 Not Found"),
    ] {
        let error = fail(Reply::json(404, body)).await;
        assert_eq!(error.to_string(), format!("{message} {place}"));
    }
    let error = fail(Reply::new(404, "text/plain", "nothing here\n")).await;
    assert_eq!(error.to_string(), format!("404 Not Found: nothing here {place}"));
    let error = fail(Reply::new(502, "text/html", "<html>Bad Gateway</html>")).await;
    assert_eq!(error.to_string(), format!("502 Bad Gateway {place}"));
}

#[tokio::test]
async fn long_messages_are_cut() {
    let error = fail(Reply::json(400, format!(r#"{{"message": "{}"}}"#, "é".repeat(5000)))).await;
    assert!(error.to_string().len() < 400);
    assert!(error.to_string().contains('…'));
}

#[tokio::test]
async fn long_request_ids_are_cut() {
    let id = "x".repeat(10_000);
    let error = fail(Reply::with_headers(500, &[("x-request-id", &id)], "{}")).await;
    assert!(error.to_string().len() < 500, "{error}");
    let Error::Api(error) = error else { panic!("it is a response") };
    assert_eq!(error.request_id(), Some(id.as_str()));
}

#[tokio::test]
async fn a_url_that_is_too_long_is_not_the_fault_of_the_base_url() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let error = client(&server).thing("t".repeat(70_000)).send().await.expect_err("it is too long");
    assert!(error.to_string().starts_with("`url` is too long: it has 70"), "{error}");
}

#[tokio::test]
async fn the_body_is_decoded_by_status() {
    let valid = r#"{"detail": ["too large"]}"#;
    let Error::Api(error) = fail(Reply::json(422, valid)).await else { panic!("it is a response") };
    assert_eq!(error.body(), &ErrorBody::Validation(Validation { detail: vec!["too large".into()] }));
    assert_eq!(error.raw_body(), valid);
    let Error::Api(error) = fail(Reply::json(400, valid)).await else { panic!("it is a response") };
    assert_eq!(error.body(), &ErrorBody::Json(serde_json::json!({"detail": ["too large"]})));
    let Error::Api(error) = fail(Reply::json(422, r#"{"detail": 5}"#)).await else {
        panic!("it is a response")
    };
    assert_eq!(error.body(), &ErrorBody::Json(serde_json::json!({"detail": 5})));
    let Error::Api(error) = fail(Reply::json(422, "{broken")).await else { panic!("it is a response") };
    assert_eq!(error.body(), &ErrorBody::Text("{broken".into()));
    let Error::Api(error) = fail(Reply::json(422, b"\xff\xfe")).await else { panic!("it is a response") };
    assert_eq!(error.body(), &ErrorBody::Text("\u{fffd}\u{fffd}".into()));
    let Error::Api(error) = fail(Reply::bare(500, &[])).await else { panic!("it is a response") };
    assert_eq!(error.body(), &ErrorBody::Empty);
}

#[tokio::test]
async fn an_response_of_failure_keeps_everything() {
    let headers = [("x-request-id", "req-7"), ("content-type", "application/json"), ("retry-after", "3")];
    let error = fail(Reply::with_headers(429, &headers, r#"{"message": "slow down"}"#)).await;
    assert_eq!(
        error.to_string(),
        "429 Too Many Requests: slow down (GET /things/{thing_id}, request id req-7)"
    );
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.headers().expect("there was a response")["retry-after"], "3");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(error.operation_id(), Some("get_thing"));
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable());
    let Error::Api(error) = error else { panic!("it is a response") };
    assert_eq!((error.method().as_str(), error.route()), ("GET", "/things/{thing_id}"));
    assert_eq!(error.message(), Some("slow down"));
}

#[tokio::test]
async fn the_charset_of_an_error_response_is_honored() {
    for (media_type, body, message) in [
        ("application/json; charset=ISO-8859-1", &b"{\"message\": \"caf\xe9\"}"[..], "café"),
        ("text/plain; charset=\"windows-1252\"", b"\x93caf\xe9\x94", "“café”"),
        ("text/plain; charset=latin1", "café".as_bytes(), "café"),
        ("text/plain", b"caf\xe9", "caf\u{fffd}"),
    ] {
        let error = fail(Reply::new(400, media_type, body)).await;
        assert!(error.to_string().starts_with(&format!("400 Bad Request: {message} (")), "{error}");
        let Error::Api(error) = error else { panic!("it is a response") };
        assert_eq!(error.raw_body(), body, "it stays as it was received");
    }
}

#[tokio::test]
async fn an_response_of_failure_that_breaks_off_is_still_one() {
    let reply = Reply::raw("HTTP/1.1 403 No\r\ncontent-length: 100\r\n\r\nforbid").then(Step::Close);
    let Error::Api(error) = fail(reply).await else { panic!("it is a response") };
    assert_eq!(error.status(), StatusCode::FORBIDDEN);
    assert_eq!(error.raw_body(), "forbid");
}

#[tokio::test]
async fn an_response_of_failure_that_stalls_is_still_one() {
    let here = Arc::new(Notify::new());
    let stall = Step::Stall(Arc::clone(&here));
    let reply = Reply::raw("HTTP/1.1 503 No\r\ncontent-length: 100\r\n\r\nbusy").then(stall);
    let server = Server::replying([reply]).await;
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.shared()).retry(RetryPolicy::none());
    let client = client.build().expect("the settings are fine");
    let later = async {
        here.notified().await;
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        clock.advance(Duration::from_secs(10));
    };
    let (result, ()) = tokio::join!(client.thing("t").send(), later);
    let Err(Error::Api(error)) = result else { panic!("it is a response") };
    assert_eq!((error.status(), &error.raw_body()[..]), (StatusCode::SERVICE_UNAVAILABLE, &b"busy"[..]));
}

#[tokio::test]
async fn json_of_the_wrong_shape_is_told_by_its_place() {
    let error = fail(Reply::json(200, r#"{"id": "t", "size": "large"}"#)).await;
    assert_eq!(
        error.to_string(),
        "the response could not be decoded at `size`: invalid type: string \"large\", expected i64, \
         near `{\"id\": \"t\", \"size\": \"large\"}` (GET /things/{thing_id}, status 200)"
    );
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.source().expect("there is a source").is::<serde_json::Error>());
    assert!(!error.is_retryable());
    let Error::Decode(error) = error else { panic!("it cannot be decoded") };
    assert_eq!(error.path(), Some("size"));
    assert_eq!(error.raw_body(), r#"{"id": "t", "size": "large"}"#);
}

#[tokio::test]
async fn a_page_in_place_of_json_is_told_by_its_media_type() {
    let error = fail(Reply::new(200, "text/html; charset=utf-8", "<html>Please log in</html>")).await;
    assert_eq!(
        error.to_string(),
        "the response could not be decoded: expected JSON, got text/html, near `<html>Please log in</html>` \
         (GET /things/{thing_id}, status 200)"
    );
    let error = fail(Reply::bare(200, &[])).await;
    assert_eq!(
        error.to_string(),
        "the response could not be decoded: expected JSON, got no content type (GET /things/{thing_id}, status 200)"
    );
}

#[tokio::test]
async fn json_that_is_none_is_told() {
    let error = fail(Reply::json(200, r#"{"id": "t", "size": 7"#)).await;
    assert_eq!(
        error.to_string(),
        "the response could not be decoded at `size`: EOF while parsing an object, near `{\"id\": \"t\", \"size\": 7` \
         (GET /things/{thing_id}, status 200)"
    );
    let error = fail(Reply::json(200, b"{\"id\": \"\xff\", \"size\": 7}")).await;
    assert!(error.to_string().contains("at `id`: invalid unicode code point"), "{error}");
}

#[tokio::test]
async fn no_connection_is_told_with_its_cause() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    let client = Client::builder()
        .base_url(&url)
        .api_key("sk-test-0123456789")
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("nobody listens");
    assert_eq!(
        error.to_string(),
        format!(
            "the connection to {url} could not be established: Connection refused (os error 111) (GET /things/{{thing_id}})"
        )
    );
    assert!(matches!(error, Error::Connect(_)));
    assert!(error.is_retryable());
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_broken_connection_is_told_with_what_came() {
    let error = fail(Reply::nothing().then(Step::Close)).await;
    assert_eq!(
        error.to_string(),
        "the connection broke before the response: connection closed before message completed \
         (GET /things/{thing_id})"
    );
    let error =
        fail(Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"id\":").then(Step::Close)).await;
    assert_eq!(
        error.to_string(),
        "the connection broke after 6 of 20 bytes of the response: end of file before message length reached \
         (GET /things/{thing_id}, status 200)"
    );
    assert_eq!(error.status(), Some(StatusCode::OK));
    let Error::Interrupted(error) = error else { panic!("it broke off") };
    assert_eq!((error.received(), error.expected()), (6, Some(20)));
    assert_eq!(error.partial_body(), "{\"id\":");
}

#[tokio::test]
async fn no_credential_is_told_with_what_to_do() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = Client::builder().base_url(&server.url).build().expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("there is no key");
    assert_eq!(
        error.to_string(),
        "`ApiKey` has no credential: set one on the client's builder, or SAMPLE_API_KEY and use `from_env` \
         (GET /things/{thing_id})"
    );
    let error = Client::builder().variables(&[("SAMPLE_API_KEY", " ")]).expect_err("it is empty");
    assert_eq!(error.to_string(), "`SAMPLE_API_KEY` is not set in the environment, or is empty");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_provider_that_fails_is_told() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = Client::builder()
        .base_url(&server.url)
        .api_key(Credential::failing("the vault is sealed"))
        .build()
        .expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("there is no key");
    assert_eq!(
        error.to_string(),
        "the credential for ApiKey could not be obtained: the vault is sealed (GET /things/{thing_id})"
    );
    assert!(matches!(error, Error::Credential(_)));
}

#[tokio::test]
async fn secrets_are_in_no_error() {
    const KEY: &str = "sk-test-0123456789";
    let echo = format!(r#"{{"message": "Incorrect key {KEY} and again {KEY}."}}"#);
    let error = fail(Reply::json(401, &echo)).await;
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: Incorrect key ****************** and again ******************. (GET /things/{thing_id})"
    );
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let closed = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    let server = Server::replying([Reply::nothing().then(Step::Close)]).await;
    for url in [&closed, &server.url] {
        let client = Client::builder()
            .base_url(url)
            .api_key(KEY)
            .retry(RetryPolicy::none())
            .build()
            .expect("the settings are fine");
        let refused = client.thing("t").send().await.expect_err("it fails");
        for text in [format!("{refused:?}"), format!("{refused}"), format!("{:?}", client.thing("t"))] {
            assert!(!text.contains("0123456789"), "{text}");
        }
    }
    assert!(!format!("{error:?}").contains("0123456789"));
}

#[tokio::test]
async fn secrets_are_in_no_debug_of_a_client() {
    let builder = Client::builder().api_key("sk-test-0123456789").default_header("x-api-key", "0123456789");
    assert!(!format!("{builder:?}").contains("0123456789"));
    let client = builder.build().expect("the settings are fine");
    let text = format!("{client:?}");
    assert!(!text.contains("0123456789"), "{text}");
    assert!(text.contains("https://eu.example.com/v1"), "{text}");
    let thing = client.thing("secret-id-0123456789");
    assert!(!format!("{thing:?}").contains("0123456789"));
}

#[tokio::test]
async fn an_response_that_is_too_long_is_given_up() {
    let server = Server::replying([
        Reply::json(200, THING),
        Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            .then(Step::Forever(b"5\r\n12345\r\n".to_vec())),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 4294967296\r\n\r\n")
            .then(Step::Forever(vec![b'x'; 4096])),
    ])
    .await;
    let client = builder(&server).max_response_bytes(100).build().expect("the settings are fine");
    client.thing("t").send().await.expect("it is short");
    for _ in 0..2 {
        let error = client.thing("t").send().await.expect_err("it is too long");
        assert!(
            error.to_string().starts_with(
                "the response could not be decoded: the body is longer than the limit of 100 bytes"
            ),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_call_can_have_a_limit_of_its_own() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = builder(&server).max_response_bytes(5).build().expect("the settings are fine");
    client.thing("t").send().await.expect_err("it is too long");
    client.thing("t").max_response_bytes(100).send().await.expect("it is not");
    let raw = client.thing("t").max_response_bytes(6).send().await.expect_err("it is too long");
    assert!(raw.to_string().contains("the limit of 6 bytes"), "{raw}");
}

#[tokio::test]
async fn a_request_id_may_be_in_a_header_of_the_servers_own() {
    for (name, id) in
        [("acme-correlation-id", Some("c1")), ("acme-request-id", Some("c1")), ("acme-id", None)]
    {
        let error = fail(Reply::with_headers(500, &[(name, "c1")], "")).await;
        assert_eq!(error.request_id(), id, "{name}");
    }
}

#[tokio::test]
async fn a_response_has_its_head() {
    let headers = [("x-request-id", "r1"), ("content-type", "application/json")];
    let server = Server::replying([Reply::with_headers(201, &headers, THING)]).await;
    let response = client(&server).thing("t").send_with_response().await.expect("the server responds");
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!((response.attempts(), response.operation_id()), (1, "get_thing"));
    assert_eq!(response.value().size, 7);
}
