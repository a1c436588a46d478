//! Retries: what is tried again, when, and how often. No test waits.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{Call, Client, Error, Idempotency, Method, Operation, RetryPolicy, Style};
use sdk_runtime::sample::Thing;

use crate::support::{Reply, Server, Step, THING, TestClock, builder};

fn with_clock(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::new();
    (builder(server).clock(clock.shared()).build().expect("the settings are fine"), clock)
}

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn busy(headers: &[(&str, &str)]) -> Reply {
    Reply::bare(503, headers)
}

fn thing() -> Thing {
    Thing { id: "t".into(), size: 1 }
}

#[tokio::test]
async fn a_call_is_tried_again_until_it_succeeds() {
    let server = Server::replying([busy(&[]), Reply::bare(500, &[]), Reply::json(200, THING)]).await;
    let (client, clock) = with_clock(&server);
    let response = client.thing("t").send_with_response().await.expect("the third attempt succeeds");
    assert_eq!(response.attempts(), 3);
    assert_eq!(server.requests().len(), 3);
    // Half of 0.5 s, then half of 1 s.
    assert_eq!(clock.pauses(), [ms(250), ms(500)]);
}

#[tokio::test]
async fn a_call_is_given_up_after_its_retries() {
    let server = Server::replying([busy(&[])]).await;
    let (client, _) = with_clock(&server);
    let error = client.thing("t").send().await.expect_err("it is always busy");
    assert_eq!(error.to_string(), "503 Service Unavailable (GET /things/{thing_id}, 3 attempts)");
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
}

#[tokio::test]
async fn the_backoff_doubles_up_to_its_end_and_is_random_all_the_way() {
    let server = Server::replying([busy(&[])]).await;
    let (client, clock) = with_clock(&server);
    let policy = RetryPolicy::default().max_retries(6);
    clock.set_random(1.0);
    client.thing("t").retry(policy.clone()).send().await.expect_err("it is always busy");
    assert_eq!(clock.pauses(), [ms(500), ms(1000), ms(2000), ms(4000), ms(8000), ms(8000)]);
    clock.set_random(0.0);
    client.thing("t").retry(policy).send().await.expect_err("it is always busy");
    assert_eq!(clock.pauses()[6..], [ms(0); 6]);
}

#[tokio::test]
async fn the_steps_can_be_set_and_never_overflow() {
    let server = Server::replying([busy(&[])]).await;
    let (client, clock) = with_clock(&server);
    let policy = RetryPolicy::default().max_retries(40).backoff(ms(10), ms(50));
    client.thing("t").retry(policy).send().await.expect_err("it is always busy");
    let pauses = clock.pauses();
    assert_eq!((pauses.len(), pauses[0], pauses[3], pauses[39]), (40, ms(5), ms(25), ms(25)));
}

#[tokio::test]
async fn what_the_server_asks_for_goes_first() {
    // The clock's day starts at this date.
    const IN_90_MS: &str = "Tue, 14 Nov 2023 22:13:21 GMT";
    for (headers, wait) in [
        (&[("retry-after", "7")][..], ms(7000)),
        (&[("Retry-After", "1.5")], ms(1500)),
        // No wait at all is no help to a server: it is the backoff then.
        (&[("retry-after", "0")], ms(250)),
        (&[("retry-after-ms", "0")], ms(250)),
        (&[("retry-after-ms", "90")], ms(90)),
        (&[("retry-after-ms", "90.5"), ("retry-after", "7")], Duration::from_micros(90_500)),
        (&[("retry-after", IN_90_MS)], ms(1000)),
        (&[("retry-after", "Tue, 14 Nov 2023 22:13:00 GMT")], ms(250)),
        (&[("retry-after", "Tuesday, 14-Nov-23 22:13:21 GMT")], ms(1000)),
        // What cannot be read is as if it were not there.
        (&[("retry-after", "soon")], ms(250)),
        (&[("retry-after", "-1")], ms(250)),
        (&[("retry-after", "NaN")], ms(250)),
        (&[("retry-after", "inf")], ms(250)),
        (&[("retry-after", "infinity")], ms(250)),
        (&[("retry-after", "1e400")], ms(250)),
        (&[("retry-after-ms", "x"), ("retry-after", "2")], ms(2000)),
        (&[("retry-after-ms", "-1"), ("retry-after", "2")], ms(2000)),
        (&[("retry-after-ms", "NaN"), ("retry-after", "2")], ms(2000)),
        (&[("retry-after-ms", "inf"), ("retry-after", "2")], ms(2000)),
        (&[("retry-after-ms", ""), ("retry-after", "2")], ms(2000)),
    ] {
        let server = Server::replying([Reply::bare(429, headers), Reply::json(200, THING)]).await;
        let (client, clock) = with_clock(&server);
        client.thing("t").send().await.expect("the second attempt succeeds");
        assert_eq!(clock.pauses(), [wait], "{headers:?}");
    }
}

