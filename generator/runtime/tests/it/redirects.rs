//! Redirects: where they lead, and what goes along.

use std::sync::{Arc, OnceLock};

use http::header::{HeaderValue, LOCATION};
use sdk_runtime::runtime::send::redirect::{self, BodyAhead, Origin, Step, Target};
use sdk_runtime::runtime::{Call, Client, Error, Method, Operation, SchemeKind, Sdk, SecurityScheme};

use crate::support::{Received, Reply, Server, Step as ServerStep, THING, TestClock, builder, client};

fn to(location: &str) -> Reply {
    Reply::bare(302, &[("location", location)])
}

#[tokio::test]
async fn at_home_everything_goes_along() {
    let server = Server::new(|request, _| match request.target.as_str() {
        "/things/t" => Reply::bare(307, &[("location", "../moved/here?x=1")]),
        _ => Reply::json(200, THING),
    })
    .await;
    client(&server).thing("t").header("x-mine", "1").send().await.expect("it is followed");
    let requests = server.requests();
    assert_eq!(requests[1].target, "/moved/here?x=1");
    assert_eq!(requests[1].header("authorization"), Some("Bearer sk-test-0123456789"));
    assert_eq!(requests[1].header("x-mine"), Some("1"));
    assert_eq!(server.connections(), 1);
}

/// What another host gets when the first one sends the client there.
async fn abroad(sdk: &'static Sdk, operation: &'static Operation) -> Received {
    let other = Server::replying([Reply::json(200, "1")]).await;
    let url = format!("{}/elsewhere", other.url);
    let server = Server::new(move |_, _| to(&url)).await;
    let client = Client::builder_of(sdk)
        .base_url(&server.url)
        .credential_of("s", "key-0123456789")
        .default_header("x-tenant-key", "t-1")
        .default_header("x-plain", "p")
        .build()
        .expect("the settings are fine");
    let mut call = Call::new(&client, operation);
    call.cookie("session", sdk_runtime::runtime::Style::Form, "c-1");
    call.options().set_header("x-mine", "1");
    call.options().set_header("range", "bytes=5-");
    call.send_empty().await.expect("it is followed");
    let home = server.request();
    assert!(format!("{home:?}").contains("key-0123456789"), "{home:?}");
    other.request()
}

#[tokio::test]
async fn to_another_host_no_secret_goes_along_whatever_its_scheme() {
    static OPERATION: Operation =
        Operation { id: "o", path: "/o", security: &[&["s"]], ..Operation::DEFAULT };
    const fn sdk(kind: SchemeKind) -> [SecurityScheme; 1] {
        [SecurityScheme { name: "s", kind, environment: None }]
    }
    static BEARER: Sdk = Sdk { security: &sdk(SchemeKind::Bearer), ..Sdk::DEFAULT };
    static HEADER: Sdk = Sdk { security: &sdk(SchemeKind::ApiKeyHeader("X-Api-Key")), ..Sdk::DEFAULT };
    static QUERY: Sdk = Sdk { security: &sdk(SchemeKind::ApiKeyQuery("key")), ..Sdk::DEFAULT };
    static COOKIE: Sdk = Sdk { security: &sdk(SchemeKind::ApiKeyCookie("key")), ..Sdk::DEFAULT };
    for sdk in [&BEARER, &HEADER, &QUERY, &COOKIE] {
        let request = abroad(sdk, &OPERATION).await;
        assert_eq!(request.target, "/elsewhere");
        let mut names: Vec<_> = request.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
        names.sort();
        let expected = ["accept", "accept-encoding", "host", "range", "user-agent"];
        let without_encoding: Vec<_> =
            expected.into_iter().filter(|name| *name != "accept-encoding").collect();
        assert!(names == expected || names == without_encoding, "{names:?}");
    }
}

#[tokio::test]
async fn what_has_left_does_not_get_its_secrets_back_at_home() {
    let away = Arc::new(OnceLock::<String>::new());
    let there = Arc::clone(&away);
    let home = Server::new(move |request, _| match request.target.as_str() {
        "/things/t" => to(there.get().expect("it was set before the call")),
        _ => Reply::json(200, THING),
    })
    .await;
    let back = format!("{}/back", home.url);
    let other = Server::new(move |_, _| to(&back)).await;
    away.set(other.url.clone()).expect("it is set once");
    client(&home).thing("t").send().await.expect("it is followed");
    let [first, second] = home.requests().try_into().expect("it came home");
    assert!(first.header("authorization").is_some());
    assert_eq!((second.target.as_str(), second.header("authorization")), ("/back", None));
}

