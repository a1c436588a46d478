//! How values are written into paths, queries and headers.
//!
//! In comes a JSON value, out goes text that is ready to be sent, in the styles of OpenAPI 3, whose results
//! are those of RFC 6570. The styles that are defaults are here; few APIs need the others.

use serde_json::Value;

use super::shape::{Shape, encode, join_pairs};
#[cfg(feature = "styles")]
use super::special_styles;
use super::style::Style;

/// A value in a path; `None` when there is nothing to send.
#[must_use]
#[allow(unused_variables, reason = "not every style writes the name")]
pub fn path(name: &str, style: Style, value: &Value) -> Option<String> {
    let text = match style {
        Style::Simple | Style::FormExploded => Shape::of(value, encode)?.join(",", ","),
        #[cfg(feature = "styles")]
        other => special_styles::path(name, other, value)?,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A value in a query, as `name=value` pairs joined by `&`; `None` when there is nothing to send.
#[must_use]
pub fn query(name: &str, style: Style, value: &Value) -> Option<String> {
    match style {
        Style::FormExploded | Style::Simple => join_pairs(Shape::of(value, encode)?.pairs(&encode(name))),
        #[cfg(feature = "styles")]
        other => special_styles::query(name, other, value),
    }
}

#[cfg(feature = "header_parameters")]
/// A value in a header, which is not encoded; `None` when there is nothing to send.
#[must_use]
pub fn header(style: Style, value: &Value) -> Option<String> {
    match style {
        Style::Simple | Style::FormExploded => Some(Shape::of(value, str::to_owned)?.join(",", ",")),
        #[cfg(feature = "styles")]
        other => special_styles::header(other, value),
    }
}