#[tokio::test]
async fn a_longer_wait_than_allowed_is_left_to_the_caller() {
    let server = Server::replying([Reply::bare(429, &[("retry-after", "3600")])]).await;
    let (client, clock) = with_clock(&server);
    let error = client.thing("t").send().await.expect_err("an hour is too long");
    assert_eq!(
        error.to_string(),
        "429 Too Many Requests (GET /things/{thing_id}, \
         not retried: the server asks for a longer wait than allowed)"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(clock.pauses().is_empty());
    let policy = RetryPolicy::default().max_retry_after(Duration::from_secs(4000));
    client.thing("t").retry(policy).send().await.expect_err("it is always busy");
    assert_eq!(clock.pauses(), [Duration::from_secs(3600); 2]);
}

#[tokio::test]
async fn a_wait_that_cannot_be_counted_is_a_long_one() {
    let centuries = "9".repeat(400);
    for headers in [[("retry-after", "99999999999999999999999")], [("retry-after-ms", &*centuries)]] {
        let server = Server::replying([Reply::bare(503, &headers)]).await;
        let (client, clock) = with_clock(&server);
        let error = client.thing("t").send().await.expect_err("nobody waits for that long");
        assert_eq!(
            error.not_retried_because(),
            Some("the server asks for a longer wait than allowed"),
            "{headers:?}"
        );
        let patient = RetryPolicy::default().max_retry_after(Duration::MAX).deadline(ms(1000));
        let error = client.thing("t").retry(patient).send().await.expect_err("nobody waits for that long");
        assert_eq!(error.not_retried_because(), Some("no time is left"));
        assert!(clock.pauses().is_empty());
    }
}

#[tokio::test]
async fn the_server_can_say_whether_to_try_again() {
    let again = Reply::bare(418, &[("x-should-retry", "true")]);
    let server = Server::replying([again, Reply::json(200, THING)]).await;
    with_clock(&server).0.make_thing(&thing()).send().await.expect("the second attempt succeeds");
    assert_eq!(server.requests().len(), 2);
    let server = Server::replying([Reply::bare(503, &[("x-should-retry", "false")])]).await;
    let error = with_clock(&server).0.thing("t").send().await.expect_err("it is final");
    assert!(!error.is_retryable());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_statuses_that_are_tried_again() {
    for status in [400, 401, 403, 404, 405, 408, 409, 410, 413, 422, 429, 500, 501, 502, 503, 504, 505] {
        let server = Server::replying([Reply::bare(status, &[])]).await;
        let error = with_clock(&server).0.thing("t").send().await.expect_err("it fails");
        let again = [408, 429, 500, 502, 503, 504].contains(&status);
        assert_eq!((error.is_retryable(), server.requests().len() == 3), (again, again), "{status}");
    }
}

#[tokio::test]
async fn a_policy_can_have_statuses_of_its_own() {
    let policy = RetryPolicy::default().statuses([409, 503]);
    for (status, attempts) in [(409, 3), (500, 1), (503, 3)] {
        let server = Server::replying([Reply::bare(status, &[])]).await;
        let call = with_clock(&server).0;
        let error = call.thing("t").retry(policy.clone()).send().await.expect_err("it fails");
        assert_eq!(error.attempts(), attempts, "{status}");
    }
    let server = Server::replying([Reply::bare(409, &[])]).await;
    let client = with_clock(&server).0;
    let error = client.make_thing(&thing()).retry(policy).send().await.expect_err("it fails");
    assert_eq!(error.not_retried_because(), Some("the server may have processed it"));
}

#[tokio::test]
async fn what_may_have_been_done_is_not_done_twice() {
    for (status, attempts) in [(429, 3), (503, 3), (500, 1), (502, 1), (504, 1), (408, 1)] {
        let server = Server::replying([Reply::bare(status, &[])]).await;
        let error = with_clock(&server).0.make_thing(&thing()).send().await.expect_err("it fails");
        assert_eq!(server.requests().len(), attempts, "{status}");
        let reason = (attempts == 1).then_some("the server may have processed it");
        assert_eq!(error.not_retried_because(), reason);
    }
    let server = Server::replying([Reply::nothing().then(Step::Close)]).await;
    let error = with_clock(&server).0.make_thing(&thing()).send().await.expect_err("it fails");
    assert_eq!(server.requests().len(), 1);
    assert!(error.to_string().ends_with("not retried: the server may have processed it)"), "{error}");
}

#[tokio::test]
async fn a_key_makes_any_request_repeatable() {
    let server = Server::replying([
        Reply::bare(500, &[]),
        Reply::nothing().then(Step::Reset),
        Reply::json(200, THING),
    ])
    .await;
    let made = with_clock(&server).0.make_thing(&thing()).idempotency_key("key-1").send_with_response().await;
    assert_eq!(made.expect("the third attempt succeeds").attempts(), 3);
    let requests = server.requests();
    for request in &requests {
        assert_eq!(request.header("idempotency-key"), Some("key-1"));
        assert_eq!(request.body, requests[0].body);
    }
}

#[tokio::test]
async fn a_key_in_a_header_is_one_too() {
    static KEYED: Operation = Operation {
        id: "k",
        method: Method::POST,
        path: "/k",
        idempotency: Idempotency::WithKey,
        ..Operation::DEFAULT
    };
    static KEY: &str = "Idempotency-Key";
    let server = Server::new(|_, number| Reply::bare(if number % 2 == 0 { 500 } else { 204 }, &[])).await;
    let (client, _) = with_clock(&server);
    client.make_thing(&thing()).header(KEY, "key-1").send().await.expect_err("it is no JSON");
    let mut call = Call::new(&client, &KEYED);
    call.header("idempotency-key", Style::Simple, "key-2");
    call.send_empty().await.expect("the second attempt succeeds");
    let keys: Vec<_> =
        server.requests().iter().map(|request| request.header(KEY).map(str::to_owned)).collect();
    assert_eq!(keys, ["key-1", "key-1", "key-2", "key-2"].map(|key| Some(key.to_owned())));
}

#[tokio::test]
async fn an_operation_can_have_a_key_of_its_own_for_each_call() {
    static KEYED: Operation = Operation {
        id: "k",
        method: Method::POST,
        path: "/k",
        idempotency: Idempotency::WithKey,
        ..Operation::DEFAULT
    };
    let server = Server::new(|_, number| Reply::bare(if number % 2 == 0 { 500 } else { 204 }, &[])).await;
    let (client, _) = with_clock(&server);
    for _ in 0..2 {
        Call::new(&client, &KEYED).send_empty().await.expect("the second attempt succeeds");
    }
    let keys: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.header("idempotency-key").expect("it is there").to_owned())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[2], keys[3]);
    assert_ne!(keys[0], keys[2]);
    let parts: Vec<usize> = keys[0].split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{}", keys[0]);
    assert_eq!(keys[0].as_bytes()[14], b'4');
}

