//! Downloads: what arrives is the file, all of it and nothing else, or an error.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime::runtime::{Call, Error, Progress, Response, RetryPolicy};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};
use tokio::sync::Notify;

use crate::operations::{DOWNLOAD, builder, client, download, patient, pattern};
use crate::support::{Received, Reply, Server, Step, TestClock};

const LONG: usize = 1_000_003;

const TAG: (&str, &str) = ("etag", "\"v1\"");

/// A response with these headers that promises `length` bytes, and what comes of them.
fn partial(status: u16, headers: &[(&str, &str)], length: usize, content: &[u8]) -> Reply {
    let headers: String = headers.iter().map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect();
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {length}\r\n{headers}\r\n");
    Reply::raw([head.as_bytes(), content].concat())
}

/// The response to a request for the rest from `at` on.
fn rest(content: &[u8], at: usize) -> Reply {
    let range = format!("bytes {at}-{}/{}", content.len() - 1, content.len());
    partial(206, &[("content-range", &range), TAG], content.len() - at, &content[at..])
}

/// Where a request wants the file to begin.
fn wanted(request: &Received) -> Option<usize> {
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
async fn a_file_that_breaks_anywhere_is_taken_up_where_it_broke() {
    let content = pattern(64);
    let plan = Arc::new(Mutex::new((0, Step::Close)));
    let (shared, source) = (Arc::clone(&plan), content.clone());
    let server = Server::new(move |request, _| match wanted(request) {
        None => {
            let (cut, end) = shared.lock().expect("no test panics with the lock").clone();
            partial(200, &[TAG], source.len(), &source[..cut]).then(end)
        }
        Some(at) => rest(&source, at),
    })
    .await;
    let client = client(&server);
    for cut in 0..content.len() {
        for end in [Step::Close, Step::Reset] {
            let is_closed = matches!(end, Step::Close);
            *plan.lock().expect("no test panics with the lock") = (cut, end);
            // A reset may overtake the head, and then it is the call that fails.
            let file = match Call::new(&client, &DOWNLOAD).send_download().await {
                Err(Error::Interrupted(_)) if !is_closed => continue,
                file => file.expect("it is there").into_value(),
            };
            assert_eq!(file.bytes().await.expect("the rest can be had"), content, "cut at {cut}");
            let last = server.requests().pop().expect("there are some");
            assert_eq!(last.header("if-range"), Some("\"v1\""));
            assert!(!is_closed || wanted(&last) == Some(cut), "cut at {cut}: {last:?}");
        }
    }
}

#[tokio::test]
async fn a_long_file_may_break_many_times_if_each_time_some_of_it_comes() {
    let content = pattern(LONG);
    let source = content.clone();
    let server = Server::new(move |request, _| {
        let at = wanted(request).unwrap_or(0);
        let end = (at + 100_000).min(source.len());
        let reply = if at == 0 {
            partial(200, &[TAG], source.len(), &source[..end])
        } else {
            let range = format!("bytes {at}-{}/{}", source.len() - 1, source.len());
            partial(206, &[("content-range", &range), TAG], source.len() - at, &source[at..end])
        };
        reply.then(Step::Close)
    })
    .await;
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let record = Arc::clone(&seen);
    let file = download(&server).await.expect("it is there").on_progress(move |progress| {
        record.lock().expect("no test panics with the lock").push(progress);
    });
    assert!(file.bytes().await.expect("the rest can be had") == content);
    assert_eq!(server.requests().len(), 11);
    let seen = seen.lock().expect("no test panics with the lock");
    assert!(seen.is_sorted_by(|one, next| one.transferred < next.transferred), "it only grows");
    assert_eq!(seen.last().and_then(Progress::fraction), Some(1.0));
}

#[tokio::test]
async fn a_server_that_breaks_at_once_each_time_is_given_up() {
    let content = pattern(1000);
    let source = content.clone();
    let server = Server::new(move |request, _| {
        let at = wanted(request).unwrap_or(0);
        let reply = if at == 0 {
            partial(200, &[TAG], source.len(), &source[..10])
        } else {
            let range = format!("bytes {at}-{}/{}", source.len() - 1, source.len());
            partial(206, &[("content-range", &range)], source.len() - at, &source[at..at + 10])
        };
        reply.then(Step::Close)
    })
    .await;
    let error = download(&server).await.expect("it is there").bytes().await.expect_err("it never ends");
    let Error::Interrupted(interrupted) = &error else { panic!("{error:?}") };
    assert_eq!((interrupted.received(), interrupted.expected()), (30, Some(1000)));
    assert_eq!(server.requests().len(), 3, "the first, and as many as the policy allows");
}

#[tokio::test]
async fn the_rest_of_another_version_is_not_taken() {
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let others = [
        ("a new version", Reply::with_headers(200, &[("etag", "\"v2\"")], pattern(100))),
        (
            "another version of the same length",
            partial(206, &[("content-range", "bytes 60-99/100"), ("etag", "\"v2\"")], 40, &content[60..]),
        ),
        (
            "the same tag, but a weak one",
            partial(206, &[("content-range", "bytes 60-99/100"), ("etag", "W/\"v1\"")], 40, &content[60..]),
        ),
        (
            "compressed",
            partial(
                206,
                &[("content-range", "bytes 60-99/100"), TAG, ("content-encoding", "br")],
                40,
                &content[60..],
            ),
        ),
        (
            "a place that is none",
            partial(206, &[("content-range", "bytes 60-50/100"), TAG], 40, &content[60..]),
        ),
        ("beyond the end", partial(206, &[("content-range", "bytes 60-100/100"), TAG], 41, &[0; 41])),
        (
            "a length that nobody knows",
            partial(206, &[("content-range", "bytes 60-99/*"), TAG], 40, &content[60..]),
        ),
        (
            "another length than its place",
            partial(206, &[("content-range", "bytes 60-99/100"), TAG], 30, &content[60..90]),
        ),
        ("another place", partial(206, &[("content-range", "bytes 61-99/100"), TAG], 39, &content[61..])),
        ("another length", partial(206, &[("content-range", "bytes 60-99/101"), TAG], 40, &content[60..])),
        ("no place", partial(206, &[TAG], 40, &content[60..])),
        ("no longer there", Reply::json(404, "{}")),
        ("no such part", Reply::bare(416, &[("content-range", "bytes */50")])),
    ];
    for (what, reply) in others {
        let server = Server::replying([broken.clone(), reply]).await;
        let error = download(&server).await.expect("it is there").bytes().await.expect_err(what);
        let Error::Interrupted(interrupted) = &error else { panic!("{what}: {error:?}") };
        assert_eq!((interrupted.received(), interrupted.expected()), (60, Some(100)), "{what}");
        assert_eq!(server.requests().len(), 2, "{what}");
    }
}

#[tokio::test]
async fn a_rest_that_is_too_long_or_too_short_is_an_error() {
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let head = "HTTP/1.1 206 Partial\r\ncontent-range: bytes 60-99/100\r\ntransfer-encoding: chunked\r\n\r\n";
    for length in [39, 41] {
        let mut bytes = format!("{head}{length:x}\r\n").into_bytes();
        bytes.extend_from_slice(&vec![0; length]);
        bytes.extend_from_slice(b"\r\n0\r\n\r\n");
        let server = Server::replying([broken.clone(), Reply::raw(bytes), Reply::json(404, "{}")]).await;
        let error =
            download(&server).await.expect("it is there").bytes().await.expect_err("it is another length");
        assert!(matches!(error, Error::Interrupted(_) | Error::Decode(_)), "{length}: {error:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_up_safely_is_not() {
    let weak = [("etag", "W/\"v1\"")];
    let refused = [TAG, ("accept-ranges", "none")];
    let fresh =
        [("last-modified", "Mon, 23 Nov 2026 10:00:00 GMT"), ("date", "Mon, 23 Nov 2026 10:00:30 GMT")];
    let compressed = [TAG, ("content-encoding", "br")];
    for headers in [&[][..], &weak, &refused, &fresh, &compressed] {
        let server = Server::replying([partial(200, headers, 100, &[0; 60]).then(Step::Close)]).await;
        download(&server).await.expect("it is there").bytes().await.expect_err("it broke");
        assert_eq!(server.requests().len(), 1, "{headers:?}");
    }
    let server = Server::replying([partial(200, &[TAG], 100, &[0; 60]).then(Step::Close)]).await;
    let client = builder(&server).retry(RetryPolicy::none()).build().expect("it is fine");
    let file = Call::new(&client, &DOWNLOAD).send_download().await.expect("it is there").into_value();
    file.bytes().await.expect_err("it broke");
    assert_eq!(server.requests().len(), 1, "a policy without retries holds here too");
}

#[tokio::test]
async fn a_date_of_change_will_do_when_it_is_long_past() {
    const CHANGED: &str = "Mon, 23 Nov 2026 10:00:00 GMT";
    let headers = [("last-modified", CHANGED), ("date", "Mon, 23 Nov 2026 10:01:00 GMT")];
    let content = pattern(100);
    let broken = partial(200, &headers, 100, &content[..60]).then(Step::Close);
    let server = Server::replying([broken, rest(&content, 60)]).await;
    let bytes = download(&server).await.expect("it is there").bytes().await.expect("the rest can be had");
    assert_eq!(bytes, content);
    assert_eq!(server.requests()[1].header("if-range"), Some(CHANGED));
}

#[tokio::test]
async fn asking_for_the_rest_is_retried_like_any_call() {
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let busy = Reply::bare(503, &[]);
    let server = Server::replying([broken, busy, rest(&content, 60)]).await;
    let bytes = download(&server).await.expect("it is there").bytes().await.expect("the rest can be had");
    assert_eq!(bytes, content);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_asked_for_the_rest() {
    let stalled = Arc::new(Notify::new());
    let content = pattern(100);
    let silent = partial(200, &[TAG], 100, &content[..60]).then(Step::Stall(Arc::clone(&stalled)));
    let server = Server::replying([silent, rest(&content, 60)]).await;
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.shared()).read_timeout(Duration::from_secs(30));
    let client = client.build().expect("it is fine");
    let mut stream =
        Call::new(&client, &DOWNLOAD).send_download().await.expect("it is there").into_value().stream();
    let mut bytes = stream.next().await.expect("it begins").expect("all is well").to_vec();
    stalled.notified().await;
    let (next, ()) = tokio::join!(stream.next(), async { clock.advance(Duration::from_secs(31)) });
    bytes.extend_from_slice(&next.expect("it goes on").expect("the rest can be had"));
    assert_eq!(bytes, content);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn the_time_of_the_call_covers_what_is_taken_up() {
    let stalled = Arc::new(Notify::new());
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let server = Server::replying([broken, Reply::nothing().then(Step::Stall(Arc::clone(&stalled)))]).await;
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.shared()).timeout(Duration::from_secs(60));
    let client = client.build().expect("it is fine");
    let file = Call::new(&client, &DOWNLOAD).send_download().await.expect("it is there").into_value();
    clock.advance(Duration::from_secs(50));
    let (result, ()) = tokio::join!(file.bytes(), async {
        stalled.notified().await;
        clock.advance(Duration::from_secs(11));
    });
    let error = result.expect_err("the time is up");
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().starts_with("the call took longer than 60s"), "{error}");
}

#[tokio::test]
async fn the_caller_s_headers_go_along_when_it_is_taken_up() {
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let server = Server::replying([broken, rest(&content, 60)]).await;
    let client = client(&server);
    let mut call = Call::new(&client, &DOWNLOAD);
    call.options().set_header("x-team", "blue");
    call.options().retry = Some(Box::new(patient()));
    call.send_download()
        .await
        .map(Response::into_value)
        .expect("it is there")
        .bytes()
        .await
        .expect("all is well");
    for request in server.requests() {
        assert_eq!(request.header("x-team"), Some("blue"));
        assert_eq!(request.header("accept-encoding"), Some("identity"), "offsets are those of the file");
        assert_eq!(request.header("accept"), Some("application/octet-stream"));
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
async fn a_rest_that_comes_in_parts_is_asked_for_part_by_part() {
    let content = pattern(100);
    let broken = partial(200, &[TAG], 100, &content[..60]).then(Step::Close);
    let part = partial(206, &[("content-range", "bytes 60-79/100"), TAG], 20, &content[60..80]);
    let server = Server::replying([broken, part, rest(&content, 80)]).await;
    let bytes = download(&server).await.expect("it is there").bytes().await.expect("the rest can be had");
    assert_eq!(bytes, content);
    let wanted: Vec<_> = server.requests().iter().map(wanted).collect();
    assert_eq!(wanted, [None, Some(60), Some(80)]);
}

#[tokio::test]
async fn another_date_of_change_is_another_version() {
    const CHANGED: &str = "Mon, 23 Nov 2026 10:00:00 GMT";
    let headers = [("last-modified", CHANGED), ("date", "Mon, 23 Nov 2026 10:01:00 GMT")];
    let content = pattern(100);
    let broken = partial(200, &headers, 100, &content[..60]).then(Step::Close);
    let later = [("content-range", "bytes 60-99/100"), ("last-modified", "Mon, 23 Nov 2026 10:00:01 GMT")];
    let server = Server::replying([broken, partial(206, &later, 40, &content[60..])]).await;
    download(&server).await.expect("it is there").bytes().await.expect_err("it is another version");
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
