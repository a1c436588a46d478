//! Timeouts: each has its own error, and none breaks what is healthy. The clock
//! stands still until a test moves it, so none of them depends on how fast it runs.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{Call, Client, Error, Method, Operation, RetryPolicy, TimeLimit, TimeoutKind};
use sdk_runtime::sample::{GetThing, Thing};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;

use crate::support::{Reply, Server, Step, THING, TestClock, builder};

const SECOND: Duration = Duration::from_secs(1);

static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };

/// A client that waits 10 s for a silent server, and is not patient.
fn with_clock(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::new();
    let client = builder(server)
        .clock(clock.shared())
        .read_timeout(10 * SECOND)
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are fine");
    (client, clock)
}

fn kind(error: &Error) -> TimeoutKind {
    let Error::Timeout(error) = error else { panic!("it is no timeout: {error}") };
    error.kind()
}

/// What a call comes to when the server stalls after these bytes, and the time then moves on.
async fn stalled(start: &[u8], timeout: Option<Duration>, passes: Duration) -> Error {
    let here = Arc::new(Notify::new());
    let server = Server::replying([Reply::raw(start).then(Step::Stall(Arc::clone(&here)))]).await;
    let (client, clock) = with_clock(&server);
    let mut call = client.thing("t");
    if let Some(timeout) = timeout {
        call = call.timeout(timeout);
    }
    let call = call.send();
    let later = async {
        here.notified().await;
        // The call has to have seen what there is to see before the time moves on.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        clock.advance(passes);
    };
    let (result, ()) = tokio::join!(call, later);
    result.expect_err("the server is silent")
}

#[tokio::test]
async fn silence_is_told_at_each_stage() {
    let stages: [&[u8]; 5] = [
        b"",
        b"HTTP/1.1 200 OK\r\nconte",
        b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"id\":",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
    ];
    for (number, start) in stages.into_iter().enumerate() {
        let error = stalled(start, None, 10 * SECOND).await;
        assert_eq!(kind(&error), TimeoutKind::Read);
        assert_eq!(error.to_string(), "the server sent nothing for 10s (GET /things/{thing_id})");
        assert_eq!(error.status().is_some(), number > 1, "no status is lost");
    }
}

#[tokio::test]
async fn the_time_of_a_call_runs_out_at_each_stage() {
    let stages: [&[u8]; 3] =
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"id\":"];
    for start in stages {
        let error = stalled(start, Some(3 * SECOND), 3 * SECOND).await;
        assert_eq!(kind(&error), TimeoutKind::Total);
        assert_eq!(error.to_string(), "the call took longer than 3s (GET /things/{thing_id})");
        assert!(!error.is_retryable());
    }
}

