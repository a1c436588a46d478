//! The progress of a transfer, and the caller's function that receives it.

use std::fmt;
use std::sync::Arc;

/// The progress of an upload or a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that have been handed to the connection, or received from it.
    pub transferred: u64,
    /// The number of bytes in total, when that is known.
    pub total: Option<u64>,
}

impl Progress {
    /// The fraction that is transferred, from 0 to 1, when the length is known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a progress bar has fewer steps than a float")]
    pub fn fraction(&self) -> Option<f64> {
        match self.total? {
            0 => Some(1.0),
            total => Some(self.transferred as f64 / total as f64),
        }
    }
}

/// The caller's function that receives the progress.
#[derive(Clone, Default)]
pub(crate) struct ProgressCallback(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl ProgressCallback {
    pub(crate) fn new(report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(report)))
    }

    pub(crate) fn report(&self, transferred: u64, total: Option<u64>) {
        if let Some(report) = &self.0 {
            report(Progress { transferred, total });
        }
    }
}

impl fmt::Debug for ProgressCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "ProgressCallback(..)" } else { "ProgressCallback(none)" })
    }
}
