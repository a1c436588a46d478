//! Rows of tables, of what a caller gives and of what a struct holds.

use serde::Serialize;

use super::Pages;
use super::place;
use crate::ir::{Docs, Shape, Type, TypeId};
use crate::prose::Prose;
use crate::rust::arguments::{Input, InputValue};
use crate::rust::field::Field;
use crate::rust::words;

/// A row of a table whose columns are name, type, whether it is required, and description.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: Prose,
    ty: Prose,
    required: &'static str,
    description: Prose,
}

/// The row of something that the caller of an operation gives.
pub(super) fn input(input: &Input<'_>, page: &str, pages: &Pages<'_>) -> Row {
    let upload = |text: &str| place::link(text, place::UPLOADS, page);
    let ty = match &input.value {
        InputValue::Typed(ty) => pages.places.link(ty, page),
        InputValue::File | InputValue::Bytes => upload("FileUpload"),
        InputValue::Files => upload("Vec<FileUpload>"),
    };
    let kind = || words::of_input_type(input, pages.plan);
    Row {
        name: Prose::code(input.name.as_str()),
        ty,
        required: check(input.is_argument),
        description: described(input.docs(), input.wire_name(), kind, words::of_input(input)),
    }
}

/// The row of a member of a struct.
pub(super) fn field(field: &Field<'_>, page: &str, pages: &Pages<'_>) -> Row {
    let member = field.member;
    let kind = || words::of_type(&field.inner, pages.plan);
    Row {
        name: Prose::code(field.names.field.as_str()),
        ty: pages.places.link_text(&field.spell(pages.plan), &field.inner, page),
        required: check(member.required),
        description: described(&member.docs, &member.name, kind, words::of_member(member)),
    }
}

/// The row of the map with the members that are not listed.
pub(super) fn rest(id: TypeId, page: &str, pages: &Pages<'_>) -> Option<Row> {
    let Shape::Struct(object) = &pages.plan.api.type_def(id).shape else { return None };
    let (value, names) = object.additional_properties.as_ref().zip(pages.plan.names.ty(id).rest.as_ref())?;
    let map = Type::Map(Box::new(value.clone()));
    Some(Row {
        name: Prose::code(names.field.as_str()),
        ty: pages.places.link(&map, page),
        required: check(false),
        description: "The members that are not listed above, by name.".into(),
    })
}

fn check(is_required: bool) -> &'static str {
    if is_required { ":heavy_check_mark:" } else { ":heavy_minus_sign:" }
}

/// What the document says about the item `name`, or about the `kind` of its values, and what is known of them.
fn described(docs: &Docs, name: &str, kind: impl FnOnce() -> Prose, facts: Prose) -> Prose {
    let kind = if docs.paragraphs(name).is_empty() { kind() } else { Prose::default() };
    description(docs, name, &[kind.one_line(), facts])
}

/// What the document says about the item `name`, and what else there is to say.
pub(super) fn description(docs: &Docs, name: &str, facts: &[Prose]) -> Prose {
    let deprecated = docs.deprecated.then(|| "**Deprecated.**".into());
    let said = docs.paragraphs(name).into_iter().map(|said| said.one_line().sentence());
    let parts = deprecated.into_iter().chain(said).chain(facts.iter().map(Prose::in_cell));
    let all = Prose::join(" ", parts);
    if all.is_empty() { "N/A".into() } else { all }
}
