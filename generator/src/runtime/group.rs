//! The groups of the runtime that only some APIs need.

/// Declares [`Group`], each of whose variants has a name in the manifest and in gates.
macro_rules! groups {
    ($($group:ident $name:literal)*) => {
        /// What only some APIs need of the runtime. `runtime/manifest.toml` says what each is about, and
        /// what it needs itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the manifest of the runtime has a comment on each")]
        pub enum Group {
            $($group,)*
        }

        impl Group {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$group),*];

            /// The group of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$group),)*
                    _ => None,
                }
            }

            /// The name in the manifest and in gates.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$group => $name,)*
                }
            }
        }
    };
}

groups! {
    Auth "auth"
    OAuth "oauth"
    Cookies "cookies"
    HeaderParameters "header_parameters"
    Styles "styles"
    Bodies "bodies"
    BodyErrors "body_errors"
    Sources "sources"
    Forms "forms"
    Uploads "uploads"
    Multipart "multipart"
    JsonLinesBodies "json_lines_bodies"
    JsonParts "json_parts"
    Files "files"
    Downloads "downloads"
    Repeats "repeats"
    SeveralResponses "several_responses"
    TextResponses "text_responses"
    EmptyResponses "empty_responses"
    RawResponses "raw_responses"
    ErrorBodies "error_bodies"
    StatusPatterns "status_patterns"
    Streams "streams"
    Events "events"
    JsonLines "json_lines"
    Pages "pages"
    Base64Values "base64_values"
    Dates "dates"
    JsonObjects "json_objects"
    Enums "enums"
    Nullable "nullable"
    Tuples "tuples"
    Unions "unions"
    Webhooks "webhooks"
}