/// What a call comes to when the server takes an hour to response.
async fn slow(set: impl FnOnce(GetThing<'_>) -> GetThing<'_>) -> Result<Thing, Error> {
    let (here, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (asked, wait) = (Arc::clone(&here), Arc::clone(&go));
    let server = Server::new(move |_, _| {
        asked.notify_one();
        let Reply { steps } = Reply::json(200, THING);
        steps.into_iter().fold(Reply::nothing().then(Step::Wait(Arc::clone(&wait))), Reply::then)
    })
    .await;
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.shared()).timeout(5 * SECOND).read_timeout(5 * SECOND);
    let client = client.retry(RetryPolicy::none()).build().expect("the settings are fine");
    let later = async {
        here.notified().await;
        clock.advance(3600 * SECOND);
        // The call has to have seen what time it is before there is a response.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        go.notify_one();
    };
    tokio::join!(set(client.thing("t")).send(), later).0
}

#[tokio::test]
async fn a_call_can_have_limits_of_its_own_or_none() {
    assert_eq!(kind(&slow(|call| call.timeout(None)).await.expect_err("it is slow")), TimeoutKind::Read);
    assert_eq!(
        kind(&slow(|call| call.read_timeout(None)).await.expect_err("it is slow")),
        TimeoutKind::Total
    );
    slow(|call| call.timeout(None).read_timeout(None)).await.expect("it has no limits");
    slow(|call| call.timeout(7200 * SECOND).read_timeout(7200 * SECOND)).await.expect("it is in time");
}

#[tokio::test]
async fn a_connection_that_timed_out_is_not_kept() {
    let here = Arc::new(Notify::new());
    let server = Server::replying([
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{").then(Step::Stall(Arc::clone(&here))),
        Reply::json(200, THING),
    ])
    .await;
    let (client, clock) = with_clock(&server);
    let later = async {
        here.notified().await;
        clock.advance(10 * SECOND);
    };
    let (result, ()) = tokio::join!(client.thing("t").send(), later);
    assert_eq!(kind(&result.expect_err("the server is silent")), TimeoutKind::Read);
    client.thing("t").send().await.expect("another connection is made");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_slow_and_healthy_stream_is_left_alone() {
    let go = Arc::new(Notify::new());
    let mut reply = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n");
    for _ in 0..20 {
        reply = reply.then(Step::Wait(Arc::clone(&go))).then(Step::Send(b"x".to_vec()));
    }
    let server = Server::replying([reply]).await;
    let (client, clock) = with_clock(&server);
    let mut body = Call::new(&client, &GET).send_raw().await.expect("the head comes").into_body();
    for _ in 0..20 {
        // Nine seconds of silence each, three minutes together.
        clock.advance(9 * SECOND);
        go.notify_one();
        body.chunk().await.expect("there is more").expect("it is in time");
    }
    assert!(body.chunk().await.is_none());
}

#[tokio::test]
async fn a_caller_may_take_its_time() {
    let go = Arc::new(Notify::new());
    let server = Server::replying([Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na")
        .then(Step::Wait(Arc::clone(&go)))
        .then(Step::Send(b"b".to_vec()))])
    .await;
    let (client, clock) = with_clock(&server);
    let mut body = Call::new(&client, &GET).send_raw().await.expect("the head comes").into_body();
    body.chunk().await.expect("there is more").expect("it is in time");
    clock.advance(3600 * SECOND);
    go.notify_one();
    body.chunk().await.expect("there is more").expect("it was not the server that was slow");
}

#[tokio::test]
async fn the_time_of_a_call_ends_a_stream_that_never_pauses() {
    let server = Server::replying([Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        .then(Step::Forever(b"5\r\n12345\r\n".to_vec()))])
    .await;
    let (client, clock) = with_clock(&server);
    let mut call = Call::new(&client, &GET);
    call.options().timeout = TimeLimit::Own(Some(5 * SECOND));
    let mut body = call.send_raw().await.expect("the head comes").into_body();
    body.chunk().await.expect("there is more").expect("it is in time");
    clock.advance(5 * SECOND);
    let error = loop {
        match body.chunk().await.expect("it has no end") {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(kind(&error), TimeoutKind::Total);
    assert!(body.chunk().await.is_none(), "an error is the end");
}

#[tokio::test]
async fn silence_is_tried_again_where_that_does_no_harm() {
    let here = Arc::new(Notify::new());
    let stall = Reply::nothing().then(Step::Stall(Arc::clone(&here)));
    let server = Server::replying([stall, Reply::json(200, THING)]).await;
    let clock = TestClock::new();
    let client = builder(&server)
        .clock(clock.shared())
        .read_timeout(10 * SECOND)
        .build()
        .expect("the settings are fine");
    let later = async {
        here.notified().await;
        clock.advance(10 * SECOND);
    };
    let (result, ()) = tokio::join!(client.thing("t").send_with_response(), later);
    assert_eq!(result.expect("the second attempt succeeds").attempts(), 2);
}

#[cfg(feature = "rustls")]
#[tokio::test(start_paused = true)]
async fn a_connection_that_does_not_come_about_is_told() {
    // It accepts, and never says a word of TLS.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("https://{}", listener.local_addr().expect("it is bound"));
    let accepting = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok(connection) = listener.accept().await {
            open.push(connection);
        }
    });
    let client = Client::builder()
        .base_url(&url)
        .api_key("k")
        .connect_timeout(5 * SECOND)
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("there is no handshake");
    assert_eq!(error.to_string(), "no connection within 5s (GET /things/{thing_id})");
    assert_eq!(kind(&error), TimeoutKind::Connect);
    assert!(error.is_retryable());
    accepting.abort();
}

#[tokio::test]
async fn a_large_body_that_makes_progress_is_no_silence() {
    const MIB: usize = 1024 * 1024;
    const LENGTH: usize = 64 * MIB;
    static PUT: Operation = Operation { id: "p", method: Method::PUT, path: "/p", ..Operation::DEFAULT };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let clock = TestClock::new();
    let client = Client::builder()
        .base_url(&url)
        .clock(clock.shared())
        .read_timeout(10 * SECOND)
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are fine");
    let reading = {
        let clock = clock.clone();
        async move {
            let (mut stream, _) = listener.accept().await.expect("the client connects");
            let mut part = vec![0; MIB];
            for _ in 0..LENGTH / MIB {
                // Half a minute in all. What is left in the buffers of the system
                // at the end, where the client cannot see it, takes a few seconds.
                clock.advance(SECOND / 2);
                stream.read_exact(&mut part).await.expect("there is more");
            }
            stream.write_all(b"HTTP/1.1 204 OK\r\n\r\n").await.expect("the client listens");
            stream
        }
    };
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", vec![b'x'; LENGTH]);
    let (result, _stream) = tokio::join!(call.send_empty(), reading);
    result.expect("it is sent, however long it takes");
}
