//! Numbers without a fraction: read as integers, written as such.
//!
//! JSON Schema takes `1.0` for an integer (2020-12, section 4.2.3), and languages that have one type
//! of numbers write a `number` without a fraction as `1`.

use std::fmt;

use serde::de::{Error, Visitor};

/// Where JavaScript begins to write numbers with an exponent.
const LIMIT: f64 = 1e21;

/// The integer that a number without a fraction is.
pub(crate) fn whole(number: f64) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "it has no fraction, and is below the limit")]
    let whole = number as i128;
    (number.fract() == 0.0 && number.abs() < LIMIT).then_some(whole)
}

/// Reads an integer, also one that has a point.
pub(crate) struct WholeNumber<V>(pub(crate) V);

impl<'de, V: Visitor<'de>> Visitor<'de> for WholeNumber<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        self.0.visit_i64(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        self.0.visit_u64(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        let whole = whole(number);
        if let Some(integer) = whole.and_then(|whole| i64::try_from(whole).ok()) {
            self.0.visit_i64(integer)
        } else if let Some(integer) = whole.and_then(|whole| u64::try_from(whole).ok()) {
            self.0.visit_u64(integer)
        } else {
            self.0.visit_f64(number)
        }
    }
}
