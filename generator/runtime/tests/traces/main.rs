//! Traces: a span for each call, an event for each attempt, and no secret in either.
//!
//! A program of its own, with one test, because `tracing` remembers for the whole
//! process whether anybody listens.
#![cfg(feature = "tracing")]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use sdk_runtime::runtime::Method;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use support::{Reply, Server, THING, TestClock, builder};

/// Keeps the fields of all spans and events.
#[derive(Clone, Default)]
struct Recorder {
    spans: Arc<Mutex<BTreeMap<u64, Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
    next: Arc<AtomicU64>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("sdk_runtime")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        self.spans.lock().expect("no test panics with the lock").insert(id, fields);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().expect("no test panics with the lock");
        values.record(spans.get_mut(&span.into_u64()).expect("it was made before"));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.events.lock().expect("no test panics with the lock").push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

async fn a_call_is_a_span_and_an_attempt_an_event() {
    let server = Server::replying([Reply::bare(503, &[]), Reply::json(200, THING)]).await;
    let client = builder(&server).clock(TestClock::new().shared()).build().expect("the settings are fine");
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    client.thing("t").depth(1).send().await.expect("the second attempt succeeds");
    drop(guard);
    let spans = recorder.spans.lock().expect("no test panics with the lock").clone();
    let port = server.url.rsplit(':').next().expect("there is a port");
    assert_eq!(
        spans.into_values().collect::<Vec<_>>(),
        [fields(&[
            ("otel.kind", "client"),
            ("otel.name", "GET /things/{thing_id}"),
            ("operation.id", "get_thing"),
            ("http.request.method", "GET"),
            ("http.request.resend_count", "1"),
            ("http.response.status_code", "200"),
            ("network.protocol.version", "1.1"),
            ("url.template", "/things/{thing_id}"),
            ("url.full", &format!("{}/things/t", server.url)),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
        ])]
    );
    let events = recorder.events.lock().expect("no test panics with the lock").clone();
    let response = |count, status| {
        fields(&[
            ("message", "response"),
            ("http.request.resend_count", count),
            ("http.response.status_code", status),
        ])
    };
    assert_eq!(
        events,
        [
            response("0", "503"),
            fields(&[
                ("message", "attempt failed: 503 Service Unavailable (GET /things/{thing_id})"),
                ("http.request.resend_count", "0"),
                ("error.type", "503"),
            ]),
            fields(&[("message", "retrying"), ("http.request.resend_count", "1"), ("wait", "250ms")]),
            response("1", "200"),
        ]
    );
}

async fn a_call_that_fails_says_how() {
    let server = Server::replying([Reply::json(401, r#"{"message": "bad key sk-test-0123456789"}"#)]).await;
    let client = builder(&server).build().expect("the settings are fine");
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    client.thing("t").send().await.expect_err("the key is bad");
    drop(guard);
    let spans = recorder.spans.lock().expect("no test panics with the lock").clone();
    let span = spans.into_values().next().expect("there is one");
    assert_eq!(span.0["error.type"], "401");
    assert_eq!(span.0["otel.status_code"], "ERROR");
    let events = recorder.events.lock().expect("no test panics with the lock").clone();
    assert!(!format!("{span:?} {events:?}").contains("0123456789"), "{span:?} {events:?}");
}

async fn a_call_whose_response_cannot_be_read_says_so() {
    let server = Server::replying([Reply::json(200, r#"{"id": "sk-test-0123456789"}"#)]).await;
    let client = builder(&server).build().expect("the settings are fine");
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    client.thing("t").send().await.expect_err("it is no thing");
    drop(guard);
    let spans = recorder.spans.lock().expect("no test panics with the lock").clone();
    let span = spans.into_values().next().expect("there is one");
    assert_eq!(span.0["error.type"], "decode");
    assert_eq!(span.0["otel.status_code"], "ERROR");
    assert_eq!(span.0["http.response.status_code"], "200");
    let events = recorder.events.lock().expect("no test panics with the lock").clone();
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(!format!("{span:?} {events:?}").contains("0123456789"), "{span:?} {events:?}");
}

async fn a_custom_request_is_traced_with_its_own_path() {
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = builder(&server).build().expect("the settings are fine");
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    let request = client.request(Method::GET, "/x/{id}?key=1").path_param("id", "2");
    request.send::<i64>().await.expect("the server responds");
    drop(guard);
    let spans = recorder.spans.lock().expect("no test panics with the lock").clone();
    let span = spans.into_values().next().expect("there is one");
    assert_eq!(span.0["otel.name"], "GET /x/{id}");
    assert_eq!(span.0["url.template"], "/x/{id}");
    assert_eq!(span.0["url.full"], format!("{}/x/2", server.url));
}

#[tokio::test]
async fn calls_are_traced() {
    a_call_is_a_span_and_an_attempt_an_event().await;
    a_call_that_fails_says_how().await;
    a_call_whose_response_cannot_be_read_says_so().await;
    a_custom_request_is_traced_with_its_own_path().await;
}
