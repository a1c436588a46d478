//! Time: the clock, and the timeouts of a call.
//!
//! In comes a [`Clock`], which tests replace; out goes whether a limit is exceeded. It must not
//! know what is being waited for, except that an upload may wait for its source.

mod clock;
pub mod timeouts;
#[cfg(feature = "bodies")]
mod upload_activity;

pub use clock::{Clock, Sleep, SystemClock};
pub(crate) use timeouts::within;
pub use timeouts::{Deadline, Expired, TimeoutKind, Timeouts};
#[cfg(feature = "bodies")]
pub(crate) use upload_activity::UploadActivity;
