//! A file in chunks.

use std::fs::{File, Metadata};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::background::{about, in_background};
use super::pieces::Chunks;
use super::read_ahead::ReadAhead;
use super::upload_source::CHUNK;

/// Opens a file, and says how long it is, when that is known.
pub(crate) async fn open(path: PathBuf) -> io::Result<(Chunks, Option<u64>)> {
    let cursor = in_background(move || Cursor::open(&path)).await?;
    let length = cursor.left;
    Ok((Box::pin(ReadAhead::new(cursor, Cursor::read)), length))
}

/// How many bytes are left of an open file, when that is known: it is not for pipes and devices, nor for files
/// that seem to be empty.
pub(crate) fn rest_of(file: &mut File) -> Option<u64> {
    let metadata = file.metadata().ok().filter(Metadata::is_file)?;
    let place = file.stream_position().ok()?;
    Some(metadata.len().saturating_sub(place)).filter(|length| *length > 0)
}

/// How long a file is, when that is known. A pipe or a device has no length, and
/// what the system makes up as it is read, as below `/proc`, says that it is empty.
pub(crate) fn length(file: &mut File) -> io::Result<Option<u64>> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Ok(None);
    }
    if metadata.len() == 0 && file.read(&mut [0])? > 0 {
        file.rewind()?;
        return Ok(None);
    }
    Ok(Some(metadata.len()))
}

/// A place in a file that is being read from front to back.
struct Cursor {
    file: File,
    /// How much is still to come. The length that was announced with the request
    /// cannot be taken back, so a file that turns out longer or shorter is an error.
    left: Option<u64>,
}

impl Cursor {
    fn open(path: &Path) -> io::Result<Self> {
        let open = || {
            let mut file = File::open(path)?;
            let left = length(&mut file)?;
            Ok(Self { file, left })
        };
        open().map_err(|error: io::Error| about(path, &error))
    }

    /// Reads a chunk; an empty one at the end.
    fn read(mut self) -> io::Result<(Bytes, Option<Self>)> {
        // The read that should come to the end of the file asks for one byte more
        // than should be there, so that a file that grew is noticed before the
        // last of the announced bytes are sent and the request is complete.
        let expected = self.left.map(|left| left.min(CHUNK as u64));
        let wanted = match self.left {
            Some(left) if left <= CHUNK as u64 => left + 1,
            _ => CHUNK as u64,
        };
        let mut chunk = Vec::with_capacity(usize::try_from(wanted).unwrap_or(CHUNK));
        let read = (&self.file).take(wanted).read_to_end(&mut chunk)? as u64;
        if let (Some(left), Some(expected)) = (&mut self.left, expected) {
            if read < expected {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the file got shorter while it was sent",
                ));
            }
            if read > expected {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the file got longer while it was sent",
                ));
            }
            *left -= read;
        }
        let is_over = read == 0 || self.left == Some(0);
        Ok((chunk.into(), (!is_over).then_some(self)))
    }
}
