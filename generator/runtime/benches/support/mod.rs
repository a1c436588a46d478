//! The other side of a benchmark: a server in a process of its own, so that neither its
//! work nor its memory is counted, or on the thread of the calls, so that no waking is.

#![allow(dead_code, reason = "each benchmark uses its own part")]

pub(crate) mod compare;

use std::convert::Infallible;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// What `GET` of a path other than `/zeros/…` is sent.
pub(crate) const THING: &str = r#"{"id":"t1","size":7}"#;

/// The argument that makes a benchmark the server of another.
const SERVE: &str = "serve";

/// A server in a process of its own, which ends when this is dropped.
pub(crate) struct Server {
    /// Its URL, without a slash at the end.
    pub(crate) url: String,
    process: Child,
}

impl Server {
    /// Starts this program once more, as a server.
    pub(crate) fn start() -> Self {
        let program = std::env::current_exe().expect("a program knows where it is");
        let mut process = Command::new(program)
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it ran once already");
        let mut url = String::new();
        let output = process.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut url).expect("the server says where it is");
        Self { url: url.trim().to_owned(), process }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input ends the server, also when this process is killed.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// An executor on this thread.
pub(crate) fn executor() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there are resources for it")
}

/// Serves until the input ends, if that is what this process is for.
pub(crate) fn serve_if_asked_to() -> bool {
    if std::env::args().nth(1).as_deref() != Some(SERVE) {
        return false;
    }
    std::thread::spawn(|| {
        executor().block_on(async {
            let (url, serving) = server().await;
            writeln!(io::stdout(), "{url}").expect("the benchmark is listening");
            serving.await;
        });
    });
    let _ = io::stdin().read(&mut [0]);
    true
}

/// A server on the thread of this executor, which works while the thread waits for its responses.
pub(crate) fn serve_on(executor: &Runtime) -> String {
    let (url, serving) = executor.block_on(server());
    executor.spawn(serving);
    url
}

/// The URL of a server, without a slash at the end, and what it does.
async fn server() -> (String, impl Future<Output = ()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    (format!("http://{address}"), serve(listener))
}

async fn serve(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(
            TokioIo::new(stream),
            service_fn(async |request| Ok::<_, Infallible>(response(request).await)),
        );
        tokio::spawn(connection);
    }
}

/// Takes in what is uploaded; sends as many zeros as asked for, or else a small thing.
async fn response(request: Request<Incoming>) -> Response<BoxBody<Bytes, Infallible>> {
    let zeros = request.uri().path().strip_prefix("/zeros/").and_then(|length| length.parse().ok());
    let mut body = request.into_body();
    while let Some(Ok(_)) = body.frame().await {}
    let (media_type, body) = match zeros {
        Some(length) => ("application/octet-stream", Zeros(length).boxed()),
        None => ("application/json", Full::from(THING).boxed()),
    };
    Response::builder().header("content-type", media_type).body(body).expect("the head is fine")
}

/// So many zeros.
pub(crate) struct Zeros(pub(crate) u64);

impl Body for Zeros {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        static PIECE: [u8; 256 * 1024] = [0; 256 * 1024];
        let length = self.0.min(PIECE.len() as u64);
        self.0 -= length;
        let piece = &PIECE[..usize::try_from(length).unwrap_or(PIECE.len())];
        Poll::Ready((length > 0).then(|| Ok(Frame::data(Bytes::from_static(piece)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0)
    }
}
