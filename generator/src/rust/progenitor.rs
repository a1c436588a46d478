//! The types of the fields of structs, out of progenitor.
//!
//! In go the structs among the models, out come the types of their fields as progenitor writes them;
//! attributes, order and documentation are [`super::structs`]'s. This is the only module that knows
//! progenitor and its dialect of OpenAPI.
//!
//! Each struct becomes one object schema, whose names are the Rust names. progenitor decides what
//! primitives of each format, lists, maps and references are in Rust, and where there is an `Option`.
//! A type that it cannot express (an enum or union of ours, `Box`, `Nullable`, a date) is a reference
//! to an empty schema that it is told to replace with that type.
//!
//! The structs are handed over in batches, side by side, as it takes longer than all other stages. A batch
//! needs nothing of the others: what they declare is replaced by its name.

mod dialect;
mod items;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use heck::{ToSnakeCase, ToUpperCamelCase};
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, ObjectType, OpenAPI, ReferenceOr, Schema, Type as SchemaType,
};
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, TypeImpl};

use self::dialect::{Replacements, schema};
use self::items::struct_types;
use crate::names::Ident;
use crate::sdk::{Model, ModelId, ModelKind, Presence, Sdk, Struct};

/// The types of the fields of a struct as Rust, in the order of the model, and after them that of its
/// additional properties.
pub(super) type FieldTypes = Vec<String>;

/// How many structs are handed over at a time.
const BATCH_SIZE: usize = 64;

/// How many batches are handed over side by side.
const THREADS: usize = 4;

/// The types of the fields of all structs, by the ids of their models.
///
/// # Panics
///
/// When progenitor does not give the structs that it was asked for. It is asked only for what it
/// is known to handle, so that is a mistake of this module, and the message names the schema.
pub(super) fn field_types(sdk: &Sdk) -> BTreeMap<ModelId, FieldTypes> {
    let structs = structs(sdk);
    let batches: Vec<&[Declared<'_>]> = structs.chunks(BATCH_SIZE).collect();
    let batches_of = |first: usize| batches.iter().skip(first).step_by(THREADS);
    let types = thread::scope(|scope| {
        let running: Vec<_> = (0..THREADS.min(batches.len()))
            .map(|first| {
                scope.spawn(move || batches_of(first).map(|batch| of_batch(batch)).collect::<Vec<_>>())
            })
            .collect();
        let results = running.into_iter().flat_map(|thread| thread.join().expect("panics are caught"));
        results.collect::<Result<Vec<_>, String>>()
    });
    match types {
        Ok(types) => types.into_iter().flatten().collect(),
        Err(error) => panic!("progenitor makes every struct that it is asked for, but {error}"),
    }
}

/// A struct among the models.
#[derive(Clone, Copy)]
struct Declared<'a> {
    id: ModelId,
    model: &'a Model,
    object: &'a Struct,
}

fn structs(sdk: &Sdk) -> Vec<Declared<'_>> {
    let models = sdk.models_by_id();
    models
        .filter_map(|(id, model)| match &model.kind {
            ModelKind::Struct(object) => Some(Declared { id, model, object }),
            ModelKind::Enum(_) | ModelKind::Union(_) | ModelKind::Alias(_) | ModelKind::Newtype(_) => None,
        })
        .collect()
}

/// Asks for all of a batch at once, and one by one when that fails, to find out what the cause is.
fn of_batch(batch: &[Declared<'_>]) -> Result<Vec<(ModelId, FieldTypes)>, String> {
    ProgenitorInput::of(batch).run().map_err(|message| {
        let failing =
            batch.iter().find_map(|alone| Some((alone, ProgenitorInput::of(&[*alone]).run().err()?)));
        match failing {
            Some((alone, message)) => format!("not that of {}: {message}", alone.origin()),
            None => format!("not all of them together: {message}"),
        }
    })
}

/// What progenitor is asked for.
#[derive(Clone, Debug, Default)]
struct ProgenitorInput {
    structs: Vec<StructInput>,
    /// The types that it cannot express, in place of which it knows `Replaced0`, `Replaced1`, …
    replacements: BTreeMap<String, String>,
}

/// A struct that progenitor is asked for.
#[derive(Clone, Debug)]
struct StructInput {
    id: ModelId,
    name: Name,
    /// Where it comes from, for messages.
    origin: String,
    fields: Vec<FieldInput>,
}

#[derive(Clone, Debug)]
struct FieldInput {
    /// What progenitor is asked for.
    name: String,
    schema: ReferenceOr<Box<Schema>>,
    required: bool,
}

/// The name of a struct or field.
#[derive(Clone, Debug)]
struct Name {
    /// The name in the crate.
    own: String,
    /// What progenitor is asked for: the same, or a placeholder where it would change that.
    requested: String,
}

impl Declared<'_> {
    fn origin(&self) -> String {
        format!("`{}` ({})", self.model.name, self.model.origin)
    }
}

