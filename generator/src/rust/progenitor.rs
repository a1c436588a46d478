//! Structs out of progenitor.
//!
//! In go the structs of the lowered document, out come struct items with the
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

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use heck::{ToSnakeCase, ToUpperCamelCase};
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, ObjectType, OpenAPI, ReferenceOr, Schema, Type as SchemaType,
};
use proc_macro2::{TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator, TypeImpl};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;

use self::dialect::{Replacements, schema};
use crate::names::Ident;
use crate::sdk::{Model, ModelId, ModelKind, Presence, Sdk, Struct};

/// The struct items of the models, by their ids.
///
/// # Panics
///
/// When progenitor does not give the structs that it was asked for. It is asked only for what it
/// is known to handle, so that is a mistake of this module, and the message names the schema.
pub(super) fn structs(sdk: &Sdk) -> BTreeMap<ModelId, syn::ItemStruct> {
    let order = Order::of(sdk);
    match order.run() {
        Ok(structs) => structs,
        Err(refusal) => panic!("progenitor makes every struct that it is asked for, but {refusal}"),
    }
}

/// What progenitor is asked for.
#[derive(Clone, Debug, Default)]
struct Order {
    structs: Vec<StructOrder>,
    /// The types that it cannot express, in place of which it knows `Replaced0`, `Replaced1`, …
    replacements: BTreeMap<String, String>,
}

/// A struct that progenitor is asked for.
#[derive(Clone, Debug)]
struct StructOrder {
    id: ModelId,
    /// Its name, and what progenitor knows it as.
    name: Name,
    /// Where it comes from, for messages.
    origin: String,
    fields: Vec<FieldOrder>,
}

#[derive(Clone, Debug)]
struct FieldOrder {
    /// Its name, and what progenitor knows it as.
    name: Name,
    schema: ReferenceOr<Box<Schema>>,
    required: bool,
    /// The type that is to come out.
    ty: String,
}

/// A name that is decided, and its stand-in where progenitor would change it.
#[derive(Clone, Debug)]
struct Name {
    decided: String,
    asked: String,
}

