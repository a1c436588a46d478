//! What the caller of an operation gives: arguments of its method, and setters of its request builder.
//!
//! Those of the path, the query, headers and cookies are decided here, those of bodies in [`super::bodies`].

use serde_json::Value;

use super::bodies::{self, Object, of_body};
use super::parameter_style::{ParameterLocation, ParameterStyle};
use super::{Argument, Context, DocText, Type, pages, value_text};
use crate::ir::{BodyContent, Docs, Operation, OperationId, Parameter, StreamFlag};
use crate::names::Ident;
use crate::prose::Prose;

/// A value that the caller of an operation gives.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name of the argument or setter.
    pub name: Ident,
    /// How it is given.
    pub given: Given,
    /// The setter of the request builder that sends null, where that is different from nothing.
    pub null_setter: Option<Ident>,
    /// Its name on the wire; empty for a whole body.
    pub wire_name: String,
    /// What it is.
    pub value: InputValue,
    /// The parameter of the method or setter that takes it.
    pub argument: Argument,
    /// Where it goes.
    pub target: Target,
    /// The body that it is, or is in, by its index among the bodies of the operation.
    pub body: Option<usize>,
    /// Whether the document requires it.
    pub is_required: bool,
    /// Whether it says which page is wanted.
    pub selects_page: bool,
    /// The value that the server assumes when it is not given.
    pub default: Option<Value>,
    /// The values that the document gives for it, the best first.
    pub examples: Vec<Value>,
    /// Its documentation.
    pub docs: DocText,
}

/// How an [`Input`] is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// As an argument of the method.
    Argument,
    /// As a field of the struct that is an argument of the method.
    Field,
    /// By a setter of the request builder.
    Setter,
}

/// What an [`Input`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputValue {
    /// A value of this type.
    Typed(Type),
    /// A file of a multipart body.
    File,
    /// Files of a multipart body.
    Files,
    /// A body of bytes.
    Bytes,
}

/// Where an [`Input`] goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the path, the query, a header or a cookie.
    Parameter {
        /// Which of them.
        location: ParameterLocation,
        /// The variant of the runtime's `Style` that it is written in.
        style: ParameterStyle,
    },
    /// Into a form.
    FormField {
        /// The variant of the runtime's `Style` that it is written in.
        style: ParameterStyle,
    },
    /// Into a multipart body.
    Part {
        /// How it is written.
        format: PartFormat,
        /// The media type that the document gives it.
        media_type: Option<String>,
    },
    /// Into the JSON object that is the body.
    Property,
    /// Into the same object: a map of properties that are not listed.
    Properties,
    /// It is the whole body.
    Body {
        /// How it is written.
        format: BodyFormat,
        /// Its media type.
        media_type: String,
    },
}

/// How a part of a multipart body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartFormat {
    /// As a file.
    File,
    /// As any number of files, each a part of its own.
    Files,
    /// As text; a list as a part for each item.
    Text,
    /// As JSON; a list as a part for each item.
    Json,
    /// Like a query parameter in this variant of the runtime's `Style`, each pair as a part.
    Styled(ParameterStyle),
}

/// How a whole body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// As JSON.
    Json,
    /// As one JSON value a line.
    JsonLines,
    /// As text, as it is.
    Text,
    /// As bytes, as they are.
    Bytes,
}

/// A value that every call sends.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantInput {
    /// Its name on the wire.
    pub wire_name: String,
    /// Where it goes.
    pub target: Target,
    /// The value.
    pub value: Value,
}

/// What the caller of the operation `id` gives: first the arguments, those of the path before others
/// and those of the body last, then what setters take, in the order of the document.
pub(super) fn plan(id: OperationId, object: Option<&Object<'_>>, context: &Context<'_>) -> Vec<Input> {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let parameters = operation.parameters.iter().zip(&names.parameters);
    let mut inputs: Vec<Input> = parameters
        .filter(|(parameter, _)| !is_constant(parameter))
        .map(|(parameter, name)| of_parameter(parameter, name, context))
        .collect();
    let is_alone = operation.bodies.len() == 1;
    for (place, (body, names)) in operation.bodies.iter().zip(&names.bodies).enumerate() {
        for input in of_body(operation, body, object, names, context) {
            // Which of several bodies is sent is known only when one is set.
            let given = if is_alone { input.given } else { Given::Setter };
            inputs.push(Input { body: Some(place), given, ..input });
        }
    }
    for input in &mut inputs {
        input.selects_page = pages::selects_page(input, operation);
    }
    inputs.sort_by_key(rank);
    inputs
}

