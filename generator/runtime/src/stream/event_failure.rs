//! Errors in the middle of a stream whose events do not have a name for that:
//! `data: {"error": …}` or `data: {"object": "error", …}`, as many APIs send it after a status of 200.

use serde::de::value::Error as Unread;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use crate::runtime::value::json_scan::members;

/// Whether the data of an event reports an error. It was decoded as a `T`, or is none.
///
/// A type with a field `error` gets it like any other, if the data is of that type.
pub(crate) fn is_one<T: DeserializeOwned, E>(json: &[u8], decoded: &Result<T, E>) -> bool {
    match decoded {
        Ok(_) => begins_with_error(json) && members_around_error(json) == Some(1) && !has_error::<T>(),
        Err(_) => {
            is_called_error(json)
                || members_around_error(json).is_some_and(|members| members == 1 || !has_error::<T>())
        }
    }
}

/// Whether the object says that it is an error: `{"object": "error", "message": …}`, or by its `type`.
fn is_called_error(json: &[u8]) -> bool {
    let members = members(json).unwrap_or_default();
    let is_error = |(name, value): &(String, &RawValue)| {
        matches!(name.as_str(), "object" | "type") && value.get() == "\"error\""
    };
    members.iter().any(is_error)
}

/// Whether the first member is `error`: the one check that is made for every event.
fn begins_with_error(json: &[u8]) -> bool {
    let members = json.trim_ascii_start().strip_prefix(b"{").unwrap_or_default();
    members.trim_ascii_start().starts_with(b"\"error\"")
}

/// How many members the object has, if one of them is `error` and is not empty.
fn members_around_error(json: &[u8]) -> Option<usize> {
    let members = members(json).ok()?;
    let (_, error) = members.iter().find(|(name, _)| name == "error")?;
    let is_not_empty = error.get().starts_with(['{', '"']) && error.get() != "\"\"";
    is_not_empty.then_some(members.len())
}

/// Whether a type has a field `error`, or may have any.
fn has_error<T: DeserializeOwned>() -> bool {
    let mut members = None;
    // It fails, as there is nothing to read, but by then it has named its fields.
    let _ = T::deserialize(Members(&mut members));
    members.is_none_or(|members| members.contains(&"error"))
}

/// Records the fields of a type, if it has a fixed set of them.
struct Members<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Members<'_> {
    type Error = Unread;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        members: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Unread> {
        *self.0 = Some(members);
        Err(Unread::custom("there is nothing to read"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_some(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unread> {
        Err(Unread::custom("there is nothing to read"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
