//! Cuts out of a source what a person has to see of it to understand a diagnostic.
//!
//! A document may be megabytes in one line, so an excerpt is a few lines, and of
//! long lines what is near the place. Its text is safe to show.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use sdk_generator::diagnostic::{Position, Source};

use super::{shortened, visible};

/// How many characters of a line are shown.
const WIDTH: usize = 120;

/// How many of them are before the place, when the line is longer.
const BEFORE: usize = 40;

/// The lines around a place.
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The number of the first line, counted from 0.
    first_line: usize,
    /// The column of the place in its line, which may have lost its beginning; counted from 0.
    column: usize,
    span: SourceSpan,
}

impl Excerpt {
    /// The lines around `place` in `source`.
    pub(super) fn of(source: &Source, place: Position) -> Self {
        let (start, end) = (place.offset, place.offset + place.length);
        let (before, after) = (&source.text[..start], &source.text[end..]);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = after.find('\n').map_or(source.text.len(), |at| end + at);

        let mut text = String::new();
        let line_before = source.text[..line_start].strip_suffix('\n').map(last_line);
        if let Some(line) = line_before {
            push_line(&mut text, line);
        }
        let is_long = source.text[line_start..line_end].chars().nth(WIDTH).is_some();
        let most = if is_long { BEFORE } else { WIDTH };
        text.push_str(&end_of(&source.text[line_start..start], most));
        let span_start = text.len();
        text.push_str(&visible(&shortened(&source.text[start..end], WIDTH - BEFORE)));
        let span = SourceSpan::new(span_start.into(), text.len() - span_start);
        push_line(&mut text, &source.text[end..line_end]);
        if let Some(line) =
            source.text[line_end..].strip_prefix('\n').and_then(|rest| rest.split('\n').next())
        {
            push_line(&mut text, line);
        }
        let first_line = place.line - 1 - usize::from(line_before.is_some());
        Self { name: visible(&source.name).into_owned(), text, first_line, column: place.column - 1, span }
    }

    /// The place, in the text of the excerpt.
    pub(super) fn span(&self) -> SourceSpan {
        self.span
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, lines_before, lines_after)?;
        // Contents that do not start with a line start at the place.
        let column = if lines_before == 0 { self.column } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            self.first_line + contents.line(),
            column,
            contents.line_count(),
        )))
    }
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(&visible(&shortened(line.strip_suffix('\r').unwrap_or(line), WIDTH)));
    text.push('\n');
}

/// The last `most` characters of `line`.
fn end_of(line: &str, most: usize) -> String {
    match line.char_indices().nth_back(most) {
        Some((cut, character)) => format!("…{}", visible(&line[cut + character.len_utf8()..])),
        None => visible(line).into_owned(),
    }
}