impl ProgenitorInput {
    fn of(structs: &[Declared<'_>]) -> Self {
        let names = type_names(structs);
        let mut replacements = Replacements { names: &names, by_text: BTreeMap::new() };
        let structs = structs.iter().map(|declared| struct_input(declared, &mut replacements)).collect();
        let by_text = replacements.by_text.into_iter();
        Self { structs, replacements: by_text.map(|(text, name)| (name, text)).collect() }
    }

    fn run(&self) -> Result<Vec<(ModelId, FieldTypes)>, String> {
        let tokens = generate(&self.document(), &self.settings())?;
        let types = struct_types(tokens, &self.own_names())
            .map_err(|error| format!("its structs are not Rust: {error}"))?;
        self.structs.iter().map(|request| Ok((request.id, request.take(&types)?))).collect()
    }

    /// The names of the structs and the tuples, by what progenitor knows them as.
    fn own_names(&self) -> BTreeMap<&str, &str> {
        let names = self.structs.iter().map(|request| &request.name);
        let names = names.map(|name| (name.requested.as_str(), name.own.as_str()));
        let tuples = self.replacements.iter().filter(|(_, text)| is_tuple(text));
        names.chain(tuples.map(|(name, text)| (name.as_str(), text.as_str()))).collect()
    }

    fn settings(&self) -> GenerationSettings {
        let mut settings = GenerationSettings::new();
        settings.with_map_type("BTreeMap");
        for (name, text) in &self.replacements {
            let path = if is_tuple(text) { name } else { text };
            settings.with_replacement(name, path, std::iter::empty::<TypeImpl>());
        }
        settings
    }

    fn document(&self) -> OpenAPI {
        let structs = self
            .structs
            .iter()
            .map(|request| (request.name.requested.clone(), ReferenceOr::Item(request.schema())));
        let empty = || ReferenceOr::Item(schema(SchemaType::Object(ObjectType::default()), false));
        let replaced = self.replacements.keys().map(|name| (name.clone(), empty()));
        let schemas = structs.chain(replaced).collect();
        OpenAPI {
            openapi: "3.0.3".to_owned(),
            info: openapiv3::Info {
                title: "models".to_owned(),
                version: "0".to_owned(),
                ..Default::default()
            },
            components: Some(Components { schemas, ..Components::default() }),
            ..OpenAPI::default()
        }
    }
}

/// Whether a type is a tuple, for which progenitor knows a placeholder, as it replaces a type only by a path.
fn is_tuple(text: &str) -> bool {
    text.starts_with('(')
}

/// Runs progenitor, whose panics are errors like any other.
fn generate(document: &OpenAPI, settings: &GenerationSettings) -> Result<TokenStream, String> {
    let run = || Generator::new(settings).generate_tokens(document);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("it panicked: {}", text.unwrap_or("without a message")))
        }
    }
}

impl StructInput {
    fn schema(&self) -> Schema {
        let properties: IndexMap<_, _> =
            self.fields.iter().map(|field| (field.name.clone(), field.schema.clone())).collect();
        let required = self.fields.iter().filter(|field| field.required);
        let required = required.map(|field| field.name.clone()).collect();
        // An open object without properties would be a map; whether it is open is not progenitor's matter.
        let additional_properties = Some(AdditionalProperties::Any(false));
        let object = ObjectType { properties, required, additional_properties, ..ObjectType::default() };
        schema(SchemaType::Object(object), false)
    }

    /// The types of its fields, in its own order, out of what progenitor gave.
    fn take(&self, structs: &BTreeMap<String, BTreeMap<String, String>>) -> Result<FieldTypes, String> {
        let missing = |what: &str| format!("{}{what} is missing", self.origin);
        let types = structs.get(&self.name.requested).ok_or_else(|| missing(""))?;
        let fields = self.fields.iter();
        fields
            .map(|field| types.get(&field.name).cloned().ok_or_else(|| missing(&format!(".{}", field.name))))
            .collect()
    }
}

fn struct_input(declared: &Declared<'_>, replacements: &mut Replacements<'_>) -> StructInput {
    let Declared { id, object, .. } = declared;
    let additional = object.additional_properties.as_ref();
    let idents = object.fields.iter().map(|field| &field.name);
    let idents: Vec<&Ident> = idents.chain(additional.map(|additional| &additional.name)).collect();
    let requested = placeholders(&idents, "field", |name| name.to_snake_case() == name);
    let properties = object.fields.iter().map(|field| {
        let required = field.is_always_present();
        let schema = match field.presence {
            Presence::Required => replacements.schema(&field.value, false),
            Presence::RequiredNullable | Presence::Optional => replacements.optional(&field.value, required),
            Presence::OptionalNullable => replacements.replaced(format!("Nullable<{}>", field.value)),
        };
        (schema, required)
    });
    let mut properties: Vec<_> = properties.collect();
    properties.extend(additional.map(|additional| (replacements.schema(&additional.ty, false), true)));
    let fields = requested.into_iter().zip(properties);
    let fields =
        fields.map(|(name, (schema, required))| FieldInput { name: name.requested, schema, required });
    StructInput {
        id: *id,
        name: replacements.names[id].clone(),
        origin: declared.origin(),
        fields: fields.collect(),
    }
}

fn type_names(structs: &[Declared<'_>]) -> BTreeMap<ModelId, Name> {
    let idents: Vec<&Ident> = structs.iter().map(|declared| &declared.model.name).collect();
    let is_kept = |name: &str| name.to_upper_camel_case() == name && !name.starts_with("Replaced");
    structs.iter().map(|declared| declared.id).zip(placeholders(&idents, "Model", is_kept)).collect()
}

/// Gives each name that progenitor would change a placeholder, which it does not.
fn placeholders(idents: &[&Ident], prefix: &str, is_kept: impl Fn(&str) -> bool) -> Vec<Name> {
    let taken: BTreeSet<&str> = idents.iter().map(|ident| ident.as_str()).collect();
    let mut numbers = 0..;
    let mut placeholder = || {
        let mut names = numbers.by_ref().map(|number| format!("{prefix}{number}"));
        names.find(|name| !taken.contains(name.as_str())).expect("there is always another number")
    };
    let names = idents.iter().map(|ident| ident.as_str());
    names
        .map(|name| Name {
            own: name.to_owned(),
            requested: if is_kept(name) { name.to_owned() } else { placeholder() },
        })
        .collect()
}
