//! The value of an argument or a setter in an example.

use proc_macro2::Literal;
use quote::quote;
use serde_json::{Value, json};

use super::budget::Budget;
use super::{Expression, Files, Requirements, Snippets, json, literal, value};
use crate::sdk::{Input, InputValue, ParameterLocation, Sdk, Target, Type};

/// The value that the document gives for an input and that fits its type.
pub(super) fn example<'i>(input: &'i Input, sdk: &Sdk) -> Option<&'i Value> {
    match &input.value {
        InputValue::Typed(ty) => {
            let mut examples = input.examples.iter().filter(|value| !is_in_path(input) || **value != "");
            examples.find(|value| value::fits(ty, value, sdk))
        }
        InputValue::File | InputValue::Files | InputValue::Bytes => {
            input.examples.iter().find(|value| value.is_string())
        }
    }
}

/// How many values the smallest one of an input has in it. `None` when it has none, or none that is small.
pub(super) fn size(input: &Input, snippets: &Snippets<'_>) -> Option<usize> {
    match &input.value {
        InputValue::Typed(ty) => snippets.sizes.get(ty),
        InputValue::File | InputValue::Files | InputValue::Bytes => Some(1),
    }
}

/// What is passed for an input whose size was promised.
pub(super) fn value(input: &Input, budget: &mut Budget, snippets: &Snippets<'_>) -> Expression {
    let example = example(input, snippets.sdk);
    if !matches!(input.value, InputValue::Typed(_)) {
        budget.redeem(1);
        budget.spend(1);
    }
    match &input.value {
        InputValue::Typed(ty) => {
            let name = if input.wire_name.is_empty() { "text" } else { &input.wire_name };
            let filled = filled(input, snippets.sdk);
            let example = example.or(input.default.as_ref()).or(filled.as_ref());
            value::passed(ty, name, example, budget, snippets)
        }
        InputValue::File => file(example, snippets),
        InputValue::Files => {
            let Expression { tokens, requirements } = file(example, snippets);
            Expression { tokens: quote! { vec![#tokens] }, requirements }
        }
        InputValue::Bytes => {
            let text = example.and_then(Value::as_str).unwrap_or("the content");
            let bytes = Literal::byte_string(literal::short(text).as_bytes());
            Expression { tokens: quote! { #bytes.to_vec() }, requirements: Requirements::default() }
        }
    }
}

/// Whether an input is a parameter in the path, which must not be empty.
fn is_in_path(input: &Input) -> bool {
    matches!(input.target, Target::Parameter { location: ParameterLocation::Path, .. })
}

/// An object with one property, for a parameter in the path: without any, nothing would stand there.
fn filled(input: &Input, sdk: &Sdk) -> Option<Value> {
    let InputValue::Typed(Type::Model(model)) = &input.value else { return None };
    if !is_in_path(input) {
        return None;
    }
    let first = sdk.fields(model.id).first()?;
    let Type::Scalar(scalar) = first.value else { return None };
    Some(json!({ first.property.as_str(): json::scalar(scalar, None) }))
}

/// What a field of the struct of required values is set to.
pub(super) fn exact(input: &Input, budget: &mut Budget, snippets: &Snippets<'_>) -> Expression {
    match &input.value {
        InputValue::Typed(ty) => {
            let example = example(input, snippets.sdk).or(input.default.as_ref());
            value::exact(ty, example, budget, snippets)
        }
        InputValue::File | InputValue::Files | InputValue::Bytes => value(input, budget, snippets),
    }
}

/// A file by the name that the document gives.
fn file(example: Option<&Value>, snippets: &Snippets<'_>) -> Expression {
    let name = example.and_then(Value::as_str).filter(|name| is_file_name(name)).unwrap_or("file.txt");
    let name = Literal::string(name);
    let mut requirements = Requirements::default();
    requirements.uses.name(&format!("{}::FileUpload", snippets.library()));
    let tokens = match snippets.files {
        Files::OnDisk => quote! { FileUpload::from_path(#name).await? },
        Files::InMemory => quote! { FileUpload::from_bytes("content").with_file_name(#name) },
    };
    Expression { tokens, requirements }
}

/// Whether an example of a file is its name, and not its content.
fn is_file_name(text: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let extension = text.rsplit_once('.').map(|(_, extension)| extension.len());
    text.chars().all(is_plain)
        && text.len() <= 40
        && extension.is_some_and(|length| (1..=5).contains(&length))
}
