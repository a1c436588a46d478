//! Secrets: a server that repeats what it was sent, and all that is shown of it.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use sdk_runtime::runtime::{
    Attempt, Call, Client, ClientBuilder, Credential, Error, EventEnd, EventRules, Hook, Operation,
    RequestHead, ResponseHead, RetryPolicy, SchemeKind, Sdk, SecurityScheme,
};
use serde_json::json;

use crate::support::{Received, Reply, Server, Step, builder};

static SDK: Sdk = Sdk {
    security: &[
        SecurityScheme { name: "bearer", kind: SchemeKind::Bearer, environment: None },
        SecurityScheme { name: "basic", kind: SchemeKind::Basic, environment: None },
        SecurityScheme { name: "header", kind: SchemeKind::ApiKeyHeader("X-Access"), environment: None },
        SecurityScheme { name: "query", kind: SchemeKind::ApiKeyQuery("api_key"), environment: None },
        SecurityScheme { name: "cookie", kind: SchemeKind::ApiKeyCookie("sid"), environment: None },
    ],
    ..Sdk::DEFAULT
};

macro_rules! operation {
    ($name:ident: $scheme:literal) => {
        static $name: Operation = Operation {
            id: "o",
            path: "/o",
            security: &[&[$scheme]],
            events: EventRules { end: EventEnd::Close, errors: &["error"] },
            ..Operation::DEFAULT
        };
    };
}
operation!(BEARER: "bearer");
operation!(BASIC: "basic");
operation!(HEADER: "header");
operation!(QUERY: "query");
operation!(COOKIE: "cookie");

/// It looks different in a URL, in a form, in JSON and in Base64.
const SECRET: &str = "p\"ss/+wörd 0123456789";
/// It looks the same everywhere but in Base64.
const KEY: &str = "k-0123456789-0123456789";

type Set = fn(ClientBuilder) -> ClientBuilder;

/// Every way to give a credential.
const WAYS: [(&Operation, Set); 10] = [
    (&BEARER, |builder| builder.credential_of("bearer", KEY)),
    (&BASIC, |builder| builder.credential_of("basic", Credential::basic("Aladdin", SECRET))),
    (&HEADER, |builder| builder.credential_of("header", KEY)),
    (&HEADER, |builder| builder.credential_of("header", format!("Token {KEY}"))),
    (&QUERY, |builder| builder.credential_of("query", SECRET)),
    (&COOKIE, |builder| builder.credential_of("cookie", "k/0123456789+0123456789==")),
    (&BEARER, |builder| builder.default_header("Authorization", format!("Token {KEY}"))),
    (&HEADER, |builder| builder.default_header("X-Access", KEY)),
    (&BEARER, |builder| builder.credential_of("bearer", KEY).default_header("X-Api-Key", "second-key-01234")),
    (&BEARER, |builder| builder.hook(AddsKey).credential_of("bearer", KEY)),
];

struct AddsKey;

impl Hook for AddsKey {
    fn before_attempt(&self, _: &Attempt<'_>, request: &mut RequestHead<'_>) {
        request.headers.insert("x-signature", "signed-0123456789".parse().expect("it is a header"));
    }
}

/// All that a server got and might repeat.
fn sent(request: &Received) -> Vec<String> {
    let headers = ["authorization", "x-access", "cookie", "x-api-key", "x-signature"];
    let mut sent: Vec<String> =
        headers.iter().filter_map(|name| request.header(name)).map(str::to_owned).collect();
    let query = request.target.split_once('?').map(|(_, query)| query.to_owned());
    if query.as_ref().is_some_and(|query| query.contains("api_key"))
        || sent.iter().any(|value| value.starts_with("Basic "))
    {
        sent.push(SECRET.to_owned());
    }
    sent.extend(query);
    sent
}

fn lies(request: &Received) -> String {
    json!({ "message": format!("wrong: {}", sent(request).join(" | ")), "size": sent(request) }).to_string()
}

/// Text with some signs escaped.
fn escaped(text: &str, escape: impl Fn(char) -> String) -> String {
    let escape = |letter| if "+/=-&'".contains(letter) { escape(letter) } else { letter.to_string() };
    text.chars().map(escape).collect()
}

/// Every way for a server to repeat what it got.
const ECHOES: [fn(&Received) -> Reply; 13] = [
    |request| Reply::json(401, lies(request)),
    |request| Reply::new(403, "text/plain", sent(request).join("\n")),
    |request| Reply::new(403, "text/plain", sent(request)[0].replace("Token ", "")),
    |request| Reply::json(403, lies(request).replace('/', "\\/")),
    // System.Text.Json escapes most signs, some servers do so in lower case, or escape letters.
    |request| Reply::json(403, escaped(&lies(request), |sign| format!("\\u{:04X}", u32::from(sign)))),
    |request| Reply::json(403, lies(request).replace('0', "\\u0030").replace('-', "\\u002d")),
    |request| {
        Reply::new(
            403,
            "text/plain",
            escaped(&sent(request).join("\n"), |sign| format!("%{:02x}", u32::from(sign))),
        )
    },
    |request| Reply::json(200, lies(request)),
    |request| Reply::json(200, json!(sent(request)[0]).to_string()),
    |request| Reply::new(200, "text/html", lies(request)),
    |request| {
        let body = lies(request);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 2 * body.len());
        Reply::raw(format!("{head}{body}")).then(Step::Close)
    },
    |request| {
        // It breaks off in the middle of what it repeats.
        let text = &sent(request)[0];
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n";
        Reply::raw(format!("{head}{}", &text[..text.len() - 2])).then(Step::Close)
    },
    |request| {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let location = format!("ftp://example.com/?{query}&echo=k-0123456789");
        let cookie = format!("sid={KEY}");
        Reply::bare(302, &[("location", &location), ("set-cookie", &cookie), ("x-echo", &sent(request)[0])])
    },
];

