//! Uploads and time: who is waited for, for how long, and what an early response changes.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use sdk_runtime::runtime::{
    Call, Client, Error, FileUpload, Method, Operation, RetryPolicy, TimeLimit, TimeoutKind,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use crate::support::TestClock;

const SECOND: Duration = Duration::from_secs(1);
const MIB: usize = 1024 * 1024;

static PUT: Operation = Operation { id: "p", method: Method::PUT, path: "/p", ..Operation::DEFAULT };

/// A place to connect to, and a client that waits 10 s for a silent server.
async fn listening() -> (TcpListener, Client, TestClock) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let clock = TestClock::new();
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr().expect("it is bound")))
        .clock(clock.shared())
        .read_timeout(10 * SECOND)
        .retry(RetryPolicy::none())
        .build()
        .expect("the settings are fine");
    (listener, client, clock)
}

fn put(client: &Client, upload: impl Into<FileUpload>) -> Call<'_> {
    let mut call = Call::new(client, &PUT);
    call.bytes("application/octet-stream", upload);
    call
}

async fn read_head(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().await.expect("the client connects");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the client asks"));
    }
    stream
}

fn kind(error: &Error) -> TimeoutKind {
    let Error::Timeout(error) = error else { panic!("it is no timeout: {error}") };
    error.kind()
}

/// What a call ends in while the time goes on and the server reads nothing.
async fn unread(timeout: TimeLimit) -> Error {
    let (listener, client, clock) = listening().await;
    let mut call = put(&client, vec![b'x'; 64 * MIB]);
    call.options().timeout = timeout;
    let passing = async {
        let _stream = read_head(&listener).await;
        loop {
            // What the system still takes is progress; after that there is none.
            tokio::task::yield_now().await;
            clock.advance(SECOND / 10);
        }
    };
    tokio::select! {
        result = call.send_empty() => result.expect_err("the server reads nothing"),
        () = passing => unreachable!("the time never ends"),
    }
}

#[tokio::test]
async fn an_upload_that_nobody_reads_is_a_silence() {
    assert_eq!(kind(&unread(TimeLimit::OfClient).await), TimeoutKind::Read);
}

#[tokio::test]
async fn an_upload_that_nobody_reads_ends_with_the_time_of_the_call() {
    assert_eq!(kind(&unread(TimeLimit::Own(Some(5 * SECOND))).await), TimeoutKind::Total);
}

#[tokio::test]
async fn a_source_that_never_opens_ends_with_the_time_of_the_call() {
    let (_listener, client, clock) = listening().await;
    let opening = Arc::new(Notify::new());
    let begun = Arc::clone(&opening);
    let mut call = put(
        &client,
        FileUpload::from_opener(move || {
            begun.notify_one();
            pending::<io::Result<tokio::io::Empty>>()
        }),
    );
    call.options().timeout = TimeLimit::Own(Some(5 * SECOND));
    let later = async {
        opening.notified().await;
        tokio::task::yield_now().await;
        clock.advance(5 * SECOND);
    };
    let (result, ()) = tokio::join!(call.send_empty(), later);
    assert_eq!(kind(&result.expect_err("it never opens")), TimeoutKind::Total);
}

#[tokio::test]
async fn an_upload_goes_on_after_the_head_of_the_response() {
    const LENGTH: usize = 64 * MIB;
    let (listener, client, clock) = listening().await;
    let reading = async {
        let mut stream = read_head(&listener).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n").await.expect("the client listens");
        let mut part = vec![0; MIB];
        for _ in 0..LENGTH / MIB {
            clock.advance(SECOND / 2);
            stream.read_exact(&mut part).await.expect("there is more");
        }
        stream.write_all(b"ok").await.expect("the client listens");
        stream
    };
    let (result, _stream) = tokio::join!(put(&client, vec![b'x'; LENGTH]).send_text(), reading);
    assert_eq!(result.expect("it is sent, however long it takes").value(), "ok");
}

/// A source that yields one piece, and fails when it is told to.
struct Failing(Option<Bytes>, Pin<Box<OwnedNotified>>);

impl futures_core::Stream for Failing {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(piece) => Poll::Ready(Some(Ok(piece))),
            None => self.1.as_mut().poll(context).map(|()| Some(Err(io::Error::other("the tape is torn")))),
        }
    }
}

#[tokio::test]
async fn a_source_that_fails_after_the_head_of_the_response_is_told() {
    let (listener, client, _clock) = listening().await;
    let tear = Arc::new(Notify::new());
    let responding = async {
        let mut stream = read_head(&listener).await;
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok")
            .await
            .expect("the client listens");
        stream
    };
    let source = Failing(Some(Bytes::from_static(b"x")), Box::pin(Arc::clone(&tear).notified_owned()));
    let (response, _stream) =
        tokio::join!(put(&client, FileUpload::from_stream(source)).send_raw(), responding);
    let mut body = response.expect("the head came").into_body();
    assert_eq!(body.chunk().await.expect("there is more").expect("it is there"), "ok");
    tear.notify_one();
    let error = body.chunk().await.expect("there is more").expect_err("the source is to blame");
    assert_eq!(error.to_string(), "reading or writing the body failed: the tape is torn (PUT /p)");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn a_source_that_is_slow_is_no_silence_of_the_server() {
    /// Never yields anything.
    struct Slow;
    impl futures_core::Stream for Slow {
        type Item = Result<Bytes, Infallible>;
        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Pending
        }
    }
    let (listener, client, clock) = listening().await;
    let mut call = put(&client, FileUpload::from_stream(Slow));
    call.options().timeout = TimeLimit::Own(Some(3600 * SECOND));
    let passing = async {
        let _stream = read_head(&listener).await;
        for _ in 0..360 {
            clock.advance(10 * SECOND);
            tokio::task::yield_now().await;
        }
        pending::<()>().await;
    };
    let error = tokio::select! {
        result = call.send_empty() => result.expect_err("the hour is over"),
        () = passing => unreachable!("it never ends"),
    };
    assert_eq!(kind(&error), TimeoutKind::Total);
}
