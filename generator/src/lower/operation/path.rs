//! Path templates: the segments of a path, and the query and fragment that a document writes after it.

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// A path template, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Template<'d> {
    /// The path, without query and fragment.
    pub(super) path: &'d str,
    /// Its parts, in order.
    pub(super) pieces: Vec<Piece<'d>>,
    /// A query that is always sent.
    pub(super) query: Vec<(String, String)>,
}

/// A part of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'d> {
    Literal(&'d str),
    Parameter(&'d str),
}

impl<'d> Template<'d> {
    /// Takes apart `text`, which is the key of a path item.
    ///
    /// A fragment distinguishes operations that are the same request (`/v1/conversations#stream`), and so do
    /// spaces at the end; neither is sent.
    pub(super) fn parse(text: &'d str, item: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Self {
        let unfragmented = outside_braces(text, '#').map_or(text, |at| &text[..at]);
        let unfragmented = unfragmented.trim_end_matches(' ');
        let (path, query) = match outside_braces(unfragmented, '?') {
            Some(at) => (&unfragmented[..at], &unfragmented[at + 1..]),
            None => (unfragmented, ""),
        };
        if !path.starts_with('/') {
            diagnostics.error(
                "path-relative",
                item,
                format!("the path `{text}` does not start with a slash"),
                "write a slash before it",
            );
        }
        if is_normalized_by_urls(path) {
            diagnostics.error(
                "path-altered",
                item,
                format!("the path `{text}` is changed when it is sent as a URL"),
                "remove `.` and `..`, backslashes and control characters",
            );
        }
        if query.contains('{') {
            diagnostics.error(
                "path-query-template",
                item,
                format!("the query of the path `{text}` has a parameter in it"),
                "declare it as a parameter with `in: query` instead",
            );
        }
        let pieces = pieces(path).unwrap_or_else(|| {
            diagnostics.error(
                "path-braces",
                item,
                format!("the braces of the path `{text}` do not match"),
                "close every brace that is opened, and give every parameter a name",
            );
            vec![Piece::Literal(path)]
        });
        Self { path, pieces, query: parse_query(query) }
    }

    /// The path without the names of its parameters.
    pub(super) fn normalized(&self) -> String {
        let form = self.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text,
            Piece::Parameter(_) => "{}",
        });
        form.collect()
    }

    /// The names of the parameters, each once, in order.
    pub(super) fn parameters(&self) -> Vec<&'d str> {
        let mut names = Vec::new();
        for piece in &self.pieces {
            if let Piece::Parameter(name) = piece
                && !names.contains(name)
            {
                names.push(*name);
            }
        }
        names
    }
}

/// Whether a URL with `path` in it is read as another one (WHATWG URL, section 4.4).
fn is_normalized_by_urls(path: &str) -> bool {
    let is_dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.split('/').any(is_dots) || path.contains(|letter: char| letter.is_control() || letter == '\\')
}

/// Where `mark` first stands outside of braces.
fn outside_braces(text: &str, mark: char) -> Option<usize> {
    let mut is_inside = false;
    text.char_indices().find_map(|(at, char)| {
        match char {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if char == mark && !is_inside => return Some(at),
            _ => {}
        }
        None
    })
}

/// `None` when the braces do not match.
fn pieces(path: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if literal.contains('}') || name.is_empty() || name.contains('{') {
            return None;
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        pieces.push(Piece::Parameter(name));
        rest = after;
    }
    if rest.contains('}') {
        return None;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Some(pieces)
}

fn parse_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// Undoes percent-encoding; what is not encoded stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let byte = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = byte.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_can_stand_inside_a_part() {
        let expected = [
            Piece::Literal("/files/"),
            Piece::Parameter("id"),
            Piece::Literal("/thumbnail."),
            Piece::Parameter("extension"),
        ];
        assert_eq!(pieces("/files/{id}/thumbnail.{extension}").as_deref(), Some(expected.as_slice()));
        assert_eq!(pieces("/x:{verb}"), Some(vec![Piece::Literal("/x:"), Piece::Parameter("verb")]));
    }

    #[test]
    fn braces_that_do_not_match_are_no_template() {
        for path in ["/{a", "/a}", "/{}", "/{a{b}}", "/a}/{b}"] {
            assert_eq!(pieces(path), None, "{path}");
        }
    }

    #[test]
    fn a_query_is_decoded() {
        let pairs = parse_query("beta=true&a%20b=c+d&bare&x=100%");
        let expected = [("beta", "true"), ("a b", "c d"), ("bare", ""), ("x", "100%")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn marks_inside_braces_belong_to_the_name() {
        assert_eq!(outside_braces("/a/{b#c}#d", '#'), Some(8));
        assert_eq!(outside_braces("/a/{b?}", '?'), None);
    }
}
