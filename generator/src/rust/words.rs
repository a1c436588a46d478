//! What is said about values: defaults, examples and what they may be, in sentences.
//!
//! Values come from the document and are put in code spans, in which nothing
//! has a meaning. Knows nothing of tokens, so that pages can use it.

use serde_json::{Number, Value};

use crate::Plan;
use crate::ir::{Constraints, Docs, Property, Range, Type, TypeId};
use crate::prose::Prose;
use crate::rust::arguments::{Input, InputValue};

/// Longer examples say less than they take to read.
const LONGEST_EXAMPLE: usize = 80;

/// What is known of a member beside its description: "Default: `0`. Example: `7`."
pub(crate) fn of_member(member: &Property) -> Prose {
    let values = values(member.constant.as_ref(), member.default.as_ref(), &member.examples);
    let limits = limits(&member.docs);
    let reads = member.read_only.then(|| "Only in responses.".into());
    let writes = member.write_only.then(|| "Only in requests.".into());
    Prose::join(" ", [Some(limits), Some(values), reads, writes].into_iter().flatten())
}

/// What a value of this type is, in the first sentence that its named type has, if it has one.
pub(crate) fn of_type(ty: &Type, plan: &Plan) -> Prose {
    match ty {
        Type::Any | Type::Scalar(_) => Prose::default(),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => of_type(inner, plan),
        Type::Named(id) | Type::Boxed(id) => {
            let docs = &plan.api.type_def(*id).docs;
            let said = docs.paragraphs(plan.names.ty(*id).ident.as_str());
            said.first().map(|said| said.first_sentence().sentence()).unwrap_or_default()
        }
    }
}

/// What the values of a caller are, in the first sentence that their named type has, if it has one.
pub(crate) fn of_input_type(input: &Input<'_>, plan: &Plan) -> Prose {
    match &input.value {
        InputValue::Typed(ty) => of_type(ty, plan),
        InputValue::File | InputValue::Files | InputValue::Bytes => Prose::default(),
    }
}

/// What a named type is, when the document does not say.
pub(crate) fn of_silent_type(id: TypeId, plan: &Plan) -> Prose {
    match plan.api.type_def(id).name_parts.as_slice() {
        [name] => Prose::fill("The {} schema.", &[&Prose::code(name)]),
        [outer @ .., last] if last == "item" => {
            Prose::fill("An item of {}.", &[&Prose::code(&outer.join("."))])
        }
        [outer @ .., last] => {
            Prose::fill("The {} of {}.", &[&Prose::code(last), &Prose::code(&outer.join("."))])
        }
        [] => "A value without a name of its own.".into(),
    }
}

/// What is known of what a caller gives beside its description.
pub(crate) fn of_input(input: &Input<'_>) -> Prose {
    Prose::join(" ", [limits(input.docs()), values(None, input.default(), input.examples())])
}

/// What values may be, as far as the description does not say so.
pub(crate) fn limits(docs: &Docs) -> Prose {
    let Constraints { number, exclusive_min, exclusive_max, characters, items, pattern } = &docs.constraints;
    let said = docs.description.as_str();
    let numbers = match (exclusive_min, exclusive_max) {
        (false, false) => range(number, said, ["From {} to {}.", "At least {}.", "At most {}."]),
        (true, false) => range(number, said, ["Above {}, up to {}.", "Above {}.", "At most {}."]),
        (false, true) => range(number, said, ["From {}, below {}.", "At least {}.", "Below {}."]),
        (true, true) => range(number, said, ["Above {} and below {}.", "Above {}.", "Below {}."]),
    };
    let [between, more, fewer] =
        ["From {} to {} characters.", "At least {} characters.", "At most {} characters."];
    let characters = range(characters, said, [between, more, fewer]);
    let items = range(items, said, ["From {} to {} items.", "At least {} items.", "At most {} items."]);
    let pattern = pattern.as_ref().filter(|pattern| !said.contains(pattern.as_str()));
    let pattern = pattern.map(|pattern| Prose::fill("Matches {}.", &[&Prose::code(pattern)]));
    Prose::join(" ", [numbers, characters, items, pattern.unwrap_or_default()])
}

/// The words for a range that is closed, open upwards, or open downwards.
fn range(range: &Range, said: &str, [between, more, fewer]: [&'static str; 3]) -> Prose {
    let is_said = |number: &Number| {
        said.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits == number.to_string())
    };
    let shown = |number: &Number| Prose::plain(&number.to_string());
    match (&range.min, &range.max) {
        (Some(min), Some(max)) if is_said(min) && is_said(max) => Prose::default(),
        (Some(min), Some(max)) => Prose::fill(between, &[&shown(min), &shown(max)]),
        (Some(one), None) | (None, Some(one)) if is_said(one) => Prose::default(),
        (Some(min), None) => Prose::fill(more, &[&shown(min)]),
        (None, Some(max)) => Prose::fill(fewer, &[&shown(max)]),
        (None, None) => Prose::default(),
    }
}

/// The only value, or the default and an example; null says nothing.
fn values(constant: Option<&Value>, default: Option<&Value>, examples: &[Value]) -> Prose {
    if let Some(constant) = constant {
        return Prose::fill("Always {}.", &[&Prose::value(constant)]);
    }
    let shown = default.filter(|default| !default.is_null()).map(Prose::value);
    let shown = shown.map(|default| Prose::fill("Default: {}.", &[&default]));
    let example = if default.is_some_and(|default| examples.contains(default)) {
        Prose::default()
    } else {
        example(examples)
    };
    Prose::join(" ", shown.into_iter().chain([example]))
}

/// The first example that is short enough.
pub(crate) fn example(examples: &[Value]) -> Prose {
    let is_short = |example: &Prose| example.as_str().chars().count() <= LONGEST_EXAMPLE;
    let example = examples.iter().map(Prose::value).find(is_short);
    example.map(|example| Prose::fill("Example: {}.", &[&example])).unwrap_or_default()
}

/// What the document says about an item, when that is one line of text, with `facts` behind it.
pub(crate) fn one_line(docs: &Docs, name: &str, facts: &Prose) -> Option<Prose> {
    let [said] = <[Prose; 1]>::try_from(docs.paragraphs(name)).ok()?;
    let is_text =
        said.as_str().starts_with(|character: char| character.is_alphanumeric() || character == '`');
    if !is_text || said.as_str().contains('\n') {
        return None;
    }
    Some(Prose::join(" ", [said, facts.clone()]))
}
