//! What a response keeps beside its value.

use sdk_runtime::runtime::{Call, Error, Operation, Response};
use sdk_runtime::sample::Thing;
use serde_json::{Value, json};

use crate::support::{Reply, Server, client};

static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };

async fn call(reply: Reply) -> (Server, Call) {
    let server = Server::replying([reply]).await;
    let call = Call::new(&client(&server), &GET);
    (server, call)
}

#[tokio::test]
async fn a_response_keeps_the_properties_that_its_type_does_not_know() {
    const BODY: &str = r#"{"id":"t1","size":7,"color":"red"}"#;
    let (_server, call) = call(Reply::json(200, BODY)).await;
    let response: Response<Thing> = call.send_json().await.expect("it is a thing");
    assert_eq!(response.json().expect("it is JSON")["color"], json!("red"));
    assert_eq!(response.body(), BODY);
    let size = response.map(|thing| thing.size);
    assert_eq!((size.body().len(), *size.value()), (BODY.len(), 7));
    assert!(!format!("{size:?}").contains("red"), "{size:?}");
}

#[tokio::test]
async fn a_response_without_a_schema_keeps_its_json() {
    let (_server, call) = call(Reply::json(200, r#"{"ok":true}"#)).await;
    let response = call.send_empty().await.expect("the server responds");
    assert_eq!(response.json().expect("it is JSON"), json!({"ok": true}));
}

#[tokio::test]
async fn a_response_that_is_not_json_keeps_its_bytes() {
    let (_server, call) = call(Reply::new(200, "text/plain", "hello")).await;
    let response = call.send_text().await.expect("the server responds");
    assert_eq!((response.value().as_str(), &response.body()[..]), ("hello", &b"hello"[..]));
    let error = response.json().expect_err("it is no JSON");
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn responses_of_several_kinds_keep_their_bodies() {
    let server = Server::replying([Reply::json(200, "[1]")]).await;
    let client = client(&server);
    let raw = || async { Call::new(&client, &GET).send_raw().await.expect("the server responds") };
    let bytes = raw().await.bytes().await.expect("it is complete");
    assert_eq!((bytes.value(), bytes.body()), (bytes.body(), bytes.value()));
    assert_eq!(bytes.body(), "[1]");
    assert_eq!(raw().await.empty().await.expect("it is complete").body(), "[1]");
    let json: Response<Value> = raw().await.json().await.expect("it is JSON");
    assert_eq!((json.body(), json.json().expect("it is JSON")), (&"[1]".into(), json!([1])));
}
