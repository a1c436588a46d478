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

/// How a parameter, or a field of a form, is written: what OpenAPI has three keywords for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the runtime's `Style`, which has the documentation")]
pub enum ParameterStyle {
    Form,
    FormExploded,
    FormReserved,
    FormExplodedReserved,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Json,
}

impl ParameterStyle {
    /// The style that these keywords are for.
    pub(super) fn new(style: Style, explode: bool, allow_reserved: bool) -> Self {
        match (style, explode, allow_reserved) {
            (Style::Form, true, true) => Self::FormExplodedReserved,
            (Style::Form, true, false) => Self::FormExploded,
            (Style::Form, false, true) => Self::FormReserved,
            (Style::Form, false, false) => Self::Form,
            (Style::Simple, true, _) => Self::SimpleExploded,
            (Style::Simple, false, _) => Self::Simple,
            (Style::Label, true, _) => Self::LabelExploded,
            (Style::Label, false, _) => Self::Label,
            (Style::Matrix, true, _) => Self::MatrixExploded,
            (Style::Matrix, false, _) => Self::Matrix,
            (Style::SpaceDelimited, ..) => Self::SpaceDelimited,
            (Style::PipeDelimited, ..) => Self::PipeDelimited,
            (Style::DeepObject, ..) => Self::DeepObject,
            (Style::Json, ..) => Self::Json,
        }
    }

    /// Whether it is one of those that parameters have by default, which are in every runtime.
    pub(super) fn is_default(self) -> bool {
        matches!(self, Self::FormExploded | Self::Simple)
    }

    /// The variant of the runtime's `Style`.
    #[must_use]
    pub fn variant(self) -> String {
        format!("{self:?}")
    }
}

impl From<&Parameter> for ParameterStyle {
    fn from(parameter: &Parameter) -> Self {
        Self::new(parameter.style, parameter.explode, parameter.allow_reserved)
    }
}
