//! The page of a type: what it is, an example, and its parts.

use serde::Serialize;

use super::tables::{self, Row};
use super::{Pages, place};
use crate::ir::{Docs, Enum, EnumValues, Shape, TypeId, Union};
use crate::prose::Prose;
use crate::render;
use crate::rust::field::fields;
use crate::rust::words;

/// A page as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    name: Prose,
    paragraphs: Vec<Prose>,
    example: String,
    fields: Vec<Row>,
    values: Vec<ValueRow>,
    variants: Vec<VariantRow>,
}

/// A row of the table of an enum's values.
#[derive(Debug, Serialize)]
struct ValueRow {
    name: Prose,
    value: Prose,
    description: Prose,
}

/// A row of the table of a union's variants.
#[derive(Debug, Serialize)]
struct VariantRow {
    name: Prose,
    ty: Prose,
    description: Prose,
}

/// The text of the page.
pub(super) fn page(id: TypeId, pages: &Pages<'_>) -> String {
    let page = pages.places.of_type(id);
    let ty = pages.plan.api.type_def(id);
    let mut view = View {
        name: Prose::name(&pages.plan.names.ty(id).ident),
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
            view.paragraphs.push(Prose::fill("An alias of {}.", &[&target]));
        }
    }
    render::template("docs/models/MODEL.md", &view)
}

fn paragraphs(id: TypeId, page: &str, pages: &Pages<'_>) -> Vec<Prose> {
    let docs = &pages.plan.api.type_def(id).docs;
    let mut paragraphs = Vec::new();
    if docs.deprecated {
        paragraphs.push("**Deprecated:** the API advises against using it.".into());
    }
    let said = docs.paragraphs(pages.plan.names.ty(id).ident.as_str());
    paragraphs.extend(if said.is_empty() { vec![words::of_silent_type(id, pages.plan)] } else { said });
    paragraphs.push(words::limits(docs));
    if let Some(names) = pages.plan.names.error(id).filter(|_| pages.places.is_error(id)) {
        let error = place::link("Error::Api", place::ERROR, page);
        paragraphs.push(Prose::fill("The body of {} when it is `ErrorBody::{}`.", &[&error, &names.variant]));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn value_rows(id: TypeId, values: &Enum, pages: &Pages<'_>) -> Vec<ValueRow> {
    let names = &pages.plan.names.ty(id).variants;
    let row = |index: usize, value: Prose, docs: &Docs| ValueRow {
        name: Prose::code(names[index].as_str()),
        value: value.in_cell(),
        description: tables::description(docs, "", &[]),
    };
    let mut rows: Vec<ValueRow> = match &values.values {
        EnumValues::Strings(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| row(index, Prose::code(&value.value), &value.docs))
            .collect(),
        EnumValues::Integers(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| row(index, Prose::value(&value.value.into()), &value.docs))
            .collect(),
    };
    rows.push(ValueRow {
        name: "`Unknown`".into(),
        value: "any other".into(),
        description: "A value that this version of the crate does not know.".into(),
    });
    rows
}

fn variant_rows(id: TypeId, union: &Union, page: &str, pages: &Pages<'_>) -> Vec<VariantRow> {
    let names = &pages.plan.names.ty(id).variants;
    let rows = union.variants.iter().zip(names).map(|(variant, name)| {
        let tags = Prose::join(" or ", variant.tags.iter().map(|tag| Prose::code(tag)));
        let discriminator = union.discriminator.as_ref().filter(|_| !tags.is_empty());
        let tag = discriminator.map(|member| Prose::fill("When {} is {}.", &[&Prose::code(member), &tags]));
        VariantRow {
            name: Prose::code(name.as_str()),
            ty: pages.places.link(&variant.ty, page),
            description: tables::description(&variant.docs, "", &[tag.unwrap_or_default()]),
        }
    });
    let unknown = VariantRow {
        name: "`Unknown`".into(),
        ty: "`serde_json::Value`".into(),
        description: "A value that this version of the crate does not know.".into(),
    };
    rows.chain([unknown]).collect()
}