#[tokio::test]
async fn an_operation_can_say_whether_it_may_be_repeated() {
    static SAFE: Operation = Operation {
        id: "s",
        method: Method::POST,
        path: "/s",
        idempotency: Idempotency::Idempotent,
        ..Operation::DEFAULT
    };
    static UNSAFE: Operation = Operation {
        id: "u",
        method: Method::GET,
        path: "/u",
        idempotency: Idempotency::NotIdempotent,
        ..Operation::DEFAULT
    };
    let server = Server::replying([Reply::bare(500, &[])]).await;
    let (client, _) = with_clock(&server);
    Call::new(&client, &SAFE).send_empty().await.expect_err("it fails");
    assert_eq!(server.requests().len(), 3);
    Call::new(&client, &UNSAFE).send_empty().await.expect_err("it fails");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn no_connection_is_tried_again_whatever_the_method() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    let clock = TestClock::new();
    let client = Client::builder()
        .base_url(&url)
        .api_key("k")
        .clock(clock.shared())
        .build()
        .expect("the settings are fine");
    let error = client.make_thing(&thing()).send().await.expect_err("nobody listens");
    assert!(matches!(error, Error::Connect(_)));
    assert_eq!((error.attempts(), clock.pauses().len()), (3, 2));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_tried_again() {
    let half = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"id\":");
    let server =
        Server::replying([half.clone().then(Step::Close), half.then(Step::Reset), Reply::json(200, THING)])
            .await;
    let response = with_clock(&server).0.thing("t").send_with_response().await;
    assert_eq!(response.expect("the third attempt succeeds").attempts(), 3);
}

