//! Hooks: what they see, what they can change, and what they never see.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;
use sdk_runtime::runtime::{Attempt, Call, Error, Hook, Operation, RequestHead, ResponseHead};

use crate::support::{Reply, Server, Step, THING, TestClock, builder};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().expect("no test panics with the lock").push(line);
    }
}

impl Hook for Log {
    fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut RequestHead<'_>) {
        request.headers.insert("x-attempt", HeaderValue::from(attempt.number));
        let authorization = request.headers.get("authorization");
        self.add(format!(
            "{} {} {} {} {} {authorization:?}",
            attempt.number,
            attempt.operation_id,
            attempt.method,
            attempt.route,
            request.url.path()
        ));
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &ResponseHead<'_>) {
        self.add(format!("{} {} {}", attempt.number, response.status, response.headers.len()));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        self.add(format!("{} {error}", attempt.number));
    }

    fn before_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        self.add(format!("{} waits {wait:?}", attempt.number));
    }
}

#[tokio::test]
async fn a_hook_is_told_of_responses_that_cannot_be_read() {
    static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };
    let cut = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1").then(Step::Close);
    let server = Server::replying([Reply::json(200, "{}"), cut, Reply::json(202, "1")]).await;
    let log = Log::default();
    let client = builder(&server).hook(log.clone()).build().expect("the settings are fine");
    client.thing("t").send().await.expect_err("it is no thing");
    let raw = Call::new(&client, &GET).send_raw().await.expect("the head comes");
    raw.json::<i64>().await.expect_err("it breaks off");
    let raw = Call::new(&client, &GET).send_raw().await.expect("the head comes");
    let unexpected = raw.unexpected().to_string();
    let lines = log.0.lock().expect("no test panics with the lock").clone();
    let errors: Vec<_> = lines.into_iter().filter(|line| line.contains('(')).collect();
    assert_eq!(
        errors,
        [
            "1 the response could not be decoded: missing field `id`, near `{}` (GET /things/{thing_id}, status 200)",
            "1 the connection broke after 1 of 9 bytes of the response: end of file before message length reached \
             (GET /g, status 200)",
            &format!("1 {unexpected}"),
        ]
    );
}

#[tokio::test]
async fn a_hook_sees_every_attempt_and_no_secret() {
    let server = Server::replying([
        Reply::bare(503, &[]),
        Reply::nothing().then(Step::Close),
        Reply::json(200, THING),
    ])
    .await;
    let log = Log::default();
    let client = builder(&server)
        .hook(log.clone())
        .clock(TestClock::new().shared())
        .build()
        .expect("the settings are fine");
    client.thing("t").send().await.expect("the third attempt succeeds");
    assert_eq!(
        *log.0.lock().expect("no test panics with the lock"),
        [
            "1 get_thing GET /things/{thing_id} /things/t None",
            "1 503 Service Unavailable 1",
            "1 503 Service Unavailable (GET /things/{thing_id})",
            "1 waits 250ms",
            "2 get_thing GET /things/{thing_id} /things/t None",
            "2 the connection broke before the response: connection closed before message completed \
             (GET /things/{thing_id}, 2 attempts)",
            "2 waits 500ms",
            "3 get_thing GET /things/{thing_id} /things/t None",
            "3 200 OK 2",
        ]
    );
    let numbers: Vec<_> =
        server.requests().iter().map(|request| request.header("x-attempt").map(str::to_owned)).collect();
    assert_eq!(numbers, [Some("1".to_owned()), Some("2".to_owned()), Some("3".to_owned())]);
}
