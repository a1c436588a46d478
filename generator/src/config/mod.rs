//! Settings: how to present a document as a crate (`sdk.toml`).
//!
//! The bytes of the file come in; typed settings go out. What can be checked without the document is
//! checked here. Every entry that overrules a rule of ours has a reason beside it.

mod check;
mod crate_name;
mod operation;
mod renamed;
mod scan;
mod selection;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::{Diagnostics, Location, Pointer, Source};

pub(crate) use check::check;
pub(crate) use crate_name::is_keyword;
pub use operation::{
    EventsConfig, Idempotency, IdempotencyKeys, OperationConfig, PageKind, PaginationConfig,
};
pub(crate) use renamed::new_code;
pub use selection::Selection;

/// How to present a document as a crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The crate.
    #[serde(rename = "crate")]
    pub package: Package,
    /// Where resources are taken from; where the rule finds the best names when nothing is said.
    #[serde(rename = "groups")]
    pub resource_source: Option<ResourceSource>,
    /// The operations that the crate has; all of them when it has no entry.
    #[serde(default)]
    pub include: Selection,
    /// Those among them that it does not have.
    #[serde(default)]
    pub exclude: Selection,
    /// The environment variables that a client is set up from.
    #[serde(default)]
    pub environment: Environment,
    /// Names that no rule can derive: operations by their operationId.
    #[serde(default)]
    pub operations: BTreeMap<String, OperationConfig>,
    /// Names that no rule can derive: types by their name in `components` or their JSON pointer.
    #[serde(default)]
    pub types: BTreeMap<String, Rename>,
    /// Which requests have an idempotency key.
    #[serde(default)]
    pub idempotency: IdempotencyKeys,
    /// How streams of events end and fail; the usual way by default.
    pub events: Option<EventsConfig>,
    /// Dependencies of the tests and examples that are written by hand beside the crate, as in a manifest.
    #[serde(default)]
    pub dev_dependencies: toml::Table,
    /// Examples that are written by hand and need features.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
    /// Whether each fault of the document is an error, for those who publish it and want it clean.
    /// Otherwise the nearest faithful reading is generated, with a warning.
    #[serde(default)]
    pub strict: bool,
    /// Faults that are to be warnings although the settings are strict.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// The file that they were read from, for diagnostics about them.
    #[serde(skip)]
    pub(crate) source: Option<Arc<Source>>,
}

/// Where the resources of an API are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceSource {
    /// From operationIds that have a group in them: `issues/list`.
    Ids,
    /// From tags.
    Tags,
    /// From the literal parts of paths.
    Paths,
}

impl ResourceSource {
    /// What settings call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ids => "ids",
            Self::Tags => "tags",
            Self::Paths => "paths",
        }
    }
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
    /// The operationId of the operation that the front page shows.
    pub example: Option<String>,
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

/// The environment variables that a client is set up from.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Environment {
    /// The name of the variable with the URL that requests are sent to, in place of the document's.
    pub base_url: Option<String>,
    /// The variable that each security scheme is read from, by the scheme's name.
    #[serde(flatten)]
    pub schemes: BTreeMap<String, CredentialVariable>,
}

/// An environment variable that holds a credential.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CredentialVariable {
    /// The variable's name.
    pub variable: String,
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

/// A fault of the document that is to be a warning although the settings are strict.
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
                example: None,
            },
            resource_source: None,
            include: Selection::default(),
            exclude: Selection::default(),
            environment: Environment::default(),
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
            idempotency: IdempotencyKeys::default(),
            events: None,
            dev_dependencies: toml::Table::new(),
            examples: Vec::new(),
            strict: false,
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
        let Some(source) = Source::decode(name, bytes, scan::scan, &mut diagnostics) else {
            return Err(diagnostics);
        };
        renamed::check_settings(&source, &mut diagnostics);
        if diagnostics.has_errors() {
            diagnostics.locate();
            return Err(diagnostics);
        }
        match toml::from_str(&source.text) {
            Ok(config) => Ok(Self { source: Some(source), ..config }),
            Err(error) => {
                let range = error.span().unwrap_or_default();
                let help = "correct the settings here";
                diagnostics.error_at("config-invalid", &source, range, error.message(), help);
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
