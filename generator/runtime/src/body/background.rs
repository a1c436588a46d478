//! What blocks, such as a file system, on the blocking threads of the async runtime.

use std::io;
use std::path::Path;

use tokio::task::spawn_blocking;

/// Runs what blocks where it may.
pub(crate) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

/// The same error, with the path that it is about.
pub(crate) fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
