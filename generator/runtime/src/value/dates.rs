//! Dates and times as servers write them: without an offset, or a date with a time.
//!
//! Only those that RFC 3339 would not have are changed before they are read.

use std::any::type_name;
use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::{Error, Visitor};

/// What a text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Date,
    DateTime,
}

impl Format {
    /// The format of the texts that a visitor with this value reads. Both types are read by visitors
    /// of chrono, which have no name outside of it.
    pub(crate) fn of<T>() -> Option<Self> {
        if type_name::<T>() == type_name::<DateTime<FixedOffset>>() {
            Some(Self::DateTime)
        } else if type_name::<T>() == type_name::<NaiveDate>() {
            Some(Self::Date)
        } else {
            None
        }
    }

    /// The text as RFC 3339 has it.
    fn strict(self, text: &str) -> Cow<'_, str> {
        /// How long a date is.
        const DATE: usize = "2024-05-01".len();
        let Some((date, time)) = text.split_at_checked(DATE) else { return text.into() };
        if !time.starts_with(['T', 't', ' ']) {
            return text.into();
        }
        match self {
            Self::Date => date.into(),
            Self::DateTime
                if time.ends_with(|last: char| last.is_ascii_digit()) && !time.contains(['+', '-']) =>
            {
                format!("{text}Z").into()
            }
            Self::DateTime => text.into(),
        }
    }
}

/// Hands a date or time on to the visitor that reads it.
pub(crate) struct Lenient<V> {
    pub(crate) visitor: V,
    pub(crate) format: Format,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Lenient<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.visitor.visit_str(&self.format.strict(text))
    }
}
