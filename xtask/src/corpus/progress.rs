//! The progress bar of a run, on a terminal alone.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often it moves while a document takes long.
const TICK: Duration = Duration::from_millis(250);

/// What is done, and what is being done. Nothing is drawn unless standard error is a terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Starts with no document done.
    pub(super) fn start(documents: usize) -> Self {
        let length = u64::try_from(documents).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if !bar.is_hidden() {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    /// Shows which document is being waited for.
    pub(super) fn show(&self, document: &str) {
        self.0.set_message(document.to_owned());
    }

    /// Reports one more document by `print`, above the bar.
    pub(super) fn advance(&self, print: impl FnOnce()) {
        self.0.suspend(print);
        self.0.inc(1);
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
