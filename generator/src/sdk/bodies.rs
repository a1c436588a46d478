//! What the caller of an operation passes for its bodies.
//!
//! The properties of a JSON object, the fields of a form and the parts of a multipart body are arguments and
//! setters of their own. Other bodies are passed as one value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::arguments::{About, form_target, is_constant};
use super::doc_text::ADDITIONAL_BODY_PROPERTIES;
use super::{
    BodyFormat, ConstantInput, Constructor, Context, Field, Given, Initial, Input, InputValue, ModelRef,
    ParameterStyle, PartFormat, Presence, Scalar, Struct, Target, Type, fields,
};
use crate::ir::{self, Api, Body, BodyContent, Method, Operation, Part, PartContent, Property, TypeId};
use crate::names::{BodyNames, Ident};
use crate::prose::Prose;

/// The media type that the runtime sends JSON as, and asks for, unless a request says otherwise.
pub const JSON_MEDIA_TYPE: &str = "application/json";

/// A JSON object whose properties are arguments and setters of the call.
#[derive(Clone, Debug)]
pub struct ObjectBody {
    /// The struct that can be passed in its place.
    pub model: ModelRef,
    /// The media type that it is sent as.
    pub media_type: String,
    /// Whether it is sent even if no property is set.
    pub is_required: bool,
    /// The struct that holds the required properties, when those are too many for arguments.
    pub required: Option<Ident>,
}

impl ObjectBody {
    /// Whether each setter must first start the object: the body is optional, and its media type is not the
    /// default.
    #[must_use]
    pub fn is_started_by_setters(&self) -> bool {
        !self.is_required && self.media_type != JSON_MEDIA_TYPE
    }
}

/// The object that is the body of the operation, when its properties are set one by one.
///
/// A body whose schema requires properties counts as required: many documents leave out `required: true` of
/// the body itself. GET, HEAD and DELETE are mostly sent without a body, so there the document is taken at its word.
pub(super) fn object<'c>(operation: &'c Operation, context: &Context<'c>) -> Option<Object<'c>> {
    let (id, schema) = context.api.object_body(operation)?;
    let has_required = schema.properties.iter().any(|property| property.required && !property.read_only);
    let is_usual = !matches!(operation.method, Method::Get | Method::Head | Method::Delete);
    if !operation.body_required && has_required && !is_usual {
        return None;
    }
    let is_required = operation.body_required || has_required;
    Some(Object { id, schema, planned: fields::plan(id, schema, context), is_required })
}

/// A body that is an object.
pub(super) struct Object<'c> {
    id: TypeId,
    schema: &'c ir::Struct,
    planned: Struct,
    is_required: bool,
}

impl Object<'_> {
    /// The body as a whole.
    pub(super) fn body(&self, operation: &Operation, context: &Context<'_>) -> Option<ObjectBody> {
        Some(ObjectBody {
            model: context.model_ref(self.id),
            media_type: operation.bodies.first()?.media_type.to_string(),
            is_required: self.is_required,
            required: self.required(operation).cloned(),
        })
    }

    /// The struct that holds the required properties, when those are too many for arguments. One with a property
    /// that the method sets is of no use.
    fn required(&self, operation: &Operation) -> Option<&Ident> {
        let has_flag = self.schema.properties.iter().any(|one| one.required && is_flag(&one.name, operation));
        match &self.planned.constructor {
            Constructor::Required(name) if !has_flag => Some(name),
            _ => None,
        }
    }

    /// The fields with the properties that they are for.
    fn fields(&self) -> impl Iterator<Item = (&Field, &Property)> {
        self.planned.fields.iter().zip(&self.schema.properties)
    }

    /// What every call sends in it.
    pub(super) fn constants(&self, operation: &Operation) -> Vec<ConstantInput> {
        let constants = self.fields().filter(|(field, property)| {
            self.is_required
                && matches!(field.initial, Initial::Constant(_))
                && !is_flag(&property.name, operation)
        });
        constants
            .filter_map(|(_, property)| {
                let value = property.constant.clone()?;
                Some(ConstantInput { wire_name: property.name.clone(), target: Target::Property, value })
            })
            .collect()
    }
}

/// The objects that are the body of one operation and nothing else.
pub(super) fn single(api: &Api) -> BTreeSet<TypeId> {
    let bodies = api.operations.iter().filter_map(|operation| Some(api.object_body(operation)?.0));
    let mut uses: BTreeMap<TypeId, usize> = bodies.map(|id| (id, 0)).collect();
    let all = api.types.iter().flat_map(|ty| ty.shape.uses());
    for id in all.chain(api.operations.iter().flat_map(Operation::uses)).flat_map(ir::Type::named) {
        if let Some(uses) = uses.get_mut(&id) {
            *uses += 1;
        }
    }
    uses.into_iter().filter(|(_, uses)| *uses == 1).map(|(id, _)| id).collect()
}

/// What every call sends in the multipart body of the operation.
pub(super) fn constant_parts(operation: &Operation) -> Vec<ConstantInput> {
    let parts = operation.bodies.iter().flat_map(|body| match &body.content {
        BodyContent::Multipart(parts) => parts.as_slice(),
        _ => &[],
    });
    let constants = parts.filter(|part| is_constant_part(part, operation) && !is_flag(&part.name, operation));
    constants
        .filter_map(|part| {
            let target = target_of(&part.name, operation);
            Some(ConstantInput { wire_name: part.name.clone(), target, value: part.constant.clone()? })
        })
        .collect()
}

