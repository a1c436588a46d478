//! The same calls without `.await`.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sdk_runtime::runtime::blocking::{
    BlockingFuture as _, BlockingStream as _, Reader, upload_from_opener, upload_from_reader,
};
use sdk_runtime::runtime::{Call, Error, Method, NextPage, Operation, PageInput, Paging};
use serde_json::Value;

use crate::support::{Reply, Server, Step, THING, client};

static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };
static PUT: Operation = Operation { id: "p", method: Method::PUT, path: "/p", ..Operation::DEFAULT };

#[test]
fn a_call_is_waited_for() {
    let server = Server::replying([Reply::json(200, THING), Reply::json(404, "{}")]).block();
    let client = client(&server);
    assert_eq!(client.thing("t").send().block().expect("it is there").size, 7);
    assert!(matches!(client.thing("t").send().block(), Err(Error::Api(_))));
}

#[test]
fn threads_share_a_client() {
    let server = Server::replying([Reply::json(200, THING)]).block();
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.thing("t").send().block().expect("it is there"));
        }
    });
    assert_eq!(server.requests().len(), 8);
}

#[test]
fn events_are_iterated_over() {
    let server = Server::replying([Reply::new(200, "text/event-stream", "data: 1\n\ndata: 2\n\n")]).block();
    let client = client(&server);
    let events = Call::new(&client, &GET).send_events::<i64>().block().expect("they come").into_value();
    let numbers: Result<Vec<_>, _> = events.blocking_iter().collect();
    assert_eq!(numbers.expect("all come"), [1, 2]);
}

#[test]
fn downloads_are_read() {
    let content = vec![b'x'; 300_000];
    let server = Server::replying([Reply::new(200, "application/octet-stream", &content)]).block();
    let client = client(&server);
    let download = Call::new(&client, &GET).send_download().block().expect("it comes").into_value();
    let mut received = Vec::new();
    let copied = io::copy(&mut Reader::new(download.reader()), &mut received).expect("all of it comes");
    assert_eq!((copied, received), (300_000, content));
}

#[test]
fn uploads_are_read_from() {
    let server = Server::replying([Reply::bare(204, &[])]).block();
    let client = client(&server);
    let content = io::repeat(b'y').take(300_000);
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", upload_from_reader(content).with_length(300_000));
    call.send_empty().block().expect("it is sent");
    assert_eq!(server.request().body, vec![b'y'; 300_000]);
    assert_eq!(server.request().header("content-length"), Some("300000"));
}

#[test]
fn what_can_be_opened_again_is_sent_again() {
    let server =
        Server::replying([Reply::bare(503, &[("retry-after-ms", "0")]), Reply::bare(204, &[])]).block();
    let client = client(&server);
    let mut call = Call::new(&client, &PUT);
    let file = upload_from_opener(|| Ok(io::repeat(b'y').take(300_000))).with_length(300_000);
    assert!(file.can_replay());
    call.bytes("application/octet-stream", file);
    call.send_empty().block().expect("the second time it works");
    for request in server.requests() {
        assert!(request.body == vec![b'y'; 300_000], "{} bytes came", request.body.len());
    }
    assert_eq!(server.requests().len(), 2);

    let mut call = Call::new(&client, &PUT);
    call.bytes(
        "application/octet-stream",
        upload_from_opener(|| Err::<io::Empty, _>(io::Error::other("it is gone"))),
    );
    let error = call.send_empty().block().expect_err("there is nothing to send");
    assert!(error.to_string().starts_with("reading or writing the body failed: it is gone"), "{error}");
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the tape is torn"))
    }
}

#[test]
fn a_reader_that_fails_is_told() {
    let server = Server::replying([Reply::bare(204, &[])]).block();
    let client = client(&server);
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", upload_from_reader(Broken));
    let error = call.send_empty().block().expect_err("there is nothing to send");
    assert!(error.to_string().starts_with("reading or writing the body failed: the tape is torn"), "{error}");
}

#[test]
fn lines_are_iterated_over() {
    let server = Server::replying([Reply::new(200, "application/jsonl", "1\n2\n")]).block();
    let client = client(&server);
    let lines = Call::new(&client, &GET).send_json_lines::<i64>().block().expect("they come").into_value();
    let numbers: Result<Vec<_>, _> = lines.blocking_iter().collect();
    assert_eq!(numbers.expect("all come"), [1, 2]);
}

#[test]
fn pages_and_items_are_iterated_over() {
    static PAGING: Paging = Paging {
        items: &["data"],
        next: NextPage::Number { input: PageInput::Query("page"), first: 1 },
        more: &[],
    };
    let pages = ["[1,2]", "[3]", "[]"].map(|items| Reply::json(200, format!("{{\"data\":{items}}}")));
    let server = Server::replying(pages.clone()).block();
    let client_of = client(&server);
    let items = Call::new(&client_of, &GET).items::<i64>(&PAGING).blocking_iter();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().expect("all come"), [1, 2, 3]);

    let server = Server::replying(pages).block();
    let pages = Call::new(&client(&server), &GET).pages::<Value>(&PAGING).blocking_iter();
    let pages = pages.map(|page| page.expect("it comes")["data"].clone());
    assert_eq!(pages.collect::<Vec<_>>(), [serde_json::json!([1, 2]), serde_json::json!([3])]);
}

#[test]
fn downloads_are_written_to() {
    let content = vec![b'x'; 300_000];
    let server = Server::replying([Reply::new(200, "application/octet-stream", &content)]).block();
    let client = client(&server);
    let download = || Call::new(&client, &GET).send_download().block().expect("it comes").into_value();
    let mut received = Vec::new();
    assert_eq!(download().copy_to(&mut received).expect("all of it comes"), 300_000);
    assert!(received == content);
    let mut full = [0; 1000];
    let error = download().copy_to(&mut &mut full[..]).expect_err("there is no room");
    let Error::Body(body) = &error else { panic!("{error:?}") };
    assert_eq!(body.io_error().kind(), io::ErrorKind::WriteZero);
    assert!(error.to_string().ends_with("(GET /g)"), "{error}");
}

#[test]
fn what_came_before_a_download_broke_is_written() {
    let broken = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nso far").then(Step::Close);
    let server = Server::replying([broken]).block();
    let download = Call::new(&client(&server), &GET).send_download().block().expect("it comes").into_value();
    let mut received = Vec::new();
    let error = download.copy_to(&mut received).expect_err("it broke");
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    assert_eq!(received, b"so far");
}

/// Counts how often it is read from, and how many of it there are.
struct Counted(Arc<AtomicUsize>);

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.fetch_add(1, Ordering::SeqCst);
        buffer[0] = b'z';
        Ok(1)
    }
}

#[test]
fn an_upload_that_is_not_sent_is_not_read() {
    let reads = Arc::new(AtomicUsize::new(0));
    let reader = Counted(Arc::clone(&reads));
    let server = Server::replying([Reply::bare(204, &[])]).block();
    let client = client(&server);
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", upload_from_reader(reader).with_length(3));
    assert_eq!(Arc::strong_count(&reads), 2, "it is there and waits");
    assert_eq!(reads.load(Ordering::SeqCst), 0);
    drop(call);
    assert_eq!(Arc::strong_count(&reads), 1, "it is dropped with the call");
    assert_eq!(reads.load(Ordering::SeqCst), 0);
}

#[test]
#[should_panic(expected = "runtime")]
fn async_code_is_not_held_up() {
    async { std::future::ready(()).block() }.block();
}
