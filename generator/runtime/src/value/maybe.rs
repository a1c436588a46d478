//! Setting a value that may not be there.

/// Implements `maybe` for a model with setters, `maybe!(UserMessage);`, or writes the method for others.
macro_rules! maybe {
    ($name:ident) => {
        impl $name {
            $crate::runtime::maybe!(@method #[must_use = "the changed value is returned"] pub);
        }
    };
    (@method $($prefix:tt)*) => {
        /// Calls a setter when there is a value for it: `.maybe(limit, Self::limit)`.
        $($prefix)* fn maybe<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
            match value {
                Some(value) => set(self, value),
                None => self,
            }
        }
    };
}
pub(crate) use maybe;
