//! A server that misbehaves: for each way the right error or the right retry, and nothing left behind.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{Call, Client, Error, Method, Operation, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;

use crate::support::{Reply, Server, Step, THING, TestClock, builder};

static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };
static PUT: Operation = Operation { id: "p", method: Method::PUT, path: "/p", ..Operation::DEFAULT };

fn once(server: &Server) -> Client {
    builder(server).retry(RetryPolicy::none()).build().expect("the settings are fine")
}

async fn fail(reply: Reply) -> Error {
    let server = Server::replying([reply]).await;
    once(&server).thing("t").send().await.expect_err("it fails")
}

#[tokio::test]
async fn a_reset_after_each_byte_of_a_response_is_told_or_mended() {
    let whole = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{THING}",
        THING.len()
    );
    let cuts: Vec<_> = (0..whole.len()).flat_map(|cut| [(cut, Step::Close), (cut, Step::Reset)]).collect();
    let (count, script) = (cuts.len(), whole.into_bytes());
    // Every other response is whole; those between are cut at one byte after the other.
    let server = Server::new(move |_, number| match cuts.get(number / 2) {
        Some((cut, end)) if number % 2 == 0 => Reply::raw(&script[..*cut]).then(end.clone()),
        _ => Reply::raw(&script[..]).then(Step::Close),
    })
    .await;
    let client = builder(&server).clock(TestClock::new().shared()).build().expect("the settings are fine");
    for cut in 0..count / 2 {
        let once = client.thing("t").retry(RetryPolicy::none());
        let error = once.send().await.expect_err("it is cut");
        assert!(matches!(error, Error::Interrupted(_)), "after {cut} bytes: {error}");
        client.thing("t").send().await.expect("the next one is whole");
        let response = client.thing("t").send_with_response().await.expect("it is tried again");
        assert_eq!(response.attempts(), 2, "after {cut} bytes");
    }
    assert_eq!(server.requests().len(), 2 * count);
}

#[tokio::test]
async fn heads_that_are_none_are_told() {
    for bytes in [
        "garbage\r\n\r\n",
        "HTTP/1.1 2000 Hm\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let error = fail(Reply::raw(bytes)).await;
        assert!(matches!(error, Error::Interrupted(_)), "{bytes:?}: {error}");
        assert!(error.to_string().starts_with("the connection broke before the response: "), "{error}");
    }
    let long = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(4_000_000));
    let error = fail(Reply::raw(long)).await;
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
}

#[tokio::test]
async fn lengths_that_are_wrong_are_told() {
    let short = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{}").then(Step::Close);
    let error = fail(short).await;
    assert!(error.to_string().contains("broke after 2 of 30 bytes"), "{error}");
    // What comes after the announced end belongs to no one, and neither does the connection.
    let long = Reply::raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}extra", THING.len()));
    let server = Server::replying([long, Reply::json(200, THING)]).await;
    let client = once(&server);
    client.thing("t").send().await.expect("it is whole");
    client.thing("t").send().await.expect("it is not confused by what was too much");
    assert_eq!(server.connections(), 2);
    let error = fail(Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}")).await;
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
    let two = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ";
    assert!(matches!(fail(Reply::raw(two)).await, Error::Interrupted(_)));
}

