//! Credentials: where they go, when they are asked for, and where they never go.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sdk_runtime::runtime::{
    Call, Client, ClientBuilder, Credential, Operation, SchemeKind, Sdk, SecurityScheme,
};

use crate::support::{Received, Reply, Server, THING, TestClock};

static SDK: Sdk = Sdk {
    user_agent: "auth/1",
    security: &[
        SecurityScheme { name: "bearer", kind: SchemeKind::Bearer, environment: Some("TOKEN") },
        SecurityScheme { name: "basic", kind: SchemeKind::Basic, environment: Some("LOGIN") },
        SecurityScheme { name: "header", kind: SchemeKind::ApiKeyHeader("X-Key"), environment: None },
        SecurityScheme { name: "query", kind: SchemeKind::ApiKeyQuery("api key"), environment: None },
        SecurityScheme { name: "cookie", kind: SchemeKind::ApiKeyCookie("sid"), environment: None },
        SecurityScheme { name: "tls", kind: SchemeKind::MutualTls, environment: None },
    ],
    base_url_variable: Some("URL"),
    ..Sdk::DEFAULT
};

macro_rules! operation {
    ($name:ident: $security:expr) => {
        static $name: Operation = Operation {
            id: "o",
            path: "/o",
            query: &[("q", "1")],
            security: $security,
            ..Operation::DEFAULT
        };
    };
}

