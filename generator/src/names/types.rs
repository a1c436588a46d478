//! The names of types, members and variants.

use super::scope::Scope;
use super::{Ident, MemberNames, TypeNames, case, reserved};
use crate::config::Config;
use crate::ir::{Enum, EnumValues, Shape, Struct, TypeDef, Union};

/// Names every type, in order, so that those of `components` come before inline ones.
pub(super) fn decide(types: &[TypeDef], config: &Config, idents: &mut Scope) -> Vec<TypeNames> {
    let mut modules = Scope::reserving(&[reserved::FILES, reserved::MODULES].concat());
    types.iter().map(|ty| type_names(ty, config, idents, &mut modules)).collect()
}

fn type_names(ty: &TypeDef, config: &Config, idents: &mut Scope, modules: &mut Scope) -> TypeNames {
    let ident = idents.take(ident_candidates(ty, config));
    let module = case::snake(ident.as_str()).unwrap_or_else(|| "model".to_owned());
    let module = modules.take([module.clone(), format!("{module}_model")]);
    let (mut members, mut rest, mut variants) = (Vec::new(), None, Vec::new());
    match &ty.shape {
        Shape::Struct(object) => (members, rest) = member_names(object),
        Shape::Enum(values) => variants = value_names(values),
        Shape::Union(union) => variants = variant_names(&ident, union),
        Shape::Alias(_) => {}
    }
    TypeNames { ident, module, members, rest, variants }
}

fn ident_candidates(ty: &TypeDef, config: &Config) -> Vec<String> {
    let configured = config.types.iter().find(|(key, _)| ty.matches_config_key(key));
    let configured = configured.and_then(|(_, rename)| case::upper_camel(&rename.name));
    let from_hint = case::upper_camel(&ty.name_parts.join(" ")).unwrap_or_else(|| "Model".to_owned());
    let spaced = format!("{}Model", from_hint.trim_end_matches('_'));
    configured.into_iter().chain([from_hint, spaced]).collect()
}

fn member_names(object: &Struct) -> (Vec<MemberNames>, Option<MemberNames>) {
    let mut scope = Scope::reserving(reserved::MEMBERS);
    let fields: Vec<Ident> = object
        .properties
        .iter()
        .map(|member| scope.take([case::snake(&member.name).unwrap_or_else(|| "member".to_owned())]))
        .collect();
    let rest =
        object.additional_properties.as_ref().map(|_| scope.take(["additional_properties".to_owned()]));
    let mut setters = Scope::default();
    let mut names = |field: Ident| {
        let setter = setters.take([format!("with_{}", field.as_str().trim_end_matches('_'))]);
        MemberNames { field, setter }
    };
    (fields.into_iter().map(&mut names).collect(), rest.map(&mut names))
}

fn value_names(values: &Enum) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let mut take = |hint: Option<&str>, value: &str| {
        let name = hint.and_then(case::upper_camel).or_else(|| case::upper_camel(value));
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

/// The variants, without the words of the union's own name that all of them begin or end with:
/// `AudioDelta` of `ResponseAudioDeltaEvent`, in a `ResponseStreamEvent`.
fn variant_names(ident: &Ident, union: &Union) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let own = case::words(ident.as_str());
    let words: Vec<Vec<String>> = union.variants.iter().map(|variant| case::words(&variant.label)).collect();
    let begin = shared(&own, &words, |words, at| words.get(at));
    let end = shared(&own, &words, |words, at| words.len().checked_sub(at + 1).and_then(|at| words.get(at)));
    let is_enough = words.len() > 1 && words.iter().all(|words| words.len() > begin + end);
    let short = |words: &Vec<String>| case::upper_camel(&words[begin..words.len() - end].join(" "));
    let variants = words.iter().zip(&union.variants);
    variants
        .map(|(words, variant)| {
            let short = if is_enough { short(words) } else { None };
            let name = case::upper_camel(&variant.label).unwrap_or_else(|| "Variant".to_owned());
            let value = format!("{}Value", name.trim_end_matches('_'));
            scope.take(short.into_iter().chain([name, value]))
        })
        .collect()
}

/// How many words, one after the other, all of `names` have where `own` has them.
fn shared<'w>(
    own: &'w [String],
    names: &'w [Vec<String>],
    word: impl Fn(&'w [String], usize) -> Option<&'w String>,
) -> usize {
    (0..own.len()).take_while(|at| names.iter().all(|name| word(name, *at) == word(own, *at))).count()
}
