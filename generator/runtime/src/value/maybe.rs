//! Setting a value that may not be there.

/// Implements `maybe` for a type with setters: `maybe!(UserMessage);`
#[allow(unused_macros, reason = "not every API has types with setters")]
macro_rules! maybe {
    ($name:ident) => {
        impl $name {
            /// Calls `set` with the value, when there is one: `.maybe(limit, Self::with_limit)`.
            #[must_use = "the changed value is returned"]
            pub fn maybe<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
                match value {
                    Some(value) => set(self, value),
                    None => self,
                }
            }
        }
    };
}
#[allow(unused_imports, reason = "not every API has types with setters")]
pub(crate) use maybe;
