//! From one page to the next, whatever way the API has for that.
//!
//! In come a call and what the document says of its pages; out come responses. What
//! is in them is read only as far as needed to find the next page.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde_json::value::{RawValue, to_raw_value};

use super::input;
use super::link;
use super::paging::{NextPage, PageInput, Paging};
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::request::Request;
use crate::runtime::response::Response;
use crate::runtime::send::{Buffering, Core, execute};
use crate::runtime::value::json_scan::find;
use crate::runtime::value::without_mark;

/// A page: the response, and the items in it.
pub(crate) struct Page {
    pub(crate) response: Response<Bytes>,
    pub(crate) items: Vec<Bytes>,
}

/// How many pages in a row may be empty that say that there are more. A filter that
/// the server applies page by page leaves some of them empty, but not all.
const MOST_EMPTY: u32 = 100;

/// Requests the pages of a list one after the other. It owns its client, so that it can be
/// moved to another task.
pub(crate) struct Paginator {
    core: Arc<Core>,
    paging: &'static Paging,
    step: Step,
    /// The requests so far, as hashes: there may be many. A server that leads
    /// back to one of them would be asked forever.
    sent: HashSet<u64>,
    /// The page before. A server that ignores which page is requested sends it again.
    last: Option<Vec<Bytes>>,
    /// For lists with numbers or offsets: the number of the page that comes next, or of its first item.
    position: i64,
    /// How many pages in a row had nothing in them.
    empty: u32,
}

enum Step {
    /// The next page is to be requested with this request.
    Send(Box<Request>),
    /// It has been requested. The request is the template for the page after it.
    Wait(PendingPage, Option<Box<Request>>),
    /// It cannot be requested.
    Fail(Error),
    Over,
}

type PendingPage = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Error>> + Send>>;

/// The input that requests the next page.
enum Next {
    Token(PageInput, Box<RawValue>),
    Url(String),
}

impl Paginator {
    pub(crate) fn new(call: Call, paging: &'static Paging) -> Self {
        let Call { core, request } = call;
        let position = match &paging.next {
            NextPage::Number { input, first } => input::number(&request, *input).unwrap_or(*first),
            NextPage::Offset { input } => input::number(&request, *input).unwrap_or(0),
            _ => 0,
        };
        let sent = HashSet::from([input::fingerprint(&core, &request)]);
        Self { core, paging, step: Step::Send(request), sent, last: None, position, empty: 0 }
    }

    /// The next page. After an error there is none.
    pub(crate) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page, Error>>> {
        loop {
            match std::mem::replace(&mut self.step, Step::Over) {
                Step::Send(request) => {
                    let template = request.try_clone().map(Box::new);
                    let core = Arc::clone(&self.core);
                    let pending = Box::pin(async move {
                        let response = execute(&core, request, Buffering::WholeBody).await?;
                        response.decode_buffered(|bytes| Ok(bytes.map(without_mark)))
                    });
                    self.step = Step::Wait(pending, template);
                }
                Step::Wait(mut pending, template) => match pending.as_mut().poll(context) {
                    Poll::Ready(response) => {
                        let page = response.and_then(|response| self.receive(response, template));
                        return Poll::Ready(page.transpose());
                    }
                    Poll::Pending => {
                        self.step = Step::Wait(pending, template);
                        return Poll::Pending;
                    }
                },
                Step::Fail(error) => return Poll::Ready(Some(Err(error))),
                Step::Over => return Poll::Ready(None),
            }
        }
    }

    /// Reads a page, and prepares for the one after it. A later page that is empty, or
    /// has the same items again, only says that the list is over.
    fn receive(
        &mut self,
        response: Response<Bytes>,
        template: Option<Box<Request>>,
    ) -> Result<Option<Page>, Error> {
        let broken = |error| Error::decode_json(response.metadata(), error, response.value().clone());
        let json: &RawValue = serde_json::from_slice(response.value()).map_err(broken)?;
        let items = items(response.value(), json, self.paging.items).map_err(broken)?;
        let more = self.has_more(json).map_err(broken)?;
        let is_counted = matches!(self.paging.next, NextPage::Number { .. } | NextPage::Offset { .. });
        let is_end = items.is_empty() && (is_counted || more != Some(true));
        let is_repeated = |last: &Vec<Bytes>| is_counted && *last == items;
        if self.last.as_ref().is_some_and(|last| is_end || is_repeated(last)) {
            return Ok(None);
        }
        self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
        if self.empty == MOST_EMPTY {
            let reason = format!("{MOST_EMPTY} pages in a row had nothing in them");
            return Err(Error::unexpected(response.metadata(), reason, response.value().clone()));
        }
        if !is_end
            && more != Some(false)
            && let Some(next) = self.next(&response, json, &items).map_err(broken)?
        {
            self.step = self.prepare(next, template, &response);
        }
        self.last = Some(items.clone());
        Ok(Some(Page { response, items }))
    }

