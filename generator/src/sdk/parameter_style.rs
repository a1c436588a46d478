//! Where a parameter goes, and how it is written (OpenAPI 3.1, section 4.8.12.2).

use crate::ir::{self, Parameter, Style};

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl From<ir::ParameterLocation> for ParameterLocation {
    fn from(location: ir::ParameterLocation) -> Self {
        match location {
            ir::ParameterLocation::Path => Self::Path,
            ir::ParameterLocation::Query => Self::Query,
            ir::ParameterLocation::Header => Self::Header,
            ir::ParameterLocation::Cookie => Self::Cookie,
        }
    }
}

/// The variant of the runtime's `Style` that the parameter, or field of a form, is written in.
pub(super) fn of(parameter: &Parameter) -> &'static str {
    named(parameter.style, parameter.explode, parameter.allow_reserved)
}

/// The variant of the runtime's `Style` for what OpenAPI has three keywords for.
pub(super) fn named(style: Style, explode: bool, allow_reserved: bool) -> &'static str {
    match (style, explode, allow_reserved) {
        (Style::Form, true, true) => "FormExplodedReserved",
        (Style::Form, true, false) => "FormExploded",
        (Style::Form, false, true) => "FormReserved",
        (Style::Form, false, false) => "Form",
        (Style::Simple, true, _) => "SimpleExploded",
        (Style::Simple, false, _) => "Simple",
        (Style::Label, true, _) => "LabelExploded",
        (Style::Label, false, _) => "Label",
        (Style::Matrix, true, _) => "MatrixExploded",
        (Style::Matrix, false, _) => "Matrix",
        (Style::SpaceDelimited, ..) => "SpaceDelimited",
        (Style::PipeDelimited, ..) => "PipeDelimited",
        (Style::DeepObject, ..) => "DeepObject",
        (Style::Json, ..) => "Json",
    }
}

/// Whether a variant of the runtime's `Style` is one of those that parameters have by default.
pub(super) fn is_default(style: &str) -> bool {
    matches!(style, "FormExploded" | "Simple")
}
