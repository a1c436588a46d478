//! What a caller learns of a failure.

#![cfg(feature = "files")]

mod support;

use mistral_sdk::{Client, Error, ErrorBody, FileUpload};
use support::{FilesApi, Reply, Server, client};

/// The error of listing files on a server that sends nothing but this.
async fn failure(reply: Reply) -> Error {
    let server = Server::start(move |_| reply.clone()).await;
    client(&server).files().list().send().await.expect_err("the response is an error")
}

#[tokio::test]
async fn a_wrong_key_is_told_apart_and_never_shown() {
    let server = FilesApi::start().await;
    let client = Client::builder().base_url(server.url()).api_key("a-wrong-key").build().expect("a client");
    let error = client.files().list().send().await.expect_err("the key is wrong");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(error.request_id(), Some("req-1"));
    assert_eq!(error.operation_id(), Some("files.list"));
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("a-wrong-key"), "{shown}");
    assert_eq!(server.request().header("authorization"), "Bearer a-wrong-key");
}

#[tokio::test]
async fn a_missing_file_is_an_api_failure() {
    let server = FilesApi::start().await;
    let error = client(&server).files().retrieve("file-9").send().await.expect_err("there is no such file");
    let Error::Api(api) = &error else { panic!("the server answered: {error}") };
    let ErrorBody::ApiFailure(body) = api.body() else { panic!("the body has a schema: {:?}", api.body()) };
    assert_eq!((body.message.as_str(), body.code.as_deref()), ("No such file.", Some("1901")));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_wrong_value_is_a_validation_error() {
    let server = FilesApi::start().await;
    let error = client(&server).files().retrieve("no-uuid").send().await.expect_err("the id is wrong");
    let Error::Api(api) = &error else { panic!("the server answered: {error}") };
    let ErrorBody::ValidationFailure(body) = api.body() else {
        panic!("the body has a schema: {:?}", api.body())
    };
    let detail = body.detail.as_ref().expect("the server says what is wrong");
    assert_eq!(detail[0].msg, "Input should be a valid UUID");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_by_the_server() {
    let server = FilesApi::start().await;
    let file = FileUpload::from_bytes(vec![0; (1 << 20) + 1]).with_file_name("large.bin");
    let error = client(&server).files().upload(file).send().await.expect_err("the file is too large");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
}

#[tokio::test]
async fn every_status_of_failure_is_told() {
    for (status, retryable) in
        [(400, false), (403, false), (409, false), (429, true), (500, true), (503, true)]
    {
        let body = serde_json::json!({ "message": "It failed.", "type": "t", "code": null, "new_member": 1 });
        let error = failure(Reply::json(status, &body)).await;
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.is_retryable(), retryable, "{status}");
        let Error::Api(api) = &error else { panic!("the server answered: {error}") };
        assert!(matches!(api.body(), ErrorBody::ApiFailure(_)), "{:?}", api.body());
    }
}

#[tokio::test]
async fn a_failure_of_another_shape_is_kept_as_it_is() {
    let error = failure(Reply::json(500, &serde_json::json!(["down"]))).await;
    let Error::Api(api) = &error else { panic!("the server answered: {error}") };
    assert_eq!(api.body(), &ErrorBody::Json(serde_json::json!(["down"])));
    let error = failure(Reply::bytes(502, "text/html", "<h1>Bad gateway</h1>")).await;
    let Error::Api(api) = &error else { panic!("the server answered: {error}") };
    assert_eq!(api.body(), &ErrorBody::Text("<h1>Bad gateway</h1>".to_owned()));
}

#[tokio::test]
async fn a_success_of_another_shape_says_where_it_differs() {
    let body = serde_json::json!({ "data": [{ "id": 7 }], "object": "list" });
    let error = failure(Reply::json(200, &body).with_header("x-request-id", "req-7")).await;
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert_eq!(
        (error.status().map(|status| status.as_u16()), error.request_id()),
        (Some(200), Some("req-7"))
    );
    assert!(error.to_string().contains("data[0].id"), "{error}");
}
