//! From one page to the next, whatever way the API has for that.
//!
//! In goes a call and what the document says of its pages; out come answers. What
//! is in them is looked at only as far as it takes to find the next one.

use std::collections::HashSet;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde_json::Value;
use serde_json::value::RawValue;

use super::call::Call;
use super::error::Error;
use super::json_scan::find;
use super::link;
use super::page_request;
use super::paging::{NextPage, PageInput, Paging};
use super::response::Response;

/// A page: the answer, and the items in it.
pub(crate) struct Page {
    pub(crate) response: Response<Bytes>,
    pub(crate) items: Vec<Bytes>,
}

/// A walk over the pages of a list.
pub(crate) struct Walk<'c> {
    paging: &'static Paging,
    step: Step<'c>,
    /// What has been asked for, as hashes: there may be many. A server that leads
    /// back to one of them would be asked forever.
    asked: HashSet<u64>,
    /// The page before. A server that takes no notice of which page is asked for gives it again.
    last: Option<Vec<Bytes>>,
    /// Of lists that are counted: the number of the page that comes next, or of its first item.
    position: i64,
}

enum Step<'c> {
    /// The next page is asked for with this call.
    Ask(Box<Call<'c>>),
    /// It has been asked for. The call is what the one after it is asked for with.
    Wait(Answer<'c>, Option<Box<Call<'c>>>),
    /// It cannot be asked for.
    Fail(Error),
    Over,
}

type Answer<'c> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Error>> + Send + 'c>>;

/// What the next page is asked for with.
enum Next {
    Value(PageInput, Value),
    Url(String),
}

impl<'c> Walk<'c> {
    pub(crate) fn new(call: Call<'c>, paging: &'static Paging) -> Self {
        let position = match &paging.next {
            NextPage::Number { input, first } => page_request::number(&call, *input).unwrap_or(*first),
            NextPage::Offset { input } => page_request::number(&call, *input).unwrap_or(0),
            _ => 0,
        };
        let asked = HashSet::from([page_request::fingerprint(&call)]);
        Self { paging, step: Step::Ask(Box::new(call)), asked, last: None, position }
    }

    /// The next page. After an error there is none.
    pub(crate) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page, Error>>> {
        loop {
            match std::mem::replace(&mut self.step, Step::Over) {
                Step::Ask(call) => {
                    let template = call.try_clone().map(Box::new);
                    let answer = Box::pin(async move { call.send_whole().await?.bytes().await });
                    self.step = Step::Wait(answer, template);
                }
                Step::Wait(mut answer, template) => match answer.as_mut().poll(context) {
                    Poll::Ready(answer) => {
                        let page = answer.and_then(|response| self.arrived(response, template));
                        return Poll::Ready(page.transpose());
                    }
                    Poll::Pending => {
                        self.step = Step::Wait(answer, template);
                        return Poll::Pending;
                    }
                },
                Step::Fail(error) => return Poll::Ready(Some(Err(error))),
                Step::Over => return Poll::Ready(None),
            }
        }
    }

    /// Looks at a page, and prepares for the one after it. A later page without
    /// anything in it, or with the same in it again, only says that the list is over.
    fn arrived(
        &mut self,
        response: Response<Bytes>,
        template: Option<Box<Call<'c>>>,
    ) -> Result<Option<Page>, Error> {
        let broken = |error| Error::decode_json(response.exchange(), error, response.value().clone());
        let json: &RawValue = serde_json::from_slice(response.value()).map_err(broken)?;
        let items = items(response.value(), json, self.paging.items).map_err(broken)?;
        let more = self.says_more(json).map_err(broken)?;
        let is_end = items.is_empty() && more != Some(true);
        if self.last.as_ref().is_some_and(|last| is_end || self.is_repeated(last, &items)) {
            return Ok(None);
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

    fn says_more(&self, json: &RawValue) -> Result<Option<bool>, serde_json::Error> {
        if self.paging.more.is_empty() {
            return Ok(None);
        }
        Ok(find(json, self.paging.more)?.and_then(|more| serde_json::from_str(more.get()).ok()))
    }

    /// Whether a page of a list that is counted is the one before it. Equal objects
    /// are the same things; equal numbers or words need not be.
    fn is_repeated(&self, last: &[Bytes], items: &[Bytes]) -> bool {
        let is_counted = matches!(self.paging.next, NextPage::Number { .. } | NextPage::Offset { .. });
        is_counted && items == last && items.first().is_some_and(|item| item.starts_with(b"{"))
    }

    /// What the answer says of the next page; `None` when there is none.
    fn next(
        &mut self,
        response: &Response<Bytes>,
        json: &RawValue,
        items: &[Bytes],
    ) -> Result<Option<Next>, serde_json::Error> {
        Ok(match &self.paging.next {
            NextPage::Number { input, .. } => {
                self.position += 1;
                Some(Next::Value(*input, self.position.into()))
            }
            NextPage::Offset { input } => {
                self.position += i64::try_from(items.len()).unwrap_or(i64::MAX);
                Some(Next::Value(*input, self.position.into()))
            }
            NextPage::Cursor { input, token } => {
                find(json, token)?.and_then(said).map(|token| Next::Value(*input, token))
            }
            NextPage::CursorHeader { input, header } => {
                let token = response.headers().get(*header).and_then(|value| value.to_str().ok());
                token.filter(|token| !token.is_empty()).map(|token| Next::Value(*input, token.into()))
            }
            NextPage::LastItem { input, member } => {
                let last: Option<&RawValue> =
                    items.last().map(|item| serde_json::from_slice(item)).transpose()?;
                let member = last.map(|item| find(item, &[member])).transpose()?.flatten();
                member.and_then(said).map(|token| Next::Value(*input, token))
            }
            NextPage::Url { url } => match find(json, url)?.and_then(said) {
                Some(Value::String(url)) => Some(Next::Url(url)),
                _ => None,
            },
            NextPage::LinkHeader => {
                link::find(response.headers(), "next").map(|url| Next::Url(url.to_owned()))
            }
        })
    }

    /// Prepares the call for the next page, unless that has been asked for already.
    fn prepare(
        &mut self,
        next: Next,
        template: Option<Box<Call<'c>>>,
        response: &Response<Bytes>,
    ) -> Step<'c> {
        let Some(mut call) = template else {
            return Step::Fail(Error::invalid_request(
                "body",
                "can be read only once, and each page asks for it",
            ));
        };
        call.request.forget_idempotency_key(call.client.shared.sdk.idempotency_header);
        match next {
            Next::Value(input, value) => page_request::set(&mut call, input, &value),
            Next::Url(url) => {
                if let Err(error) = page_request::go_to(&mut call, &url, response.exchange()) {
                    return Step::Fail(error);
                }
            }
        }
        if self.asked.insert(page_request::fingerprint(&call)) { Step::Ask(call) } else { Step::Over }
    }
}

/// The items of a page, each as its JSON. A list that is null or not there has none.
fn items(body: &Bytes, json: &RawValue, way: &[&str]) -> Result<Vec<Bytes>, serde_json::Error> {
    let list: Option<Vec<&RawValue>> = match find(json, way)? {
        Some(list) => serde_json::from_str(list.get())?,
        None => None,
    };
    let items = list.unwrap_or_default();
    Ok(items.into_iter().map(|item| body.slice_ref(item.get().as_bytes())).collect())
}

/// A value, if it says something.
fn said(json: &RawValue) -> Option<Value> {
    let value = serde_json::from_str(json.get()).ok()?;
    match &value {
        Value::Null | Value::Bool(_) => None,
        Value::String(text) if text.is_empty() => None,
        _ => Some(value),
    }
}
