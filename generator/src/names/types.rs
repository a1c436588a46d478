//! The names of types, fields and variants.

use super::naming::Naming;
use super::scope::Scope;
use super::type_words::TypeWords;
use super::{FieldNames, Ident, TypeNames, case, reserved};
use crate::config::Config;
use crate::ir::{Api, Enum, EnumValues, Shape, Struct, TypeDef, TypeId, Union};

/// Names every type, in order, so that those of `components` come before inline ones.
pub(super) fn decide(api: &Api, naming: &Naming, config: &Config, idents: &mut Scope) -> Vec<TypeNames> {
    let mut modules = Scope::reserving(&[reserved::FILES, reserved::MODULES].concat());
    let words = TypeWords::of(api, naming);
    let types = api.types.iter().enumerate();
    let mut names: Vec<TypeNames> = types
        .map(|(index, ty)| {
            let ident = idents.take(ident_candidates(ty, &words.candidates(TypeId(index)), config));
            type_names(ty, ident, &mut modules)
        })
        .collect();
    // The types of the document come first.
    for (names, ty) in names.iter_mut().zip(&api.types) {
        let has_many = matches!(&ty.shape, Shape::Struct(object) if has_many_required(object));
        let name = || format!("{}Required", names.ident.as_str().trim_end_matches('_'));
        names.required = (has_many && ty.in_request).then(|| idents.take([name()]));
    }
    names
}

/// Whether the object may have more required properties than a function should have arguments.
fn has_many_required(object: &Struct) -> bool {
    object.properties.iter().filter(|property| property.required).count() > MOST_ARGUMENTS
}

/// Functions with more arguments than this take those as a struct.
pub(crate) const MOST_ARGUMENTS: usize = 4;

fn type_names(ty: &TypeDef, ident: Ident, modules: &mut Scope) -> TypeNames {
    let module = case::module(ident.as_str()).unwrap_or_else(|| "model".to_owned());
    let module = modules.take([module.clone(), format!("{module}_model")]);
    let (mut fields, mut additional_properties, mut variants) = (Vec::new(), None, Vec::new());
    match &ty.shape {
        Shape::Struct(object) => (fields, additional_properties) = field_names(object),
        Shape::Enum(values) => variants = value_names(values),
        Shape::Union(union) => variants = variant_names(&ident, union),
        Shape::Alias(_) | Shape::Recursive(_) => {}
    }
    let is_union = matches!(ty.shape, Shape::Union(_));
    let constructors = if is_union { constructor_names(&variants) } else { Vec::new() };
    TypeNames { ident, module, fields, additional_properties, required: None, variants, constructors }
}

/// `url` for the variant `Url`.
fn constructor_names(variants: &[Ident]) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::UNION_FUNCTIONS);
    let names = variants.iter().map(|variant| {
        let name = case::snake(variant.as_str()).unwrap_or_else(|| "variant".to_owned());
        scope.take([name.clone(), format!("new_{}", name.trim_end_matches('_'))])
    });
    names.collect()
}

fn ident_candidates(ty: &TypeDef, words: &[Vec<String>], config: &Config) -> Vec<String> {
    let configured = config.types.iter().find(|(key, _)| ty.matches_config_key(key));
    let configured = configured.and_then(|(_, rename)| case::upper_camel(&rename.name));
    let names: Vec<String> = words.iter().filter_map(|words| case::upper_camel(&words.join(" "))).collect();
    let longest = names.last().map_or("", |name| name.trim_end_matches('_'));
    let model = if longest.is_empty() { "Model".to_owned() } else { format!("{longest}Model") };
    configured.into_iter().chain(names).chain([model]).collect()
}

fn field_names(object: &Struct) -> (Vec<FieldNames>, Option<FieldNames>) {
    let mut scope = Scope::default();
    let fields: Vec<Ident> = object
        .properties
        .iter()
        .map(|property| scope.take([case::snake(&property.name).unwrap_or_else(|| "member".to_owned())]))
        .collect();
    let additional_properties =
        object.additional_properties.as_ref().map(|_| scope.take(["additional_properties".to_owned()]));
    let mut setters = Scope::default();
    let mut names = |field: Ident| {
        let setter = setters.take([format!("with_{}", field.as_str().trim_end_matches('_'))]);
        FieldNames { field, setter }
    };
    (fields.into_iter().map(&mut names).collect(), additional_properties.map(&mut names))
}

fn value_names(values: &Enum) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let mut take = |label: Option<&str>, value: &str| {
        let name = label.and_then(case::upper_camel).or_else(|| case::upper_camel(value));
        // The only text without a name is the empty one.
        let name = name.unwrap_or_else(|| "Empty".to_owned());
        scope.take([name.clone(), format!("{}Value", name.trim_end_matches('_'))])
    };
    match &values.values {
        EnumValues::Strings(values) => {
            values.iter().map(|value| take(value.label.as_deref(), &value.value)).collect()
        }
        EnumValues::Integers(values) => {
            values.iter().map(|value| take(value.label.as_deref(), &value.value.to_string())).collect()
        }
    }
}

