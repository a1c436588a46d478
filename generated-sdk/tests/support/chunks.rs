//! A stream of pieces that are there already.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

pub struct Chunks(std::vec::IntoIter<std::io::Result<Bytes>>);

impl Chunks {
    pub fn of(chunks: Vec<std::io::Result<Bytes>>) -> Self {
        Self(chunks.into_iter())
    }
}

impl Stream for Chunks {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}
