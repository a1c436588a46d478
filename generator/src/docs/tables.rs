//! Rows of tables, of what a caller gives and of what a struct holds.

use serde::Serialize;
use serde_json::Value;

use super::Pages;
use super::markdown::{self, code_cell};
use crate::ir::{Docs, TypeId};
use crate::rust::arguments::{Input, InputValue};
use crate::rust::field::Field;
use crate::rust::words;

/// Longer examples say less than they take to read.
const LONGEST_EXAMPLE: usize = 80;

/// A row of a table whose columns are name, type, whether it is required, and description.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    ty: String,
    required: &'static str,
    description: String,
}

/// The row of something that the caller of an operation gives.
pub(super) fn input(input: &Input<'_>, page: &str, pages: &Pages<'_>) -> Row {
    let usage = super::place::relative(page, super::place::USAGE);
    let ty = match &input.value {
        InputValue::Typed(ty) => pages.places.link(ty, page),
        InputValue::File | InputValue::Bytes => format!("[`FileUpload`]({usage}#uploads)"),
        InputValue::Files => format!("[`Vec<FileUpload>`]({usage}#uploads)"),
    };
    let facts = facts(None, input.default(), input.examples());
    Row {
        name: format!("`{}`", input.name),
        ty,
        required: check(input.is_argument),
        description: description(input.docs(), &facts),
    }
}

/// The row of a member of a struct.
pub(super) fn field(field: &Field<'_>, page: &str, pages: &Pages<'_>) -> Row {
    let member = field.member;
    let mut facts = facts(member.constant.as_ref(), member.default.as_ref(), &member.examples);
    facts.extend(member.read_only.then(|| "Only in answers.".to_owned()));
    facts.extend(member.write_only.then(|| "Only in requests.".to_owned()));
    Row {
        name: format!("`{}`", field.names.field),
        ty: pages.places.link_text(&field.spell(pages.plan), &field.inner, page),
        required: check(member.required),
        description: description(&member.docs, &facts),
    }
}

/// The row of the map with the members that are not listed.
pub(super) fn rest(id: TypeId, page: &str, pages: &Pages<'_>) -> Option<Row> {
    let crate::ir::Shape::Struct(object) = &pages.plan.api.type_def(id).shape else { return None };
    let (value, names) = object.rest.as_ref().zip(pages.plan.names.ty(id).rest.as_ref())?;
    let map = crate::ir::Type::Map(Box::new(value.clone()));
    Some(Row {
        name: format!("`{}`", names.field),
        ty: pages.places.link(&map, page),
        required: check(false),
        description: "The members that are not listed above, by their names.".to_owned(),
    })
}

fn check(is_required: bool) -> &'static str {
    if is_required { ":heavy_check_mark:" } else { ":heavy_minus_sign:" }
}

/// What the document says about an item, and what is known about its values.
pub(super) fn description(docs: &Docs, facts: &[String]) -> String {
    let mut parts = Vec::new();
    if docs.deprecated {
        parts.push("**Deprecated.**".to_owned());
    }
    let (summary, text) = (docs.summary.one_line(), docs.description.one_line());
    // A title of one word is a name, and says nothing about what it names.
    let summary = if summary.contains(' ') { summary } else { String::new() };
    let said = markdown::settled(if text.is_empty() { &summary } else { &text });
    if !said.is_empty() {
        parts.push(sentence(said, !facts.is_empty()));
    }
    parts.extend(facts.iter().cloned());
    if parts.is_empty() { "N/A".to_owned() } else { parts.join(" ") }
}

/// The text, with a full stop when more follows.
fn sentence(mut text: String, more_follows: bool) -> String {
    let is_open = text.ends_with(|last: char| last.is_alphanumeric() || last == ')');
    if more_follows && is_open {
        text.push('.');
    }
    text
}

fn facts(constant: Option<&Value>, default: Option<&Value>, examples: &[Value]) -> Vec<String> {
    let value = |value: &Value| words::value(value).replace('|', "\\|");
    if let Some(constant) = constant {
        return vec![format!("Always {}.", value(constant))];
    }
    let default = default.map(|default| format!("Default: {}.", value(default)));
    let example = examples.iter().map(value).find(|example| example.chars().count() <= LONGEST_EXAMPLE);
    default.into_iter().chain(example.map(|example| format!("Example: {example}."))).collect()
}

/// A value of an enum as it is on the wire.
pub(super) fn wire_value(value: &str) -> String {
    code_cell(value)
}
