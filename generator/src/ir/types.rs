//! Types: what a schema came to.

use serde_json::Value;

use super::Limits;
use crate::document::Location;
use crate::prose::Prose;

/// The place of a type in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type that gets a name: a schema from `components`, or an inline one that
/// needs a name to be expressed.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Words to make a name of, from the outermost on: `["ListFilesOut", "data", "item"]`.
    pub hint: Vec<String>,
    /// The schema.
    pub location: Location,
    /// What it is for.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// Values of this type that the document gives.
    pub examples: Vec<Value>,
    /// Whether it is part of the body of a request, so that absent and null have to be told apart.
    pub in_request: bool,
}

/// What the document says about an item, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A few words, from `summary` or `title`; often empty.
    pub summary: Prose,
    /// The description.
    pub description: Prose,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// What its values may be.
    pub limits: Limits,
}

/// The kinds of named types.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known members.
    Struct(Struct),
    /// A closed list of scalars in the document; open in Rust.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
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
    /// An object with arbitrary keys.
    Map(Box<Type>),
    /// The type, or an explicit null.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
    /// A named type behind a pointer, because it contains itself.
    Boxed(TypeId),
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

/// An object with known members.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The members in the order of the document.
    pub members: Vec<Member>,
    /// The type of the members that are not listed, when those are to be kept.
    pub rest: Option<Type>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub struct Member {
    /// Its name on the wire.
    pub name: String,
    /// Its type; [`Type::Nullable`] when null is a value.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// The only value it may have. Constructors fill it in when it is required or [`Self::implied`].
    pub constant: Option<Value>,
    /// For a constant that is optional: whether constructors fill it in all the same, because
    /// its default is the constant or a union is told apart by it.
    pub implied: bool,
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
    /// Whether settings mean it by `key`: its name in `components`, or its JSON pointer.
    #[must_use]
    pub fn goes_by(&self, key: &str) -> bool {
        self.location.pointer.to_string() == key || matches!(self.hint.as_slice(), [name] if name == key)
    }

    /// Whether it has a name of its own in the document, rather than standing where it is used.
    #[must_use]
    pub fn is_component(&self) -> bool {
        self.location.pointer.parent().is_some_and(|parent| parent.as_str() == "/components/schemas")
    }
}

impl Shape {
    /// The types that it is made of.
    pub(crate) fn uses(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                object.members.iter().map(|member| &member.ty).chain(&object.rest).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(alias) => vec![&alias.target],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The types that it is made of, to change them.
    pub(crate) fn uses_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(object) => {
                object.members.iter_mut().map(|member| &mut member.ty).chain(&mut object.rest).collect()
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Alias(alias) => vec![&mut alias.target],
            Self::Enum(_) => Vec::new(),
        }
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
    /// Words to make a name of, when the document has some (`x-enum-varnames`).
    pub hint: Option<String>,
    /// What it means.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The member that tells which one it is, when there is one.
    pub discriminator: Option<String>,
    /// The types in the order of the document.
    pub variants: Vec<Variant>,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Words to make a name of.
    pub hint: String,
    /// The type.
    pub ty: Type,
    /// The values of the discriminator that select it; empty without a discriminator.
    pub tags: Vec<String>,
    /// Whether the type itself has no member for the discriminator, so that the union has to write it.
    pub tag_outside: bool,
    /// What a JSON value must look like to be of this type.
    pub test: VariantTest,
    /// What it is for.
    pub docs: Docs,
}

/// What a JSON value must look like to be of a type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariantTest {
    /// The kind of the value; `None` for any.
    pub kind: Option<JsonKind>,
    /// Objects: the members that must be there.
    pub required: Vec<String>,
    /// Objects: all the members that are known.
    pub known: Vec<String>,
    /// Objects: the members that must have one of these values.
    pub constants: Vec<(String, Vec<Value>)>,
    /// Scalars: the values that are known, when they are listed.
    pub values: Vec<Value>,
    /// Lists: what an item must look like.
    pub item: Option<Box<VariantTest>>,
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of JSON")]
pub enum JsonKind {
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
