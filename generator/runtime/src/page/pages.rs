//! Lists with pages, as streams of pages and of items.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::paginator::Paginator;
use super::paging::Paging;
use crate::runtime::call::Call;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::response::{Response, decode_json};
use crate::runtime::value::reader;

/// The pages of a list, each requested when it is wanted.
///
/// It is a [`Stream`]; [`next`](Self::next) takes the next page without any crate
/// for streams. A page that cannot be decoded is an error in its place; a failed
/// request ends the stream. It borrows nothing, and can be sent to another task or be
/// returned.
///
/// It ends after the last page; at an empty page, unless the response says that there
/// are more; when the server leads back to a page that it sent before; and, where pages
/// have numbers or offsets, at one with the same items as the one before. A hundred
/// empty pages in a row are an error.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<P> {
    paginator: Paginator,
    page: PhantomData<fn() -> P>,
}

impl<P: DeserializeOwned> Pages<P> {
    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        self.next_with_response().await.map(|page| page.map(Response::into_value))
    }

    /// Like [`next`](Self::next), but returns the status, headers and request id with the page.
    pub async fn next_with_response(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| self.poll_response(context)).await
    }

    fn poll_response(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>, Error>>> {
        let page = self.paginator.poll_page(context);
        page.map(|page| page.map(|page| page.and_then(|page| decode_json(page.response))))
    }
}

impl<P: DeserializeOwned> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_response(context).map_ok(Response::into_value)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// The items of a list, on all of its pages. A page is requested when all items of the
/// one before it have been taken.
///
/// It is a [`Stream`]; [`next`](Self::next) takes the next item without any crate
/// for streams. An item that cannot be decoded is an error in its place and does
/// not end the stream; a failed request does. It ends as [`Pages`] do.
#[must_use = "streams do nothing unless polled"]
pub struct Items<T> {
    paginator: Paginator,
    page: VecDeque<Bytes>,
    metadata: Option<CallMetadata>,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Items<T> {
    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Collects all items that are left.
    ///
    /// # Errors
    ///
    /// The first error; take the items one by one to keep those before it.
    pub async fn all(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let (Some(item), Some(metadata)) = (self.page.pop_front(), &self.metadata) {
                let value = reader::from_slice(&item);
                return Poll::Ready(Some(value.map_err(|error| Error::decode_json(metadata, error, item))));
            }
            match ready!(self.paginator.poll_page(context)?) {
                Some(page) => {
                    self.metadata = Some(page.response.metadata().clone());
                    self.page = page.items.into();
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("buffered", &self.page.len()).finish_non_exhaustive()
    }
}

impl Call {
    /// Requests page after page.
    pub fn pages<P: DeserializeOwned>(self, paging: &'static Paging) -> Pages<P> {
        Pages { paginator: Paginator::new(self, paging), page: PhantomData }
    }

    /// Requests pages for item after item.
    pub fn items<T: DeserializeOwned>(self, paging: &'static Paging) -> Items<T> {
        Items {
            paginator: Paginator::new(self, paging),
            page: VecDeque::new(),
            metadata: None,
            item: PhantomData,
        }
    }
}