/// The variants, without the words that they share with the union where it has them: `AudioDelta` of
/// `ResponseAudioDeltaEvent`, in a `ResponseStreamEvent`.
fn variant_names(ident: &Ident, union: &Union) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let own = case::words(ident.as_str());
    let labels: Vec<Vec<String>> = union.variants.iter().map(|variant| case::words(&variant.label)).collect();
    let begin = shared_by_all(&own, &labels, |words, at| words.get(at));
    let end = shared_by_all(&own, &labels, |words, at| {
        words.len().checked_sub(at + 1).and_then(|at| words.get(at))
    });
    let by_all =
        labels.iter().map(|words| words.get(begin..words.len().saturating_sub(end)).unwrap_or_default());
    let by_each = labels.iter().map(|words| without_shared(words, &own));
    let short = [by_each.collect(), by_all.collect(), labels.iter().map(Vec::as_slice).collect()];
    let short = short.into_iter().find(|names: &Vec<&[String]>| are_names(names)).map(without_common);
    union
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let short = short.as_ref().and_then(|names| case::upper_camel(&names[index].join(" ")));
            let name = case::upper_camel(&variant.label).unwrap_or_else(|| "Variant".to_owned());
            let value = format!("{}Value", name.trim_end_matches('_'));
            scope.take(short.into_iter().chain([name, value]))
        })
        .collect()
}

/// Whether `names` are several, none of them empty, and each there once.
fn are_names(names: &[&[String]]) -> bool {
    let is_once = |(index, name): (usize, &&[String])| !name.is_empty() && !names[..index].contains(name);
    names.len() > 1 && names.iter().enumerate().all(is_once)
}

/// What variants are called by their kind, beside others with names.
const KINDS: &[&str] =
    &["base", "boolean", "integer", "list", "map", "number", "object", "text", "union", "value"];

/// The names without the words that all of them begin or end with, kinds apart: `File` and `DocumentUrl` of
/// `FileChunk` and `DocumentUrlChunk`.
fn without_common(names: Vec<&[String]>) -> Vec<&[String]> {
    let is_kind = |name: &&[String]| matches!(*name, [kind] if KINDS.contains(&kind.as_str()));
    let proper: Vec<&[String]> = names.iter().filter(|name| !is_kind(name)).copied().collect();
    let are_common = |word: &dyn Fn(&[String]) -> Option<String>| {
        proper.windows(2).all(|pair| word(pair[0]).is_some() && word(pair[0]) == word(pair[1]))
    };
    let shortest =
        proper.iter().map(|words| words.len()).min().filter(|_| proper.len() > 1).unwrap_or_default();
    let begin = (0..shortest).take_while(|at| are_common(&|words| words.get(*at).cloned())).count();
    let from_end = |words: &[String], at: usize| words.len().checked_sub(at + 1).map(|at| words[at].clone());
    // Beside kinds, names keep the word that says their own: `DateRange`.
    let has_kinds = proper.len() < names.len();
    let end = (0..shortest).take_while(|at| !has_kinds && are_common(&|words| from_end(words, *at))).count();
    let cut = |words: &[String]| begin..words.len().saturating_sub(end);
    let short: Vec<&[String]> = names
        .iter()
        .map(|words| if is_kind(words) { *words } else { words.get(cut(words)).unwrap_or_default() })
        .collect();
    let begins_with_letter =
        |words: &&[String]| words.first().is_some_and(|word| word.starts_with(char::is_alphabetic));
    // Beside kinds, what is called after a kind alone is of that kind.
    let is_good = |(short, long): (&&[String], &&[String])| {
        begins_with_letter(short) && (short == long || !has_kinds || !is_kind(short))
    };
    if are_names(&short) && short.iter().zip(&names).all(is_good) { short } else { names }
}

/// `words` without those at their ends that `own` has there as well.
fn without_shared<'w>(words: &'w [String], own: &[String]) -> &'w [String] {
    let begin = words.iter().zip(own).take_while(|(word, own)| word == own).count();
    let rest = &words[begin..];
    let end = rest.iter().rev().zip(own.iter().rev()).take_while(|(word, own)| word == own).count();
    &rest[..rest.len() - end]
}

/// How many words, one after the other, all of `names` have where `own` has them.
fn shared_by_all<'w>(
    own: &'w [String],
    names: &'w [Vec<String>],
    word: impl Fn(&'w [String], usize) -> Option<&'w String>,
) -> usize {
    (0..own.len()).take_while(|at| names.iter().all(|name| word(name, *at) == word(own, *at))).count()
}
