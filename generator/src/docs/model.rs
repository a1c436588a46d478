//! The page of a type: what it is, an example, and its parts.

use serde::Serialize;

use super::markdown;
use super::tables::{self, Row};
use super::{Pages, place};
use crate::ir::{Docs, Enum, EnumValues, Shape, TypeId, Union};
use crate::render;
use crate::rust::field::fields;
use crate::rust::words;

/// A page as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    name: String,
    paragraphs: Vec<String>,
    example: String,
    fields: Vec<Row>,
    values: Vec<ValueRow>,
    variants: Vec<VariantRow>,
}

/// A row of the table of an enum's values.
#[derive(Debug, Serialize)]
struct ValueRow {
    name: String,
    value: String,
    description: String,
}

/// A row of the table of a union's variants.
#[derive(Debug, Serialize)]
struct VariantRow {
    name: String,
    ty: String,
    description: String,
}

/// The text of the page.
pub(super) fn page(id: TypeId, pages: &Pages<'_>) -> String {
    let page = pages.places.of_type(id);
    let ty = pages.plan.api.type_def(id);
    let mut view = View {
        name: pages.plan.names.ty(id).ident.to_string(),
        paragraphs: paragraphs(id, &page, pages),
        example: pages.snippets.model(id).plain_program(),
        fields: Vec::new(),
        values: Vec::new(),
        variants: Vec::new(),
    };
    match &ty.shape {
        Shape::Struct(_) => {
            let members = fields(id, pages.plan);
            view.fields = members.iter().map(|field| tables::field(field, &page, pages)).collect();
            view.fields.extend(tables::rest(id, &page, pages));
        }
        Shape::Enum(values) => view.values = value_rows(id, values, pages),
        Shape::Union(union) => view.variants = variant_rows(id, union, &page, pages),
        Shape::Alias(alias) => {
            let target = pages.places.link(&alias.target, &page);
            view.paragraphs.push(format!("Another name for {target}."));
        }
    }
    render::template("docs/models/MODEL.md", &view)
}

fn paragraphs(id: TypeId, page: &str, pages: &Pages<'_>) -> Vec<String> {
    let Docs { summary, description, deprecated } = &pages.plan.api.type_def(id).docs;
    let mut paragraphs = Vec::new();
    if *deprecated {
        paragraphs.push("**Deprecated:** the API advises against it.".to_owned());
    }
    let description = markdown::settled(description.as_str());
    let summary = markdown::settled(summary.as_str());
    let is_name = summary == pages.plan.names.ty(id).ident.as_str();
    paragraphs.push(if description.is_empty() && !is_name { summary } else { description });
    if let Some(names) = pages.plan.names.error(id).filter(|_| pages.places.is_error(id)) {
        let error = place::relative(page, place::ERROR);
        paragraphs
            .push(format!("The body of [`Error::Api`]({error}) when it is `ErrorBody::{}`.", names.variant));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn value_rows(id: TypeId, values: &Enum, pages: &Pages<'_>) -> Vec<ValueRow> {
    let names = &pages.plan.names.ty(id).variants;
    let name = |index: usize| format!("`{}`", names[index]);
    let row = |index: usize, value: String, docs: &Docs| ValueRow {
        name: name(index),
        value,
        description: tables::description(docs, &[]),
    };
    let mut rows: Vec<ValueRow> = match &values.values {
        EnumValues::Strings(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| row(index, tables::wire_value(&value.value), &value.docs))
            .collect(),
        EnumValues::Integers(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| row(index, words::code(&value.value.to_string()), &value.docs))
            .collect(),
    };
    rows.push(ValueRow {
        name: "`Unknown`".to_owned(),
        value: "any other".to_owned(),
        description: "A value that this version of the crate does not know.".to_owned(),
    });
    rows
}

fn variant_rows(id: TypeId, union: &Union, page: &str, pages: &Pages<'_>) -> Vec<VariantRow> {
    let names = &pages.plan.names.ty(id).variants;
    let rows = union.variants.iter().zip(names).map(|(variant, name)| {
        let tags: Vec<String> = variant.tags.iter().map(|tag| tables::wire_value(tag)).collect();
        let tag = union
            .discriminator
            .as_ref()
            .filter(|_| !tags.is_empty())
            .map(|member| format!("When {} is {}.", tables::wire_value(member), tags.join(" or ")));
        VariantRow {
            name: format!("`{name}`"),
            ty: pages.places.link(&variant.ty, page),
            description: tables::description(&variant.docs, &tag.into_iter().collect::<Vec<_>>()),
        }
    });
    let unknown = VariantRow {
        name: "`Unknown`".to_owned(),
        ty: "`serde_json::Value`".to_owned(),
        description: "A value that this version of the crate does not know.".to_owned(),
    };
    rows.chain([unknown]).collect()
}
