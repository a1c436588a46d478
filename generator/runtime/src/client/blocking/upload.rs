//! Uploads from readers that block.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use crate::runtime::body::{CHUNK, Chunks, FileUpload, ReadAhead, Source, in_background};

/// A file to upload from a reader. It is read in the background, no faster than it is
/// sent, and not before that begins. It can be sent only once; a path or bytes can be
/// sent again when an attempt fails.
pub fn upload_from_reader(reader: impl Read + Send + 'static) -> FileUpload {
    FileUpload::from_stream(pieces(reader))
}

/// A file to upload from readers that a function opens: a new one for each attempt, so
/// that it can be sent again.
pub fn upload_from_opener<R: Read + Send + 'static>(
    open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
) -> FileUpload {
    let open = Arc::new(open);
    FileUpload::new(Source::Opener(Arc::new(move || {
        let open = Arc::clone(&open);
        Box::pin(async move { Ok(Box::pin(pieces(in_background(move || open()).await?)) as Chunks) })
    })))
}

/// What a reader yields, read in the background.
fn pieces(reader: impl Read + Send + 'static) -> ReadAhead<Box<dyn Read + Send>> {
    ReadAhead::new(Box::new(reader), read_piece)
}

/// Reads what there is, which may be little: a reader that trickles is not waited for.
fn read_piece<R: Read>(mut reader: R) -> io::Result<(Bytes, Option<R>)> {
    let mut piece = BytesMut::zeroed(CHUNK);
    loop {
        match reader.read(&mut piece) {
            Ok(length) => {
                piece.truncate(length);
                return Ok((piece.freeze(), (length > 0).then_some(reader)));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
