//! Downloads: what arrives is the file, all of it and nothing else, or an error.

use std::sync::Arc;

use sdk_runtime::runtime::{Call, Error};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};
use tokio::sync::Notify;

use crate::operations::{DOWNLOAD, builder, download, pattern};
use crate::support::{Received, Reply, Server, Step};

pub(crate) const LONG: usize = 1_000_003;

pub(crate) const TAG: (&str, &str) = ("etag", "\"v1\"");

/// A response with these headers that promises `length` bytes, and what comes of them.
pub(crate) fn partial(status: u16, headers: &[(&str, &str)], length: usize, content: &[u8]) -> Reply {
    let headers: String = headers.iter().map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect();
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {length}\r\n{headers}\r\n");
    Reply::raw([head.as_bytes(), content].concat())
}

/// The response to a request for the rest from `at` on.
pub(crate) fn rest(content: &[u8], at: usize) -> Reply {
    let range = format!("bytes {at}-{}/{}", content.len() - 1, content.len());
    partial(206, &[("content-range", &range), TAG], content.len() - at, &content[at..])
}

/// Where a request wants the file to begin.
pub(crate) fn wanted(request: &Received) -> Option<usize> {
    request.header("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

#[tokio::test]
async fn all_ways_to_take_it_give_the_same() {
    let content = pattern(LONG);
    let server = Server::replying([Reply::new(200, "application/octet-stream", &content)]).await;

    let file = download(&server).await.expect("it is there");
    assert_eq!(file.length(), Some(LONG as u64));
    assert_eq!(file.headers()["content-type"], "application/octet-stream");
    assert!(file.bytes().await.expect("all is well") == content);

    let mut stream = download(&server).await.expect("it is there").stream();
    let mut streamed = Vec::new();
    while let Some(piece) = stream.next().await {
        streamed.extend_from_slice(&piece.expect("all is well"));
    }
    assert!(streamed == content);
    assert!(stream.next().await.is_none(), "the end stays the end");

    let mut read = Vec::new();
    let mut reader = download(&server).await.expect("it is there").reader();
    reader.read_to_end(&mut read).await.expect("all is well");
    assert!(read == content);

    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("copy");
    let length = download(&server).await.expect("it is there").save_to(&path).await.expect("all is well");
    assert_eq!(length, LONG as u64);
    assert!(std::fs::read(&path).expect("it is there") == content);

    assert_eq!(server.connections(), 4, "each client has its own");
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let server = Server::replying([Reply::new(200, "text/plain", "")]).await;
    let file = download(&server).await.expect("it is there");
    assert_eq!(file.length(), Some(0));
    assert_eq!(file.bytes().await.expect("all is well"), "");
}

#[tokio::test]
async fn a_reader_can_be_read_line_by_line() {
    let server = Server::replying([Reply::new(200, "text/plain", "one\ntwo\nthree")]).await;
    let mut lines = download(&server).await.expect("it is there").reader().lines();
    let mut seen = Vec::new();
    while let Some(line) = lines.next_line().await.expect("all is well") {
        seen.push(line);
    }
    assert_eq!(seen, ["one", "two", "three"]);
}

#[tokio::test]
async fn bytes_refuses_what_is_longer_than_allowed_before_and_while_it_comes() {
    let said = partial(200, &[], 4 << 30, b"");
    let endless = Reply::raw(*b"HTTP/1.1 200 OK\r\n\r\n").then(Step::Forever(vec![0; 64 * 1024]));
    for reply in [said, endless] {
        let server = Server::replying([reply]).await;
        let client = builder(&server).max_response_bytes(100_000).build().expect("it is fine");
        let file = Call::new(&client, &DOWNLOAD).send_download().await.expect("it is there").into_value();
        let error = file.bytes().await.expect_err("it is too long");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().contains("longer than the limit of 100000 bytes"), "{error}");
    }
}

#[tokio::test]
async fn the_limit_is_for_memory_alone_and_can_be_set() {
    let server = Server::replying([Reply::new(200, "text/plain", "0123456789")]).await;
    let client = builder(&server).max_response_bytes(5).build().expect("it is fine");
    let call = || Call::new(&client, &DOWNLOAD).send_download();
    let file = call().await.expect("it is there").into_value();
    assert_eq!(file.with_max_bytes(10).bytes().await.expect("it is short enough"), "0123456789");
    let mut read = String::new();
    let mut reader = call().await.expect("it is there").into_value().reader();
    reader.read_to_string(&mut read).await.expect("a reader needs no memory");
    assert_eq!(read, "0123456789");
}

#[tokio::test]
async fn a_file_that_is_cut_short_is_an_error() {
    for end in [Step::Close, Step::Reset] {
        let server = Server::replying([partial(200, &[], 100, &[7; 60]).then(end)]).await;
        let mut stream = download(&server).await.expect("it is there").stream();
        let mut received = 0;
        let error = loop {
            match stream.next().await.expect("it does not end in silence") {
                Ok(piece) => received += piece.len(),
                Err(error) => break error,
            }
        };
        let Error::Interrupted(interrupted) = &error else { panic!("{error:?}") };
        assert_eq!((interrupted.received(), interrupted.expected()), (received as u64, Some(100)));
        assert!(received <= 60);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(stream.next().await.is_none(), "after the error nothing comes");
    }
}

#[tokio::test]
async fn broken_chunks_are_an_error() {
    for body in ["5\r\nhello\r\n", "5\r\nhel", "zz\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", ""] {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let server = Server::replying([Reply::raw(format!("{head}{body}")).then(Step::Close)]).await;
        let error = download(&server).await.expect("it is there").bytes().await.expect_err("it is broken");
        assert!(matches!(error, Error::Interrupted(_)), "{body:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_broken_encoding_is_not_a_broken_connection() {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n";
    // An empty member of gzip (RFC 1952) without its last five bytes, and no gzip at all.
    let cut: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0";
    for (content, is_complete) in [(&b"no gzip at all"[..], true), (cut, false)] {
        let mut bytes = format!("{head}{:x}\r\n", content.len()).into_bytes();
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(if is_complete { b"\r\n0\r\n\r\n" } else { b"\r\n" });
        let server = Server::replying([Reply::raw(bytes).then(Step::Close)]).await;
        let error = download(&server).await.expect("it is there").bytes().await.expect_err("it is broken");
        assert_eq!(matches!(error, Error::Decode(_)), is_complete, "{error:?}");
        assert_eq!(matches!(error, Error::Interrupted(_)), !is_complete, "{error:?}");
    }
}

#[tokio::test]
async fn an_error_of_a_reader_can_be_taken_out_again() {
    let server = Server::replying([partial(200, &[], 100, &[7; 60]).then(Step::Close)]).await;
    let mut reader = download(&server).await.expect("it is there").reader();
    let error = reader.read_to_end(&mut Vec::new()).await.expect_err("it broke");
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    let error = error.downcast::<Error>().expect("it is one of ours");
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
}

#[tokio::test]
async fn dropping_it_closes_the_connection() {
    let stalled = Arc::new(Notify::new());
    let reply = partial(200, &[], 100, &[7; 60]).then(Step::Stall(Arc::clone(&stalled)));
    let server = Server::replying([reply]).await;
    let file = download(&server).await.expect("it is there");
    stalled.notified().await;
    drop(file);
    while server.open_connections() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_came_of_a_file_that_is_cut_short_is_not_lost() {
    let content = pattern(100);
    let broken = || partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    for replies in [
        vec![partial(200, &[], 100, &content[..60]).then(Step::Close)],
        vec![broken(), Reply::json(404, "{}")],
    ] {
        let server = Server::replying(replies).await;
        let error = download(&server).await.expect("it is there").bytes().await.expect_err("it is cut short");
        let Error::Interrupted(interrupted) = &error else { panic!("{error:?}") };
        assert_eq!(interrupted.partial_body(), &content[..60]);
    }
}
