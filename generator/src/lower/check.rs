//! What no single operation shows: parts that are missing, settings that miss, and parts that are not
//! carried.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Api;

/// Reports that the document at `root` lacks what every document has. One of shared parts alone is one
/// since OpenAPI 3.1.
pub(super) fn parts(root: &Cursor<'_>, found: &mut Diagnostics) {
    let has = |key: &str| root.get(key).is_some();
    if !has("info") {
        found.warning(
            "info-missing",
            root,
            "the document does not say what it describes",
            "add `info` with a `title` and a `version`",
        );
    }
    let may_be_parts = root.str("openapi").is_some_and(|version| !version.starts_with("3.0"));
    if !has("paths") && !(may_be_parts && (has("components") || has("webhooks"))) {
        found.error("paths-missing", root, "the document has no `paths`", "add the operations under `paths`");
    }
}

/// Reports settings for what the document does not have: it was renamed, or removed.
pub(super) fn config(config: &Config, api: &Api, found: &mut Diagnostics) {
    let ids: BTreeSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    for id in config.operations.keys().filter(|id| !ids.contains(id.as_str())) {
        found.error(
            "config-operation-unknown",
            config.location(&["operations", id]),
            format!("there are settings for the operation `{id}`, which the document does not have"),
            "correct the operationId, or remove the settings",
        );
    }
    let is_type = |key: &String| api.types.iter().any(|ty| ty.goes_by(key));
    for key in config.types.keys().filter(|key| !is_type(key)) {
        found.error(
            "config-type-unknown",
            config.location(&["types", key]),
            format!("there is a name for the type `{key}`, which the document does not have"),
            "write the name of a schema in `components`, or the JSON pointer of one that needs a name",
        );
    }
    let is_scheme = |key: &String| api.security_schemes.iter().any(|scheme| scheme.name == *key);
    for key in config.environment.keys().filter(|key| !is_scheme(key)) {
        found.error(
            "config-scheme-unknown",
            config.location(&["environment", key]),
            format!("there is a variable for the security scheme `{key}`, which the document does not have"),
            "write the name of the scheme in `components`",
        );
    }
}

/// Notes, once each, what a client has no use for: calls that go from the server to the caller.
pub(super) fn not_carried(root: &Cursor<'_>, found: &mut Diagnostics) {
    if let Some(webhooks) = root.get("webhooks").filter(|webhooks| webhooks.members().next().is_some()) {
        found.warning(
            "webhooks-not-carried",
            &webhooks,
            "webhooks have no counterpart in the client",
            "nothing to do: they are calls that the server makes",
        );
    }
    if let Some(callbacks) = first_callbacks(root) {
        found.warning(
            "callbacks-not-carried",
            &callbacks,
            "callbacks have no counterpart in the client",
            "nothing to do: they are calls that the server makes",
        );
    }
}

fn first_callbacks<'d>(root: &Cursor<'d>) -> Option<Cursor<'d>> {
    let paths = root.get("paths")?;
    let mut operations =
        paths.members().flat_map(|(_, item)| item.follow().members().map(|(_, member)| member));
    operations.find_map(|operation| operation.get("callbacks"))
}
