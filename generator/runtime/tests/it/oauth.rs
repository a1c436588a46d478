//! OAuth client credentials: exchanged once, renewed in time, shared by all.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{
    Call, Client, ClientCredentials, FileUpload, Method, Operation, RetryPolicy, SchemeKind, Sdk,
    SecurityScheme,
};
use tokio::sync::Notify;

use crate::support::{Received, Reply, Server, Step, TestClock, head};

static SDK: Sdk = Sdk {
    user_agent: "oauth/1",
    security: &[SecurityScheme {
        name: "oauth",
        kind: SchemeKind::OAuth2 { token_url: Some("/oauth/token"), scopes: &["read", "write"] },
        environment: Some("CLIENT"),
    }],
    ..Sdk::DEFAULT
};

static GET: Operation = Operation { id: "g", path: "/g", security: &[&["oauth"]], ..Operation::DEFAULT };

static POST: Operation =
    Operation { id: "p", method: Method::POST, path: "/p", security: &[&["oauth"]], ..Operation::DEFAULT };

/// A server with a token endpoint: its tokens are `t0`, `t1` and so on, and live for a minute.
async fn server(accepts: impl Fn(&str) -> bool + Send + Sync + 'static) -> Server {
    let issued = std::sync::atomic::AtomicUsize::new(0);
    Server::new(move |request, _| {
        if request.target == "/oauth/token" {
            let number = issued.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            return Reply::json(
                200,
                format!(r#"{{"access_token":"token-{number}","token_type":"bearer","expires_in":60}}"#),
            );
        }
        let token = request.header("authorization").unwrap_or_default().to_owned();
        Reply::bare(if accepts(token.trim_start_matches("Bearer ")) { 204 } else { 401 }, &[])
    })
    .await
}

fn client(server: &Server, clock: &TestClock, credentials: ClientCredentials) -> Client {
    Client::builder_of(&SDK)
        .base_url(&server.url)
        .credential_of("oauth", credentials)
        .clock(clock.shared())
        .build()
        .expect("the settings are fine")
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("me:1", "s3cret/+")
}

fn tokens(server: &Server) -> Vec<Received> {
    server.requests().into_iter().filter(|request| request.target == "/oauth/token").collect()
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_used_until_shortly_before_its_end() {
    let server = server(|_| true).await;
    let clock = TestClock::new();
    let client = client(&server, &clock, credentials());
    for seconds in [0, 10, 10, 9] {
        clock.advance(Duration::from_secs(seconds));
        Call::new(&client, &GET).send_empty().await.expect("the token is good");
    }
    assert_eq!(tokens(&server).len(), 1);
    clock.advance(Duration::from_secs(1));
    Call::new(&client, &GET).send_empty().await.expect("the token is good");
    assert_eq!(tokens(&server).len(), 2);
    let last = server.requests().pop().expect("there was one");
    assert_eq!(last.header("authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn it_is_asked_for_as_the_rfc_says() {
    let server = server(|_| true).await;
    let client = client(&server, &TestClock::new(), credentials());
    Call::new(&client, &GET).send_empty().await.expect("the token is good");
    let request = &tokens(&server)[0];
    assert_eq!(request.method, "POST");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, b"grant_type=client_credentials&scope=read%20write");
    // `me%3A1:s3cret%2F%2B`
    assert_eq!(request.header("authorization"), Some("Basic bWUlM0ExOnMzY3JldCUyRiUyQg=="));
}

#[tokio::test]
async fn its_place_and_its_scopes_can_be_set() {
    let elsewhere = server(|_| true).await;
    let server = server(|_| true).await;
    let credentials = credentials().token_url(format!("{}/oauth/token", elsewhere.url)).scopes(["one"]);
    let client = client(&server, &TestClock::new(), credentials);
    Call::new(&client, &GET).send_empty().await.expect("the token is good");
    assert_eq!(tokens(&elsewhere)[0].body, b"grant_type=client_credentials&scope=one");
    assert!(tokens(&server).is_empty());
}

#[tokio::test]
async fn many_calls_at_once_wait_for_one_token() {
    let server = server(|_| true).await;
    let client = client(&server, &TestClock::new(), credentials());
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { Call::new(&client, &GET).send_empty().await.map(|_| ()) })
        })
        .collect();
    for call in calls {
        call.await.expect("no call panics").expect("the token is good");
    }
    assert_eq!(tokens(&server).len(), 1);
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_replaced_once() {
    let server_ = server(|token| token == "token-1").await;
    let client_ = client(&server_, &TestClock::new(), credentials());
    let response = Call::new(&client_, &GET).send_empty().await.expect("the second token is good");
    assert_eq!(response.attempts(), 2);
    assert_eq!(tokens(&server_).len(), 2);
    let server = server(|_| false).await;
    let client = client(&server, &TestClock::new(), credentials());
    let error = Call::new(&client, &GET).send_empty().await.expect_err("no token is good");
    assert_eq!(error.to_string(), "401 Unauthorized (GET /g, 2 attempts)");
    assert_eq!(tokens(&server).len(), 2);
}

#[tokio::test]
async fn a_token_server_that_refuses_is_told() {
    for (reply, message) in [
        (
            Reply::json(400, r#"{"error":"s3cret/+ is wrong"}"#),
            "the credential for oauth could not be obtained: the token server refused: ******** is wrong (400 Bad Request) (GET /g)",
        ),
        (
            Reply::json(401, r#"{"error":"invalid_client","error_description":"s3cret/+ is wrong"}"#),
            "the credential for oauth could not be obtained: the token server refused: invalid_client (401 Unauthorized) (GET /g)",
        ),
        (
            Reply::new(500, "text/html", "<html>"),
            "the credential for oauth could not be obtained: the token server refused (500 Internal Server Error) (GET /g, 3 attempts)",
        ),
        (
            Reply::json(200, r#"{"token":"x"}"#),
            "the credential for oauth could not be obtained: the response of the token server has no access token (GET /g)",
        ),
        (
            Reply::json(200, vec![b' '; 100_000]),
            "the credential for oauth could not be obtained: the response of the token server is too long (GET /g)",
        ),
    ] {
        let server = Server::replying([reply]).await;
        let client = client(&server, &TestClock::new(), credentials());
        let error = Call::new(&client, &GET).send_empty().await.expect_err("there is no token");
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_token_server_that_is_busy_is_asked_again() {
    let server = Server::new(|request, number| match (request.target.as_str(), number) {
        ("/oauth/token", 0) => Reply::bare(503, &[]),
        ("/oauth/token", 1) => Reply::nothing().then(Step::Reset),
        ("/oauth/token", _) => Reply::json(200, r#"{"access_token":"t"}"#),
        _ => Reply::bare(204, &[]),
    })
    .await;
    let client = client(&server, &TestClock::new(), credentials());
    let response = Call::new(&client, &POST).send_empty().await.expect("the third attempt succeeds");
    assert_eq!((response.attempts(), server.requests().len()), (3, 4));
}

#[tokio::test]
async fn calls_that_wait_for_one_token_share_that_there_is_none() {
    let (here, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (stalled, wait) = (Arc::clone(&here), Arc::clone(&go));
    let server = Server::new(move |_, _| {
        stalled.notify_one();
        let busy = head(503, &[("content-length", "0")]);
        Reply::nothing().then(Step::Wait(Arc::clone(&wait))).then(Step::Send(busy))
    })
    .await;
    let client = client(&server, &TestClock::new(), credentials());
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let mut call = Call::new(&client, &GET);
            call.options().retry = Some(Box::new(RetryPolicy::none()));
            Box::pin(call.send_empty())
        })
        .collect();
    let mut calls = calls;
    // All of them have begun to wait before there is a response.
    std::future::poll_fn(|context| {
        assert!(calls.iter_mut().all(|call| call.as_mut().poll(context).is_pending()));
        std::task::Poll::Ready(())
    })
    .await;
    go.notify_one();
    for call in calls {
        let error = call.await.expect_err("there is no token");
        assert!(error.to_string().contains("the token server refused (503"), "{error}");
        assert!(error.is_retryable());
    }
    assert_eq!(server.requests().len(), 1);
    here.notified().await;
}

#[tokio::test]
async fn a_life_may_be_text_or_longer_than_any_clock() {
    for (life, seconds) in [
        (r#""60""#, 30),
        ("1e300", 31_535_970),
        (r#""1e300""#, 31_535_970),
        ("1e18", 31_535_970),
        ("1e19", 31_535_970),
        (r#""soon""#, 270),
        ("null", 270),
        ("-5", 270),
    ] {
        let response = format!(r#"{{"access_token":"t","expires_in":{life}}}"#);
        let server = Server::new(move |request, _| match request.target.as_str() {
            "/oauth/token" => Reply::json(200, &response),
            _ => Reply::bare(204, &[]),
        })
        .await;
        let clock = TestClock::new();
        let client = client(&server, &clock, credentials());
        for (passes, count) in [(0, 1), (seconds - 1, 1), (1, 2)] {
            clock.advance(Duration::from_secs(passes));
            Call::new(&client, &GET).send_empty().await.expect("the token is good");
            assert_eq!(tokens(&server).len(), count, "{life}");
        }
    }
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_forgotten_whatever_the_body() {
    let server = server(|token| token == "token-1").await;
    let client = client(&server, &TestClock::new(), credentials());
    let mut call = Call::new(&client, &POST);
    call.bytes("text/plain", FileUpload::from_reader(&b"once"[..]));
    let error = call.send_empty().await.expect_err("its body is gone");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let response = Call::new(&client, &GET).send_empty().await.expect("there is another token");
    assert_eq!((response.attempts(), tokens(&server).len()), (1, 2));
}

#[tokio::test]
async fn the_secret_can_go_into_the_body_and_more_with_it() {
    let server = server(|_| true).await;
    let credentials = credentials().in_body().parameter("audience", "https://api.example.com");
    assert!(!format!("{credentials:?}").contains("s3cret"));
    let client = client(&server, &TestClock::new(), credentials);
    Call::new(&client, &GET).send_empty().await.expect("the token is good");
    let request = &tokens(&server)[0];
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("user-agent"), Some("oauth/1"));
    assert_eq!(
        String::from_utf8_lossy(&request.body),
        "grant_type=client_credentials&client_id=me%3A1&client_secret=s3cret%2F%2B&scope=read%20write\
         &audience=https%3A%2F%2Fapi.example.com"
    );
}

#[tokio::test]
async fn a_token_server_over_plain_http_is_refused() {
    let server = server(|_| true).await;
    let credentials = credentials().token_url("http://auth.example.com/token");
    let client = client(&server, &TestClock::new(), credentials);
    let error = Call::new(&client, &GET).send_empty().await.expect_err("the secret could be read on the way");
    assert_eq!(
        error.to_string(),
        "the credential for oauth could not be obtained: the token URL is plain http (GET /g)"
    );
}

#[test]
fn nothing_of_the_secret_is_shown() {
    assert!(!format!("{:?}", credentials()).contains("s3cret"));
    let builder =
        Client::builder_of(&SDK).variables(&[("CLIENT", "me:s3cret")]).expect("there are both parts");
    let text = format!("{builder:?}");
    assert!(text.contains("ClientCredentials") && !text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn the_secret_is_in_no_error_however_it_is_repeated() {
    for body in [
        r#"{"error": "no client s3cret/+"}"#,
        r#"{"error": "no client s3cret\u002F\u002B"}"#,
        r#"{"error": "no client \u0073\u0033cret\/\u002b"}"#,
        r#"{"error": "no client s3cret%2f%2b"}"#,
    ] {
        let server = Server::new(move |_, _| Reply::json(401, body)).await;
        let client = client(&server, &TestClock::new(), credentials());
        let error = Call::new(&client, &GET).send_empty().await.expect_err("there is no token");
        let text = format!("{error} {error:?}");
        assert!(text.contains("no client ****") && !text.contains("cret"), "{text}");
    }
}

#[tokio::test]
async fn an_http_client_that_takes_the_secret_elsewhere_is_told() {
    let other = Server::replying([Reply::json(200, r#"{"access_token": "stolen"}"#)]).await;
    let to = format!("{}/t", other.url);
    let server = Server::new(move |_, _| Reply::bare(307, &[("location", &to)])).await;
    let client = Client::builder_of(&SDK)
        .base_url(&server.url)
        .credential_of("oauth", credentials().in_body())
        .http_client(reqwest::Client::new())
        .build()
        .expect("the settings are fine");
    let error = Call::new(&client, &GET).send_empty().await.expect_err("the secret is in wrong hands");
    assert!(
        error.source().is_some_and(|cause| cause.to_string().contains("must not follow redirects")),
        "{error:?}"
    );
    assert_eq!(server.requests().len(), 1, "the token of the other host is not used");
}
