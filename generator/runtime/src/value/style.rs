//! The styles of parameters (OpenAPI 3.1.1, section 4.8.12.2).

/// How a list or an object is written as a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum Style {
    /// `name=a&name=b`
    FormExploded,
    /// `a,b`, objects as `key,value`
    Simple,
    #[cfg(feature = "styles")]
    /// `name=a,b`
    Form,
    #[cfg(feature = "styles")]
    /// As `Form`, with reserved characters left as they are.
    FormReserved,
    #[cfg(feature = "styles")]
    /// As `FormExploded`, with reserved characters left as they are.
    FormExplodedReserved,
    #[cfg(feature = "styles")]
    /// `name=a%20b`
    SpaceDelimited,
    #[cfg(feature = "styles")]
    /// `name=a%7Cb`
    PipeDelimited,
    #[cfg(feature = "styles")]
    /// `name[key]=value`
    DeepObject,
    #[cfg(feature = "styles")]
    /// `a,b`, objects as `key=value`
    SimpleExploded,
    #[cfg(feature = "styles")]
    /// `.a,b`
    Label,
    #[cfg(feature = "styles")]
    /// `.a.b`
    LabelExploded,
    #[cfg(feature = "styles")]
    /// `;name=a,b`
    Matrix,
    #[cfg(feature = "styles")]
    /// `;name=a;name=b`
    MatrixExploded,
    #[cfg(feature = "styles")]
    /// The value as JSON text.
    Json,
}
