//! Rows of tables, of what a caller gives and of what a struct holds.

use serde::Serialize;

use super::site_map;
use crate::names::REQUIRED_ARGUMENT;
use crate::prose::Prose;
use crate::sdk::{
    ADDITIONAL_PROPERTIES, AdditionalProperties, DocText, Field, Given, Input, InputValue, Sdk,
};

/// A row of a table whose columns are name, type, whether it is required, and description.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: Prose,
    ty: Prose,
    required: &'static str,
    description: Prose,
}

/// The row of something that the caller of an operation gives.
pub(super) fn input(input: &Input, page: &str, sdk: &Sdk) -> Row {
    let upload = |text: &str| site_map::link(text, site_map::UPLOADS, page);
    let ty = match &input.value {
        InputValue::Typed(ty) => site_map::link_type(ty, page, sdk),
        InputValue::File | InputValue::Bytes => upload("FileUpload"),
        InputValue::Files => upload("Vec<FileUpload>"),
    };
    let name = match input.given {
        Given::Argument | Given::Setter => input.name.to_string(),
        // It is a field of the argument that is called so.
        Given::Field => format!("{REQUIRED_ARGUMENT}.{}", input.name),
    };
    Row {
        name: Prose::code(&name),
        ty,
        required: check(input.given != Given::Setter),
        description: description(&input.docs),
    }
}

/// The row of a field of a struct.
pub(super) fn field(field: &Field, page: &str, sdk: &Sdk) -> Row {
    Row {
        name: Prose::code(field.name.as_str()),
        ty: site_map::link_text(&field.ty(), field.value.model(), page, sdk),
        required: check(field.is_required),
        description: description(&field.docs),
    }
}

/// The row of the map with the properties that are not listed.
pub(super) fn additional(additional: &AdditionalProperties, page: &str, sdk: &Sdk) -> Row {
    Row {
        name: Prose::code(additional.name.as_str()),
        ty: site_map::link_type(&additional.ty, page, sdk),
        required: check(false),
        description: ADDITIONAL_PROPERTIES.into(),
    }
}

fn check(is_required: bool) -> &'static str {
    if is_required { ":heavy_check_mark:" } else { ":heavy_minus_sign:" }
}

/// What is said about an item, in a cell.
pub(super) fn description(docs: &DocText) -> Prose {
    let deprecated = docs.is_deprecated.then(|| "**Deprecated.**".into());
    let paragraphs = docs.paragraphs.iter().map(|text| text.one_line().sentence());
    let fallback = docs.paragraphs.is_empty().then(|| docs.fallback.one_line().in_cell());
    let parts = deprecated.into_iter().chain(paragraphs).chain(fallback).chain([docs.facts.in_cell()]);
    Prose::join(" ", parts)
}
