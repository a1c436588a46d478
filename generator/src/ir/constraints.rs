//! Constraints of values beyond their types.

use serde_json::Number;

/// Constraints of a value. The SDK does not check them: the server does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The minimum and maximum of a number.
    pub number: Range,
    /// Whether the minimum itself is not allowed.
    pub exclusive_min: bool,
    /// Whether the maximum itself is not allowed.
    pub exclusive_max: bool,
    /// How many characters a string has.
    pub characters: Range,
    /// How many items a list has.
    pub items: Range,
    /// The regular expression that a string matches (ECMA-262).
    pub pattern: Option<String>,
}

/// A range; either bound may be absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    /// The lower bound.
    pub min: Option<Number>,
    /// The upper bound.
    pub max: Option<Number>,
}

impl Constraints {
    /// These, or `other` when there are none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::default() { other } else { self }
    }
}
