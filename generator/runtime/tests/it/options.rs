//! Options of a single call: on request builders, and in code that is generic over requests.

use std::future::IntoFuture;
use std::time::Duration;

use sdk_runtime::runtime::{Error, Maybe as _, RequestOptions, RetryPolicy};
use sdk_runtime::sample::{GetThing, Thing};

use crate::support::{Reply, Server, THING, builder, client};

/// Sends any request with options of its own.
async fn traced<R, T>(request: R) -> Result<T, Error>
where
    R: RequestOptions + IntoFuture<Output = Result<T, Error>>,
{
    request
        .timeout(Duration::from_secs(60))
        .retry(RetryPolicy::none())
        .header("x-trace-id", "7")
        .query_param("trace", "1")
        .maybe(Some("key"), R::idempotency_key)
        .await
}

#[tokio::test]
async fn generic_code_sets_options() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = client(&server);
    traced(client.thing("t")).await.expect("the server responds");
    traced(client.make_thing(&Thing { id: "t".into(), size: 1 })).await.expect("the server responds");
    let requests = server.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, ["/things/t?trace=1", "/things?trace=1"]);
    for request in &requests {
        assert_eq!(request.header("x-trace-id"), Some("7"));
        assert_eq!(request.header("idempotency-key"), Some("key"));
    }
}

#[tokio::test]
async fn a_setter_is_called_when_there_is_a_value() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = client(&server);
    let request = client.thing("t").maybe(Some(2), GetThing::depth).maybe(None, GetThing::depth);
    request.send().await.expect("the server responds");
    client.thing("t").maybe(None, GetThing::depth).send().await.expect("the server responds");
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/things/t?depth=2", "/things/t"]);
}

#[tokio::test]
async fn a_call_can_go_without_the_credentials_of_the_client() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let client = builder(&server).default_header("x-tenant", "a").build().expect("the settings are fine");
    client.thing("t").without_credentials().send().await.expect("the server responds");
    client.thing("t").send().await.expect("the server responds");
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), None);
    assert_eq!(requests[0].header("x-tenant"), Some("a"));
    assert_eq!(requests[1].header("authorization"), Some("Bearer sk-test-0123456789"));
}
