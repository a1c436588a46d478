//! Ten thousand calls at once through one client, and a server that does all it can wrong.
//!
//! A program of its own, whose tests take turns, because they count the files that
//! the whole process has open.

#[path = "../support/mod.rs"]
mod support;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use sdk_runtime::runtime::{Client, ClientBuilder, RetryPolicy};
use tokio::sync::{Barrier, watch};

use support::{LONG, Reply, Server, Step, all_closed};

/// What there is that a call could leave behind.
#[derive(Debug)]
struct Belongings {
    tasks: usize,
    files: usize,
}

impl Belongings {
    fn now() -> Self {
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        // Other systems than Linux do not say.
        let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        Self { tasks, files }
    }

    /// Waits until there is no more than there was.
    async fn are_all(self) {
        let going = async {
            loop {
                let now = Self::now();
                if now.tasks <= self.tasks && now.files <= self.files {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        let is_gone = tokio::time::timeout(LONG, going).await.is_ok();
        assert!(is_gone, "there is more than there was: {:?}, not {self:?}", Self::now());
    }
}

/// A client that tries again until it succeeds.
fn stubborn(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::default().max_retries(100).backoff(Duration::ZERO, Duration::ZERO);
    Client::builder().base_url(url).api_key("k").retry(policy).retry_budget(None)
}

/// Makes all calls at once, of which each has to get its own response.
async fn make_calls(client: &Client, count: usize) {
    let calls: Vec<_> = (0..count)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.thing(format!("call-{number}")).send().await })
        })
        .collect();
    for (number, call) in calls.into_iter().enumerate() {
        let thing = call.await.expect("no call panics").expect("it is tried until it succeeds");
        assert_eq!(thing.id, format!("call-{number}"));
    }
}

fn thing(path: &str) -> String {
    let id = path.trim_start_matches("/things/");
    format!(r#"{{"id":"{id}","size":{}}}"#, id.len())
}

async fn over_one_connection() {
    const CALLS: usize = 10_000;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let requests = Arc::new(AtomicUsize::new(0));
    // Nobody gets a response before all have asked.
    let all_have_asked = Arc::new(Barrier::new(CALLS));
    let open = Arc::new(watch::Sender::new(0));
    let (count, connections) = (Arc::clone(&requests), Arc::clone(&open));
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (count, all_have_asked) = (Arc::clone(&count), Arc::clone(&all_have_asked));
            let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
                let number = count.fetch_add(1, Ordering::SeqCst);
                let all_have_asked = Arc::clone(&all_have_asked);
                async move {
                    if number < CALLS {
                        all_have_asked.wait().await;
                    }
                    response(number, request.uri().path())
                }
            });
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                .max_concurrent_streams(u32::MAX)
                .serve_connection(TokioIo::new(stream), service);
            let connections = Arc::clone(&connections);
            connections.send_modify(|open| *open += 1);
            tokio::spawn(async move {
                let _ = connection.await;
                connections.send_modify(|open| *open -= 1);
            });
        }
    });
    let before = Belongings::now();
    let client = stubborn(&url).configure_http(reqwest::ClientBuilder::http2_prior_knowledge);
    let client = client.build().expect("the settings are fine");
    make_calls(&client, CALLS).await;
    assert!(requests.load(Ordering::SeqCst) > CALLS * 3 / 2, "there was much to try again");
    assert!(*open.borrow() > 0);
    drop(client);
    all_closed(&open).await;
    before.are_all().await;
    serving.abort();
}

/// The response to a request, which goes wrong in one way or another half of the time.
fn response(number: usize, path: &str) -> Result<http::Response<Pieces>, h2::Error> {
    let whole = thing(path);
    let response = http::Response::builder().header("content-length", whole.len());
    let pieces = |count: usize| {
        let size = whole.len().div_ceil(count);
        whole.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect::<Vec<_>>()
    };
    let (response, pieces, end) = match number % 12 {
        0 => return Err(h2::Reason::REFUSED_STREAM.into()),
        1 => return Err(h2::Reason::INTERNAL_ERROR.into()),
        2 => (http::Response::builder().status(503), vec![], None),
        3 => (http::Response::builder().status(429).header("retry-after", "0"), vec![], None),
        4 => (response, pieces(2)[..1].to_vec(), Some(h2::Reason::INTERNAL_ERROR)),
        // A client ends a connection with too many of these.
        5 if number.is_multiple_of(5) => (response, pieces(2)[..1].to_vec(), None),
        // Slow, and in the end complete.
        6 | 7 => (response, pieces(whole.len()), None),
        _ => (response, pieces(1), None),
    };
    let body = Pieces { rest: pieces.into_iter(), end, is_due: false };
    Ok(response.body(body).expect("it is a response"))
}

/// A body that comes in pieces, with something else to do before each of them.
struct Pieces {
    rest: std::vec::IntoIter<Bytes>,
    end: Option<h2::Reason>,
    is_due: bool,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = h2::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, h2::Error>>> {
        self.is_due = !self.is_due;
        if self.is_due {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = self.rest.next().map(|piece| Ok(Frame::data(piece)));
        Poll::Ready(next.or_else(|| self.end.take().map(|reason| Err(reason.into()))))
    }
}

async fn over_many_connections() {
    // All can be on their way at once: more than a listener keeps waiting are not let in,
    // and what the kernel makes of them is nothing that a client could be asked about.
    const CALLS: usize = 500;
    let server = Server::new(|request, number| match number % 8 {
        0 => Reply::bare(503, &[("retry-after-ms", "0")]),
        1 => Reply::bare(429, &[("retry-after", "0")]),
        2 => Reply::nothing().then(Step::Reset),
        3 => Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\"").then(Step::Close),
        _ => Reply::json(200, thing(&request.target)),
    })
    .await;
    let before = Belongings::now();
    let client = stubborn(&server.url).build().expect("the settings are fine");
    make_calls(&client, CALLS).await;
    drop(client);
    server.all_closed().await;
    before.are_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_call_of_a_crowd_gets_its_own_response_and_nothing_is_left_behind() {
    over_one_connection().await;
    over_many_connections().await;
}
