//! Other transports than the HTTP client: the one for tests, and one of the caller's.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http_body::{Body, Frame};
use sdk_runtime::runtime::transport::test::{MockResponse, MockTransport};
use sdk_runtime::runtime::transport::{
    HttpRequest, HttpResponse, IncomingBody, Sending, Transport, TransportError, TransportErrorKind,
};
use sdk_runtime::runtime::{Call, Client, Error, FileUpload, Method, Operation, TimeoutKind};
use sdk_runtime::sample::Thing;

use crate::support::{THING, TestClock};

static PUT: Operation = Operation { id: "put", method: Method::PUT, path: "/p", ..Operation::DEFAULT };
static POST: Operation = Operation { id: "post", method: Method::POST, path: "/p", ..Operation::DEFAULT };
static EVENTS: Operation =
    Operation { id: "events", path: "/e", accept: "text/event-stream", ..Operation::DEFAULT };

fn client(transport: impl Transport) -> Client {
    let builder = Client::builder().base_url("https://api.example/v1").api_key("sk-test-0123456789");
    let builder = builder.clock(TestClock::new().shared()).http_client(transport);
    builder.build().expect("the settings are fine")
}

#[tokio::test]
async fn responses_are_returned_in_order_and_requests_recorded() {
    let api = MockTransport::new();
    api.respond(MockResponse::bytes(200, "application/json", THING));
    api.respond(MockResponse::json(200, &serde_json::json!({ "id": "t2", "size": 8 })));
    let client = client(api.clone());
    let first = client.thing("t1").depth(2).send().await.expect("a response is queued");
    let second = client.make_thing(&first).send_with_response().await.expect("a response is queued");
    assert_eq!((first.size, second.value().size, second.status()), (7, 8, StatusCode::OK));

    let requests = api.requests();
    let [get, post] = &requests[..] else { panic!("there are two: {requests:?}") };
    assert_eq!(
        (&get.method, get.url.as_str()),
        (&http::Method::GET, "https://api.example/v1/things/t1?depth=2")
    );
    assert_eq!(get.header("authorization"), Some("Bearer sk-test-0123456789"));
    assert!(get.body.is_empty());
    assert_eq!(post.json().expect("it is JSON"), serde_json::json!({ "id": "t1", "size": 7 }));
    assert_eq!(api.queued(), 0);
}

#[tokio::test]
async fn a_request_without_a_response_is_not_retried_and_says_which_it_is() {
    let api = MockTransport::new();
    let error = client(api.clone()).thing("t1").send().await.expect_err("nothing is queued");
    assert_eq!(
        error.to_string(),
        "`http_client` has no response queued for GET /v1/things/t1 (GET /things/{thing_id})"
    );
    assert_eq!(api.requests().len(), 1);
}

#[tokio::test]
async fn the_kind_of_an_error_decides_whether_a_request_is_sent_again() {
    use TransportErrorKind as Kind;
    for (kind, is_get_retried, is_post_retried) in [
        (Kind::Connect, true, true),
        (Kind::ConnectTimeout, true, true),
        (Kind::NotProcessed, true, true),
        (Kind::Interrupted, true, false),
        (Kind::Timeout, true, false),
        (Kind::InvalidRequest, false, false),
        (Kind::Misconfigured, false, false),
    ] {
        let api = MockTransport::new();
        api.fail(kind);
        api.respond(MockResponse::bytes(200, "application/json", THING));
        let result = client(api.clone()).thing("t1").send().await;
        assert_eq!(
            (result.is_ok(), api.requests().len()),
            (is_get_retried, 1 + usize::from(is_get_retried)),
            "{kind:?}"
        );

        let api = MockTransport::new();
        api.fail(kind);
        api.respond(MockResponse::status(204));
        let result = Call::new(&client(api), &POST).send_empty().await;
        assert_eq!(result.is_ok(), is_post_retried, "{kind:?}");
    }
}

