//! Settings: how to present a document as a crate (`sdk.toml`).
//!
//! Every entry that overrules a rule of ours has a reason beside it.

mod check;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::Diagnostics;
use crate::document::{self, Location, Pointer, Source};
pub(crate) use check::check;

/// How to present a document as a crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The crate.
    #[serde(rename = "crate")]
    pub package: Package,
    /// The environment variable that each security scheme is read from, by the scheme's name.
    #[serde(default)]
    pub environment: BTreeMap<String, Environment>,
    /// Names that no rule can derive: operations by their operationId.
    #[serde(default)]
    pub operations: BTreeMap<String, OperationConfig>,
    /// Names that no rule can derive: types by their name in `components` or their JSON pointer.
    #[serde(default)]
    pub types: BTreeMap<String, Rename>,
    /// Which requests have an idempotency key.
    #[serde(default)]
    pub idempotency: IdempotencyConfig,
    /// How streams of events end and fail; the usual way by default.
    pub events: Option<EventsConfig>,
    /// Dependencies of the tests and examples that are written by hand beside the crate, as in a manifest.
    #[serde(default)]
    pub dev_dependencies: toml::Table,
    /// Examples that are written by hand and need features.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
    /// Errors that are to be warnings.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// The file that they were read from, for diagnostics about them.
    #[serde(skip)]
    pub(crate) source: Option<Arc<Source>>,
}

/// The crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// Its name on the registry.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Its license, as an SPDX expression.
    pub license: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Words to find it by.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// An example that is written by hand beside the crate, as in a manifest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The name of its file, without the ending.
    pub name: String,
    /// The features without which it is not built.
    pub required_features: Vec<String>,
}

/// An environment variable that holds a credential.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Environment {
    /// The variable's name.
    pub variable: String,
}

/// Settings of one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OperationConfig {
    /// The name of its method.
    pub name: Option<String>,
    /// The group it goes in, in place of its tag; dots between parts.
    pub resource: Option<String>,
    /// How its list goes on over several responses.
    pub pagination: Option<PaginationConfig>,
    /// Whether its request may be sent again.
    pub repeat: Option<RepeatConfig>,
    /// How its stream of events ends and fails, in place of what goes for the API.
    pub events: Option<EventsConfig>,
    /// Why.
    pub reason: String,
}

/// Which requests have an idempotency key: a text that is the same on each attempt of a call, so that
/// the server does the request once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdempotencyConfig {
    /// The header that it goes into; `Idempotency-Key` by default.
    pub header: Option<String>,
    /// Every request whose method HTTP does not call idempotent has one, unless its operation has
    /// a `repeat` of its own.
    #[serde(default)]
    pub all: bool,
}

/// Whether a request may be sent again when it is not known whether the server got it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepeatConfig {
    /// As HTTP defines the method (RFC 9110, section 9.2.2), whatever goes for the others.
    ByMethod,
    /// It may.
    Safe,
    /// It may not.
    Unsafe,
    /// It may, with an idempotency key, and each call is given one.
    Keyed,
}

/// How a stream of events ends and fails.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EventsConfig {
    /// The data of the event that says that there are no more, without which the stream was cut short;
    /// by default, it ends with the response.
    pub end: Option<String>,
    /// The names of events that say that the operation failed.
    #[serde(default)]
    pub errors: Vec<String>,
}

/// How the list of an operation goes on over several responses, where no rule can tell.
/// Names are those on the wire; nested properties have dots between them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaginationConfig {
    /// How the next page is asked for; `none` when there are no pages after all.
    pub kind: PageKind,
    /// The query parameter that asks for a page, or `header.` and a header, or `body.` and a property
    /// of the body.
    pub parameter: Option<String>,
    /// Where the response has the list.
    pub items: Option<String>,
    /// Where the response has the cursor or the URL of the next page; for `cursor-header`, the header;
    /// for `last-item`, the property of an item.
    pub next: Option<String>,
    /// Where the response says whether there are more.
    pub more: Option<String>,
    /// The number of the first page.
    pub first: Option<i64>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// It is not: the operation has no pages.
    None,
    /// With its number.
    Page,
    /// With the number of items so far.
    Offset,
    /// With a value from the response.
    Cursor,
    /// With a value from a header of the response.
    CursorHeader,
    /// With a value from the last item.
    LastItem,
    /// By the URL in the response.
    Url,
    /// By the URL in the header `Link`.
    LinkHeader,
}

/// A name that no rule can derive.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rename {
    /// The name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// An error that is to be a warning.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Waiver {
    /// The code of the error.
    pub code: String,
    /// The JSON pointer that it is at or below.
    pub pointer: String,
    /// Why.
    pub reason: String,
}

impl Config {
    /// The settings of a document that has none: a crate of this name, and no exceptions.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            package: Package {
                name: name.to_owned(),
                version: "0.1.0".to_owned(),
                description: None,
                license: None,
                repository: None,
                keywords: Vec::new(),
            },
            environment: BTreeMap::new(),
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
            idempotency: IdempotencyConfig::default(),
            events: None,
            dev_dependencies: toml::Table::new(),
            examples: Vec::new(),
            waivers: Vec::new(),
            source: None,
        }
    }

    /// Reads settings from the bytes of the file `name`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::default();
        let text = document::decode(name, bytes, &mut diagnostics)
            .ok_or_else(|| std::mem::take(&mut diagnostics))?;
        let source = Arc::new(Source::toml(name, text));
        match toml::from_str(&source.text) {
            Ok(config) => Ok(Self { source: Some(source), ..config }),
            Err(error) => {
                let help = "correct the settings here";
                diagnostics.error_at(
                    "config-invalid",
                    &source,
                    error.span().unwrap_or_default(),
                    error.message(),
                    help,
                );
                diagnostics.add_source(source);
                Err(diagnostics)
            }
        }
    }

    /// The setting at these keys, to report something about it.
    pub(crate) fn location(&self, keys: &[&str]) -> Location {
        let file = self.source.as_ref().map(|source| source.name.clone()).unwrap_or_default();
        let pointer = keys.iter().fold(Pointer::default(), |pointer, key| pointer.child(key));
        Location { file, pointer }
    }
}
