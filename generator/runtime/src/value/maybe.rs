//! Setting a value that may not be there.

/// Calls the setters of requests and models for values that may not be there.
///
/// It is a trait for all types, as a method of each would be compiled for each.
pub trait Maybe: Sized {
    /// Calls a setter when there is a value for it: `.maybe(limit, Self::limit)`.
    #[must_use = "the changed value is returned"]
    fn maybe<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<T> Maybe for T {}
