//! How a client is set up, and what it does to every request.

#![cfg(feature = "files")]

mod support;

use std::time::Duration;

use mistral_sdk::{Client, Error};
use support::{FilesApi, Reply, Server, client};

#[tokio::test]
async fn a_request_says_who_sends_it_and_what_it_takes() -> Result<(), Error> {
    let server = FilesApi::start().await;
    client(&server).files().list().send().await?;
    let request = server.request();
    assert_eq!(request.header("authorization"), "Bearer test-key");
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("user-agent"), concat!("mistral-sdk/", env!("CARGO_PKG_VERSION")));
    Ok(())
}

#[tokio::test]
async fn a_path_in_the_base_url_is_kept() -> Result<(), Error> {
    let page = serde_json::json!({ "data": [], "object": "list" });
    let server = Server::start(move |_| Reply::json(200, &page)).await;
    for base_url in [format!("{}/proxy/mistral", server.url()), format!("{}/proxy/mistral/", server.url())] {
        let client = Client::builder().base_url(base_url).api_key("key").build()?;
        client.files().list().page(2).send().await?;
    }
    for request in server.requests() {
        assert_eq!(request.target, "/proxy/mistral/v1/files?page=2");
    }
    Ok(())
}

#[tokio::test]
async fn one_call_can_be_different() -> Result<(), Error> {
    let server = FilesApi::start().await;
    let response = client(&server)
        .files()
        .list()
        .header("x-trace", "one")
        .query_param("beta", "a b")
        .timeout(Duration::from_secs(30))
        .send_with_response()
        .await?;
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.request_id(), Some("req-1"));
    assert_eq!(response.attempts(), 1);
    assert_eq!(response.headers()["content-type"], "application/json");
    let request = server.request();
    assert_eq!(request.header("x-trace"), "one");
    assert_eq!(request.target, "/v1/files?beta=a%20b");
    Ok(())
}

#[test]
fn a_client_without_a_key_says_which_variable_to_set() {
    // Nothing sets the variable in tests.
    let error = Client::from_env().expect_err("there is no key");
    assert!(error.to_string().contains("MISTRAL_API_KEY"), "{error}");
}

#[tokio::test]
async fn a_key_is_not_sent_in_the_clear_to_another_machine() -> Result<(), Error> {
    let client = Client::builder().base_url("http://api.example.com").api_key("key").build();
    let error = match client {
        Ok(client) => client.files().list().send().await.expect_err("the key would be readable on the way"),
        Err(error) => error,
    };
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    Ok(())
}
