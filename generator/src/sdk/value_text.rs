//! What is said about values: defaults, examples and constraints, in sentences.
//!
//! Values come from the document and are put in code spans, in which nothing has a meaning.

use serde_json::{Number, Value};

use crate::ir::{Constraints, Docs, Property, Range};
use crate::prose::Prose;

/// Longer examples say less than they take to read.
const LONGEST_EXAMPLE: usize = 80;

/// What is known of a property beside its description: ``Default: `0`. Example: `7`.``
pub(super) fn property(property: &Property) -> Prose {
    let docs = &property.docs;
    let values = values(docs, property.constant.as_ref(), property.default.as_ref(), &property.examples);
    let constraints = constraints(docs);
    let reads = property.read_only.then(|| "Only in responses.".into());
    let writes = property.write_only.then(|| "Only in requests.".into());
    Prose::join(" ", [Some(constraints), Some(values), reads, writes].into_iter().flatten())
}

/// What is known of a value that the caller gives, beside its description.
pub(super) fn input(docs: &Docs, default: Option<&Value>, examples: &[Value]) -> Prose {
    Prose::join(" ", [constraints(docs), values(docs, None, default, examples)])
}

/// What values may be, as far as the description does not say so.
pub(super) fn constraints(docs: &Docs) -> Prose {
    let Constraints { number, exclusive_min, exclusive_max, characters, items, pattern } = &docs.constraints;
    let text = docs.description.as_str();
    let numbers = match (exclusive_min, exclusive_max) {
        (false, false) => {
            range(number, text, ["Exactly {}.", "From {} to {}.", "At least {}.", "At most {}."])
        }
        (true, false) => {
            range(number, text, ["Exactly {}.", "Above {}, up to {}.", "Above {}.", "At most {}."])
        }
        (false, true) => {
            range(number, text, ["Exactly {}.", "From {}, below {}.", "At least {}.", "Below {}."])
        }
        (true, true) => {
            range(number, text, ["Exactly {}.", "Above {} and below {}.", "Above {}.", "Below {}."])
        }
    };
    let exactly =
        [["Exactly {} character.", "Exactly {} item."], ["Exactly {} characters.", "Exactly {} items."]];
    let between = ["From {} to {} characters.", "From {} to {} items."];
    let more =
        [["At least {} character.", "At least {} item."], ["At least {} characters.", "At least {} items."]];
    let fewer =
        [["At most {} character.", "At most {} item."], ["At most {} characters.", "At most {} items."]];
    let words = |range: &Range, unit: usize| {
        let plural = |bound: &Option<Number>| usize::from(bound.as_ref().and_then(Number::as_u64) != Some(1));
        [
            exactly[plural(&range.min)][unit],
            between[unit],
            more[plural(&range.min)][unit],
            fewer[plural(&range.max)][unit],
        ]
    };
    let characters = range(characters, text, words(characters, 0));
    let items = range(items, text, words(items, 1));
    let pattern = pattern.as_ref().filter(|pattern| !text.contains(pattern.as_str()));
    let pattern = pattern.map(|pattern| Prose::fill("Matches {}.", &[&Prose::code(pattern)]));
    Prose::join(" ", [numbers, characters, items, pattern.unwrap_or_default()])
}

/// The sentence for a range that is one number, closed, open upwards, or open downwards. A bound that the
/// description has is not repeated.
fn range(range: &Range, text: &str, [exactly, between, more, fewer]: [&'static str; 4]) -> Prose {
    let is_known = |number: &Number| {
        text.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits == number.to_string())
    };
    let shown = |number: &Number| Prose::plain(&number.to_string());
    let min = range.min.as_ref().filter(|min| says_something(min));
    let max = range.max.as_ref().filter(|max| says_something(max));
    match (min, max) {
        (Some(min), Some(max)) if is_known(min) && is_known(max) => Prose::default(),
        (Some(min), Some(max)) if min == max => Prose::fill(exactly, &[&shown(min)]),
        (Some(min), Some(max)) => Prose::fill(between, &[&shown(min), &shown(max)]),
        (Some(one), None) | (None, Some(one)) if is_known(one) => Prose::default(),
        (Some(min), None) => Prose::fill(more, &[&shown(min)]),
        (None, Some(max)) => Prose::fill(fewer, &[&shown(max)]),
        (None, None) => Prose::default(),
    }
}

/// Whether a bound is within what 64 bits hold, which numbers are in any case.
fn says_something(bound: &Number) -> bool {
    bound.as_i64().is_some_and(|bound| bound != i64::MIN && bound != i64::MAX)
        || bound.as_f64().is_some_and(|bound| bound.abs() < 9.2e18)
}

/// The only value, or the default and an example, as far as the description does not say so; null says nothing.
fn values(docs: &Docs, constant: Option<&Value>, default: Option<&Value>, examples: &[Value]) -> Prose {
    let text = docs.description.as_str();
    if let Some(constant) = constant {
        let value = Prose::value(constant);
        let is_known = text.contains(value.as_str());
        return if is_known { Prose::default() } else { Prose::fill("Always {}.", &[&value]) };
    }
    let is_known = |default: &Prose| has_default(text, default.as_str());
    let shown = default.filter(|default| !default.is_null()).map(Prose::value);
    let shown = shown.filter(|default| !is_known(default));
    let shown = shown.map(|default| Prose::fill("Default: {}.", &[&default]));
    let example = if default.is_some_and(|default| examples.contains(default)) {
        Prose::default()
    } else {
        example(examples)
    };
    Prose::join(" ", shown.into_iter().chain([example]))
}

/// Whether a description says what the default is, as in "Defaults to 20." and "The default value is `auto`."
fn has_default(text: &str, default: &str) -> bool {
    let is_around = |letter: char| letter.is_ascii_punctuation() && letter != '-' && letter != '_';
    let value = default.trim_matches('`');
    let is_value = |word: &str| word.trim_matches(is_around) == value;
    text.split("efault").skip(1).any(|rest| rest.split_whitespace().take(4).any(is_value))
}

/// The first example that is short enough.
pub(super) fn example(examples: &[Value]) -> Prose {
    let is_short = |example: &Prose| example.as_str().chars().count() <= LONGEST_EXAMPLE;
    let example = examples.iter().map(Prose::value).find(is_short);
    example.map(|example| Prose::fill("Example: {}.", &[&example])).unwrap_or_default()
}