    fn has_more(&self, json: &RawValue) -> Result<Option<bool>, serde_json::Error> {
        if self.paging.more.is_empty() {
            return Ok(None);
        }
        Ok(find(json, self.paging.more)?.and_then(|more| serde_json::from_str(more.get()).ok()))
    }

    /// The next page, as far as the response says; `None` when there is none.
    fn next(
        &mut self,
        response: &Response<Bytes>,
        json: &RawValue,
        items: &[Bytes],
    ) -> Result<Option<Next>, serde_json::Error> {
        Ok(match &self.paging.next {
            NextPage::Number { input, .. } => {
                self.position += 1;
                Some(Next::Token(*input, to_raw_value(&self.position)?))
            }
            NextPage::Offset { input } => {
                self.position += i64::try_from(items.len()).unwrap_or(i64::MAX);
                Some(Next::Token(*input, to_raw_value(&self.position)?))
            }
            NextPage::Cursor { input, token } => {
                find(json, token)?.and_then(token_of).map(|token| Next::Token(*input, token))
            }
            NextPage::CursorHeader { input, header } => {
                let token = response.headers().get(*header).filter(|token| !token.is_empty());
                let token = token.map(|token| to_raw_value(&String::from_utf8_lossy(token.as_bytes())));
                token.transpose()?.map(|token| Next::Token(*input, token))
            }
            NextPage::LastItem { input, property } => {
                let last: Option<&RawValue> =
                    items.last().map(|item| serde_json::from_slice(item)).transpose()?;
                let value = last.map(|item| find(item, &[property])).transpose()?.flatten();
                value.and_then(token_of).map(|token| Next::Token(*input, token))
            }
            NextPage::Url { url } => {
                let url = find(json, url)?.and_then(|url| serde_json::from_str::<String>(url.get()).ok());
                url.filter(|url| !url.is_empty()).map(Next::Url)
            }
            NextPage::LinkHeader => link::find(response.headers(), "next").map(Next::Url),
        })
    }

    /// Prepares the request for the next page, unless that has been sent already.
    fn prepare(&mut self, next: Next, template: Option<Box<Request>>, response: &Response<Bytes>) -> Step {
        let Some(mut request) = template else {
            return Step::Fail(Error::invalid_request(
                "body",
                "can be read only once, and each page needs it",
            ));
        };
        request.forget_idempotency_key(&self.core.idempotency_header);
        match next {
            Next::Token(input, token) => input::set(&mut request, input, &token),
            Next::Url(url) => {
                let result = input::set_next_url(&self.core, &mut request, &url, response.metadata());
                if let Err(error) = result {
                    return Step::Fail(error);
                }
            }
        }
        let fingerprint = input::fingerprint(&self.core, &request);
        if self.sent.insert(fingerprint) { Step::Send(request) } else { Step::Over }
    }
}

/// The items of a page, each as its JSON. A list that is null or not there has none.
fn items(body: &Bytes, json: &RawValue, path: &[&str]) -> Result<Vec<Bytes>, serde_json::Error> {
    let list: Option<Vec<&RawValue>> = match find(json, path)? {
        Some(list) => serde_json::from_str(list.get())?,
        None => None,
    };
    let items = list.unwrap_or_default();
    Ok(items.into_iter().map(|item| body.slice_ref(item.get().as_bytes())).collect())
}

/// A value, if it can be a token.
fn token_of(json: &RawValue) -> Option<Box<RawValue>> {
    let is_none = matches!(json.get(), "null" | "true" | "false" | "\"\"");
    (!is_none).then(|| json.to_owned())
}
