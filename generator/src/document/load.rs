//! Turns the bytes of a file into a tree of values.
//!
//! YAML or JSON in UTF-8 comes in, one tolerant tree in the order of the text
//! goes out. The only module that knows either format's parser. Limits keep a
//! hostile file from exhausting memory or the stack; what a value means to
//! OpenAPI is not known here.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::scan::{Halt, check_limits, scan};
use super::tree::{self, Budget, Node, Stop};
use crate::diagnostic::{Diagnostics, Location, Source};

/// How many `%TAG` directives a file may have. The parser of YAML compares each with all others.
const DIRECTIVE_LIMIT: usize = 100;

/// Reads the file `name`. `None` when there is no tree to go on with, which is reported.
pub(super) fn load(name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<(Arc<Source>, Value)> {
    let source = Source::decode(name, bytes, scan, diagnostics)?;
    let is_blank = source.text.trim().is_empty();
    let value = if is_blank { Value::Null } else { parse(&source, diagnostics)? };
    // What has only comments in it is empty too.
    if value.is_null() {
        let help = "write an OpenAPI document into it";
        diagnostics.error("document-empty", Location::of(name), "the file is empty", help);
        return None;
    }
    Some((source, value))
}

fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    let is_json = source.text.trim_start().starts_with('{');
    let must_be_json = source.name.to_ascii_lowercase().ends_with(".json");
    if is_json || must_be_json {
        let mut problems = Diagnostics::default();
        match parse_json(source, &mut problems) {
            // YAML may start with a brace too.
            Err(Failure::Syntax { .. }) if !must_be_json => {}
            result => return finish(source, result, problems, diagnostics),
        }
    }
    let mut problems = Diagnostics::default();
    let result = parse_yaml(source, &mut problems);
    finish(source, result, problems, diagnostics)
}

fn finish(
    source: &Source,
    result: Result<Value, Failure>,
    problems: Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    diagnostics.extend(problems);
    match result {
        Ok(value) => Some(value),
        Err(Failure::Syntax { offset, message, format }) => {
            let help = format!("correct the {format} here or just before");
            diagnostics.error_at("document-syntax", source, offset..offset + 1, message, help);
            None
        }
        Err(Failure::Limit { offset, stop }) => {
            diagnostics.error_at(stop.code, source, offset..offset + 1, stop.message, stop.help);
            None
        }
    }
}

