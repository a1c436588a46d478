//! Hooks: what they see, what they can change, and what they never see.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderValue;
use sdk_runtime::runtime::{
    Attempt, Call, Error, FileUpload, Hook, Method, Operation, RequestHead, ResponseHead, Style,
};

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

/// What a hook saw of a body, and whether its signature was sent with it.
#[derive(Clone, Default)]
struct Signer(Arc<Mutex<Vec<Option<String>>>>);

impl Hook for Signer {
    fn before_attempt(&self, _: &Attempt<'_>, request: &mut RequestHead<'_>) {
        let body = request.body.map(|body| String::from_utf8_lossy(body).into_owned());
        let text = format!("{} {} {}", request.method, request.url.path(), body.as_deref().unwrap_or("?"));
        request.headers.insert("x-signed", HeaderValue::try_from(text).expect("it is text"));
        self.0.lock().expect("no test panics with the lock").push(body);
    }
}

#[tokio::test]
async fn a_hook_sees_the_body_that_is_sent() {
    static POST: Operation = Operation { id: "p", method: Method::POST, path: "/p", ..Operation::DEFAULT };
    type Make = fn(&mut Call);
    let bodies: [(Make, &str); 5] = [
        (|_| (), ""),
        (|call| call.json(&[1, 2]), "[1,2]"),
        (|call| call.property("a", &1), r#"{"a":1}"#),
        (|call| call.form_field("a", Style::Form, "b c"), "a=b%20c"),
        (|call| call.bytes("text/plain", "bytes"), "bytes"),
    ];
    for (make, body) in bodies {
        let server = Server::replying([Reply::bare(503, &[]), Reply::bare(204, &[])]).await;
        let signer = Signer::default();
        let builder = builder(&server).hook(signer.clone()).clock(TestClock::new().shared());
        let client = builder.build().expect("the settings are fine");
        let mut call = Call::new(&client, &POST);
        make(&mut call);
        call.options().idempotency_key = Some("key".to_owned());
        call.send_empty().await.expect("the second attempt succeeds");
        let seen = signer.0.lock().expect("no test panics with the lock").clone();
        assert_eq!(seen, vec![Some(body.to_owned()); 2]);
        for request in server.requests() {
            assert_eq!(String::from_utf8_lossy(&request.body), body);
            assert_eq!(request.header("x-signed"), Some(format!("POST /p {body}").trim()));
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_in_memory_is_not_shown_to_hooks() {
    static POST: Operation = Operation { id: "p", method: Method::POST, path: "/p", ..Operation::DEFAULT };
    let server = Server::replying([Reply::bare(204, &[])]).await;
    let signer = Signer::default();
    let client = builder(&server).hook(signer.clone()).build().expect("the settings are fine");
    let mut call = Call::new(&client, &POST);
    call.bytes("text/plain", FileUpload::from_reader(&b"read"[..]));
    call.send_empty().await.expect("the server responds");
    assert_eq!(*signer.0.lock().expect("no test panics with the lock"), [None]);
    assert_eq!(server.request().body, b"read");
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