#[tokio::test]
async fn another_port_is_another_host() {
    let other = Server::replying([Reply::json(200, THING)]).await;
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(308, &[("location", &url)])).await;
    client(&server).thing("t").send().await.expect("it is followed");
    assert_eq!(other.request().header("authorization"), None);
}

#[tokio::test]
async fn a_user_in_a_location_is_not_sent() {
    let other = Server::replying([Reply::json(200, THING)]).await;
    let url = other.url.replace("http://", "http://user:secret@");
    let server = Server::new(move |_, _| to(&url)).await;
    client(&server).thing("t").send().await.expect("it is followed");
    assert_eq!(other.request().header("authorization"), None);
}

#[tokio::test]
async fn a_loop_ends() {
    let server = Server::replying([to("/round")]).await;
    let error = client(&server).thing("t").send().await.expect_err("it goes round");
    assert_eq!(error.to_string(), "302 Found: too many redirects (GET /things/{thing_id})");
    assert_eq!(server.requests().len(), 11);
    assert!(matches!(error, Error::Api(_)));
}

#[tokio::test]
async fn a_post_is_repeated_only_where_the_method_stays() {
    let thing = sdk_runtime::sample::Thing { id: "t".into(), size: 1 };
    for status in [301, 302] {
        let server = Server::replying([Reply::bare(status, &[("location", "/other")])]).await;
        let error = client(&server).make_thing(&thing).send().await.expect_err("it is not followed");
        assert!(error.to_string().contains("followed for GET and HEAD only"), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(server.requests().len(), 1);
    }
    for status in [307, 308] {
        let server =
            Server::replying([Reply::bare(status, &[("location", "/other")]), Reply::json(200, THING)]).await;
        client(&server).make_thing(&thing).send().await.expect("it is followed");
        let requests = server.requests();
        assert_eq!((requests[1].method.as_str(), requests[1].target.as_str()), ("POST", "/other"));
        assert_eq!(requests[1].body, requests[0].body);
    }
}

#[tokio::test]
async fn what_is_done_is_fetched_with_get() {
    let thing = sdk_runtime::sample::Thing { id: "t".into(), size: 1 };
    let server =
        Server::replying([Reply::bare(303, &[("location", "/things/t")]), Reply::json(200, THING)]).await;
    client(&server).make_thing(&thing).header("x-mine", "1").send().await.expect("it is followed");
    let [_, second] = server.requests().try_into().expect("there are two");
    assert_eq!((second.method.as_str(), second.target.as_str()), ("GET", "/things/t"));
    assert_eq!((second.body.len(), second.header("x-mine")), (0, Some("1")));
    assert_eq!((second.header("content-type"), second.header("content-length")), (None, None));
    assert_eq!(second.header("authorization"), Some("Bearer sk-test-0123456789"));

    let other = Server::replying([Reply::json(200, THING)]).await;
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(303, &[("location", &url)])).await;
    client(&server).make_thing(&thing).header("x-mine", "1").send().await.expect("it is followed");
    let request = other.request();
    assert_eq!((request.method.as_str(), request.header("x-mine")), ("GET", None));
    assert_eq!((request.header("authorization"), request.body.len()), (None, 0));
}

