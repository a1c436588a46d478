//! The same calls without `.await`.

use std::io::Read as _;

use sdk_runtime::runtime::blocking::{Iterate as _, Reader, Wait as _, upload};
use sdk_runtime::runtime::{Call, Error, Method, Operation};

use crate::support::{Reply, Server, THING, client};

static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };
static PUT: Operation = Operation { id: "p", method: Method::PUT, path: "/p", ..Operation::DEFAULT };

#[test]
fn a_call_is_waited_for() {
    let server = Server::replying([Reply::json(200, THING), Reply::json(404, "{}")]).wait();
    let client = client(&server);
    assert_eq!(client.thing("t").send().wait().expect("it is there").size, 7);
    assert!(matches!(client.thing("t").send().wait(), Err(Error::Api(_))));
}

#[test]
fn threads_share_a_client() {
    let server = Server::replying([Reply::json(200, THING)]).wait();
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.thing("t").send().wait().expect("it is there"));
        }
    });
    assert_eq!(server.requests().len(), 8);
}

#[test]
fn events_are_iterated_over() {
    let server = Server::replying([Reply::new(200, "text/event-stream", "data: 1\n\ndata: 2\n\n")]).wait();
    let client = client(&server);
    let events = Call::new(&client, &GET).send_events::<i64>().wait().expect("they come").into_value();
    let numbers: Result<Vec<_>, _> = events.iterate().collect();
    assert_eq!(numbers.expect("all come"), [1, 2]);
}

#[test]
fn downloads_are_read() {
    let content = vec![b'x'; 300_000];
    let server = Server::replying([Reply::new(200, "application/octet-stream", &content)]).wait();
    let client = client(&server);
    let download = Call::new(&client, &GET).send_download().wait().expect("it comes").into_value();
    let mut received = Vec::new();
    let copied = std::io::copy(&mut Reader::new(download.reader()), &mut received).expect("all of it comes");
    assert_eq!((copied, received), (300_000, content));
}

#[test]
fn uploads_are_read_from() {
    let server = Server::replying([Reply::bare(204, &[])]).wait();
    let client = client(&server);
    let content = std::io::repeat(b'y').take(300_000);
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", upload(content).with_length(300_000));
    call.send_empty().wait().expect("it is sent");
    assert_eq!(server.request().body, vec![b'y'; 300_000]);
    assert_eq!(server.request().header("content-length"), Some("300000"));
}

struct Broken;

impl std::io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the tape is torn"))
    }
}

#[test]
fn a_reader_that_fails_is_told() {
    let server = Server::replying([Reply::bare(204, &[])]).wait();
    let client = client(&server);
    let mut call = Call::new(&client, &PUT);
    call.bytes("application/octet-stream", upload(Broken));
    let error = call.send_empty().wait().expect_err("there is nothing to send");
    assert!(error.to_string().starts_with("the caller's file or stream failed: the tape is torn"), "{error}");
}
