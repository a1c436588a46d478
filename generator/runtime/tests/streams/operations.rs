//! The operations that the tests call, and what nearly all of them do with them.

use std::time::Duration;

use bytes::Bytes;
use sdk_runtime::runtime::{
    Call, Client, ClientBuilder, Download, Error, FileUpload, Method, Operation, Response, RetryPolicy, Sdk,
};

use crate::support::{Reply, Server, TestClock};

pub(crate) static UPLOAD: Operation =
    Operation { id: "upload", method: Method::POST, path: "/files", ..Operation::DEFAULT };

/// As [`UPLOAD`], and may be sent again.
pub(crate) static REPLACE: Operation =
    Operation { id: "replace", method: Method::PUT, path: "/files", ..Operation::DEFAULT };

pub(crate) static DOWNLOAD: Operation = Operation {
    id: "download",
    path: "/files/content",
    accept: "application/octet-stream",
    ..Operation::DEFAULT
};

pub(crate) static WATCH: Operation = Operation {
    id: "watch",
    method: Method::POST,
    path: "/watch",
    accept: "text/event-stream",
    ..Operation::DEFAULT
};

static SDK: Sdk = Sdk { user_agent: "streams/1.0.0", ..Sdk::DEFAULT };

/// A client whose waits between attempts are over at once.
pub(crate) fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder_of(&SDK).base_url(&server.url).clock(TestClock::new().shared()).retry(patient())
}

/// Retries that do not run out soon.
pub(crate) fn patient() -> RetryPolicy {
    RetryPolicy::default().max_retries(2).backoff(Duration::ZERO, Duration::ZERO)
}

/// Sends a file as the only part of a form.
pub(crate) async fn upload(
    server: &Server,
    operation: &'static Operation,
    file: FileUpload,
) -> Result<Response<()>, Error> {
    let client = client(server);
    let mut call = Call::new(&client, operation);
    call.part_file("file", file);
    call.send_empty().await
}

/// Sends a file as the whole body.
pub(crate) async fn send(
    server: &Server,
    operation: &'static Operation,
    file: FileUpload,
) -> Result<Response<()>, Error> {
    let client = client(server);
    let mut call = Call::new(&client, operation);
    call.bytes("application/octet-stream", file);
    call.send_empty().await
}

pub(crate) async fn download(server: &Server) -> Result<Download, Error> {
    let client = client(server);
    Call::new(&client, &DOWNLOAD).send_download().await.map(Response::into_value)
}

/// Bytes in which each stretch is different from all others.
pub(crate) fn pattern(length: usize) -> Bytes {
    let mut random = fastrand::Rng::with_seed(length as u64);
    (0..length).map(|_| random.u8(..)).collect()
}

/// A stream of these items, which comes up with them at once.
pub(crate) fn stream<T: Send + Unpin + 'static>(
    items: Vec<T>,
) -> impl futures_core::Stream<Item = T> + Send + 'static {
    struct Items<T>(std::vec::IntoIter<T>);
    impl<T: Unpin> futures_core::Stream for Items<T> {
        type Item = T;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<T>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Items(items.into_iter())
}

/// Responds with 204.
pub(crate) async fn accepting() -> Server {
    Server::replying([Reply::bare(204, &[])]).await
}
