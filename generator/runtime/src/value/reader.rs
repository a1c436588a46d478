//! Reading JSON as servers write it, which is not always as their documents say.
//!
//! In comes JSON, out goes a value of a model. It is read by the model's own `Deserialize`, through a
//! deserializer that
//!
//! - takes a number without a fraction, such as `1.0`, for an integer,
//! - does not take an array for an object, whose properties serde would read from it by position,
//! - reads a time without an offset as UTC, and a date with a time as the date,
//! - leaves out the items of a list of a fixed length that are more than its type has,
//! - counts the properties and items that are not read, by which a union finds the variant that keeps all.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
#[cfg(feature = "tuples")]
use serde::de::IgnoredAny;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
#[cfg(feature = "unions")]
use serde_json::Value;

use super::whole_number::WholeNumber;

/// Reads JSON text.
///
/// # Errors
///
/// When it is not JSON of this type, or when something follows it.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(json: &'de [u8]) -> serde_json::Result<T> {
    let mut text = serde_json::Deserializer::from_slice(json);
    read(&mut text, &Cell::default()).and_then(|value| text.end().map(|()| value))
}

#[cfg(feature = "events")]
/// The same, of text that is known to be UTF-8.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    let mut text = serde_json::Deserializer::from_str(json);
    read(&mut text, &Cell::default()).and_then(|value| text.end().map(|()| value))
}

#[cfg(feature = "unions")]
/// Reads a JSON value, and adds the number of properties that the type does not have to `unread`.
#[allow(dead_code, reason = "unions are generated")]
pub(crate) fn from_value<'de, T: Deserialize<'de>>(
    value: &'de Value,
    unread: &Cell<usize>,
) -> serde_json::Result<T> {
    read(value, unread)
}

fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    unread: &Cell<usize>,
) -> Result<T, D::Error> {
    T::deserialize(Lenient { inner: deserializer, unread })
}

/// A deserializer, or what serde hands on to it and back: a visitor, a seed, the entries of an array
/// or an object. All that is inside is wrapped as well.
struct Lenient<'u, T> {
    inner: T,
    unread: &'u Cell<usize>,
}

/// Methods that read nothing in which there could be something to wrap.
macro_rules! as_is {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(visitor)
        })*
    };
}

macro_rules! wrapped {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(Lenient { inner: visitor, unread: self.unread })
        })*
    };
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(WholeNumber(visitor))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Lenient<'_, D> {
    type Error = D::Error;

    as_is! {
        deserialize_any deserialize_bool deserialize_f32 deserialize_f64 deserialize_char
        deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_identifier
        deserialize_i128 deserialize_u128
    }
    wrapped! { deserialize_option deserialize_seq deserialize_map }
    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    /// Dates and enums are read by this, and texts by `deserialize_string`.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        #[cfg(feature = "dates")]
        if let Some(format) = super::dates::Format::of::<V::Value>() {
            return self.inner.deserialize_str(super::dates::Lenient { visitor, format });
        }
        self.inner.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.unread.set(self.unread.get() + 1);
        self.inner.deserialize_ignored_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, Lenient { inner: visitor, unread: self.unread })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        #[cfg(not(feature = "tuples"))]
        let visitor = Lenient { inner: visitor, unread: self.unread };
        #[cfg(feature = "tuples")]
        let visitor = Tuple { visitor, unread: self.unread };
        self.inner.deserialize_tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple_struct(name, length, Lenient { inner: visitor, unread: self.unread })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Lenient<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Lenient { inner: deserializer, unread: self.unread })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Lenient { inner: deserializer, unread: self.unread })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Lenient { inner: items, unread: self.unread })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Lenient { inner: members, unread: self.unread })
    }
}

#[cfg(feature = "tuples")]
/// Reads a list of a fixed length to its end.
struct Tuple<'u, V> {
    visitor: V,
    unread: &'u Cell<usize>,
}

#[cfg(feature = "tuples")]
impl<'de, V: Visitor<'de>> Visitor<'de> for Tuple<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<V::Value, A::Error> {
        let value = self.visitor.visit_seq(Lenient { inner: &mut items, unread: self.unread })?;
        while items.next_element::<IgnoredAny>()?.is_some() {
            self.unread.set(self.unread.get() + 1);
        }
        Ok(value)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Lenient<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Lenient { inner: deserializer, unread: self.unread })
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Lenient<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_element_seed(Lenient { inner: seed, unread: self.unread })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// The names of properties are texts, in which there is nothing to wrap.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for Lenient<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.inner.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Lenient { inner: seed, unread: self.unread })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}
