//! What no single operation shows: missing parts of the document, settings for items that it does not have,
//! and parts that are unsupported.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Api;

use super::selection::Selection;

/// Reports that the document at `root` lacks what every document has. One of shared parts alone is one
/// since OpenAPI 3.1.
pub(super) fn missing_parts(root: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    let has = |key: &str| root.get(key).is_some();
    if !has("info") {
        diagnostics.warning(
            "info-missing",
            root,
            "the document does not say what it describes",
            "add `info` with a `title` and a `version`",
        );
    }
    let may_be_parts = root.str("openapi").is_some_and(|version| !version.starts_with("3.0"));
    if !has("paths") && !(may_be_parts && (has("components") || has("webhooks"))) {
        diagnostics.error(
            "paths-missing",
            root,
            "the document has no `paths`",
            "add the operations under `paths`",
        );
    }
}

/// Reports settings for what the document does not have: it was renamed, or removed.
/// Settings for an operation that is left out wait for it.
pub(super) fn config(config: &Config, api: &Api, selection: &Selection, diagnostics: &mut Diagnostics) {
    selection.report_unmatched(config, diagnostics);
    let kept = api.operations.iter().map(|operation| operation.id.as_str());
    let left_out = selection.left_out.iter().map(|left_out| left_out.id.as_str());
    let ids: BTreeSet<&str> = kept.chain(left_out).collect();
    for id in config.operations.keys().filter(|id| !ids.contains(id.as_str())) {
        diagnostics.error(
            "config-operation-unknown",
            config.location(&["operations", id]),
            format!("there are settings for the operation `{id}`, which the document does not have"),
            "correct the operationId, or remove the settings",
        );
    }
    if let Some(id) = config.package.example.as_deref().filter(|id| !ids.contains(id)) {
        diagnostics.error(
            "config-operation-unknown",
            config.location(&["crate", "example"]),
            format!("the front page should show the operation `{id}`, which the document does not have"),
            "correct the operationId, or remove the setting",
        );
    }
    let is_type = |key: &String| api.types.iter().any(|ty| ty.matches_config_key(key));
    for key in config.types.keys().filter(|key| !is_type(key)) {
        diagnostics.error(
            "config-type-unknown",
            config.location(&["types", key]),
            format!("there is a name for the type `{key}`, which the document does not have"),
            "write the name of a schema in `components`, or the JSON pointer of one that needs a name",
        );
    }
    let is_scheme = |key: &String| api.security_schemes.iter().any(|scheme| scheme.name == *key);
    for key in config.environment.schemes.keys().filter(|key| !is_scheme(key)) {
        diagnostics.error(
            "config-scheme-unknown",
            config.location(&["environment", key]),
            format!("there is a variable for the security scheme `{key}`, which the document does not have"),
            "write the name of the scheme in `components`",
        );
    }
}
