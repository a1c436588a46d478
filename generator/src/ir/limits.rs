//! What a value may be, beside its type.

use serde_json::Number;

/// Limits of a value. Nothing here checks them: the server does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The smallest and the largest number.
    pub number: Range,
    /// Whether the smallest number is itself too small.
    pub is_above: bool,
    /// Whether the largest number is itself too large.
    pub is_below: bool,
    /// How many characters a text has.
    pub characters: Range,
    /// How many items a list has.
    pub items: Range,
    /// The regular expression that a text matches (ECMA-262).
    pub pattern: Option<String>,
}

/// The ends of a range; either may be open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    /// The lower end.
    pub min: Option<Number>,
    /// The upper end.
    pub max: Option<Number>,
}

impl Limits {
    /// These, or `other` when there are none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::default() { other } else { self }
    }
}
