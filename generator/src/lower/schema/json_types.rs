//! Sets of JSON types, without null.

use serde_json::Value;

/// A set of JSON types. Null is never in it: see [`null`](super::null).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct JsonTypes(u8);

impl JsonTypes {
    pub(super) const NONE: Self = Self(0);
    pub(super) const OBJECT: Self = Self(1);
    pub(super) const ARRAY: Self = Self(2);
    pub(super) const STRING: Self = Self(4);
    pub(super) const INTEGER: Self = Self(8);
    /// Integers are numbers, too.
    pub(super) const NUMBER: Self = Self(8 | 16);
    pub(super) const BOOLEAN: Self = Self(32);
    pub(super) const ALL: Self = Self(63);

    /// The JSON types that a value of the keyword `type` stands for. `None` when it is not a type.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "object" => Self::OBJECT,
            "array" => Self::ARRAY,
            "string" => Self::STRING,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            "null" => Self::NONE,
            _ => return None,
        })
    }

    /// The JSON type of `value`.
    pub(super) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NONE,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.is_f64() => Self::NUMBER,
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// The JSON types that `keyword` applies to; `None` when it applies to all.
    pub(super) fn of_keyword(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "propertyNames"
            | "minProperties"
            | "maxProperties"
            | "dependentSchemas"
            | "dependentRequired"
            | "unevaluatedProperties" => Self::OBJECT,
            "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "minItems" | "maxItems"
            | "uniqueItems" | "contains" => Self::ARRAY,
            "pattern" | "minLength" | "maxLength" | "contentEncoding" | "contentMediaType" => Self::STRING,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Self::NUMBER,
            _ => return None,
        })
    }

    /// The JSON types that `format` implies, when there is no `type`.
    pub(super) fn of_format(format: &str) -> Option<Self> {
        Some(match format {
            "int32" | "int64" | "uint32" | "uint64" => Self::INTEGER,
            "float" | "double" => Self::NUMBER,
            "date" | "date-time" | "time" | "duration" | "byte" | "binary" | "uuid" | "uri" | "url"
            | "email" | "hostname" | "ipv4" | "ipv6" | "password" => Self::STRING,
            _ => return None,
        })
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Whether every JSON type of `self` is one of `other`.
    pub(super) fn is_within(self, other: Self) -> bool {
        self.and(other) == self
    }

    /// Each JSON type by itself. Numbers that may be integers are one of them.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        let number = if Self::NUMBER.is_within(self) { Self::NUMBER } else { Self::INTEGER };
        [Self::STRING, number, Self::BOOLEAN, Self::ARRAY, Self::OBJECT]
            .into_iter()
            .filter(move |json_type| json_type.is_within(self))
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OBJECT => "object",
            Self::ARRAY => "array",
            Self::STRING => "string",
            Self::INTEGER => "integer",
            Self::NUMBER => "number",
            Self::BOOLEAN => "boolean",
            _ => "value",
        }
    }

    /// The names, for a message.
    pub(super) fn in_words(self) -> String {
        let words: Vec<_> = self.each().map(|json_type| format!("`{}`", json_type.name())).collect();
        if words.is_empty() { "`null`".to_owned() } else { words.join(" or ") }
    }
}