impl Order {
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
            structs.map(|(id, model, object)| struct_order(id, model, object, &mut replacements)).collect();
        let by_text = replacements.by_text.into_iter();
        Self { structs, replacements: by_text.map(|(text, name)| (name, text)).collect() }
    }

    /// Asks for all of it at once, and one by one when that fails, to find out what the cause is.
    fn run(&self) -> Result<BTreeMap<ModelId, syn::ItemStruct>, String> {
        self.attempt().map_err(|message| {
            let refused = self.structs.iter().find_map(|order| {
                let alone = Self { structs: vec![order.clone()], replacements: self.replacements.clone() };
                alone.with_stand_ins(self).attempt().err().map(|message| (order, message))
            });
            match refused {
                Some((order, message)) => format!("not that of {}: {message}", order.origin),
                None => format!("not all of them together: {message}"),
            }
        })
    }

    /// Lets a part of `whole` stand alone: structs that it refers to are replaced.
    fn with_stand_ins(mut self, whole: &Self) -> Self {
        let own: BTreeSet<&String> = self.structs.iter().map(|order| &order.name.asked).collect();
        let others = whole.structs.iter().map(|order| &order.name).filter(|name| !own.contains(&name.asked));
        let others: Vec<_> = others.map(|name| (name.asked.clone(), name.decided.clone())).collect();
        self.replacements.extend(others);
        self
    }

    fn attempt(&self) -> Result<BTreeMap<ModelId, syn::ItemStruct>, String> {
        let tokens = generate(&self.document(), &self.settings())?;
        let mut found = struct_items(tokens).map_err(|error| format!("its structs are not Rust: {error}"))?;
        let decided = self.decided_types();
        self.structs.iter().map(|order| Ok((order.id, order.take(&mut found, &decided)?))).collect()
    }

    /// The names of the structs, by what progenitor knows them as.
    fn decided_types(&self) -> BTreeMap<&str, &str> {
        let names = self.structs.iter().map(|order| &order.name);
        names.map(|name| (name.asked.as_str(), name.decided.as_str())).collect()
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
        let structs =
            self.structs.iter().map(|order| (order.name.asked.clone(), ReferenceOr::Item(order.schema())));
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

/// The structs of progenitor's `mod types`, by their names, without what stands above them.
///
/// Its implementations for them are most of what it gives, and are passed over unparsed.
fn struct_items(tokens: TokenStream) -> syn::Result<BTreeMap<String, syn::ItemStruct>> {
    let types = bodies_of("mod", tokens).find(|(name, _)| name == "types");
    let structs = types.map(|(_, body)| bodies_of("struct", body)).into_iter().flatten();
    let parsed = structs.map(|(name, body)| {
        let item = syn::parse2(quote! { pub struct #name { #body } })?;
        Ok((name.to_string(), item))
    });
    parsed.collect()
}

/// The names and the bodies of the items with this keyword, among the tokens at the top.
fn bodies_of(keyword: &str, tokens: TokenStream) -> impl Iterator<Item = (proc_macro2::Ident, TokenStream)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let bodies: Vec<_> = trees
        .windows(3)
        .filter_map(|trees| match trees {
            [TokenTree::Ident(first), TokenTree::Ident(name), TokenTree::Group(body)] if first == keyword => {
                Some((name.clone(), body.stream()))
            }
            _ => None,
        })
        .collect();
    bodies.into_iter()
}

impl StructOrder {
    fn schema(&self) -> Schema {
        let properties: IndexMap<_, _> =
            self.fields.iter().map(|field| (field.name.asked.clone(), field.schema.clone())).collect();
        let required = self.fields.iter().filter(|field| field.required);
        let required = required.map(|field| field.name.asked.clone()).collect();
        // An open object without properties would be a map; whether it is open is not progenitor's matter.
        let additional_properties = Some(AdditionalProperties::Any(false));
        let object = ObjectType { properties, required, additional_properties, ..ObjectType::default() };
        schema(SchemaType::Object(object), false)
    }

    /// Takes this struct out of what progenitor gave, under its own names and in its own order.
    fn take(
        &self,
        found: &mut BTreeMap<String, syn::ItemStruct>,
        decided: &BTreeMap<&str, &str>,
    ) -> Result<syn::ItemStruct, String> {
        let mut item = found.remove(&self.name.asked).ok_or_else(|| format!("{} is missing", self.origin))?;
        Shorten { decided }.visit_item_struct_mut(&mut item);
        item.ident = token(&self.name.decided);
        let taken = std::mem::replace(&mut item.fields, syn::Fields::Unit).into_iter();
        let mut by_name: BTreeMap<String, syn::Field> =
            taken.filter_map(|field| Some((field.ident.as_ref()?.to_string(), field))).collect();
        let mut named = syn::punctuated::Punctuated::new();
        for order in &self.fields {
            let asked = &order.name.asked;
            let field = by_name.remove(asked).ok_or_else(|| format!("{}.{asked} is missing", self.origin))?;
            named.push(order.check(field).map_err(|message| format!("{}.{asked} {message}", self.origin))?);
        }
        if let Some(name) = by_name.keys().next() {
            return Err(format!("{} has a field `{name}` that nobody asked for", self.origin));
        }
        item.fields =
            syn::Fields::Named(syn::FieldsNamed { brace_token: syn::token::Brace::default(), named });
        Ok(item)
    }
}

impl FieldOrder {
    fn check(&self, mut field: syn::Field) -> Result<syn::Field, String> {
        let expected: syn::Type =
            syn::parse_str(&self.ty).map_err(|error| format!("is to be a {}, but {error}", self.ty))?;
        if field.ty.to_token_stream().to_string() != expected.to_token_stream().to_string() {
            return Err(format!("is a {} in place of a {}", field.ty.to_token_stream(), self.ty));
        }
        field.ident = Some(token(&self.name.decided));
        Ok(field)
    }
}

fn token(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}

/// Writes `::std::vec::Vec` as `Vec`, which no type of ours is called, and gives structs their names.
struct Shorten<'a> {
    decided: &'a BTreeMap<&'a str, &'a str>,
}

impl VisitMut for Shorten<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let is_std = path.leading_colon.is_some() && path.segments[0].ident == "std";
        if is_std && let Some(last) = path.segments.pop() {
            path.leading_colon = None;
            path.segments = std::iter::once(last.into_value()).collect();
        }
        if let Some(decided) = path.get_ident().and_then(|ident| self.decided.get(ident.to_string().as_str()))
        {
            *path = token(decided).into();
        }
    }
}

fn struct_order(
    id: ModelId,
    model: &Model,
    object: &Struct,
    replacements: &mut Replacements<'_>,
) -> StructOrder {
    let additional = object.additional_properties.as_ref();
    let idents = object.fields.iter().map(|field| &field.name);
    let idents: Vec<&Ident> = idents.chain(additional.map(|additional| &additional.name)).collect();
    let mut asked = stand_ins(&idents, "member", |name| name.to_snake_case() == name).into_iter();
    let mut next_name = || asked.next().expect("every field has a name");
    let mut orders = Vec::with_capacity(idents.len());
    for field in &object.fields {
        let name = next_name();
        let required = field.is_always_present();
        let schema = match field.presence {
            Presence::Required => replacements.schema(&field.value, false),
            Presence::RequiredNullable | Presence::Optional => replacements.optional(&field.value, required),
            Presence::OptionalNullable => replacements.replaced(format!("Nullable<{}>", field.value)),
        };
        orders.push(FieldOrder { name, schema, required, ty: field.ty() });
    }
    if let Some(additional) = additional {
        let schema = replacements.schema(&additional.ty, false);
        orders.push(FieldOrder { name: next_name(), schema, required: true, ty: additional.ty.to_string() });
    }
    let name = replacements.names[&id].clone();
    let origin = format!("`{}` ({})", name.decided, model.origin);
    StructOrder { id, name, origin, fields: orders }
}

