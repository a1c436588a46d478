//! Forms without files: `application/x-www-form-urlencoded`.

use std::future::ready;
use std::io;

use bytes::Bytes;
use serde_json::Value;

use super::body_source::{BodySource, OpeningBody};
use super::content::RequestBody;
use crate::runtime::value::{Style, parameter};

/// A form that is being built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// Each field with its pairs, ready to be sent.
    fields: Vec<(&'static str, String)>,
}

impl Form {
    /// Sets a field, which is written like a query parameter; null removes it.
    pub(crate) fn set(&mut self, name: &'static str, style: Style, value: &Value) {
        let place = self.fields.iter().position(|(key, _)| *key == name);
        match (place, parameter::query(name, style, value)) {
            (Some(place), Some(pairs)) => self.fields[place].1 = pairs,
            (Some(place), None) => drop(self.fields.remove(place)),
            (None, Some(pairs)) => self.fields.push((name, pairs)),
            (None, None) => {}
        }
    }

    fn encode(&self) -> Bytes {
        let fields: Vec<_> = self.fields.iter().map(|(_, pairs)| pairs.as_str()).collect();
        fields.join("&").into()
    }
}

impl BodySource for Form {
    fn content_type(&self) -> &'static str {
        "application/x-www-form-urlencoded"
    }

    fn can_replay(&self) -> bool {
        true
    }

    #[cfg(feature = "repeats")]
    fn try_clone(&self) -> Option<Box<dyn BodySource>> {
        Some(Box::new(self.clone()))
    }

    fn open(&mut self) -> OpeningBody<'_> {
        Box::pin(ready(Ok(self.encode().into())))
    }

    fn whole(&self) -> Option<Bytes> {
        Some(self.encode())
    }

    fn take_failure(&mut self) -> Option<io::Error> {
        None
    }
}

impl RequestBody {
    /// The form that is being built, in place of any other body.
    pub(crate) fn form(&mut self) -> &mut Form {
        self.of_type()
    }
}
