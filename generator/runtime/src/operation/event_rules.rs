//! What an API does with server-sent events beyond the standard.

/// What an API does with events beyond the standard.
#[derive(Clone, Copy, Debug)]
pub struct EventRules {
    /// How the stream ends.
    pub end: EventEnd,
    /// The names of events that report an error.
    pub errors: &'static [&'static str],
}

impl EventRules {
    /// What nearly all APIs do. It does not harm the others: `[DONE]` is not JSON.
    pub const DEFAULT: Self = Self { end: EventEnd::Optional("[DONE]"), errors: &["error"] };
}

/// How a stream of events ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum EventEnd {
    /// With the response.
    Close,
    /// With an event with this data, or with the response.
    Optional(&'static str),
    /// With an event with this data. Without it, the stream was cut short, even if
    /// the response is complete.
    Required(&'static str),
}

impl EventEnd {
    /// Whether an event with this data is the last one.
    pub(crate) fn is(self, data: &[u8]) -> bool {
        match self {
            Self::Close => false,
            Self::Optional(end) | Self::Required(end) => data == end.as_bytes(),
        }
    }
}