fn type_names(structs: &[(ModelId, &Model, &Struct)]) -> BTreeMap<ModelId, Name> {
    let idents: Vec<&Ident> = structs.iter().map(|(_, model, _)| &model.name).collect();
    let is_kept = |name: &str| name.to_upper_camel_case() == name && !name.starts_with("Replaced");
    structs.iter().map(|(id, ..)| *id).zip(stand_ins(&idents, "Model", is_kept)).collect()
}

/// Gives each name that progenitor would change another one, which it does not.
fn stand_ins(idents: &[&Ident], prefix: &str, is_kept: impl Fn(&str) -> bool) -> Vec<Name> {
    let taken: BTreeSet<&str> = idents.iter().map(|ident| ident.as_str()).collect();
    let mut numbers = 0..;
    let mut stand_in = || {
        let mut names = numbers.by_ref().map(|number| format!("{prefix}{number}"));
        names.find(|name| !taken.contains(name.as_str())).expect("there is always another number")
    };
    let names = idents.iter().map(|ident| ident.as_str());
    names
        .map(|name| Name {
            decided: name.to_owned(),
            asked: if is_kept(name) { name.to_owned() } else { stand_in() },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::dialect::reference;
    use super::*;
    use crate::ir::{Type, TypeDef, TypeId};
    use crate::sdk::sample;

    fn check(types: Vec<TypeDef>, expected: &str) {
        let structs = structs(&sample::sdk(types));
        let text: Vec<String> = structs
            .into_values()
            .map(|mut item| {
                item.attrs.clear();
                if let syn::Fields::Named(fields) = &mut item.fields {
                    fields.named.iter_mut().for_each(|field| field.attrs.clear());
                }
                let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item.into()] };
                prettyplease::unparse(&file)
            })
            .collect();
        assert_eq!(text.concat(), expected);
    }

    #[test]
    fn fields_keep_the_order_of_the_document() {
        let members =
            vec![sample::required("zebra", sample::STRING), sample::optional("ant", sample::STRING)];
        check(
            vec![sample::object("Animals", members)],
            "pub struct Animals {\n    pub zebra: String,\n    pub ant: Option<String>,\n}\n",
        );
    }

    #[test]
    fn names_that_progenitor_would_change_come_out_as_decided() {
        let other = Type::Named(TypeId(1));
        let members =
            ["type", "x_", "Self", "member0", "a__b"].map(|name| sample::required(name, other.clone()));
        check(
            vec![
                sample::object("HTTP2_Response", members.to_vec()),
                sample::object("Model0", Vec::new()),
                sample::object("Replaced0", vec![sample::optional("any", Type::Any)]),
            ],
            "pub struct Http2Response {
    pub type_: Model0,
    pub x: Model0,
    pub self_: Model0,
    pub member0: Model0,
    pub a_b: Model0,
}
pub struct Model0 {}
pub struct Replaced0 {
    pub any: Option<serde_json::Value>,
}
",
        );
    }

    #[test]
    fn a_struct_that_progenitor_panics_over_is_named() {
        let mut order = Order::of(&sample::sdk(vec![
            sample::object("Good", vec![sample::required("bad", Type::Named(TypeId(1)))]),
            sample::object("Bad", vec![sample::required("name", sample::STRING)]),
        ]));
        // A reference that leads nowhere is one of the things it panics over.
        order.structs[1].fields[0].schema = reference("Nowhere");
        let refusal = order.run().err().expect("progenitor does not know `Nowhere`");
        assert!(refusal.starts_with("not that of `Bad`"), "{refusal}");
    }

    #[test]
    fn a_field_of_another_type_than_asked_for_is_named() {
        let mut order = Order::of(&sample::sdk(vec![sample::object(
            "Note",
            vec![sample::required("name", sample::STRING)],
        )]));
        order.structs[0].fields[0].ty = "Vec<String>".to_owned();
        let refusal = order.run().err().expect("the field is a `String`");
        assert!(refusal.ends_with("name is a String in place of a Vec<String>"), "{refusal}");
    }

    #[test]
    fn hundreds_of_structs_come_out_whole() {
        let count = 500;
        let object = |index: usize| {
            let next = Type::List(Box::new(Type::Named(TypeId((index + 1) % count))));
            let members = (0..8).map(|field| sample::optional(&format!("member_{field}"), next.clone()));
            sample::object(&format!("Struct{index}"), members.collect())
        };
        let sdk = sample::sdk((0..count).map(object).collect());
        assert_eq!(structs(&sdk).len(), count);
    }
}
