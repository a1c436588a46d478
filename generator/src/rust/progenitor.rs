//! Structs out of progenitor.
//!
//! In go the structs among the models, out come struct items with the
//! fields and types that were decided for them; attributes, order and
//! documentation are [`super::structs`]'s. This is the only module that knows
//! progenitor and its dialect of OpenAPI.
//!
//! progenitor is asked in the dialect that it handles without loss. Each struct
//! becomes one object schema, whose names are the Rust names. Primitives, lists,
//! maps, references to structs and `Option` are progenitor's own; a type that it
//! cannot express (an enum or union of ours, `Box`, `Nullable`, a date) is a
//! reference to an empty schema that it is told to replace with that type.

mod dialect;
mod items;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use heck::{ToSnakeCase, ToUpperCamelCase};
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, ObjectType, OpenAPI, ReferenceOr, Schema, Type as SchemaType,
};
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, TypeImpl};
use quote::ToTokens;
use syn::visit_mut::VisitMut;

use self::dialect::{Replacements, schema};
use self::items::{Shorten, struct_items};
use crate::names::Ident;
use crate::sdk::{Model, ModelId, ModelKind, Presence, Sdk, Struct};

/// The struct items of the models, by their ids.
///
/// # Panics
///
/// When progenitor does not give the structs that it was asked for. It is asked only for what it
/// is known to handle, so that is a mistake of this module, and the message names the schema.
pub(super) fn structs(sdk: &Sdk) -> BTreeMap<ModelId, syn::ItemStruct> {
    let request = Request::of(sdk);
    match request.run() {
        Ok(structs) => structs,
        Err(error) => panic!("progenitor makes every struct that it is asked for, but {error}"),
    }
}

/// What progenitor is asked for.
#[derive(Clone, Debug, Default)]
struct Request {
    structs: Vec<StructRequest>,
    /// The types that it cannot express, in place of which it knows `Replaced0`, `Replaced1`, …
    replacements: BTreeMap<String, String>,
}

/// A struct that progenitor is asked for.
#[derive(Clone, Debug)]
struct StructRequest {
    id: ModelId,
    name: Name,
    /// Where it comes from, for messages.
    origin: String,
    fields: Vec<FieldRequest>,
}

#[derive(Clone, Debug)]
struct FieldRequest {
    name: Name,
    schema: ReferenceOr<Box<Schema>>,
    required: bool,
    /// The type that is to come out.
    ty: String,
}

/// The name of a struct or field.
#[derive(Clone, Debug)]
struct Name {
    /// The name in the crate.
    own: String,
    /// What progenitor is asked for: the same, or a placeholder where it would change that.
    requested: String,
}

impl Request {
    fn of(sdk: &Sdk) -> Self {
        let structs: Vec<(ModelId, &Model, &Struct)> = sdk
            .models_by_id()
            .filter_map(|(id, model)| match &model.kind {
                ModelKind::Struct(object) => Some((id, model, object)),
                ModelKind::Enum(_) | ModelKind::Union(_) | ModelKind::Alias(_) => None,
            })
            .collect();
        let names = type_names(&structs);
        let mut replacements = Replacements { names: &names, by_text: BTreeMap::new() };
        let structs = structs.into_iter();
        let structs =
            structs.map(|(id, model, object)| struct_request(id, model, object, &mut replacements)).collect();
        let by_text = replacements.by_text.into_iter();
        Self { structs, replacements: by_text.map(|(text, name)| (name, text)).collect() }
    }

    /// Asks for all of it at once, and one by one when that fails, to find out what the cause is.
    fn run(&self) -> Result<BTreeMap<ModelId, syn::ItemStruct>, String> {
        self.attempt().map_err(|message| {
            let failing = self.structs.iter().find_map(|request| {
                let alone = Self { structs: vec![request.clone()], replacements: self.replacements.clone() };
                alone.with_placeholders(self).attempt().err().map(|message| (request, message))
            });
            match failing {
                Some((request, message)) => format!("not that of {}: {message}", request.origin),
                None => format!("not all of them together: {message}"),
            }
        })
    }

    /// Lets a part of `whole` stand alone: structs that it refers to are replaced.
    fn with_placeholders(mut self, whole: &Self) -> Self {
        let own: BTreeSet<&String> = self.structs.iter().map(|request| &request.name.requested).collect();
        let others =
            whole.structs.iter().map(|request| &request.name).filter(|name| !own.contains(&name.requested));
        let others: Vec<_> = others.map(|name| (name.requested.clone(), name.own.clone())).collect();
        self.replacements.extend(others);
        self
    }

    fn attempt(&self) -> Result<BTreeMap<ModelId, syn::ItemStruct>, String> {
        let tokens = generate(&self.document(), &self.settings())?;
        let mut items = struct_items(tokens).map_err(|error| format!("its structs are not Rust: {error}"))?;
        let own = self.own_names();
        self.structs.iter().map(|request| Ok((request.id, request.take(&mut items, &own)?))).collect()
    }

