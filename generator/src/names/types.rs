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
        Shape::Union(union) => variants = variant_names(union),
        Shape::Alias(_) => {}
    }
    TypeNames { ident, module, members, rest, variants }
}

fn ident_candidates(ty: &TypeDef, config: &Config) -> Vec<String> {
    let configured = config.types.iter().find(|(key, _)| ty.goes_by(key));
    let configured = configured.and_then(|(_, rename)| case::upper_camel(&rename.name));
    let from_hint = case::upper_camel(&ty.hint.join(" ")).unwrap_or_else(|| "Model".to_owned());
    let spaced = format!("{}Model", from_hint.trim_end_matches('_'));
    configured.into_iter().chain([from_hint, spaced]).collect()
}

fn member_names(object: &Struct) -> (Vec<MemberNames>, Option<MemberNames>) {
    let mut scope = Scope::reserving(reserved::MEMBERS);
    let fields: Vec<Ident> = object
        .members
        .iter()
        .map(|member| scope.take([case::snake(&member.name).unwrap_or_else(|| "member".to_owned())]))
        .collect();
    let rest = object.rest.as_ref().map(|_| scope.take(["additional_properties".to_owned()]));
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
            values.iter().map(|value| take(value.hint.as_deref(), &value.value)).collect()
        }
        EnumValues::Integers(values) => {
            values.iter().map(|value| take(value.hint.as_deref(), &value.value.to_string())).collect()
        }
    }
}

fn variant_names(union: &Union) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let hints = union.variants.iter().map(|variant| variant.hint.as_str());
    hints
        .map(|hint| {
            let name = case::upper_camel(hint).unwrap_or_else(|| "Variant".to_owned());
            scope.take([name.clone(), format!("{}Value", name.trim_end_matches('_'))])
        })
        .collect()
}
