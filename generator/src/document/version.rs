//! Which version of OpenAPI a document is written in.
//!
//! The tree of the main file comes in; whether its dialect is one that `lower`
//! knows goes out.

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Location, Pointer, Source};

const HELP: &str = "start the document with a line like `openapi: 3.1.0`; 3.0, 3.1 and 3.2 are known";

/// Checks that `root` is an OpenAPI document of a version that is known.
pub(super) fn check(source: &Source, root: &Value, diagnostics: &mut Diagnostics) -> Option<()> {
    let at = |pointer: Pointer| Location { file: source.name.clone(), pointer };
    let whole = at(Pointer::default());
    let Value::Object(members) = root else {
        let message = format!("an OpenAPI document is an object, but this is {}", kind(root));
        diagnostics.error("document-not-object", whole, message, HELP);
        return None;
    };
    if let Some(Value::String(version)) = members.get("openapi") {
        if ["3.0.", "3.1.", "3.2."].iter().any(|known| format!("{version}.").starts_with(known)) {
            return Some(());
        }
        let message = format!("OpenAPI `{version}` is not a version that is known");
        diagnostics.error("version-unknown", at(Pointer::default().child("openapi")), message, HELP);
    } else if let Some(version) = members.get("swagger") {
        let message = format!("the document is written in Swagger {version}, not in OpenAPI 3");
        let help = "convert it to OpenAPI 3 first, for example with swagger2openapi";
        diagnostics.error("version-swagger", at(Pointer::default().child("swagger")), message, help);
    } else if let Some(version) = members.get("openapi") {
        let message = format!("`openapi` is {}, but a version is a string like `3.1.0`", kind(version));
        diagnostics.error("version-unknown", at(Pointer::default().child("openapi")), message, HELP);
    } else {
        diagnostics.error("version-missing", whole, "the document does not say which OpenAPI it is", HELP);
    }
    None
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
