//! Unions that keep the values they do not know.

use std::cell::Cell;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::matcher::{Matcher, pick};
use super::writer::to_value;

/// How an enum with a variant `Unknown(serde_json::Value)` is read and written.
///
/// The values of a discriminator select the variant. The union itself writes it for types that are
/// marked `outside`, because they have no property for it. Values that no variant has select the one after
/// `else`, if there is one. Without a discriminator, the shape of the JSON selects the variant.
///
/// ```text
/// open_union!(Chunk by "type" { Text: TextChunk = "text", Image: ImageChunk = outside "image" | "png" });
/// open_union!(Pet by "kind" else Other: OtherPet { Cat: Cat = "cat", Other: OtherPet });
/// open_union!(Stop { One: String = Matcher::STRING, Many: Vec<String> = Matcher::ARRAY });
/// ```
#[allow(unused_macros, reason = "unions are generated")]
macro_rules! open_union {
    ($name:ident by $member:literal $(else $other:ident: $other_ty:ty)? {
        $($variant:ident: $ty:ty $(= $($outside:ident)? $($tag:literal)|+)?),* $(,)?
    }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        let tags: &[&str] = &[$($($tag),*)?];
                        let is_outside = !stringify!($($($outside)?)?).is_empty();
                        let tag = tags.first().filter(|_| is_outside);
                        $crate::runtime::value::open_union::serialize(value, $member, tag, serializer)
                    })*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let variants: &[$crate::runtime::value::open_union::Tagged<Self>] = &[
                    $((&[$($($tag),*)?], |value, unread| {
                        $crate::runtime::value::reader::from_value(value, unread).map(Self::$variant)
                    })),*
                ];
                let others: &[$crate::runtime::value::open_union::Decode<Self>] = &[$(|value, unread| {
                    $crate::runtime::value::reader::from_value::<$other_ty>(value, unread).map(Self::$other)
                })?];
                $crate::runtime::value::open_union::by_tag(value, $member, variants, others, Self::Unknown)
            }
        }
    };
    ($name:ident { $($variant:ident: $ty:ty = $matcher:expr),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                static MATCHERS: &[$crate::runtime::Matcher] = &[$($matcher),*];
                let value = serde_json::Value::deserialize(deserializer)?;
                let variants: &[$crate::runtime::value::open_union::Decode<Self>] = &[
                    $(|value, unread| {
                        $crate::runtime::value::reader::from_value(value, unread).map(Self::$variant)
                    }),*
                ];
                $crate::runtime::value::open_union::by_shape(value, MATCHERS, variants, Self::Unknown)
            }
        }
    };
}
#[allow(unused_imports, reason = "unions are generated")]
pub(crate) use open_union;

/// `From` for the types that convert into one variant of a union alone.
///
/// ```text
/// from_variants!(Stop { One: String, One: &str, Many: Vec<String> });
/// ```
#[allow(unused_macros, reason = "not every API has a union that types convert into")]
macro_rules! from_variants {
    ($name:ident { $($variant:ident: $ty:ty),* $(,)? }) => {
        $(
            impl From<$ty> for $name {
                fn from(value: $ty) -> Self {
                    Self::$variant(value.into())
                }
            }

            impl From<$ty> for $crate::runtime::Nullable<$name> {
                fn from(value: $ty) -> Self {
                    Self::Value(value.into())
                }
            }
        )*
    };
}
#[allow(unused_imports, reason = "not every API has a union that types convert into")]
pub(crate) use from_variants;

/// `From` for arrays of items, for variants that hold lists: `from_arrays!(Stop { Many: &str });`
#[allow(unused_macros, reason = "not every API has a union with lists")]
macro_rules! from_arrays {
    ($name:ident { $($variant:ident: $item:ty),* $(,)? }) => {
        $(
            impl<const N: usize> From<[$item; N]> for $name {
                fn from(items: [$item; N]) -> Self {
                    Self::$variant(items.into_iter().map(Into::into).collect())
                }
            }

            impl<const N: usize> From<[$item; N]> for $crate::runtime::Nullable<$name> {
                fn from(items: [$item; N]) -> Self {
                    Self::Value(items.into())
                }
            }
        )*
    };
}
#[allow(unused_imports, reason = "not every API has a union with lists")]
pub(crate) use from_arrays;