/// All that is shown of an error.
fn shown(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n");
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}{error}\n{error:?}\n");
        cause = error.source();
    }
    let raw = match error {
        Error::Api(error) => error.raw_body(),
        Error::Decode(error) => error.raw_body(),
        Error::Interrupted(error) => error.partial_body(),
        _ => return text,
    };
    text + &String::from_utf8_lossy(raw)
}

#[track_caller]
fn assert_clean(text: &str, context: &str) {
    for secret in ["0123456789", "second-key", "open sesame", "d%200", "d+0", "k-01", "QWxhZGRpb", "wörd"] {
        assert!(!text.contains(secret), "{secret} of {context} is in {text}");
    }
}

#[tokio::test]
async fn no_error_shows_what_a_server_repeats() {
    for (way, (operation, set)) in WAYS.into_iter().enumerate() {
        for (echo, reply) in ECHOES.into_iter().enumerate() {
            let server = Server::new(move |request, _| reply(request)).await;
            let builder = set(Client::builder_of(&SDK)).base_url(&server.url).retry(RetryPolicy::none());
            assert_clean(&format!("{builder:?}"), "the builder");
            let client = builder.build().expect("the settings are fine");
            assert_clean(&format!("{client:?}"), "the client");
            let error = Call::new(&client, operation).send_json::<i64>().await.expect_err("it is no number");
            assert_clean(&shown(&error), &format!("way {way} and echo {echo}"));
        }
    }
}

#[tokio::test]
async fn no_event_of_failure_shows_what_a_server_repeats() {
    for (operation, set) in WAYS {
        let server = Server::new(|request, _| {
            let body = lies(request);
            Reply::new(200, "text/event-stream", format!("data: {body}\n\nevent: error\ndata: {body}\n\n"))
        })
        .await;
        let client = set(Client::builder_of(&SDK)).base_url(&server.url).build().expect("they are fine");
        let events = Call::new(&client, operation).send_events::<i64>().await.expect("they come");
        let mut events = events.into_value();
        for _ in 0..2 {
            let error = events.next().await.expect("there is more").expect_err("it is no number");
            assert_clean(&shown(&error), "an event");
        }
    }
}

#[tokio::test]
async fn no_success_response_shows_its_cookies() {
    let headers =
        [("set-cookie", "sid=0123456789"), ("location", "/x?key=0123456789"), ("x-request-id", "r1")];
    let server = Server::replying([Reply::with_headers(200, &headers, "1")]).await;
    let client = Client::builder_of(&SDK).base_url(&server.url).credential_of("bearer", KEY);
    let client = client.build().expect("the settings are fine");
    let response = Call::new(&client, &BEARER).send_json::<i64>().await.expect("it is there");
    let text = format!("{response:?}");
    assert_clean(&text, "the response");
    assert!(text.contains(r#""x-request-id": "r1""#), "{text}");
    assert_eq!(response.headers()["set-cookie"], "sid=0123456789");
}

#[derive(Clone, Default)]
struct Heads(Arc<Mutex<String>>);

impl Heads {
    fn add(&self, text: &str) {
        self.0.lock().expect("no test panics with the lock").push_str(text);
    }
}

impl Hook for Heads {
    fn before_attempt(&self, _: &Attempt<'_>, request: &mut RequestHead<'_>) {
        self.add(&format!("{request:?}"));
    }

    fn after_response(&self, _: &Attempt<'_>, response: &ResponseHead<'_>) {
        self.add(&format!("{response:?}"));
    }

    fn on_error(&self, _: &Attempt<'_>, error: &Error) {
        self.add(&shown(error));
    }
}

#[tokio::test]
async fn no_hook_is_shown_a_credential() {
    for (operation, set) in &WAYS[..8] {
        let server = Server::new(|request, _| {
            let headers = [("set-cookie", "sid=0123456789"), ("x-echo", &sent(request)[0])];
            Reply::with_headers(401, &headers, lies(request))
        })
        .await;
        let heads = Heads::default();
        let url = format!("{}?key=0123456789", server.url);
        let client = set(Client::builder_of(&SDK)).base_url(url).hook(heads.clone());
        let client = client.build().expect("the settings are fine");
        let mut call = Call::new(&client, operation);
        call.options().set_header("X-Access", "0123456789");
        call.send_json::<i64>().await.expect_err("it is refused");
        let text = heads.0.lock().expect("no test panics with the lock").clone();
        assert!(text.contains("401"), "{text}");
        assert_clean(&text, "what a hook sees");
    }
}

#[tokio::test]
async fn no_builder_shows_what_is_in_its_url() {
    for url in ["https://user:0123456789@example.com/v1?key=0123456789", "0123456789"] {
        let builder = Client::builder_of(&SDK).base_url(url);
        assert_clean(&format!("{builder:?}"), url);
    }
    let server = Server::replying([Reply::json(401, r#"{"message": "short keys like abc stay"}"#)]).await;
    let client = builder(&server).api_key("abc").build().expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("it is refused");
    assert!(error.to_string().contains("short keys like abc stay"), "{error}");
}
