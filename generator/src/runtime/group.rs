//! The groups of the runtime that only some APIs need.

/// What only some APIs need of the runtime. `runtime/manifest.toml` says what each is about, and
/// what it needs itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the manifest of the runtime has a comment on each")]
pub enum Group {
    Auth,
    OAuth,
    Cookies,
    Bodies,
    Sources,
    Forms,
    Uploads,
    Multipart,
    JsonLinesBodies,
    JsonParts,
    Files,
    Downloads,
    Repeats,
    SeveralResponses,
    ErrorBodies,
    StatusPatterns,
    Streams,
    Events,
    JsonLines,
    Pages,
    Base64Values,
    Dates,
    JsonObjects,
    Enums,
    Nullable,
    Unions,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Auth,
        Self::OAuth,
        Self::Cookies,
        Self::Bodies,
        Self::Sources,
        Self::Forms,
        Self::Uploads,
        Self::Multipart,
        Self::JsonLinesBodies,
        Self::JsonParts,
        Self::Files,
        Self::Downloads,
        Self::Repeats,
        Self::SeveralResponses,
        Self::ErrorBodies,
        Self::StatusPatterns,
        Self::Streams,
        Self::Events,
        Self::JsonLines,
        Self::Pages,
        Self::Base64Values,
        Self::Dates,
        Self::JsonObjects,
        Self::Enums,
        Self::Nullable,
        Self::Unions,
    ];

    /// The group of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The name in the manifest and in gates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::OAuth => "oauth",
            Self::Cookies => "cookies",
            Self::Bodies => "bodies",
            Self::Sources => "sources",
            Self::Forms => "forms",
            Self::Uploads => "uploads",
            Self::Multipart => "multipart",
            Self::JsonLinesBodies => "json_lines_bodies",
            Self::JsonParts => "json_parts",
            Self::Files => "files",
            Self::Downloads => "downloads",
            Self::Repeats => "repeats",
            Self::SeveralResponses => "several_responses",
            Self::ErrorBodies => "error_bodies",
            Self::StatusPatterns => "status_patterns",
            Self::Streams => "streams",
            Self::Events => "events",
            Self::JsonLines => "json_lines",
            Self::Pages => "pages",
            Self::Base64Values => "base64_values",
            Self::Dates => "dates",
            Self::JsonObjects => "json_objects",
            Self::Enums => "enums",
            Self::Nullable => "nullable",
            Self::Unions => "unions",
        }
    }
}