/// The place of an input among the others; the sort by it keeps the order within each place.
fn rank(input: &Input) -> u8 {
    match (&input.target, input.given) {
        (Target::Parameter { location: ParameterLocation::Path, .. }, Given::Argument) => 0,
        (_, Given::Argument) => 1,
        (_, Given::Field) => 2,
        (_, Given::Setter) => 3,
    }
}

/// What every call of the operation sends: the parameters, properties and form fields that have one value.
pub(super) fn constants(operation: &Operation, object: Option<&Object<'_>>) -> Vec<ConstantInput> {
    let parameters = operation.parameters.iter().map(|parameter| (parameter, parameter_target(parameter)));
    let fields = operation.bodies.iter().flat_map(|body| match &body.content {
        BodyContent::Form(fields) => fields.as_slice(),
        _ => &[],
    });
    let all = parameters.chain(fields.map(|field| (field, form_target(field))));
    let constants = all.filter(|(parameter, _)| is_constant(parameter)).filter_map(|(parameter, target)| {
        let value = parameter.constant.clone()?;
        Some(ConstantInput { wire_name: parameter.name.clone(), target, value })
    });
    let properties = object.map(|object| object.constants(operation)).unwrap_or_default();
    constants.chain(properties).chain(bodies::constant_parts(operation)).collect()
}

/// The flag that chooses between one response and a stream, with what `value` says of it.
pub(super) fn flag(operation: &Operation, value: fn(&StreamFlag) -> &Value) -> Option<ConstantInput> {
    let flag = operation.chosen_by_flag()?;
    Some(ConstantInput {
        wire_name: flag.property.clone(),
        target: bodies::target_of(&flag.property, operation),
        value: value(flag).clone(),
    })
}

/// Whether the parameter, or field of a form, has one value, which every call sends.
pub(super) fn is_constant(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_some()
}

fn of_parameter(parameter: &Parameter, name: &Ident, context: &Context<'_>) -> Input {
    let value = InputValue::Typed(context.ty(&parameter.ty));
    context.input(name, value, parameter_target(parameter), &About::parameter(parameter))
}

fn parameter_target(parameter: &Parameter) -> Target {
    Target::Parameter { location: parameter.location.into(), style: parameter.into() }
}

pub(super) fn form_target(field: &Parameter) -> Target {
    Target::FormField { style: field.into() }
}

/// What the document says about a value that is given.
pub(super) struct About<'a> {
    pub(super) wire_name: &'a str,
    pub(super) is_required: bool,
    pub(super) docs: &'a Docs,
    pub(super) default: Option<&'a Value>,
    pub(super) examples: &'a [Value],
}

impl<'a> About<'a> {
    /// What it says about a parameter, or a field of a form.
    pub(super) fn parameter(parameter: &'a Parameter) -> Self {
        let Parameter { name, required, docs, default, examples, .. } = parameter;
        Self { wire_name: name, is_required: *required, docs, default: default.as_ref(), examples }
    }
}

impl Context<'_> {
    /// What is given for `about`; it is an argument when it is required.
    pub(super) fn input(&self, name: &Ident, value: InputValue, target: Target, about: &About<'_>) -> Input {
        let (argument, fallback) = match &value {
            InputValue::Typed(ty) => (self.argument(ty), self.type_sentence(ty)),
            InputValue::File | InputValue::Bytes => (Argument::into("FileUpload"), Prose::default()),
            InputValue::Files => (Argument::into("Vec<FileUpload>"), Prose::default()),
        };
        let About { wire_name, is_required, docs, default, examples } = *about;
        let facts = value_text::input(docs, default, examples);
        Input {
            name: name.clone(),
            given: if is_required { Given::Argument } else { Given::Setter },
            null_setter: None,
            wire_name: wire_name.to_owned(),
            value,
            argument,
            target,
            body: None,
            is_required,
            selects_page: false,
            default: default.cloned(),
            examples: examples.to_vec(),
            docs: DocText::new(docs, wire_name).or(fallback).with_facts(facts),
        }
    }
}
