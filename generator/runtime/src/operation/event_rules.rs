//! What an API does with server-sent events beyond the standard.

/// What an API does with events beyond the standard.
#[derive(Clone, Copy, Debug)]
pub struct EventRules {
    /// How it says that there are no more.
    pub end: EventEnd,
    /// The names of events that say that the operation failed.
    pub errors: &'static [&'static str],
}

impl EventRules {
    /// What nearly all APIs do. Neither hurts the others: `[DONE]` is not JSON.
    pub const DEFAULT: Self = Self { end: EventEnd::Optional("[DONE]"), errors: &["error"] };
}

/// How an API says that there are no more events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventEnd {
    /// Its answer ends.
    Answer,
    /// An event with this data comes, or its answer ends.
    Optional(&'static str),
    /// An event with this data comes. Without it, the stream was cut short, even if
    /// the connection ended in order.
    Required(&'static str),
}

impl EventEnd {
    /// Whether an event with this data is the last one.
    pub(crate) fn is(self, data: &[u8]) -> bool {
        match self {
            Self::Answer => false,
            Self::Optional(end) | Self::Required(end) => data == end.as_bytes(),
        }
    }
}
