//! Serialization: how a parameter or a form field is written.

use crate::document::Cursor;
use crate::ir::{ParameterLocation, Style};
use crate::lower::Scope;

/// How something is written: `style`, `explode` and `allowReserved` together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Serialization {
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) allow_reserved: bool,
}

impl Serialization {
    /// JSON text, which knows no lists and objects to write one by one.
    pub(super) const JSON: Self = Self { style: Style::Json, explode: false, allow_reserved: false };

    /// How `owner`, a parameter or an encoding for something at `location`, is written.
    pub(super) fn of(scope: &mut Scope<'_, '_>, owner: &Cursor<'_>, location: ParameterLocation) -> Self {
        let named = owner.str("style");
        let style = named.map_or(Some(default_style(location)), parse);
        let style = style.filter(|style| allows(location, *style));
        if style.is_none() {
            scope.diagnostics.error(
                "parameter-style",
                owner.get("style").as_ref().unwrap_or(owner),
                format!("the style `{}` is not allowed here", named.unwrap_or_default()),
                format!("use {}, or leave it out", styles(location)),
            );
        }
        let style = style.unwrap_or_else(|| default_style(location));
        let explode = owner.bool("explode").unwrap_or(style == Style::Form);
        Self {
            style,
            // There is no other way to write a deep object.
            explode: explode || style == Style::DeepObject,
            // A cookie of OpenAPI 3.2's own style is written as it is.
            allow_reserved: owner.bool("allowReserved").unwrap_or(false) || named == Some("cookie"),
        }
    }
}

fn parse(name: &str) -> Option<Style> {
    Some(match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" | "cookie" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

fn default_style(location: ParameterLocation) -> Style {
    match location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => Style::Form,
    }
}

fn allows(location: ParameterLocation, style: Style) -> bool {
    match location {
        ParameterLocation::Path => matches!(style, Style::Matrix | Style::Label | Style::Simple),
        ParameterLocation::Query => !matches!(style, Style::Matrix | Style::Label | Style::Simple),
        ParameterLocation::Header => style == Style::Simple,
        ParameterLocation::Cookie => style == Style::Form,
    }
}

fn styles(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "`simple`, `label` or `matrix`",
        ParameterLocation::Query => "`form`, `spaceDelimited`, `pipeDelimited` or `deepObject`",
        ParameterLocation::Header => "`simple`",
        ParameterLocation::Cookie => "`form`",
    }
}
