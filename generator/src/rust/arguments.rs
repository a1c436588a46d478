//! What the caller of an operation gives: arguments of its method, and setters of its builder.
//!
//! In goes an operation, out comes the list of its [`Input`]s, in the order in which they are
//! asked for. Knows nothing of tokens, so that pages and examples can use it.

use serde_json::Value;

use crate::Plan;
use crate::ir::{
    Body, BodyContent, Docs, Operation, OperationId, Parameter, ParameterLocation, Part, PartContent, Scalar,
    Type,
};
use crate::names::{BodyNames, Ident};
use crate::rust::field::{Field, Presence, fields};
use crate::rust::spelling::{Argument, Conversion, argument};

/// A value that the caller of an operation gives.
#[derive(Clone, Debug)]
pub(crate) struct Input<'a> {
    /// The name of the argument or setter.
    pub(crate) name: &'a Ident,
    /// Whether the method asks for it; otherwise a setter of the builder takes it.
    pub(crate) is_argument: bool,
    /// What it is.
    pub(crate) value: InputValue,
    /// Where it goes.
    pub(crate) place: Place<'a>,
}

/// What an [`Input`] is.
#[derive(Clone, Debug)]
pub(crate) enum InputValue {
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
#[derive(Clone, Debug)]
pub(crate) enum Place<'a> {
    /// Into the path, the query, the head or a cookie.
    Parameter(&'a Parameter),
    /// Into a form.
    FormField(&'a Parameter),
    /// Into a multipart body.
    Part(&'a Part),
    /// Into the struct that is the body.
    Member(Box<Field<'a>>),
    /// It is the whole body.
    Body(&'a Body),
}

impl<'a> Input<'a> {
    /// The parameter of the method or setter that takes it.
    pub(crate) fn argument(&self, plan: &Plan) -> Argument {
        let converted = |text: &str| Argument { text: text.to_owned(), conversion: Conversion::Into };
        match &self.value {
            InputValue::Typed(ty) => argument(ty, plan),
            InputValue::File | InputValue::Bytes => converted("impl Into<FileUpload>"),
            InputValue::Files => converted("impl Into<Vec<FileUpload>>"),
        }
    }

    /// What the document says about it.
    pub(crate) fn docs(&self) -> &'a Docs {
        match &self.place {
            Place::Parameter(parameter) | Place::FormField(parameter) => &parameter.docs,
            Place::Part(part) => &part.docs,
            Place::Member(field) => &field.member.docs,
            Place::Body(body) => &body.docs,
        }
    }

    /// The value that the server assumes when it is not given.
    pub(crate) fn default(&self) -> Option<&'a Value> {
        match &self.place {
            Place::Parameter(parameter) | Place::FormField(parameter) => parameter.default.as_ref(),
            Place::Part(part) => part.default.as_ref(),
            Place::Member(field) => field.member.default.as_ref(),
            Place::Body(_) => None,
        }
    }

    /// Values that the document gives for it.
    pub(crate) fn examples(&self) -> &'a [Value] {
        match &self.place {
            Place::Parameter(parameter) | Place::FormField(parameter) => &parameter.examples,
            Place::Part(part) => &part.examples,
            Place::Member(field) => &field.member.examples,
            Place::Body(body) => &body.examples,
        }
    }

    /// Its name on the wire; empty for a whole body.
    pub(crate) fn wire_name(&self) -> &'a str {
        match &self.place {
            Place::Parameter(parameter) | Place::FormField(parameter) => &parameter.name,
            Place::Part(part) => &part.name,
            Place::Member(field) => &field.member.name,
            Place::Body(_) => "",
        }
    }
}

/// What the caller of an operation gives: first the arguments, those of the path before others and
/// those of the body last, then what can be set, in the order of the document.
pub(crate) fn inputs(id: OperationId, plan: &Plan) -> Vec<Input<'_>> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let parameters = operation.parameters.iter().zip(&names.parameters);
    let mut inputs: Vec<Input> = parameters
        .filter(|(parameter, _)| !is_sent_unasked(parameter))
        .map(|(parameter, name)| of_parameter(parameter, name, Place::Parameter(parameter)))
        .collect();
    let is_alone = operation.bodies.len() == 1;
    for (body, names) in operation.bodies.iter().zip(&names.bodies) {
        let first = inputs.len();
        match operation.flattened_body(&plan.api) {
            Some(ty) => inputs.extend(fields(ty, plan).into_iter().zip(&names.members).filter_map(of_member)),
            None => add_body(body, names, operation, &mut inputs),
        }
        if !is_alone {
            // Which of the bodies it is to be is known only when one is set.
            inputs[first..].iter_mut().for_each(|input| input.is_argument = false);
        }
    }
    inputs.sort_by_key(rank);
    inputs
}

/// Whether the parameter, or field of a form, has one value, which every call sends.
pub(crate) fn is_sent_unasked(parameter: &Parameter) -> bool {
    parameter.required && parameter.constant.is_some()
}

/// The place of an input among the others; the sort by it keeps the order within each place.
fn rank(input: &Input<'_>) -> u8 {
    match (&input.place, input.is_argument) {
        (Place::Parameter(parameter), true) if parameter.location == ParameterLocation::Path => 0,
        (_, true) => 1,
        (_, false) => 2,
    }
}

fn of_parameter<'a>(parameter: &'a Parameter, name: &'a Ident, place: Place<'a>) -> Input<'a> {
    let value = InputValue::Typed(parameter.ty.clone());
    Input { name, is_argument: parameter.required, value, place }
}

fn of_member<'a>((field, name): (Field<'a>, &'a Ident)) -> Option<Input<'a>> {
    let is_constant = field.is_filled_in();
    let value = InputValue::Typed(match field.presence {
        Presence::RequiredNullable => Type::Nullable(Box::new(field.inner.clone())),
        _ => field.inner.clone(),
    });
    let is_argument = field.is_argument();
    (!is_constant).then(|| Input { name, is_argument, value, place: Place::Member(Box::new(field)) })
}

fn add_body<'a>(body: &'a Body, names: &'a BodyNames, operation: &Operation, inputs: &mut Vec<Input<'a>>) {
    let value = match &body.content {
        BodyContent::Form(fields) => {
            let fields = fields.iter().zip(&names.members).filter(|(field, _)| !is_sent_unasked(field));
            inputs.extend(fields.map(|(field, name)| of_parameter(field, name, Place::FormField(field))));
            return;
        }
        BodyContent::Multipart(parts) => {
            inputs.extend(parts.iter().zip(&names.members).map(|(part, name)| of_part(part, name)));
            return;
        }
        BodyContent::Json(ty) => InputValue::Typed(ty.clone()),
        BodyContent::JsonLines(ty) => InputValue::Typed(Type::List(Box::new(ty.clone()))),
        BodyContent::Text => InputValue::Typed(Type::Scalar(Scalar::String)),
        BodyContent::Binary => InputValue::Bytes,
    };
    let is_argument = operation.body_required && operation.bodies.len() == 1;
    let name = if is_argument { &names.argument } else { &names.setter };
    inputs.push(Input { name, is_argument, value, place: Place::Body(body) });
}

fn of_part<'a>(part: &'a Part, name: &'a Ident) -> Input<'a> {
    let value = match &part.content {
        PartContent::File => InputValue::File,
        PartContent::Files => InputValue::Files,
        PartContent::Text(ty) | PartContent::Json(ty) => InputValue::Typed(ty.clone()),
    };
    Input { name, is_argument: part.required, value, place: Place::Part(part) }
}
