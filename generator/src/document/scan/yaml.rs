//! Reads YAML as events with ranges of bytes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::diagnostic::{Builder, Ruler};

/// Reads `text` as far as it is YAML.
pub(super) fn scan(text: &str, ruler: &Ruler, builder: &mut Builder) {
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        let range = bytes(text, ruler, span);
        match event {
            Event::Scalar(value, ..) => builder.scalar(&value, without_comment(text, range)),
            Event::Alias(_) => builder.scalar("", range),
            Event::MappingStart(..) => builder.start_object(range),
            Event::SequenceStart(..) => builder.start_list(range),
            Event::MappingEnd | Event::SequenceEnd => builder.end(),
            Event::DocumentEnd => return,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
}

fn bytes(text: &str, ruler: &Ruler, span: Span) -> Range<usize> {
    let start = ruler.offset(text, span.start.index());
    let end = ruler.offset(text, span.end.index());
    start..end.max(start)
}

/// The range of a scalar. The parser's goes on to the next token after a quoted one.
fn without_comment(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    let Some(quote @ (b'"' | b'\'')) = bytes.first() else { return range };
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            // `''` is a quote in a text between quotes, and so is `\"`.
            b'\'' if *quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b'\\' if *quote == b'"' => at += 2,
            byte if byte == *quote => return range.start..range.start + at + 1,
            _ => at += 1,
        }
    }
    range
}

/// Why a text was not read to its end.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::document) enum Halt {
    /// Values are nested deeper than the limit.
    TooDeep,
    /// There are more values than the limit, keys counted too.
    TooMany,
    /// It is no YAML, by the parser's words.
    Syntax(String),
}

/// Checks that there are at most so many values in so many others; otherwise says why, and at which byte.
pub(in crate::document) fn check_limits(
    text: &str,
    depth_limit: usize,
    value_limit: usize,
) -> Result<(), (usize, Halt)> {
    let (mut depth, mut values) = (0, 0);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let offset = Ruler::of(text).offset(text, error.marker().index());
            // The parser has a limit of its own inside of flow collections.
            let is_too_deep = error.info().contains("recursion limit");
            (offset, if is_too_deep { Halt::TooDeep } else { Halt::Syntax(error.info().to_owned()) })
        })?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => (depth, values) = (depth + 1, values + 1),
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            Event::Scalar(..) | Event::Alias(_) => values += 1,
            _ => {}
        }
        if depth > depth_limit || values > value_limit {
            let halt = if depth > depth_limit { Halt::TooDeep } else { Halt::TooMany };
            return Err((Ruler::of(text).offset(text, span.start.index()), halt));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Halt, check_limits};

    #[test]
    fn values_and_their_depth_are_bounded() {
        let text = "a: [1, 2]\nb: {c: d}\n";
        assert_eq!(check_limits(text, 2, 9), Ok(()), "three containers, three keys and three others");
        assert_eq!(check_limits(text, 2, 8), Err((17, Halt::TooMany)));
        assert_eq!(check_limits(text, 1, 9), Err((3, Halt::TooDeep)));
    }
}
