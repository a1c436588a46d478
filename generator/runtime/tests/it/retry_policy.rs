//! What a retry policy can set beyond the number of retries. No test waits.

use std::time::Duration;

use sdk_runtime::runtime::{Client, Error, RetryPolicy};

use crate::support::{Reply, Server, Step, TestClock, builder};

fn with_clock(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::new();
    (builder(server).clock(clock.shared()).build().expect("the settings are fine"), clock)
}

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[tokio::test]
async fn the_backoff_factor_can_be_set_and_never_overflows() {
    let server = Server::replying([Reply::bare(503, &[])]).await;
    let (client, clock) = with_clock(&server);
    clock.set_random(1.0);
    let policy = RetryPolicy::default().max_retries(4).backoff(ms(100), ms(1000));
    for (factor, pauses) in [
        (3.0, [100, 300, 900, 1000]),
        (1.5, [100, 150, 225, 337]),
        (1.0, [100; 4]),
        (0.5, [100; 4]),
        (-2.0, [100; 4]),
        (f64::NAN, [100; 4]),
        (f64::INFINITY, [100, 1000, 1000, 1000]),
    ] {
        let start = clock.pauses().len();
        let policy = policy.clone().backoff_factor(factor);
        client.thing("t").retry(policy).send().await.expect_err("it is always busy");
        let waited: Vec<u128> = clock.pauses()[start..].iter().map(Duration::as_millis).collect();
        assert_eq!(waited, pauses, "{factor}");
    }
    let none = policy.backoff(ms(0), ms(1000)).backoff_factor(f64::INFINITY);
    client.thing("t").retry(none).send().await.expect_err("it is always busy");
    assert_eq!(clock.pauses().last(), Some(&ms(0)));
}

#[tokio::test]
async fn connection_errors_can_be_left_alone() {
    let policy = RetryPolicy::default().only_responses();
    let server = Server::replying([Reply::bare(503, &[]), Reply::nothing().then(Step::Close)]).await;
    let (client, _) = with_clock(&server);
    let error = client.thing("t").retry(policy.clone()).send().await.expect_err("it closes");
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
    assert_eq!((error.attempts(), error.not_retried_because()), (2, None));
    let refused = builder(&server).base_url("http://127.0.0.1:1").retry(policy).build();
    let error = refused.expect("the settings are fine").thing("t").send().await.expect_err("it refuses");
    assert!(matches!(error, Error::Connect(_)), "{error}");
    assert_eq!(error.attempts(), 1);
}