#[tokio::test]
async fn no_retry_means_none() {
    let server = Server::replying([busy(&[])]).await;
    let (client, _) = with_clock(&server);
    let error = client.thing("t").retry(RetryPolicy::none()).send().await.expect_err("it is busy");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn no_attempt_begins_after_the_deadline() {
    let server = Server::replying([Reply::bare(429, &[("retry-after", "4")])]).await;
    let (client, clock) = with_clock(&server);
    let policy = RetryPolicy::default().max_retries(9).deadline(Duration::from_secs(10));
    let error = client.thing("t").retry(policy).send().await.expect_err("it is always busy");
    assert_eq!(clock.pauses(), [ms(4000); 2]);
    assert_eq!(error.not_retried_because(), Some("no time is left"));
    // So it is with the call's timeout: rather the error than a wait for nothing.
    let error =
        client.thing("t").timeout(Duration::from_secs(3)).send().await.expect_err("it is always busy");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(clock.pauses().len(), 2);
}

#[tokio::test]
async fn an_outage_uses_up_what_the_clones_of_a_client_share() {
    let server = Server::new(|request, _| match request.target.as_str() {
        "/things/up" => Reply::json(200, THING),
        _ => busy(&[]),
    })
    .await;
    let (client, _) = with_clock(&server);
    for _ in 0..50 {
        client.clone().thing("down").send().await.expect_err("it is down");
    }
    // Two retries of 5 tokens each for 50 calls are all of the 500.
    assert_eq!(server.requests().len(), 150);
    let error = client.thing("down").send().await.expect_err("it is down");
    assert_eq!(
        error.to_string(),
        "503 Service Unavailable (GET /things/{thing_id}, not retried: too many calls of this client are failing)"
    );
    assert_eq!(server.requests().len(), 151);
    // Each success at once earns one token, and five are a retry.
    for _ in 0..5 {
        client.thing("up").send().await.expect("it is up");
    }
    assert_eq!(client.thing("down").send().await.expect_err("it is down").attempts(), 2);
}

#[tokio::test]
async fn the_budget_is_as_large_as_it_is_set() {
    for (budget, requests) in [(Some(1), 4), (Some(0), 3), (None, 9), (Some(u32::MAX), 9)] {
        let server = Server::replying([busy(&[])]).await;
        let clock = TestClock::new();
        let client = builder(&server).clock(clock.shared()).retry_budget(budget);
        let client = client.build().expect("the settings are fine");
        for _ in 0..3 {
            client.thing("t").send().await.expect_err("it is busy");
        }
        assert_eq!(server.requests().len(), requests, "{budget:?}");
    }
}

#[tokio::test]
async fn a_retry_that_succeeds_costs_nothing() {
    let server =
        Server::new(|_, number| if number % 2 == 0 { busy(&[]) } else { Reply::json(200, THING) }).await;
    let (client, _) = with_clock(&server);
    for _ in 0..200 {
        client.thing("t").send().await.expect("the second attempt succeeds");
    }
    assert_eq!(server.requests().len(), 400);
}

#[tokio::test]
async fn a_policy_goes_for_the_client_or_for_the_call() {
    let server = Server::replying([busy(&[])]).await;
    let clock: Arc<TestClock> = Arc::new(TestClock::new());
    let client = builder(&server)
        .clock(clock.shared())
        .retry(RetryPolicy::default().max_retries(4))
        .build()
        .expect("the settings are fine");
    assert_eq!(client.thing("t").send().await.expect_err("it is busy").attempts(), 5);
    let one = RetryPolicy::default().max_retries(1);
    assert_eq!(client.thing("t").retry(one).send().await.expect_err("it is busy").attempts(), 2);
}