/// Reads one variant, and counts the properties that it does not have.
pub(crate) type Decode<T> = fn(&Value, &Cell<usize>) -> serde_json::Result<T>;

/// The values of the discriminator that stand for a variant, and how it is read.
pub(crate) type Tagged<T> = (&'static [&'static str], Decode<T>);

/// Writes a variant, with the discriminator when the variant's type has none.
#[allow(dead_code, reason = "unions are generated, with or without a discriminator")]
pub(crate) fn serialize<T: Serialize, S: Serializer>(
    value: &T,
    member: &str,
    tag: Option<&&str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let Some(tag) = tag else { return value.serialize(serializer) };
    let mut members = Map::new();
    members.insert(member.to_owned(), (*tag).into());
    match to_value(value).map_err(S::Error::custom)? {
        Value::Object(others) => {
            members.extend(others.into_iter().filter(|(name, _)| name != member));
            members.serialize(serializer)
        }
        _ => Err(S::Error::custom(format_args!("a value with the property `{member}` must be an object"))),
    }
}

/// Reads the variant that the discriminator names; one of `others` when it names none or is not there, if
/// the value is of that.
#[allow(dead_code, reason = "unions are generated, with or without a discriminator")]
pub(crate) fn by_tag<T, E: serde::de::Error>(
    value: Value,
    member: &str,
    variants: &[Tagged<T>],
    others: &[Decode<T>],
    unknown: fn(Value) -> T,
) -> Result<T, E> {
    let tag = value.get(member).map(|tag| tag.as_str().map_or_else(|| tag.to_string(), str::to_owned));
    let is_known = |tags: &[&str]| tag.as_deref().is_some_and(|tag| tags.contains(&tag));
    if let Some((_, decode)) = variants.iter().find(|(tags, _)| is_known(tags)) {
        let tag = tag.unwrap_or_default();
        return decode(&value, &Cell::default())
            .map_err(|error| E::custom(format_args!("with `{member}` `{tag}`: {error}")));
    }
    let other = others.iter().find_map(|decode| decode(&value, &Cell::default()).ok());
    Ok(other.unwrap_or_else(|| unknown(value)))
}

/// How many variants a value is tried as, with all that is in it. Unions in unions multiply them.
const MOST_TRIES: usize = 10_000;

thread_local! {
    /// How many variants were tried so far in the outermost union that is being read.
    static TRIES: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Counts from the outermost union on.
struct Outermost(bool);

impl Outermost {
    fn begin() -> Self {
        let is_outermost = TRIES.get().is_none();
        if is_outermost {
            TRIES.set(Some(0));
        }
        Self(is_outermost)
    }
}

impl Drop for Outermost {
    fn drop(&mut self) {
        if self.0 {
            TRIES.set(None);
        }
    }
}

/// Whether one more variant may be tried besides the one that matches best.
fn may_try() -> bool {
    let tries = TRIES.get().unwrap_or_default();
    TRIES.set(Some(tries + 1));
    tries < MOST_TRIES
}

/// Reads the variant that matches best, or the next one when that fails. One that has all properties of
/// the value, those of nested objects too, is better than one that has not.
#[allow(dead_code, reason = "unions are generated, with or without a discriminator")]
pub(crate) fn by_shape<T, E: serde::de::Error>(
    value: Value,
    matchers: &[Matcher],
    variants: &[Decode<T>],
    unknown: fn(Value) -> T,
) -> Result<T, E> {
    let _outermost = Outermost::begin();
    let (mut best, mut first_error) = (None, None);
    for index in pick(&value, matchers) {
        if !may_try() && (best.is_some() || first_error.is_some()) {
            break;
        }
        // A map has all properties of anything, and so is no better for it.
        if best.is_some() && matchers[index].is_open() {
            continue;
        }
        let unread = Cell::default();
        match variants[index](&value, &unread) {
            Ok(decoded) if unread.get() == 0 => return Ok(decoded),
            Ok(decoded) => match &best {
                Some((least, _)) if *least <= unread.get() => {}
                _ => best = Some((unread.get(), decoded)),
            },
            Err(error) => {
                first_error.get_or_insert(error);
            }
        }
    }
    match (best, first_error) {
        (Some((_, decoded)), _) => Ok(decoded),
        (None, Some(error)) => Err(E::custom(error)),
        (None, None) => Ok(unknown(value)),
    }
}