#[tokio::test]
async fn chunks_that_are_wrong_are_told() {
    for body in ["zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}x\r\n0\r\n\r\n", "ffffffffffffffffff\r\n{}", "-1\r\n\r\n"] {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let error = fail(Reply::raw(format!("{head}{body}"))).await;
        assert!(matches!(error, Error::Interrupted(_)), "{body:?}: {error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
    let unfinished = Reply::raw(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n{\"id\":\"t\",\"size\":1}\r\n",
    );
    let error = fail(unfinished.then(Step::Close)).await;
    assert!(error.to_string().contains("broke after"), "{error}");
}

#[tokio::test]
async fn a_body_that_ends_with_the_connection_is_whole() {
    let reply = Reply::raw(format!("HTTP/1.1 200 OK\r\n\r\n{THING}")).then(Step::Close);
    let server = Server::replying([reply]).await;
    assert_eq!(once(&server).thing("t").send().await.expect("it is whole").size, 7);
}

#[tokio::test]
async fn a_compressed_body_that_is_broken_is_told() {
    // The first bytes of a gzip stream, and then none.
    let mut broken = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".to_vec();
    broken.extend_from_slice(&[0xff; 20]);
    let error = fail(Reply::with_headers(200, &[("content-encoding", "gzip")], &broken)).await;
    assert!(
        error.to_string().starts_with("the response could not be decoded: its content encoding is invalid: "),
        "{error}"
    );
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let error = fail(Reply::with_headers(200, &[("content-encoding", "gzip")], "plain")).await;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn a_compressed_body_that_breaks_off_is_told() {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 30\r\n\r\n";
    let mut bytes = head.as_bytes().to_vec();
    bytes.extend_from_slice(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03");
    let error = fail(Reply::raw(bytes).then(Step::Close)).await;
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
}

#[tokio::test]
async fn interim_responses_are_passed_over() {
    let bytes = format!(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}",
        THING.len()
    );
    let server = Server::replying([Reply::raw(bytes)]).await;
    assert_eq!(once(&server).thing("t").send().await.expect("it is there").size, 7);
}

#[tokio::test]
async fn unknown_members_do_no_harm() {
    let server = Server::replying([Reply::json(200, r#"{"new": {"x": []}, "id": "t", "size": 7}"#)]).await;
    assert_eq!(once(&server).thing("t").send().await.expect("it is there").size, 7);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server =
        Server::replying([Reply::json(200, THING), Reply::json(404, "{}"), Reply::json(200, THING)]).await;
    let client = once(&server);
    client.thing("t").send().await.expect("it is there");
    client.thing("t").send().await.expect_err("it is not there");
    client.thing("t").send().await.expect("it is there");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_not() {
    let server = Server::replying([
        Reply::json(200, THING).then(Step::Close),
        Reply::json(200, THING),
        Reply::raw("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\n1").then(Step::Close),
    ])
    .await;
    let client = once(&server);
    client.thing("t").send().await.expect("it is there");
    server.all_closed().await;
    client.thing("t").send().await.expect("another connection is made");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_died_unused_is_replaced_whatever_the_method() {
    static POST: Operation = Operation { id: "o", method: Method::POST, path: "/o", ..Operation::DEFAULT };
    let server = Server::new(|_, number| match number {
        0 => Reply::json(200, THING).then(Step::Close),
        _ => Reply::bare(204, &[]),
    })
    .await;
    let client = once(&server);
    client.thing("t").send().await.expect("it is there");
    server.all_closed().await;
    let response = Call::new(&client, &POST).send_empty().await.expect("nothing was sent on the dead one");
    assert_eq!((response.attempts(), server.requests().len(), server.connections()), (1, 2, 2));
}

#[tokio::test]
async fn a_server_that_hangs_up_before_it_reads_is_told_or_mended() {
    static POST: Operation = Operation { id: "o", method: Method::POST, path: "/o", ..Operation::DEFAULT };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let hanging_up = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let clock = TestClock::new();
    let client = Client::builder().base_url(&url).clock(clock.shared()).build().expect("they are fine");
    let error = Call::new(&client, &PUT).send_empty().await.expect_err("nobody is there");
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    assert_eq!((error.attempts(), clock.pauses().len()), (3, 2));
    // Whether anything of it was read, the client cannot know.
    let error = Call::new(&client, &POST).send_empty().await.expect_err("nobody is there");
    assert_eq!(error.not_retried_because(), Some("the server may have processed it"));
    hanging_up.abort();
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing_behind() {
    let here = Arc::new(Notify::new());
    let server = Server::replying([
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n12").then(Step::Stall(Arc::clone(&here)))
    ])
    .await;
    let client = once(&server);
    {
        let mut call = Box::pin(client.thing("t").send());
        let dropped = std::future::poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        });
        dropped.await;
        tokio::select! {
            _ = &mut call => panic!("the server stalls"),
            () = here.notified() => {}
        }
    }
    server.all_closed().await;
    let body = Call::new(&client, &GET).send_raw().await.expect("the head comes").into_body();
    drop(body);
    server.all_closed().await;
}

#[tokio::test]
async fn a_server_that_is_always_busy_is_given_up_within_the_deadline() {
    let server = Server::replying([Reply::bare(503, &[])]).await;
    let clock = TestClock::new();
    let client = builder(&server)
        .clock(clock.shared())
        .retry(RetryPolicy::default().max_retries(1000))
        .timeout(Duration::from_secs(60))
        .build()
        .expect("the settings are fine");
    let error = client.thing("t").send().await.expect_err("it is always busy");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.not_retried_because(), Some("no time is left"));
    let waited: Duration = clock.pauses().iter().sum();
    assert!(waited < Duration::from_secs(60) && waited > Duration::from_secs(50), "{waited:?}");
}

#[tokio::test]
async fn an_early_response_to_an_upload_is_the_response() {
    // The server responses, and closes, before it has read all of the body.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("the client connects");
        let mut part = [0; 1000];
        let _ = stream.read(&mut part).await.expect("there is something");
        let response = b"HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(response).await.expect("the client listens");
        stream.shutdown().await.expect("the client listens");
        let mut scrap = vec![0; 1 << 20];
        while stream.read(&mut scrap).await.is_ok_and(|count| count > 0) {}
    });
    let client = Client::builder().base_url(&url).build().expect("the settings are fine");
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", vec![0_u8; 32 << 20]);
    let error = call.send_empty().await.expect_err("it is too large");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error}");
    serving.abort();
}

#[tokio::test]
async fn a_client_outlives_the_errors_of_its_calls() {
    let server = Server::new(|_, number| match number % 4 {
        0 => Reply::nothing().then(Step::Reset),
        1 => Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n").then(Step::Close),
        2 => Reply::json(500, "{}"),
        _ => Reply::json(200, THING),
    })
    .await;
    let client = once(&server);
    for number in 0..40 {
        assert_eq!(client.thing("t").send().await.is_ok(), number % 4 == 3);
    }
    drop(client);
    server.all_closed().await;
}
