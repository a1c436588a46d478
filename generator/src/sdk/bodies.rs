//! What the caller of an operation gives for its bodies.
//!
//! The properties of a small JSON body are arguments and setters of their own; so are the fields of
//! a form and the parts of a multipart body. Other bodies are given as one value.

use serde_json::Value;

use super::arguments::{About, form_target, is_constant};
use super::{
    BodyFormat, Context, Field, Initial, Input, InputValue, PartFormat, Presence, Scalar, Target, Type,
    fields,
};
use crate::ir::{self, Api, Body, BodyContent, Operation, Part, PartContent, Property, Shape, TypeId};
use crate::names::{BodyNames, Ident};

/// Longer structs are easier to build and to hand around as a value.
const MOST_PROPERTIES: usize = 6;

/// The struct of the body, when its properties are arguments and setters of the call itself: the
/// body is JSON, required and the only one, and the struct is small and holds nothing that a plain
/// setter cannot express.
pub(super) fn spread(operation: &Operation, api: &Api) -> Option<TypeId> {
    let [Body { content: BodyContent::Json(ir::Type::Named(id)), .. }] = operation.bodies[..] else {
        return None;
    };
    let Shape::Struct(body) = &api.type_def(id).shape else { return None };
    let is_small = body.properties.len() <= MOST_PROPERTIES && body.additional_properties.is_none();
    (operation.body_required && is_small && body.properties.iter().all(is_plain)).then_some(id)
}

/// Whether a request can set the property to a value or leave it unset, and nothing else.
fn is_plain(property: &Property) -> bool {
    let null_differs_from_unset = !property.required && matches!(property.ty, ir::Type::Nullable(_));
    !null_differs_from_unset && !property.read_only
}

/// What is given for `body`.
pub(super) fn of_body(
    operation: &Operation,
    body: &Body,
    names: &BodyNames,
    context: &Context<'_>,
) -> Vec<Input> {
    let inputs = if let Some(id) = spread(operation, context.api) {
        properties(id, operation, names, context)
    } else {
        of_content(operation, body, names, context)
    };
    let examples: Vec<&Value> = operation.bodies.iter().flat_map(|body| &body.examples).collect();
    inputs.into_iter().map(|input| with_examples(input, &examples)).collect()
}

fn of_content(operation: &Operation, body: &Body, names: &BodyNames, context: &Context<'_>) -> Vec<Input> {
    match &body.content {
        BodyContent::Form(fields) => {
            let fields = fields.iter().zip(&names.members).filter(|(field, _)| !is_constant(field));
            let input = |(field, name): (&ir::Parameter, &Ident)| {
                let value = InputValue::Typed(context.ty(&field.ty));
                context.input(name, value, form_target(field), &About::parameter(field))
            };
            fields.map(input).collect()
        }
        BodyContent::Multipart(parts) => {
            let parts = parts.iter().zip(&names.members);
            parts.map(|(part, name)| of_part(part, name, context)).collect()
        }
        _ => whole(operation, body, names, context).into_iter().collect(),
    }
}

/// The same with the value that examples of what it is in give for it, which is better than its own.
fn with_examples(input: Input, examples: &[&Value]) -> Input {
    let outer = examples.iter().find_map(|example| example.get(&input.wire_name)).cloned();
    Input { examples: outer.into_iter().chain(input.examples).collect(), ..input }
}

fn properties(id: TypeId, operation: &Operation, names: &BodyNames, context: &Context<'_>) -> Vec<Input> {
    let ty = context.api.type_def(id);
    let Shape::Struct(object) = &ty.shape else { return Vec::new() };
    let fields = fields::plan(id, object, context).fields;
    let fields = fields.into_iter().zip(&object.properties).zip(&names.members);
    let examples: Vec<&Value> = ty.examples.iter().collect();
    fields
        .filter(|((field, _), _)| !matches!(field.initial, Initial::Constant(_)))
        .filter(|((field, property), _)| {
            field.initial == Initial::Argument || !is_flag(&property.name, operation)
        })
        .map(|((field, about), name)| with_examples(property(field, about, name, context), &examples))
        .collect()
}

/// Whether the property is set by the method that is called.
fn is_flag(property: &str, operation: &Operation) -> bool {
    let flag = operation.stream_flag.as_ref().filter(|_| operation.json_or_stream().is_some());
    flag.is_some_and(|flag| flag.property == property)
}

fn property(field: Field, property: &Property, name: &Ident, context: &Context<'_>) -> Input {
    let Field { presence, value, setter, initial, .. } = field;
    let value = match presence {
        Presence::RequiredNullable => Type::Option(Box::new(value)),
        _ => value,
    };
    let Property { name: wire_name, required, docs, default, examples, .. } = property;
    let about = About { wire_name, is_required: *required, docs, default: default.as_ref(), examples };
    Input {
        is_argument: initial == Initial::Argument,
        ..context.input(name, InputValue::Typed(value), Target::Property { setter }, &about)
    }
}

fn of_part(part: &Part, name: &Ident, context: &Context<'_>) -> Input {
    let (value, format) = match &part.content {
        PartContent::File => (InputValue::File, PartFormat::File),
        PartContent::Files => (InputValue::Files, PartFormat::Files),
        PartContent::Text(ty) => (InputValue::Typed(context.ty(ty)), PartFormat::Text),
        PartContent::Json(ty) => (InputValue::Typed(context.ty(ty)), PartFormat::Json),
    };
    let Part { name: wire_name, required, docs, default, examples, media_type, .. } = part;
    let about = About { wire_name, is_required: *required, docs, default: default.as_ref(), examples };
    context.input(
        name,
        value,
        Target::Part { format, media_type: media_type.as_ref().map(ToString::to_string) },
        &about,
    )
}

/// The body as one value; `None` for one that is given part by part.
fn whole(operation: &Operation, body: &Body, names: &BodyNames, context: &Context<'_>) -> Option<Input> {
    let (value, format) = match &body.content {
        BodyContent::Json(ty) => (InputValue::Typed(context.ty(ty)), BodyFormat::Json),
        BodyContent::JsonLines(ty) => {
            (InputValue::Typed(Type::List(Box::new(context.ty(ty)))), BodyFormat::JsonLines)
        }
        BodyContent::Text => (InputValue::Typed(Type::Scalar(Scalar::String)), BodyFormat::Text),
        BodyContent::Binary => (InputValue::Bytes, BodyFormat::Bytes),
        BodyContent::Form(_) | BodyContent::Multipart(_) => return None,
    };
    let is_argument = operation.body_required && operation.bodies.len() == 1;
    let name = if is_argument { &names.argument } else { &names.setter };
    let target = Target::Body { format, media_type: body.media_type.to_string() };
    let about =
        About { wire_name: "", is_required: true, docs: &body.docs, default: None, examples: &body.examples };
    Some(Input { is_argument, ..context.input(name, value, target, &about) })
}
