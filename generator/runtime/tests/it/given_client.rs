//! An HTTP client of the caller's: what its own settings do, and what is said about it.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{
    Call, Client, Error, Method, Operation, SchemeKind, Sdk, SecurityScheme, TimeoutKind,
};
use tokio::sync::Notify;

use crate::support::{Reply, Server, Step, THING, TestClock, builder};

static SDK: Sdk = Sdk {
    security: &[SecurityScheme {
        name: "key",
        kind: SchemeKind::ApiKeyHeader("X-Api-Key"),
        environment: None,
    }],
    ..Sdk::DEFAULT
};

static QUERY_SDK: Sdk = Sdk {
    security: &[SecurityScheme { name: "key", kind: SchemeKind::ApiKeyQuery("key"), environment: None }],
    ..Sdk::DEFAULT
};

static GET: Operation = Operation { id: "g", path: "/g", security: &[&["key"]], ..Operation::DEFAULT };
static POST: Operation = Operation { id: "p", method: Method::POST, path: "/p", ..Operation::DEFAULT };

fn http(set: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> reqwest::Client {
    set(reqwest::Client::builder()).build().expect("the settings are fine")
}

fn strict(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never())
}

#[tokio::test]
async fn its_connections_are_shared() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let http = http(strict);
    for _ in 0..2 {
        let client = builder(&server).http_client(http.clone()).build().expect("the settings are fine");
        client.thing("t").send().await.expect("it is there");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn redirects_are_followed_as_ever_when_it_leaves_them_alone() {
    let other = Server::replying([Reply::json(200, "1")]).await;
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(302, &[("location", &url)])).await;
    let client = Client::builder_of(&SDK).base_url(&server.url).credential_of("key", "key-0123456789");
    let client = client.http_client(http(strict)).build().expect("the settings are fine");
    Call::new(&client, &GET).send_empty().await.expect("it is followed");
    assert_eq!(other.request().header("x-api-key"), None);
}

#[tokio::test]
async fn a_key_that_it_took_to_another_host_is_told() {
    let other = Server::replying([Reply::json(200, "1")]).await;
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(302, &[("location", &url)])).await;
    let client = Client::builder_of(&SDK).base_url(&server.url).credential_of("key", "key-0123456789");
    let client = client.http_client(http(|http| http)).build().expect("the settings are fine");
    let error = Call::new(&client, &GET).send_empty().await.expect_err("the key is in wrong hands");
    assert_eq!(
        error.to_string(),
        "`http_client` must not follow redirects: \
         build a `reqwest::Client` with `redirect(reqwest::redirect::Policy::none())` (GET /g)"
    );
    // A key in the query goes along as the referer.
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(302, &[("location", &url)])).await;
    let client = Client::builder_of(&QUERY_SDK).base_url(&server.url).credential_of("key", "key-0123456789");
    let client = client.http_client(http(|http| http)).build().expect("the settings are fine");
    let error = Call::new(&client, &GET).send_empty().await.expect_err("the key is in wrong hands");
    assert!(error.to_string().contains("must not follow redirects"), "{error}");
    assert!(other.requests()[1].header("referer").is_some_and(|from| from.contains("key-0123456789")));
    // A bearer token it keeps back itself.
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(302, &[("location", &url)])).await;
    let client = builder(&server).http_client(http(|http| http)).build().expect("the settings are fine");
    client.thing("t").send().await.expect_err("it is no thing");
    assert_eq!(other.requests()[2].header("authorization"), None);
}

#[tokio::test]
async fn a_redirect_that_it_gives_up_is_not_tried_again() {
    let server = Server::replying([Reply::bare(302, &[("location", "/round")])]).await;
    let http = http(|http| http.redirect(reqwest::redirect::Policy::limited(3)));
    let client = builder(&server).clock(TestClock::new().shared()).http_client(http);
    let client = client.build().expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("it goes round");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(error.to_string().contains("Policy::none())` (too many redirects)"), "{error}");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn its_own_timeout_is_told_as_such() {
    for start in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"] {
        let here = Arc::new(Notify::new());
        let server = Server::replying([Reply::raw(start).then(Step::Stall(here))]).await;
        let http = http(|http| strict(http).timeout(Duration::from_secs(5)));
        let client = builder(&server).http_client(http).build().expect("the settings are fine");
        let error = Call::new(&client, &POST).send_empty().await.expect_err("the server stalls");
        assert_eq!(
            error.to_string(),
            "a timeout of the HTTP client expired \
             (POST /p, not retried: the server may have processed it)"
        );
        let Error::Timeout(error) = error else { panic!("it is a timeout: {error:?}") };
        assert_eq!(error.kind(), TimeoutKind::HttpClient);
    }
}
