//! How much work all actions together may be.

use serde_json::Value;

/// How often a value may be looked at: a large document has a million, and an action looks at each of
/// them a few times at most.
const VISITS: usize = 100_000_000;

/// How many values may be added, as many as the largest documents have.
const CREATIONS: usize = 2_000_000;

/// How many bytes of text count as one more value.
const BYTES_PER_VALUE: usize = 64;

/// What is left of it.
pub(super) struct Budget {
    visits: usize,
    creations: usize,
}

/// There is nothing left.
#[derive(Debug)]
pub(super) struct Spent;

impl Default for Budget {
    fn default() -> Self {
        Self { visits: VISITS, creations: CREATIONS }
    }
}

impl Budget {
    #[cfg(test)]
    pub(super) fn of(visits: usize, creations: usize) -> Self {
        Self { visits, creations }
    }

    pub(super) fn visit(&mut self, values: usize) -> Result<(), Spent> {
        self.visits = self.visits.checked_sub(values).ok_or(Spent)?;
        Ok(())
    }

    pub(super) fn create(&mut self, values: usize) -> Result<(), Spent> {
        self.creations = self.creations.checked_sub(values).ok_or(Spent)?;
        Ok(())
    }
}

/// How many values there are in `value`, long texts counted as several.
pub(super) fn size(value: &Value) -> usize {
    let below = match value {
        Value::String(text) => text.len() / BYTES_PER_VALUE,
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| name.len() / BYTES_PER_VALUE + size(value)).sum()
        }
        _ => 0,
    };
    1 + below
}
