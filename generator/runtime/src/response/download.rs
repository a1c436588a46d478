//! Downloads: where the bytes go, and what happens when the connection breaks.

use std::fmt;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;

use super::download_reader::DownloadReader;
use super::resume::{Resend, Rest, Resume};
use super::save;
use super::typed::Response;
use crate::runtime::body::{Progress, ProgressCallback};
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::send::{RawResponse, ResponseBody, with_partial};

/// A file that is being downloaded.
///
/// [`bytes`](Self::bytes) collects it in memory, [`stream`](Self::stream) and
/// [`reader`](Self::reader) return it piece by piece, and [`save_to`](Self::save_to)
/// writes it to a file. Memory stays flat, except with `bytes`.
///
/// A file that is cut short is never taken for a whole one. When the connection
/// breaks, the rest is requested, if the server said which version of the file it
/// sends and how long that is, and the call may be retried; otherwise the download
/// fails. Dropping it closes the connection.
#[derive(Debug)]
#[must_use = "the content is not read until it is asked for"]
pub struct Download {
    stream: DownloadStream,
    limit: u64,
}

impl Download {
    fn new(response: RawResponse, resend: Option<Resend>) -> Self {
        let limit = response.limit();
        let body = response.into_body();
        let stream = DownloadStream {
            metadata: body.metadata().clone(),
            length: body.expected(),
            received: 0,
            resume: resend.and_then(|resend| Resume::of(&body, resend)),
            progress: ProgressCallback::default(),
            source: Source::Body(body),
        };
        Self { stream, limit }
    }

    /// The length of the file in bytes, when the server says so.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.stream.length
    }

    /// The headers of the response: its media type, its name, its version.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.stream.metadata.headers_or_empty()
    }

    /// Calls a function for each piece that is received.
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.stream.progress = ProgressCallback::new(report);
        self
    }

    /// Sets the longest file, in bytes, that [`bytes`](Self::bytes) collects, in place of
    /// the client's limit.
    pub fn with_max_bytes(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// Collects it in memory.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is longer than the limit, and any error of the connection;
    /// an [`Error::Interrupted`] has the bytes that were received.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        if self.length().is_some_and(|length| length > self.limit) {
            return Err(self.too_long());
        }
        // The announced length is not trusted: the memory grows with what is received.
        let mut whole = BytesMut::new();
        while let Some(piece) = self.stream.next().await {
            match piece {
                Ok(piece) => whole.extend_from_slice(&piece),
                Err(error) => return Err(with_partial(error, whole.freeze())),
            }
            if whole.len() as u64 > self.limit {
                return Err(self.too_long());
            }
        }
        Ok(whole.freeze())
    }

    /// Returns the pieces as they are received.
    pub fn stream(self) -> DownloadStream {
        self.stream
    }

    /// Returns a reader of the content.
    pub fn reader(self) -> DownloadReader {
        DownloadReader::new(self.stream)
    }

    /// Writes it to a file, and returns its length in bytes.
    ///
    /// It is written to a temporary file in the same folder, which replaces the file at
    /// the path when it is complete and on the disk. Whatever happens, the path has the
    /// old content or the new, never a part of it. A link is followed; a pipe or a device
    /// is written to directly.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when it cannot be written, and any error of the connection.
    pub async fn save_to(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        save::save(self.stream, path.as_ref()).await
    }

    fn too_long(&self) -> Error {
        let reason = format!("the file is longer than the limit of {} bytes", self.limit);
        Error::unexpected(&self.stream.metadata, reason, Bytes::new())
    }
}

/// The pieces of a file that is being downloaded.
///
/// It is a [`Stream`]; [`next`](Self::next) takes the next piece without any crate
/// for streams.
#[must_use = "streams do nothing unless polled"]
pub struct DownloadStream {
    metadata: CallMetadata,
    length: Option<u64>,
    received: u64,
    resume: Option<Resume>,
    progress: ProgressCallback,
    source: Source,
}

/// Where the next piece comes from.
enum Source {
    Body(ResponseBody),
    /// The connection broke, and the rest has been requested. The lock is never
    /// taken: it makes the stream `Sync`, which the future is not.
    Resuming(Mutex<Rest>),
    Over,
}

impl DownloadStream {
    /// The next piece; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// The call, and the head of its response.
    pub(crate) fn metadata(&self) -> &CallMetadata {
        &self.metadata
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let next = match &mut self.source {
                Source::Body(body) => ready!(Pin::new(body).poll_next(context)),
                Source::Resuming(rest) => match ready!(
                    rest.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll(context)
                ) {
                    Ok(body) => {
                        self.source = Source::Body(body);
                        continue;
                    }
                    Err(error) => {
                        self.source = Source::Over;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                Source::Over => return Poll::Ready(None),
            };
            let error = match next {
                Some(Ok(piece)) => {
                    self.received += piece.len() as u64;
                    self.progress.report(self.received, self.length);
                    return Poll::Ready(Some(Ok(piece)));
                }
                Some(Err(error)) => error,
                None if self.length.is_none_or(|length| length == self.received) => {
                    self.source = Source::Over;
                    return Poll::Ready(None);
                }
                None => self.interrupted(None),
            };
            match self.request_rest(error) {
                Ok(rest) => self.source = Source::Resuming(Mutex::new(rest)),
                Err(error) => {
                    self.source = Source::Over;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// Requests what is missing, or returns the error.
    fn request_rest(&mut self, error: Error) -> Result<Rest, Error> {
        let error = match error {
            // A later part of the file counts from its own beginning.
            Error::Interrupted(part) if part.received() != self.received => {
                self.interrupted(Some(Error::Interrupted(part)))
            }
            error => error,
        };
        match &mut self.resume {
            Some(resume) => resume.ask(self.received, error),
            None => Err(error),
        }
    }

    fn interrupted(&self, source: Option<Error>) -> Error {
        Error::interrupted(&self.metadata, self.received, self.length, source.map(Into::into))
    }
}

impl Stream for DownloadStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadStream")
            .field("metadata", &self.metadata)
            .field("received", &self.received)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl RawResponse {
    /// The body as a download.
    #[expect(clippy::unused_async, reason = "all ways to read a body are called in the same way")]
    #[allow(dead_code, reason = "not every API has downloads among other responses")]
    pub async fn download(self) -> Result<Response<Download>, Error> {
        let metadata = self.metadata().clone();
        Ok(Response::new(Download::new(self, None), metadata))
    }
}

impl Call {
    /// Sends the request, and returns a download.
    #[allow(dead_code, reason = "not every API has operations that only download")]
    pub async fn send_download(mut self) -> Result<Response<Download>, Error> {
        let resend = Resend::prepare(&mut self);
        let response = self.send_raw().await?;
        let metadata = response.metadata().clone();
        Ok(Response::new(Download::new(response, resend), metadata))
    }

    /// The call that is under way once it is awaited.
    #[allow(dead_code, reason = "not every API has operations that only download")]
    #[must_use]
    pub fn download(self) -> CallFuture<Download> {
        Box::pin(async move { self.send_download().await.map(Response::into_value) })
    }
}