/// Whether every call sends the part. Which of several bodies is sent is known only when one is set.
fn is_constant_part(part: &Part, operation: &Operation) -> bool {
    part.constant.is_some() && operation.bodies.len() == 1
}

/// Where the property, field or part of this name goes.
pub(super) fn target_of(name: &str, operation: &Operation) -> Target {
    let [body] = operation.bodies.as_slice() else { return Target::Property };
    match &body.content {
        BodyContent::Form(fields) => {
            let field = fields.iter().find(|field| field.name == name);
            field.map_or(Target::Property, form_target)
        }
        BodyContent::Multipart(_) => Target::Part { format: PartFormat::Text, media_type: None },
        _ => Target::Property,
    }
}

/// What is given for `body`, or one by one for the `object` that it is.
pub(super) fn of_body(
    operation: &Operation,
    body: &Body,
    object: Option<&Object<'_>>,
    names: &BodyNames,
    context: &Context<'_>,
) -> Vec<Input> {
    let inputs = match object {
        Some(object) => properties(object, operation, names, context),
        None => of_content(operation, body, names, context),
    };
    let examples: Vec<&Value> = operation.bodies.iter().flat_map(|body| &body.examples).collect();
    inputs.into_iter().map(|input| with_examples(input, &examples)).collect()
}

fn of_content(operation: &Operation, body: &Body, names: &BodyNames, context: &Context<'_>) -> Vec<Input> {
    match &body.content {
        BodyContent::Form(fields) => {
            let fields = fields.iter().zip(&names.properties);
            let fields = fields.filter(|(field, _)| !is_constant(field) && !is_flag(&field.name, operation));
            let input = |(field, name): (&ir::Parameter, &Ident)| {
                let value = InputValue::Typed(context.ty(&field.ty));
                context.input(name, value, form_target(field), &About::parameter(field))
            };
            fields.map(input).collect()
        }
        BodyContent::Multipart(parts) => {
            let parts = parts.iter().zip(&names.properties);
            let parts = parts
                .filter(|(part, _)| !is_flag(&part.name, operation) && !is_constant_part(part, operation));
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

fn properties(
    object: &Object<'_>,
    operation: &Operation,
    names: &BodyNames,
    context: &Context<'_>,
) -> Vec<Input> {
    let has_many = object.required(operation).is_some();
    let examples: Vec<&Value> = context.api.type_def(object.id).examples.iter().collect();
    let property_names = names.properties.iter().zip(&names.nulls);
    let given = object.fields().zip(property_names).filter(|((field, property), _)| {
        let is_constant = matches!(field.initial, Initial::Constant(_));
        !is_constant && !property.read_only && !is_flag(&property.name, operation)
    });
    let mut inputs: Vec<Input> = given
        .map(|((field, about), (name, null))| {
            let given = match field.initial {
                Initial::Argument if has_many => Given::Field,
                Initial::Argument => Given::Argument,
                Initial::Constant(_) | Initial::Unset => Given::Setter,
            };
            let null_setter = (field.presence == Presence::OptionalNullable).then(|| null.clone());
            // The fields of the struct are called as those of the model.
            let name = if given == Given::Field { field.name.clone() } else { name.clone() };
            let input = property(field, about, &name, context);
            with_examples(Input { given, null_setter, ..input }, &examples)
        })
        .collect();
    let additional = object.planned.additional_properties.as_ref().zip(names.additional.as_ref());
    inputs.extend(additional.map(|(additional, name)| {
        let value = InputValue::Typed(additional.ty.clone());
        let docs = ir::Docs { description: Prose::from(ADDITIONAL_BODY_PROPERTIES), ..ir::Docs::default() };
        let about = About { wire_name: "", is_required: false, docs: &docs, default: None, examples: &[] };
        context.input(name, value, Target::Properties, &about)
    }));
    inputs
}

/// Whether the property is set by the method that is called.
fn is_flag(property: &str, operation: &Operation) -> bool {
    operation.chosen_by_flag().is_some_and(|flag| flag.property == property)
}

fn property(field: &Field, property: &Property, name: &Ident, context: &Context<'_>) -> Input {
    let value = match field.presence {
        Presence::RequiredNullable => Type::Option(Box::new(field.value.clone())),
        _ => field.value.clone(),
    };
    let Property { name: wire_name, required, docs, default, examples, .. } = property;
    let about = About { wire_name, is_required: *required, docs, default: default.as_ref(), examples };
    context.input(name, InputValue::Typed(value), Target::Property, &about)
}

fn of_part(part: &Part, name: &Ident, context: &Context<'_>) -> Input {
    let (value, format) = match &part.content {
        PartContent::File => (InputValue::File, PartFormat::File),
        PartContent::Files => (InputValue::Files, PartFormat::Files),
        PartContent::Text(ty) => (InputValue::Typed(context.ty(ty)), PartFormat::Text),
        PartContent::Json(ty) => (InputValue::Typed(context.ty(ty)), PartFormat::Json),
        PartContent::Styled { ty, style, explode } => {
            let style = ParameterStyle::new(*style, *explode, false);
            (InputValue::Typed(context.ty(ty)), PartFormat::Styled(style))
        }
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
    let given = if is_argument { Given::Argument } else { Given::Setter };
    let name = if is_argument { &names.argument } else { &names.setter };
    let target = Target::Body { format, media_type: body.media_type.to_string() };
    let about =
        About { wire_name: "", is_required: true, docs: &body.docs, default: None, examples: &body.examples };
    Some(Input { given, ..context.input(name, value, target, &about) })
}
