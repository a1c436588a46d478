//! The page of a model: what it is, an example, and its parts.

use serde::Serialize;

use super::tables::{self, Row};
use super::{Pages, site_map};
use crate::prose::Prose;
use crate::render;
use crate::sdk::{DEPRECATION, Enum, Model, ModelId, ModelKind, Sdk, Struct, UNKNOWN_VARIANT, Union};

/// A page as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    name: Prose,
    paragraphs: Vec<Prose>,
    /// Empty when there is none.
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
pub(super) fn page(id: ModelId, model: &Model, pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    let page = site_map::model(model);
    let mut view = View {
        name: Prose::name(&model.name),
        paragraphs: paragraphs(model, &page),
        example: snippets.model(id).map(|snippet| snippet.plain_program()).unwrap_or_default(),
        fields: Vec::new(),
        values: Vec::new(),
        variants: Vec::new(),
    };
    match &model.kind {
        ModelKind::Struct(object) => view.fields = field_rows(object, &page, sdk),
        ModelKind::Enum(values) => view.values = value_rows(values),
        ModelKind::Union(union) => view.variants = variant_rows(union, &page, sdk),
        ModelKind::Alias(target) => {
            let target = site_map::link_type(target, &page, sdk);
            view.paragraphs.push(Prose::fill("An alias of {}.", &[&target]));
        }
        ModelKind::Newtype(target) => {
            let target = site_map::link_type(target, &page, sdk);
            view.paragraphs.push(Prose::fill("A struct around {}.", &[&target]));
        }
    }
    render::template("docs/models/MODEL.md", &view)
}

fn paragraphs(model: &Model, page: &str) -> Vec<Prose> {
    let docs = &model.docs;
    let mut paragraphs = Vec::new();
    if docs.is_deprecated {
        paragraphs.push(Prose::fill("**Deprecated:** {}.", &[&Prose::from(DEPRECATION)]));
    }
    if docs.paragraphs.is_empty() {
        paragraphs.push(docs.fallback.clone());
    } else {
        paragraphs.extend(docs.paragraphs.iter().cloned());
    }
    paragraphs.push(docs.facts.clone());
    if let Some(variant) = &model.error_variant {
        let error = site_map::link("Error::Api", site_map::ERROR, page);
        paragraphs.push(Prose::fill("The body of {} when it is `ErrorBody::{}`.", &[&error, variant]));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn field_rows(object: &Struct, page: &str, sdk: &Sdk) -> Vec<Row> {
    let fields = object.fields.iter().filter(|field| field.is_public);
    let fields = fields.map(|field| tables::field(field, page, sdk));
    let additional = object.additional_properties.iter();
    fields.chain(additional.map(|additional| tables::additional(additional, page, sdk))).collect()
}

fn value_rows(values: &Enum) -> Vec<ValueRow> {
    let rows = values.rows().into_iter().map(|(name, value, docs)| ValueRow {
        name: Prose::code(name.as_str()),
        value: Prose::value(&value).in_cell(),
        description: tables::description(docs),
    });
    let unknown =
        ValueRow { name: "`Unknown`".into(), value: "any other".into(), description: UNKNOWN_VARIANT.into() };
    rows.chain([unknown]).collect()
}

fn variant_rows(union: &Union, page: &str, sdk: &Sdk) -> Vec<VariantRow> {
    let rows = union.variants.iter().map(|variant| VariantRow {
        name: Prose::code(variant.name.as_str()),
        ty: site_map::link_type(&variant.ty, page, sdk),
        description: tables::description(&variant.docs),
    });
    let unknown = VariantRow {
        name: "`Unknown`".into(),
        ty: "`serde_json::Value`".into(),
        description: UNKNOWN_VARIANT.into(),
    };
    rows.chain([unknown]).collect()
}