/// Why a text has no tree.
enum Failure {
    Syntax { offset: usize, message: String, format: &'static str },
    Limit { offset: usize, stop: Stop },
}

fn parse_json(source: &Source, problems: &mut Diagnostics) -> Result<Value, Failure> {
    match parse_json_text(source, &source.text, problems) {
        // Only a text that cannot be read is looked through for them.
        Err(Failure::Syntax { .. }) if source.text.contains("\\u") => {
            let (text, places) = without_lone_surrogates(&source.text);
            for place in places {
                let message = "the escape is one half of a letter, and is read as U+FFFD";
                let help = "write the letter itself, or both halves";
                problems.error_at("surrogate-lone", source, place, message, help);
            }
            parse_json_text(source, &text, problems)
        }
        result => result,
    }
}

fn parse_json_text(source: &Source, text: &str, problems: &mut Diagnostics) -> Result<Value, Failure> {
    let budget = Budget::for_json(source, problems);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let result = Node::root(&budget).deserialize(&mut deserializer);
    let result = result.and_then(|value| deserializer.end().map(|()| value));
    result.map_err(|error| {
        let offset = offset_of(text, error.line(), error.column());
        Failure::new(&budget, offset, &error.to_string(), "JSON")
    })
}

/// The text with U+FFFD for each escape of one surrogate, which RFC 8259 allows (section 8.2) and no string
/// can hold; and where those are. All else stays in its place.
fn without_lone_surrogates(text: &str) -> (String, Vec<Range<usize>>) {
    const LENGTH: usize = "\\ud83d".len();
    let unit = |at: usize| {
        let digits = text.get(at..at + LENGTH)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut mended, mut places, mut at) = (text.to_owned(), Vec::new(), 0);
    while let Some(next) = text[at..].find('\\') {
        at += next;
        let (is_first, is_second) = (0xd800..0xdc00, 0xdc00..0xe000);
        match unit(at) {
            Some(first)
                if is_first.contains(&first)
                    && unit(at + LENGTH).is_some_and(|it| is_second.contains(&it)) =>
            {
                at += 2 * LENGTH;
            }
            Some(lone) if is_first.contains(&lone) || is_second.contains(&lone) => {
                mended.replace_range(at..at + LENGTH, "\\ufffd");
                places.push(at..at + LENGTH);
                at += LENGTH;
            }
            // An escape of one letter, which may be a backslash.
            _ => at += text[at + 1..].chars().next().map_or(1, |letter| 1 + letter.len_utf8()),
        }
    }
    (mended, places)
}

fn parse_yaml(source: &Source, problems: &mut Diagnostics) -> Result<Value, Failure> {
    check_cost(&source.text)?;
    let budget = Budget::for_yaml(source, problems);
    let deserializer = serde_yaml::Deserializer::from_str(&source.text);
    let result = Node::root(&budget).deserialize(deserializer);
    result.map_err(|error| Failure::of_yaml(&budget, &error, &source.text))
}

/// Refuses what would keep the parser of YAML busy for minutes.
fn check_cost(text: &str) -> Result<(), Failure> {
    if text.lines().filter(|line| line.starts_with("%TAG")).count() > DIRECTIVE_LIMIT {
        let message = format!("the file has more than {DIRECTIVE_LIMIT} `%TAG` directives");
        return Err(Failure::Syntax { offset: 0, message, format: "YAML" });
    }
    if !is_slow(text) && !may_have_too_many_values(text) {
        return Ok(());
    }
    check_limits(text, tree::DEPTH_LIMIT, tree::VALUE_LIMIT).map_err(|(offset, halt)| match halt {
        Halt::TooDeep => Failure::Limit { offset, stop: tree::TOO_DEEP },
        Halt::TooMany => Failure::Limit { offset, stop: tree::TOO_MANY_VALUES },
        Halt::Syntax(message) => Failure::Syntax { offset, message, format: "YAML" },
    })
}

/// Whether the parser of YAML might take more than a second for `text`.
///
/// It reads all of a text before it hands out the first value, and looks at every
/// open bracket again at every token. So the work is at most the number of brackets
/// that can open something times the length. Such a text gets its depth checked
/// first, by a parser that reads as it goes.
fn is_slow(text: &str) -> bool {
    let opens = |pair: &[u8]| {
        b"[{".contains(&pair[1]) && (pair[0].is_ascii_whitespace() || b"[{,:-?".contains(&pair[0]))
    };
    text.as_bytes().windows(2).filter(|pair| opens(pair)).count() * text.len() > 500_000_000
}

/// Whether `text` might have more values than are read.
///
/// The parser of YAML has all of them in memory before it hands out the first. Each but the first stands
/// behind one of these characters, which may be anything else, too.
fn may_have_too_many_values(text: &str) -> bool {
    text.bytes().filter(|byte| b"\n,:[{?-".contains(byte)).count() >= tree::VALUE_LIMIT
}

impl Failure {
    fn new(budget: &Budget<'_>, offset: usize, message: &str, format: &'static str) -> Self {
        // Both parsers end their messages with the place, which is shown beside it anyway.
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        match budget.stop() {
            Some(stop) => Self::Limit { offset, stop },
            None => Self::Syntax { offset, message, format },
        }
    }

    /// For what the parser of YAML says without a place.
    fn of_yaml(budget: &Budget<'_>, error: &serde_yaml::Error, text: &str) -> Self {
        let message = error.to_string();
        if message.contains("repetition limit") {
            return Self::Limit { offset: 0, stop: tree::TOO_MANY_ALIASES };
        }
        if message.contains("control characters are not allowed") {
            let is_refused = |letter: char| letter.is_control() && !"\t\n\r\u{85}".contains(letter);
            let offset = text.find(is_refused).unwrap_or_default();
            let message = "the file has a control character in it".to_owned();
            return Self::Syntax { offset, message, format: "YAML" };
        }
        if message.contains("more than one document") {
            let offset = text.rfind("\n---").map_or(0, |end| end + 1);
            let message = "the file holds more than one document".to_owned();
            return Self::Syntax { offset, message, format: "YAML" };
        }
        let offset = error.location().map_or(0, |place| place.index());
        let message = if is_in_tabs(text, offset) {
            "the line is indented with a tab, and YAML allows spaces alone"
        } else {
            &message
        };
        Self::new(budget, offset, message, "YAML")
    }
}

/// Whether what stands at `offset` is a tab before the first letter of its line, or such a tab is before it.
fn is_in_tabs(text: &str, offset: usize) -> bool {
    let line = text.get(..offset).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
    let indentation =
        text.get(line..).unwrap_or_default().split(|letter| letter != ' ' && letter != '\t').next();
    indentation.is_some_and(|indentation| indentation.contains('\t') && offset <= line + indentation.len())
}

/// The offset of a line and a column in bytes, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before + column.saturating_sub(1)
}
