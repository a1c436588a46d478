//! Writing a download to a file that is complete or not there at all.
//!
//! A pipe or a device has no old and no new content: it is written to directly.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::task::{JoinHandle, spawn_blocking};

use super::download::DownloadStream;
use crate::runtime::body::{about, in_background};
use crate::runtime::error::Error;

/// How much is collected before it is written. While it is, as much again may be
/// collected, and no more.
const BATCH: usize = 1024 * 1024;

/// Writes a stream to `path`, and returns its length.
pub(crate) async fn save(mut stream: DownloadStream, path: &Path) -> Result<u64, Error> {
    let metadata = stream.metadata().clone();
    let failed = |error: io::Error| Error::body(about(path, &error)).in_call(&metadata);
    let target = path.to_owned();
    let mut writer = Writer::new(in_background(|| Target::open(target)).await.map_err(failed)?);
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

/// What is written to. Dropping it removes what is not complete.
struct Target {
    place: Place,
    length: u64,
}

enum Place {
    /// A file beside the one whose place it is to take.
    Beside(NamedTempFile, PathBuf),
    /// A pipe or a device.
    Special(File),
}

impl Target {
    fn open(path: PathBuf) -> io::Result<Self> {
        let path = followed(path)?;
        let place = match fs::metadata(&path) {
            // Better now than after everything has been downloaded.
            Ok(old) if old.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(old) if !old.is_file() => Place::Special(File::options().write(true).open(path)?),
            _ => Place::Beside(beside(&path)?, path),
        };
        Ok(Self { place, length: 0 })
    }

    fn write(mut self, pieces: Vec<Bytes>) -> io::Result<Self> {
        let file = match &mut self.place {
            Place::Beside(file, _) => file.as_file_mut(),
            Place::Special(file) => file,
        };
        for piece in pieces {
            file.write_all(&piece)?;
            self.length += piece.len() as u64;
        }
        Ok(self)
    }

    /// Moves a file to its path, once it is on the disk: a crash must not leave an
    /// empty file where the old one was.
    fn complete(self) -> io::Result<u64> {
        let Place::Beside(file, path) = self.place else { return Ok(self.length) };
        if let Ok(old) = fs::metadata(&path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        // The name is on the disk when the folder is. Not all systems let a folder
        // be opened or synced, and those that do not have no need for it.
        if let Ok(folder) = File::open(folder(&path)) {
            let _ = folder.sync_all();
        }
        Ok(self.length)
    }

    fn discard(self) -> io::Result<()> {
        match self.place {
            Place::Beside(file, _) => file.close(),
            Place::Special(_) => Ok(()),
        }
    }
}

/// Where a path leads: what a link leads to is replaced, and not the link.
fn followed(path: PathBuf) -> io::Result<PathBuf> {
    match fs::canonicalize(&path) {
        // It may lead to where nothing is yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(&path) {
            Ok(target) => followed(folder(&path).join(target)),
            Err(_) => Ok(path),
        },
        followed => followed,
    }
}

/// A new file in the same folder.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".download-").suffix(".part");
    // As any new file, less what the process masks, rather than private as temporary files are.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(path))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes in the background, one batch at a time.
struct Writer {
    writing: JoinHandle<io::Result<Target>>,
    batch: Vec<Bytes>,
    size: usize,
}

impl Writer {
    fn new(file: Target) -> Self {
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
            let _ = in_background(|| file.discard()).await;
        }
    }

    /// Waits for the batch that is being written.
    async fn written(&mut self) -> io::Result<Target> {
        (&mut self.writing).await.map_err(io::Error::other)?
    }
}
