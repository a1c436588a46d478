//! Types: what schemas are lowered to.

use serde_json::Value;

use super::Constraints;
use crate::diagnostic::Location;
use crate::prose::Prose;

/// The place of a type in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type that gets a name: a schema from `components`, or an inline one that
/// needs a name to be expressed.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// The parts of a name for it, from the outermost on: `["ListFilesOut", "data", "item"]`.
    pub name_parts: Vec<String>,
    /// The parts of the names of the inline types that are this one as well.
    pub other_names: Vec<Vec<String>>,
    /// The schema.
    pub location: Location,
    /// What it is for.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Values of this type that the document gives.
    pub examples: Vec<Value>,
    /// Whether it is part of the body of a request, so that absent and null are different.
    pub in_request: bool,
}

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A short text, from `summary` or `title`; often empty.
    pub summary: Prose,
    /// The description.
    pub description: Prose,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// The constraints of its values.
    pub constraints: Constraints,
}

/// The kinds of named types.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// A closed list of scalars in the document; open in Rust.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
    /// A list or a map whose content leads back to it, so that another name alone cannot express it.
    Recursive(Alias),
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON value, kept as it is.
    Any,
    /// A value that has no parts.
    Scalar(Scalar),
    /// A list.
    List(Box<Type>),
    /// A list of a fixed length, with a type for each place.
    Tuple(Vec<Type>),
    /// An object with arbitrary keys.
    Map(Box<Type>),
    /// The type, or an explicit null.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
}

/// The kinds of values without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A signed 32-bit integer.
    Int32,
    /// A signed 64-bit integer; what `integer` means without a format.
    Int64,
    /// An unsigned 64-bit integer, when the document says that it is one.
    UInt64,
    /// A single-precision number.
    Float,
    /// A double-precision number; what `number` means without a format.
    Double,
    /// Text.
    String,
    /// A day, RFC 3339 `full-date`.
    Date,
    /// An instant, RFC 3339 `date-time`.
    DateTime,
    /// Bytes, written as base64 text in JSON (`format: byte`).
    Base64,
}

/// An object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The properties in the order of the document.
    pub properties: Vec<Property>,
    /// The type of additional properties, when those are to be kept.
    pub additional_properties: Option<Type>,
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// Its type; [`Type::Nullable`] when null is a value.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// The only value it may have. Constructors fill it in when it is required or [`Self::prefilled`].
    pub constant: Option<Value>,
    /// For an optional constant: whether constructors fill it in all the same, because its default
    /// is the constant or it discriminates a union.
    pub prefilled: bool,
    /// The value that the server assumes.
    pub default: Option<Value>,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// What it is for.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

impl TypeDef {
    /// Whether `key` of the settings means it: its name in `components`, or its JSON pointer.
    #[must_use]
    pub fn matches_config_key(&self, key: &str) -> bool {
        self.location.pointer.to_string() == key
            || matches!(self.name_parts.as_slice(), [name] if name == key)
    }

    /// Whether it has a name of its own in the document, rather than standing where it is used.
    #[must_use]
    pub fn is_component(&self) -> bool {
        self.location.pointer.parent().is_some_and(|parent| parent.as_str() == "/components/schemas")
    }
}

/// A list of known scalars.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The known values.
    pub values: EnumValues,
}

/// The known values of an enum, in the order of the document, without repetition.
#[derive(Clone, Debug, PartialEq)]
pub enum EnumValues {
    /// Texts.
    Strings(Vec<EnumValue<String>>),
    /// Integers.
    Integers(Vec<EnumValue<i64>>),
}

/// A known value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue<T> {
    /// The value on the wire.
    pub value: T,
    /// The text to make a name of, when the document has one (`x-enum-varnames`).
    pub label: Option<String>,
    /// What it means.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The property that holds the tag of the variant, when there is one.
    pub discriminator: Option<String>,
    /// The types in the order of the document.
    pub variants: Vec<Variant>,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The text to make a name of.
    pub label: String,
    /// The type.
    pub ty: Type,
    /// The values of the discriminator that select it; empty without a discriminator.
    pub tags: Vec<String>,
    /// Whether the type itself has no property for the discriminator, so that the union has to write it.
    pub tag_outside: bool,
    /// Whether values are of it whose tag selects no other variant, or that have none.
    pub is_default: bool,
    /// What a JSON value must look like to be of this type.
    pub matcher: VariantMatcher,
    /// What it is for.
    pub docs: Docs,
}

/// What a JSON value must look like to be of a type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariantMatcher {
    /// The type of the value; `None` for any.
    pub json_type: Option<JsonType>,
    /// Objects: the properties that must be there.
    pub required: Vec<String>,
    /// Objects: all the properties that are known.
    pub known: Vec<String>,
    /// Objects: the properties that must have one of these values.
    pub constants: Vec<(String, Vec<Value>)>,
    /// Scalars: the values that are known, when they are listed.
    pub values: Vec<Value>,
    /// Lists: what an item must look like.
    pub item: Option<Box<VariantMatcher>>,
}

/// The types of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of JSON")]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// Another name for a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The type.
    pub target: Type,
}