#[tokio::test]
async fn what_is_done_is_not_done_again() {
    let thing = sdk_runtime::sample::Thing { id: "t".into(), size: 1 };
    let server = Server::new(|request, _| match request.method.as_str() {
        "POST" => Reply::bare(303, &[("location", "/things/t")]),
        _ => Reply::bare(503, &[]),
    })
    .await;
    let error = client(&server).make_thing(&thing).send().await.expect_err("the response cannot be had");
    assert_eq!(error.not_retried_because(), Some("the server may have processed it"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_redirect_whose_body_stalls_is_followed_all_the_same() {
    let here = Arc::new(tokio::sync::Notify::new());
    let stall = Reply::raw("HTTP/1.1 302 Found\r\nlocation: /new\r\ncontent-length: 9\r\n\r\nlook")
        .then(ServerStep::Stall(Arc::clone(&here)));
    let server = Server::replying([stall, Reply::json(200, THING)]).await;
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.shared()).build().expect("the settings are fine");
    let later = async {
        here.notified().await;
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        clock.advance(std::time::Duration::from_secs(1));
    };
    let (result, ()) = tokio::join!(client.thing("t").send(), later);
    result.expect("it is followed");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn no_body_goes_to_another_host() {
    let other = Server::replying([Reply::json(200, THING)]).await;
    let url = other.url.clone();
    let server = Server::new(move |_, _| Reply::bare(307, &[("location", &url)])).await;
    let thing = sdk_runtime::sample::Thing { id: "t".into(), size: 1 };
    let error = client(&server).make_thing(&thing).send().await.expect_err("it is not followed");
    assert!(error.to_string().contains("to another host, where no body is sent"), "{error}");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn redirects_to_nowhere_are_error_responses() {
    static DELETE: Operation =
        Operation { id: "d", method: Method::DELETE, path: "/d", ..Operation::DEFAULT };
    for (location, message) in [
        (
            Some("ftp://example.com/"),
            "302 Found: the server redirects to something other than an http URL (DELETE /d)",
        ),
        (
            Some("http://[broken"),
            "302 Found: the server redirects to something other than an http URL (DELETE /d)",
        ),
        (None, "302 Found (DELETE /d)"),
    ] {
        let headers: Vec<_> = location.iter().map(|location| ("location", *location)).collect();
        let server = Server::replying([Reply::bare(302, &headers)]).await;
        let error = Call::new(&client(&server), &DELETE).send_empty().await.expect_err("it is dangling");
        assert_eq!(error.to_string(), message);
    }
    let server = Server::replying([Reply::bare(304, &[])]).await;
    let error = client(&server).thing("t").send().await.expect_err("nothing was asked for conditionally");
    assert_eq!(error.to_string(), "304 Not Modified (GET /things/{thing_id})");
}

#[tokio::test]
async fn a_redirect_is_no_attempt_of_its_own() {
    let server = Server::new(|request, number| match (request.target.as_str(), number) {
        ("/things/t", _) => to("/next"),
        (_, 1) => Reply::bare(503, &[("retry-after", "0")]),
        _ => Reply::json(200, THING),
    })
    .await;
    let response = builder(&server)
        .build()
        .expect("the settings are fine")
        .thing("t")
        .send_with_response()
        .await
        .expect("the second attempt succeeds");
    assert_eq!(response.attempts(), 2);
    assert_eq!(server.requests().len(), 4);
}

fn step_to(from: &str, location: &str) -> Step {
    let url = from.parse().expect("it is a URL");
    let from = Target { url, method: http::Method::GET, body: BodyAhead::None, origin: Origin::Same };
    let headers =
        [(LOCATION, HeaderValue::from_str(location).expect("it is a header"))].into_iter().collect();
    redirect::step(&from, http::StatusCode::FOUND, &headers)
}

#[test]
fn nothing_goes_from_https_to_http() {
    assert!(matches!(
        step_to("https://a.example/x", "http://a.example/x"),
        Step::Refuse("the server redirects from https to plain http")
    ));
}

#[test]
fn only_the_same_origin_is_home() {
    for (from, location, origin) in [
        ("https://a.example/x", "/y", Origin::Same),
        ("https://a.example/x", "https://a.example:443/y", Origin::Same),
        ("https://a.example/x", "https://A.EXAMPLE/y", Origin::Same),
        ("https://a.example/x", "//b.example/y", Origin::Cross),
        ("https://a.example/x", "https://a.example:444/y", Origin::Cross),
        ("https://a.example/x", "https://a.example.evil.example/y", Origin::Cross),
        ("https://a.example/x", "https://sub.a.example/y", Origin::Cross),
        ("http://a.example/x", "https://a.example/y", Origin::Cross),
    ] {
        let Step::Follow(target) = step_to(from, location) else { panic!("{location} is followed") };
        assert_eq!(target.origin, origin, "{location}");
    }
}
