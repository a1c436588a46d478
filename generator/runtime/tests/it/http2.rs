//! HTTP/2: many calls on one connection, and streams that are reset.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use sdk_runtime::runtime::{Call, Client, Error, Method, Operation, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use crate::support::TestClock;

type Response = http::Response<BoxBody<Bytes, std::io::Error>>;

/// A server that speaks HTTP/2 and nothing else, and counts its connections.
async fn server(response: impl Fn(&str) -> Response + Clone + Send + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let response = response.clone();
            let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
                let response = response(request.uri().path());
                async move { Ok::<_, Infallible>(response) }
            });
            tokio::spawn(
                hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                    .serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    (url, connections)
}

fn client(url: &str) -> Client {
    client_with(url, RetryPolicy::none())
}

fn client_with(url: &str, policy: RetryPolicy) -> Client {
    Client::builder()
        .base_url(url)
        .api_key("k")
        .retry(policy)
        .clock(TestClock::new().shared())
        .configure_http(reqwest::ClientBuilder::http2_prior_knowledge)
        .build()
        .expect("the settings are fine")
}

fn whole(text: String) -> BoxBody<Bytes, std::io::Error> {
    Full::new(Bytes::from(text)).map_err(|never| match never {}).boxed()
}

#[tokio::test]
async fn many_calls_share_a_connection() {
    let (url, connections) = server(|path| {
        let id = path.trim_start_matches("/things/");
        http::Response::new(whole(format!(r#"{{"id":"{id}","size":{}}}"#, id.len())))
    })
    .await;
    let client = client(&url);
    client.thing("first").send().await.expect("it is there");
    let calls: Vec<_> = (0..200)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.thing(number.to_string()).send_with_response().await })
        })
        .collect();
    for (number, call) in calls.into_iter().enumerate() {
        let response = call.await.expect("no call panics").expect("it is there");
        assert_eq!(response.value().id, number.to_string());
        assert_eq!(response.version(), http::Version::HTTP_2);
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

/// A body that breaks off after its first piece, when it is told to.
struct Broken(Option<Bytes>, Pin<Box<OwnedNotified>>);

impl Body for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        match self.0.take() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None => self.1.as_mut().poll(context).map(|()| Some(Err(std::io::Error::other("broken")))),
        }
    }
}

#[tokio::test]
async fn a_stream_that_is_reset_is_told() {
    static GET: Operation = Operation { id: "g", path: "/g", ..Operation::DEFAULT };
    let cut = Arc::new(Notify::new());
    let when = Arc::clone(&cut);
    let (url, connections) = server(move |_| {
        let broken = Broken(Some(Bytes::from_static(b"12345")), Box::pin(Arc::clone(&when).notified_owned()));
        http::Response::builder()
            .header("content-length", "20")
            .body(broken.boxed())
            .expect("it is a response")
    })
    .await;
    let client = client(&url);
    for _ in 0..2 {
        let mut body = Call::new(&client, &GET).send_raw().await.expect("the head comes").into_body();
        assert_eq!(body.chunk().await.expect("there is more").expect("it is there"), "12345");
        cut.notify_one();
        let error = body.chunk().await.expect("there is more").expect_err("it breaks off");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(error.to_string().contains("broke after 5 of 20 bytes"), "{error}");
        assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "the connection outlives its streams");
}

static POST: Operation = Operation { id: "p", method: Method::POST, path: "/p", ..Operation::DEFAULT };

#[tokio::test]
async fn a_stream_that_is_refused_is_sent_again_whatever_the_method() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    tokio::spawn(async move {
        let service = service_fn(move |_: http::Request<hyper::body::Incoming>| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            async move {
                match number {
                    0 => Err(h2::Error::from(h2::Reason::REFUSED_STREAM)),
                    1 => Ok(http::Response::new(whole("ok".to_owned()))),
                    _ => Err(h2::Error::from(h2::Reason::INTERNAL_ERROR)),
                }
            }
        });
        let (stream, _) = listener.accept().await.expect("the client connects");
        let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        server.serve_connection(TokioIo::new(stream), service).await
    });
    let client = client_with(&url, RetryPolicy::default());
    let response = Call::new(&client, &POST).send_text().await.expect("the second attempt succeeds");
    assert_eq!((response.attempts(), seen.load(Ordering::SeqCst)), (2, 2));
    let error = Call::new(&client, &POST).send_text().await.expect_err("it is reset");
    assert_eq!(error.not_retried_because(), Some("the server may have processed it"));
    assert_eq!(seen.load(Ordering::SeqCst), 3);
}

/// A frame (RFC 9113, section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("it is short").to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags];
    frame.extend_from_slice(&stream.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

#[tokio::test]
async fn what_a_server_that_goes_away_has_not_seen_is_sent_again() {
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    const GOAWAY: u8 = 7;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let serving = tokio::spawn(async move {
        for number in 0_u32.. {
            let (mut stream, _) = listener.accept().await.expect("the client connects");
            let mut preface = [0; 24];
            stream.read_exact(&mut preface).await.expect("the client speaks HTTP/2");
            stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.expect("the client listens");
            let mut kind = 0;
            while kind != HEADERS {
                let mut head = [0; 9];
                stream.read_exact(&mut head).await.expect("there is a frame");
                let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
                let mut payload = vec![0; length as usize];
                stream.read_exact(&mut payload).await.expect("there is a frame");
                kind = head[3];
            }
            // The first connection ends at stream 0, which is before the first request.
            let response = match number {
                0 => frame(GOAWAY, 0, 0, &[0; 8]),
                // `:status: 204` is entry 9 of the static table (RFC 7541, appendix A).
                _ => frame(HEADERS, 5, 1, &[0x80 | 9]),
            };
            stream.write_all(&response).await.expect("the client listens");
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        }
    });
    let client = client_with(&url, RetryPolicy::default());
    let response = Call::new(&client, &POST).send_empty().await.expect("the second attempt succeeds");
    assert_eq!((response.attempts(), response.status().as_u16()), (2, 204));
    serving.abort();
}
