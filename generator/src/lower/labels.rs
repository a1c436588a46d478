//! What a document calls its operations: labels in its own words, of which `names` makes names.

use crate::document::Cursor;
use crate::ir::Labels;

/// Extensions that say which group an operation is in; the first that is there counts. Dots, or items of a
/// list, separate nested groups.
const GROUP: [&str; 3] = ["x-fern-sdk-group-name", "x-speakeasy-group", "x-resource"];

/// Extensions that say what the method of an operation is called.
const METHOD: [&str; 3] = ["x-fern-sdk-method-name", "x-speakeasy-name-override", "x-methodName"];

/// The labels of `operation`.
pub(super) fn of(operation: &Cursor<'_>) -> Labels {
    let text = |key: &str| operation.str(key).map(str::trim).filter(|text| !text.is_empty());
    let tags = operation.get("tags");
    let mut tags = tags.iter().flat_map(Cursor::items).filter_map(|tag| tag.as_str()).map(str::trim);
    Labels {
        id: text("operationId").map(str::to_owned),
        tag: tags.find(|tag| !tag.is_empty()).map(str::to_owned),
        groups: GROUP
            .iter()
            .map(|key| groups(operation, key))
            .find(|groups| !groups.is_empty())
            .unwrap_or_default(),
        method: METHOD.iter().find_map(|key| text(key)).map(str::to_owned),
        is_beta: operation.members().any(|(key, value)| key.starts_with("x-") && says_beta(key, &value)),
    }
}

/// The nested groups that the extension `key` names.
fn groups(operation: &Cursor<'_>, key: &str) -> Vec<String> {
    let Some(value) = operation.get(key) else { return Vec::new() };
    let listed = value.items().filter_map(|group| group.as_str()).map(str::to_owned);
    let dotted = value.as_str().into_iter().flat_map(|text| text.split('.')).map(str::to_owned);
    listed.chain(dotted).filter(|group| group.chars().any(char::is_alphanumeric)).collect()
}

/// `x-beta: true`, or an extension with `beta: true` in it.
fn says_beta(key: &str, value: &Cursor<'_>) -> bool {
    (key == "x-beta" && value.as_bool() == Some(true)) || value.bool("beta") == Some(true)
}
