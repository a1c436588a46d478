//! Finds and sets single values in JSON text without decoding the rest of it, which
//! stays as it is to the letter: numbers may have more digits than any type.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serializer as _};
use serde_json::value::RawValue;

/// The value at a path of members; `None` when it is not there.
#[allow(dead_code, reason = "only pages need it")]
pub(crate) fn find<'a>(json: &'a RawValue, path: &[&str]) -> Result<Option<&'a RawValue>, serde_json::Error> {
    let mut value = json;
    for name in path {
        if !value.get().starts_with('{') {
            return Ok(None);
        }
        let mut text = serde_json::Deserializer::from_str(value.get());
        match Member(name).deserialize(&mut text)? {
            Some(next) => value = next,
            None => return Ok(None),
        }
    }
    Ok(Some(value))
}

/// The object with one member set to another value, or added to it.
#[allow(dead_code, reason = "only bodies that are set in parts need it")]
pub(crate) fn with_member(object: &[u8], name: &str, value: &RawValue) -> Result<Vec<u8>, serde_json::Error> {
    let mut members = members(object)?;
    match members.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => *old = value,
        None => members.push((name.to_owned(), value)),
    }
    let mut json = Vec::with_capacity(object.len() + name.len() + value.get().len() + 4);
    serde_json::Serializer::new(&mut json).collect_map(members)?;
    Ok(json)
}

/// The members of an object, in their order.
pub(crate) fn members(object: &[u8]) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    serde_json::from_slice(object).map(|Members(members)| members)
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllMembers)
    }
}

/// Reads all members of an object.
struct AllMembers;

impl<'de> Visitor<'de> for AllMembers {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// Reads one member of an object.
struct Member<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = members.next_key::<String>()? {
            if name == self.0 {
                found = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
