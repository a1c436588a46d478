//! Downloads whose connection breaks: the rest of the same file is requested, or there is an error.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime::runtime::{Call, Error, Progress, Response, RetryPolicy};
use tokio::sync::Notify;

use crate::downloads::{LONG, TAG, partial, rest, wanted};
use crate::operations::{DOWNLOAD, builder, client, download, patient, pattern};
use crate::support::{Reply, Server, Step, TestClock};

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