#[tokio::test]
async fn a_connect_timeout_is_one_of_the_client_s_limit() {
    let api = MockTransport::new();
    api.fail(TransportErrorKind::ConnectTimeout);
    let builder = Client::builder().base_url("https://api.example").api_key("k").http_client(api);
    let builder = builder.retry(sdk_runtime::runtime::RetryPolicy::none());
    let client = builder.connect_timeout(Duration::from_secs(3)).build().expect("the settings are fine");
    let error = client.thing("t1").send().await.expect_err("there is no connection");
    let Error::Timeout(error) = error else { panic!("it is a timeout: {error:?}") };
    assert_eq!((error.kind(), error.limit()), (TimeoutKind::Connect, Duration::from_secs(3)));
}

#[tokio::test]
async fn redirects_are_followed_without_credentials_on_another_host() {
    let api = MockTransport::new();
    api.respond(MockResponse::status(302).with_header("location", "https://files.example/t1"));
    api.respond(MockResponse::bytes(200, "application/json", THING));
    client(api.clone()).thing("t1").send().await.expect("it is followed");
    let requests = api.requests();
    assert_eq!(requests[1].url.as_str(), "https://files.example/t1");
    assert_eq!(
        (requests[0].header("authorization").is_some(), requests[1].header("authorization")),
        (true, None)
    );
}

#[tokio::test]
async fn uploads_are_recorded_whole() {
    let api = MockTransport::new();
    api.respond(MockResponse::status(204));
    let client = client(api.clone());
    let mut call = Call::new(&client, &PUT);
    let file = vec![7_u8; 300 * 1024];
    call.bytes("application/octet-stream", FileUpload::from_bytes(file.clone()));
    call.send_empty().await.expect("a response is queued");
    assert!(api.requests()[0].body == file);
}

#[tokio::test]
async fn events_are_received_one_by_one() {
    let api = MockTransport::new();
    api.respond(MockResponse::events(["data: 1", "event: late\ndata: 2", "data: [DONE]"]));
    let client = client(api);
    let mut events = Call::new(&client, &EVENTS).send_events::<u32>().await.expect("it begins").into_value();
    assert_eq!(events.next().await.expect("there is one").expect("it is a number"), 1);
    assert_eq!(events.next().await.expect("there is one").expect("it is a number"), 2);
    assert!(events.next().await.is_none());
}

/// One of the caller's, which returns the same body for every request, as if from another URL.
#[derive(Debug)]
struct Elsewhere;

impl Transport for Elsewhere {
    fn send(&self, _: HttpRequest) -> Sending<'_> {
        Box::pin(async {
            let url = "https://elsewhere.example/".parse().expect("it is a URL");
            Ok(HttpResponse { url, response: http::Response::new(Bytes::from_static(b"{}").into()) })
        })
    }
}

#[tokio::test]
async fn a_response_from_another_host_is_refused_if_a_key_was_sent() {
    let client = client(Elsewhere);
    let mut call = client.thing("t1").header("x-api-key", "key-0123456789");
    call = call.depth(1);
    let error = call.send().await.expect_err("the key was sent to another host");
    assert!(error.to_string().starts_with("`http_client` must not follow redirects"), "{error}");
    Call::new(&client, &PUT).send_empty().await.expect("nothing secret was sent");
}

/// One whose bodies break in one of several ways.
#[derive(Debug)]
struct Broken(TransportErrorKind);

impl Transport for Broken {
    fn send(&self, request: HttpRequest) -> Sending<'_> {
        let mut response = http::Response::new(IncomingBody::new(BrokenBody(Some(self.0))));
        response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        Box::pin(async { Ok(HttpResponse { url: request.url, response }) })
    }
}

struct BrokenBody(Option<TransportErrorKind>);

impl Body for BrokenBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        std::task::Poll::Ready(self.0.take().map(|kind| Err(TransportError::new(kind, "it is torn"))))
    }
}

#[tokio::test]
async fn the_kind_of_a_body_s_error_is_kept() {
    let fail = async |kind| {
        let thing: Result<Thing, Error> = client(Broken(kind)).thing("t1").send().await;
        thing.expect_err("its body is broken")
    };
    assert!(matches!(fail(TransportErrorKind::Interrupted).await, Error::Interrupted(_)));
    assert!(matches!(fail(TransportErrorKind::Timeout).await, Error::Timeout(_)));
    let error = fail(TransportErrorKind::Encoding).await;
    assert!(error.to_string().contains("its content encoding is invalid: it is torn"), "{error}");
}
