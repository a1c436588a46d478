//! A request body on its way: what shows whether an upload makes progress.
//!
//! While a large body is being sent, the server has nothing to say, and that is
//! no silence to time out on. Neither is the time that the caller's own source
//! takes to come up with more.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::runtime::time::{Clock, UploadActivity};

/// Bodies up to this size leave at once, and are not watched.
const SMALL: u64 = 64 * 1024;

/// The largest piece that is handed on at a time.
const PIECE: usize = 256 * 1024;

/// Makes a body ready to be sent, with its activity when there is something to watch.
pub(crate) fn monitor(
    body: reqwest::Body,
    clock: &Arc<dyn Clock>,
) -> (reqwest::Body, Option<Arc<UploadActivity>>) {
    if body.as_bytes().is_some_and(|bytes| bytes.len() as u64 <= SMALL) {
        return (body, None);
    }
    let activity = Arc::new(UploadActivity::new(clock));
    let monitored = MonitoredBody { body, rest: Bytes::new(), activity: Arc::clone(&activity) };
    (reqwest::Body::wrap(monitored), Some(activity))
}

/// A body that records when pieces of it are taken.
struct MonitoredBody {
    body: reqwest::Body,
    /// What is left of a piece that was too large to hand on as one.
    rest: Bytes,
    activity: Arc<UploadActivity>,
}

impl MonitoredBody {
    fn failed(&self, error: &reqwest::Error) {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                self.activity.set_failure(io::Error::new(error.kind(), error.to_string()));
            }
            cause = error.source();
        }
    }
}

impl Body for MonitoredBody {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        if self.rest.is_empty() {
            let next = Pin::new(&mut self.body).poll_frame(context);
            self.activity.set_source_is_slow(next.is_pending());
            match ready!(next) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(other) => return Poll::Ready(Some(Ok(other))),
                },
                Some(Err(error)) => {
                    self.failed(&error);
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
        self.activity.moved();
        let end = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(end);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let ahead = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(ahead.lower() + rest);
        if let Some(upper) = ahead.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

/// What is not sent any more waits for no source.
impl Drop for MonitoredBody {
    fn drop(&mut self) {
        self.activity.set_source_is_slow(false);
        self.activity.moved();
    }
}