async fn sent(
    operation: &'static Operation,
    set: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Result<Received, sdk_runtime::runtime::Error> {
    let server = Server::replying([Reply::json(200, "1")]).await;
    let client = set(Client::builder_of(&SDK)).base_url(&server.url).build().expect("the settings are fine");
    Call::new(&client, operation).send_empty().await?;
    Ok(server.request())
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    operation!(BEARER: &[&["bearer"]]);
    operation!(BASIC: &[&["basic"]]);
    operation!(HEADER: &[&["header"]]);
    operation!(QUERY: &[&["query"]]);
    operation!(COOKIE: &[&["cookie"]]);
    operation!(TLS: &[&["tls"]]);
    let request = sent(&BEARER, |builder| builder.credential_of("bearer", "t-1")).await.expect("it is sent");
    assert_eq!(request.header("authorization"), Some("Bearer t-1"));
    for copied in ["Bearer t-1", "bearer  t-1"] {
        let request = sent(&BEARER, |builder| builder.credential_of("bearer", copied)).await;
        let request = request.expect("it is sent");
        assert_eq!(request.header("authorization"), Some("Bearer t-1"), "{copied}");
    }
    let login = Credential::basic("Aladdin", "open sesame");
    let request =
        sent(&BASIC, |builder| builder.credential_of("basic", login.clone())).await.expect("it is sent");
    assert_eq!(request.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    let request = sent(&HEADER, |builder| builder.credential_of("header", "k-1")).await.expect("it is sent");
    assert_eq!(request.header("x-key"), Some("k-1"));
    let request = sent(&QUERY, |builder| builder.credential_of("query", "k&1")).await.expect("it is sent");
    assert_eq!(request.target, "/o?q=1&api%20key=k%261");
    let request = sent(&COOKIE, |builder| builder.credential_of("cookie", "k;1")).await.expect("it is sent");
    assert_eq!(request.header("cookie"), Some("sid=k%3B1"));
    sent(&TLS, |builder| builder).await.expect("a certificate is none of our business");
}

#[tokio::test]
async fn a_cookie_is_sent_as_it_is_as_far_as_that_can_be() {
    operation!(COOKIE: &[&["cookie"]]);
    for (key, sent_as) in
        [("a/b+c==", "sid=a/b+c=="), ("a%20b", "sid=a%20b"), ("a b;\",\\", "sid=a%20b%3B%22%2C%5C")]
    {
        let request =
            sent(&COOKIE, |builder| builder.credential_of("cookie", key)).await.expect("it is sent");
        assert_eq!(request.header("cookie"), Some(sent_as));
    }
}

#[tokio::test]
async fn the_name_of_a_user_has_no_colon() {
    operation!(BASIC: &[&["basic"]]);
    let login = Credential::basic("a:b", "password");
    let error = sent(&BASIC, |builder| builder.credential_of("basic", login.clone())).await;
    let error = error.expect_err("the server would take `a` for the name");
    assert_eq!(
        error.to_string(),
        "the credential for basic could not be obtained: the name of its user must not have a colon in it (GET /o)"
    );
}

#[tokio::test]
async fn a_key_that_the_url_has_already_is_not_there_twice() {
    operation!(QUERY: &[&["query"]]);
    let server = Server::replying([Reply::json(200, "1")]).await;
    let base = format!("{}?api+key=old&x=1&api%20key=older", server.url);
    let client = Client::builder_of(&SDK).base_url(base).credential_of("query", "new").build();
    Call::new(&client.expect("the settings are fine"), &QUERY).send_empty().await.expect("it is sent");
    assert_eq!(server.request().target, "/o?x=1&q=1&api%20key=new");
}

#[tokio::test]
async fn all_schemes_of_one_alternative_and_no_other() {
    operation!(BOTH: &[&["header", "cookie"], &["bearer"]]);
    let all = |builder: ClientBuilder| {
        builder.credential_of("header", "h").credential_of("cookie", "c").credential_of("bearer", "b")
    };
    let request = sent(&BOTH, all).await.expect("it is sent");
    assert_eq!(
        (request.header("x-key"), request.header("cookie"), request.header("authorization")),
        (Some("h"), Some("sid=c"), None)
    );
    let some = |builder: ClientBuilder| builder.credential_of("header", "h").credential_of("bearer", "b");
    let request = sent(&BOTH, some).await.expect("it is sent");
    assert_eq!((request.header("x-key"), request.header("authorization")), (None, Some("Bearer b")));
}

#[tokio::test]
async fn a_credential_that_may_be_left_out_is_sent_when_there_is_one() {
    operation!(OPTIONAL: &[&[], &["bearer"]]);
    operation!(NONE: &[]);
    let request = sent(&OPTIONAL, |builder| builder).await.expect("it is sent");
    assert_eq!(request.header("authorization"), None);
    let request = sent(&OPTIONAL, |builder| builder.credential_of("bearer", "b")).await.expect("it is sent");
    assert_eq!(request.header("authorization"), Some("Bearer b"));
    let request = sent(&NONE, |builder| builder.credential_of("bearer", "b")).await.expect("it is sent");
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn a_header_of_the_caller_is_a_credential_too() {
    operation!(BEARER: &[&["bearer"]]);
    let request = sent(&BEARER, |builder| builder.default_header("authorization", "Token x"))
        .await
        .expect("there is a credential");
    assert_eq!(request.header("authorization"), Some("Token x"));
}

#[tokio::test]
async fn a_key_that_no_header_may_have_is_refused_and_not_shown() {
    operation!(BEARER: &[&["bearer"]]);
    for key in ["secret\nkey", ""] {
        let error =
            sent(&BEARER, |builder| builder.credential_of("bearer", key)).await.expect_err("it is refused");
        assert!(
            error.to_string().starts_with("the credential for bearer could not be obtained: it "),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_provider_is_asked_for_each_attempt() {
    operation!(BEARER: &[&["bearer"]]);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::replying([Reply::bare(503, &[]), Reply::json(200, "1")]).await;
    let client = Client::builder_of(&SDK)
        .base_url(&server.url)
        .credential_of(
            "bearer",
            Credential::provider(move || {
                let number = count.fetch_add(1, Ordering::SeqCst);
                async move { Ok::<_, std::io::Error>(format!("token-{number}")) }
            }),
        )
        .clock(TestClock::new().shared())
        .build()
        .expect("the settings are fine");
    Call::new(&client, &BEARER).send_empty().await.expect("the second attempt succeeds");
    let tokens: Vec<_> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    assert_eq!(tokens, [Some("Bearer token-0".to_owned()), Some("Bearer token-1".to_owned())]);
}

#[tokio::test]
async fn no_credential_goes_over_plain_http_to_another_machine() {
    let client =
        Client::builder().base_url("http://api.example.com").api_key("k").build().expect("it is a URL");
    let error = client.thing("t").send().await.expect_err("it could be read on the way");
    assert_eq!(
        error.to_string(),
        "`base_url` is plain http to another machine, where a credential could be read on the way; \
         use https, or allow it with `allow_credentials_over_http` (GET /things/{thing_id})"
    );
}

#[tokio::test]
async fn it_does_when_it_is_allowed() {
    let server = Server::replying([Reply::json(200, THING)]).await;
    let address = server.url.trim_start_matches("http://").parse().expect("it is an address");
    let client = Client::builder()
        .base_url("http://api.example.com")
        .api_key("k")
        .allow_credentials_over_http()
        .configure_http(move |http| http.resolve("api.example.com", address).no_proxy())
        .build()
        .expect("the settings are fine");
    // The port of a URL wins over that of a resolved address, unless it is left out.
    client.thing("t").send().await.expect("it is allowed");
    assert_eq!(server.request().header("authorization"), Some("Bearer k"));
}

#[test]
fn the_environment_holds_one_or_two_parts() {
    let builder = Client::builder_of(&SDK)
        .base_url("https://example.com")
        .variables(&[("TOKEN", " t-1\n"), ("LOGIN", "user:pass:word")])
        .expect("they are fine");
    let text = format!("{builder:?}");
    assert!(text.contains(r#"[("bearer", Secret), ("basic", Basic)]"#), "{text}");
    let error = Client::builder_of(&SDK).variables(&[("LOGIN", "user")]).expect_err("there is no password");
    assert_eq!(error.to_string(), "`LOGIN` must be `user:password`");
}

#[tokio::test]
async fn the_environment_holds_the_url_of_the_api() {
    operation!(OPEN: &[]);
    let server = Server::replying([Reply::json(200, "1"), Reply::json(200, "1")]).await;
    let url = format!(" {}/proxy\n", server.url);
    let variables = [("TOKEN", "t-1"), ("URL", url.as_str())];
    let builder = Client::builder_of(&SDK).variables(&variables).expect("they are fine");
    Call::new(&builder.build().expect("it is a URL"), &OPEN).send_empty().await.expect("it is sent");

    let builder =
        Client::builder_of(&SDK).base_url(&server.url).variables(&variables).expect("they are fine");
    Call::new(&builder.build().expect("it is a URL"), &OPEN).send_empty().await.expect("it is sent");
    let targets: Vec<String> = server.requests().iter().map(|request| request.target.clone()).collect();
    assert_eq!(targets, ["/proxy/o?q=1", "/o?q=1"], "what is set by hand comes first");
}