    /// The names of the structs, by what progenitor knows them as.
    fn own_names(&self) -> BTreeMap<&str, &str> {
        let names = self.structs.iter().map(|request| &request.name);
        names.map(|name| (name.requested.as_str(), name.own.as_str())).collect()
    }

    fn settings(&self) -> GenerationSettings {
        let mut settings = GenerationSettings::new();
        settings.with_map_type("BTreeMap");
        for (name, text) in &self.replacements {
            settings.with_replacement(name, text, std::iter::empty::<TypeImpl>());
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

impl StructRequest {
    fn schema(&self) -> Schema {
        let properties: IndexMap<_, _> =
            self.fields.iter().map(|field| (field.name.requested.clone(), field.schema.clone())).collect();
        let required = self.fields.iter().filter(|field| field.required);
        let required = required.map(|field| field.name.requested.clone()).collect();
        // An open object without properties would be a map; whether it is open is not progenitor's matter.
        let additional_properties = Some(AdditionalProperties::Any(false));
        let object = ObjectType { properties, required, additional_properties, ..ObjectType::default() };
        schema(SchemaType::Object(object), false)
    }

    /// Takes this struct out of what progenitor gave, under its own names and in its own order.
    fn take(
        &self,
        items: &mut BTreeMap<String, syn::ItemStruct>,
        own: &BTreeMap<&str, &str>,
    ) -> Result<syn::ItemStruct, String> {
        let mut item =
            items.remove(&self.name.requested).ok_or_else(|| format!("{} is missing", self.origin))?;
        Shorten { names: own }.visit_item_struct_mut(&mut item);
        item.ident = token(&self.name.own);
        let taken = std::mem::replace(&mut item.fields, syn::Fields::Unit).into_iter();
        let mut by_name: BTreeMap<String, syn::Field> =
            taken.filter_map(|field| Some((field.ident.as_ref()?.to_string(), field))).collect();
        let mut named = syn::punctuated::Punctuated::new();
        for request in &self.fields {
            let requested = &request.name.requested;
            let field =
                by_name.remove(requested).ok_or_else(|| format!("{}.{requested} is missing", self.origin))?;
            named.push(
                request.check(field).map_err(|message| format!("{}.{requested} {message}", self.origin))?,
            );
        }
        if let Some(name) = by_name.keys().next() {
            return Err(format!("{} has a field `{name}` that was not requested", self.origin));
        }
        item.fields =
            syn::Fields::Named(syn::FieldsNamed { brace_token: syn::token::Brace::default(), named });
        Ok(item)
    }
}

impl FieldRequest {
    fn check(&self, mut field: syn::Field) -> Result<syn::Field, String> {
        let expected: syn::Type =
            syn::parse_str(&self.ty).map_err(|error| format!("is to be a {}, but {error}", self.ty))?;
        if field.ty.to_token_stream().to_string() != expected.to_token_stream().to_string() {
            return Err(format!("is a {} in place of a {}", field.ty.to_token_stream(), self.ty));
        }
        field.ident = Some(token(&self.name.own));
        Ok(field)
    }
}

fn token(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}

fn struct_request(
    id: ModelId,
    model: &Model,
    object: &Struct,
    replacements: &mut Replacements<'_>,
) -> StructRequest {
    let additional = object.additional_properties.as_ref();
    let idents = object.fields.iter().map(|field| &field.name);
    let idents: Vec<&Ident> = idents.chain(additional.map(|additional| &additional.name)).collect();
    let mut requested = placeholders(&idents, "member", |name| name.to_snake_case() == name).into_iter();
    let mut next_name = || requested.next().expect("every field has a name");
    let mut requests = Vec::with_capacity(idents.len());
    for field in &object.fields {
        let name = next_name();
        let required = field.is_always_present();
        let schema = match field.presence {
            Presence::Required => replacements.schema(&field.value, false),
            Presence::RequiredNullable | Presence::Optional => replacements.optional(&field.value, required),
            Presence::OptionalNullable => replacements.replaced(format!("Nullable<{}>", field.value)),
        };
        requests.push(FieldRequest { name, schema, required, ty: field.ty() });
    }
    if let Some(additional) = additional {
        let schema = replacements.schema(&additional.ty, false);
        requests.push(FieldRequest {
            name: next_name(),
            schema,
            required: true,
            ty: additional.ty.to_string(),
        });
    }
    let name = replacements.names[&id].clone();
    let origin = format!("`{}` ({})", name.own, model.origin);
    StructRequest { id, name, origin, fields: requests }
}

fn type_names(structs: &[(ModelId, &Model, &Struct)]) -> BTreeMap<ModelId, Name> {
    let idents: Vec<&Ident> = structs.iter().map(|(_, model, _)| &model.name).collect();
    let is_kept = |name: &str| name.to_upper_camel_case() == name && !name.starts_with("Replaced");
    structs.iter().map(|(id, ..)| *id).zip(placeholders(&idents, "Model", is_kept)).collect()
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
