//! A download into a file that is either there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::task::{JoinHandle, spawn_blocking};

use super::download::DownloadStream;
use super::error::Error;
use super::file_chunks::{about, in_background};

/// How much is collected before it is written. While it is, as much again may be
/// collected, and no more.
const BATCH: usize = 1024 * 1024;

/// Writes what comes to `path`, and gives its length.
pub(crate) async fn save(mut stream: DownloadStream, path: &Path) -> Result<u64, Error> {
    let exchange = stream.exchange().clone();
    let failed = |error: io::Error| Error::body(about(path, &error)).in_call(&exchange);
    let target = path.to_owned();
    let mut writer = Writer::new(in_background(|| Partial::create(target)).await.map_err(failed)?);
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(piece) => writer.push(piece).await.map_err(failed)?,
            Err(error) => {
                writer.discard().await;
                return Err(error);
            }
        }
    }
    writer.finish().await.map_err(failed)
}

/// A file that is not complete. Dropping it removes it.
struct Partial {
    file: NamedTempFile,
    target: PathBuf,
    length: u64,
}

impl Partial {
    fn create(target: PathBuf) -> io::Result<Self> {
        // Better now than after everything has been downloaded.
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".download-").suffix(".part");
        // As any new file, less what the process masks, rather than private as temporary files are.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder(&target))?;
        Ok(Self { file, target, length: 0 })
    }

    fn write(mut self, pieces: Vec<Bytes>) -> io::Result<Self> {
        for piece in pieces {
            self.file.write_all(&piece)?;
            self.length += piece.len() as u64;
        }
        Ok(self)
    }

    /// Puts it in its place, once it is on the disk: a crash must not leave an
    /// empty file where the old one was.
    fn complete(self) -> io::Result<u64> {
        if let Ok(old) = fs::metadata(&self.target) {
            self.file.as_file().set_permissions(old.permissions())?;
        }
        self.file.as_file().sync_all()?;
        self.file.persist(&self.target).map_err(|error| error.error)?;
        // The name is on the disk when the folder is. Not all systems let a folder
        // be opened or synced, and those that do not need not be told.
        if let Ok(folder) = File::open(folder(&self.target)) {
            let _ = folder.sync_all();
        }
        Ok(self.length)
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes in the background, one batch at a time.
struct Writer {
    writing: JoinHandle<io::Result<Partial>>,
    batch: Vec<Bytes>,
    size: usize,
}

impl Writer {
    fn new(file: Partial) -> Self {
        Self { writing: spawn_blocking(|| Ok(file)), batch: Vec::new(), size: 0 }
    }

    async fn push(&mut self, piece: Bytes) -> io::Result<()> {
        self.size += piece.len();
        self.batch.push(piece);
        if self.size >= BATCH {
            let file = self.written().await?;
            let batch = std::mem::take(&mut self.batch);
            self.size = 0;
            self.writing = spawn_blocking(move || file.write(batch));
        }
        Ok(())
    }

    async fn finish(mut self) -> io::Result<u64> {
        let file = self.written().await?;
        in_background(move || file.write(self.batch)?.complete()).await
    }

    /// Removes what has been written, before the caller hears of the failure.
    async fn discard(mut self) {
        if let Ok(file) = self.written().await {
            let _ = in_background(|| file.file.close()).await;
        }
    }

    /// Waits for the batch that is being written.
    async fn written(&mut self) -> io::Result<Partial> {
        (&mut self.writing).await.map_err(io::Error::other)?
    }
}
