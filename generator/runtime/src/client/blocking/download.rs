//! Downloads into writers that block, and as readers that do.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::pin;

use tokio::io::{AsyncRead, ReadBuf};

use super::BlockingFuture as _;
use crate::runtime::error::Error;
use crate::runtime::response::Download;

/// A blocking reader of an async one.
#[derive(Debug)]
pub struct Reader<R> {
    reader: R,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// Reads from `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader }
    }
}

impl<R: AsyncRead + Unpin> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(buffer);
        poll_fn(|context| pin!(&mut self.reader).poll_read(context, &mut buffer)).block()?;
        Ok(buffer.filled().len())
    }
}

impl Download {
    /// Writes it to a writer, and returns its length in bytes. What was received before an
    /// error has been written by then.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when it cannot be written, and any error of the connection.
    pub fn copy_to(self, writer: &mut (impl Write + ?Sized)) -> Result<u64, Error> {
        let mut stream = self.stream();
        let metadata = stream.metadata().clone();
        let failed = |error: io::Error| Error::body(error).in_call(&metadata);
        let mut length = 0;
        while let Some(piece) = stream.next().block() {
            let piece = piece?;
            writer.write_all(&piece).map_err(failed)?;
            length += piece.len() as u64;
        }
        writer.flush().map_err(failed)?;
        Ok(length)
    }
}
