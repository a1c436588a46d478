//! Unions: their variants, how JSON selects one, and what is converted into one.

use serde_json::Value;

use super::{Constructor, Context, DocText, Field, Model, ModelKind, ModelRef, Type};
use crate::ir::{self, Resolved, TypeId, VariantMatcher};
use crate::names::Ident;
use crate::prose::Prose;

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The property whose value selects the variant, when there is one.
    pub discriminator: Option<String>,
    /// The types in the order of the document.
    pub variants: Vec<Variant>,
}

/// One type of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// The type of its value.
    pub ty: Type,
    /// The values of the discriminator that select it; empty without a discriminator.
    pub tags: Vec<String>,
    /// Whether the type itself has no property for the discriminator, so that the union writes it.
    pub writes_tag: bool,
    /// Whether values are of it whose discriminator selects no other variant, or that have none.
    pub is_default: bool,
    /// What JSON must look like to be of this type.
    pub matcher: JsonMatcher,
    /// The types that are converted into the union by way of this variant.
    pub conversions: Vec<ConversionSource>,
    /// The type of items, arrays of which are converted in the same way.
    pub array_item: Option<Type>,
    /// How the union is made by way of this variant, when that takes one value.
    pub constructor: Option<VariantConstructor>,
    /// Its documentation.
    pub docs: DocText,
}

/// A type that is converted into a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversionSource {
    /// A value of a type.
    Value(Type),
    /// `&str`, beside `String`.
    Str,
}

/// A function that makes a union of the one value that a variant requires.
#[derive(Clone, Debug)]
pub struct VariantConstructor {
    /// `url`
    pub name: Ident,
    /// The struct that the variant holds.
    pub model: ModelRef,
    /// The field that has to be given.
    pub field: Field,
}

/// What JSON must look like to be of a type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonMatcher {
    /// The type of the value; `None` for any.
    pub json_type: Option<JsonType>,
    /// Objects: the properties that must be there.
    pub required: Vec<String>,
    /// Objects: all the properties that are known.
    pub known: Vec<String>,
    /// Objects: the properties that must have one of these values.
    pub constants: Vec<(String, Vec<Value>)>,
    /// Scalars: the values that are known, when they are listed.
    pub values: Vec<Value>,
    /// Lists: what an item must look like.
    pub item: Option<Box<JsonMatcher>>,
}

/// The types of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of JSON")]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The union `id`.
pub(super) fn plan(id: TypeId, union: &ir::Union, context: &Context<'_>) -> Union {
    let types: Vec<Type> = union.variants.iter().map(|variant| context.held_ty(id, &variant.ty)).collect();
    let conversions = context.variant_conversions(&context.model_ref(id), &types);
    let types = types.into_iter().zip(conversions);
    let named = union.variants.iter().zip(&context.names.ty(id).variants).zip(types);
    Union {
        discriminator: union.discriminator.clone(),
        variants: named
            .map(|((variant, name), (ty, conversions))| Variant {
                name: name.clone(),
                array_item: context.array_item(&ty, &conversions),
                ty,
                tags: variant.tags.clone(),
                writes_tag: variant.tag_outside,
                is_default: variant.is_default,
                matcher: (&variant.matcher).into(),
                conversions,
                constructor: None,
                docs: DocText::new(&variant.docs, "").with_facts(tag_sentence(union, variant)),
            })
            .collect(),
    }
}

/// Adds the constructors of the variants, which depend on the structs that they hold.
pub(super) fn add_constructors(models: &mut [Model], context: &Context<'_>) {
    for index in 0..models.len() {
        let id = TypeId(index);
        let ModelKind::Union(union) = &models[index].kind else { continue };
        if !context.api.type_def(id).in_request {
            continue;
        }
        let types = union.variants.iter().map(|variant| &variant.ty);
        let found: Vec<_> = types.map(|ty| required_field(ty, models, context)).collect();
        let ModelKind::Union(union) = &mut models[index].kind else { continue };
        for ((variant, name), found) in
            union.variants.iter_mut().zip(&context.names.ty(id).constructors).zip(found)
        {
            variant.constructor =
                found.map(|(model, field)| VariantConstructor { name: name.clone(), model, field });
        }
    }
}

/// The struct that `ty` is, and the one field that its constructor takes.
fn required_field(ty: &Type, models: &[Model], context: &Context<'_>) -> Option<(ModelRef, Field)> {
    let (Type::Model(model) | Type::Boxed(model)) = ty else { return None };
    let Resolved::Struct(id, _) = context.resolve(model) else { return None };
    let ModelKind::Struct(object) = &models[id.0].kind else { return None };
    let mut arguments = object.arguments();
    let (field, None) = (arguments.next()?, arguments.next()) else { return None };
    (object.constructor == Constructor::Arguments).then(|| (model.clone(), field.clone()))
}

/// ``When `type` is `text` or `input_text`.``
fn tag_sentence(union: &ir::Union, variant: &ir::Variant) -> Prose {
    let tags = &variant.tags;
    match &union.discriminator {
        Some(property) if tags.is_empty() && variant.is_default => {
            Prose::fill("When {} is anything else.", &[&Prose::code(property)])
        }
        Some(property) if variant.is_default => {
            Prose::fill("When {} is {}, or anything else.", &[&Prose::code(property), &alternatives(tags)])
        }
        Some(property) if !tags.is_empty() => {
            Prose::fill("When {} is {}.", &[&Prose::code(property), &alternatives(tags)])
        }
        _ => Prose::default(),
    }
}

fn alternatives(tags: &[String]) -> Prose {
    Prose::join(" or ", tags.iter().map(|tag| Prose::code(tag)))
}

impl Variant {
    /// The values of the discriminator that select it: `` `text` or `input_text` ``.
    #[must_use]
    pub fn tag_text(&self) -> Prose {
        alternatives(&self.tags)
    }
}

impl From<&VariantMatcher> for JsonMatcher {
    fn from(matcher: &VariantMatcher) -> Self {
        let VariantMatcher { json_type, required, known, constants, values, item } = matcher;
        Self {
            json_type: json_type.map(Into::into),
            required: required.clone(),
            known: known.clone(),
            constants: constants.clone(),
            values: values.clone(),
            item: item.as_ref().map(|item| Box::new(item.as_ref().into())),
        }
    }
}

impl From<ir::JsonType> for JsonType {
    fn from(ty: ir::JsonType) -> Self {
        match ty {
            ir::JsonType::Null => Self::Null,
            ir::JsonType::Boolean => Self::Boolean,
            ir::JsonType::Integer => Self::Integer,
            ir::JsonType::Number => Self::Number,
            ir::JsonType::String => Self::String,
            ir::JsonType::Array => Self::Array,
            ir::JsonType::Object => Self::Object,
        }
    }
}
