//! Media types, parsed.
//!
//! The name of a media type comes in, and what it says about the content goes out. Knows nothing of schemas.

use std::fmt;

use mime::Mime;

/// Names of one JSON value a line; no two communities agree on one.
const JSON_LINES: [&str; 10] = [
    "jsonl",
    "x-jsonl",
    "ndjson",
    "x-ndjson",
    "jsonlines",
    "x-jsonlines",
    "json-lines",
    "x-json-lines",
    "stream+json",
    "x-json-stream",
];

/// Texts that are not called `text/…`.
const TEXTS: [&str; 15] = [
    "xml",
    "yaml",
    "x-yaml",
    "yml",
    "toml",
    "javascript",
    "x-javascript",
    "ecmascript",
    "graphql",
    "sdp",
    "sql",
    "x-sh",
    "x-pem-file",
    "x-www-form",
    "csv",
];

/// Words in the names of formats that are bytes, whatever their schema says.
const BYTES: [&str; 14] = [
    "octet-stream",
    "protobuf",
    "zip",
    "gzip",
    "tar",
    "pdf",
    "cbor",
    "msgpack",
    "messagepack",
    "avro",
    "parquet",
    "arrow",
    "wasm",
    "pcap",
];

/// A media type, or a range of them such as `image/*` (RFC 9110, sections 8.3.1 and 12.5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// As it is written, and sent.
    text: String,
    /// In lower case.
    parsed: Mime,
}

impl MediaType {
    /// Parses the name of a media type. `None` when it is not one.
    ///
    /// Parameters that are malformed do not count: servers are not strict about them either.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // It becomes a header, so it has no line break or the like.
        if text.contains(|letter: char| letter.is_control() && letter != '\t') {
            return None;
        }
        let essence = text.split(';').next().unwrap_or_default().trim();
        let parsed = text.trim().parse().or_else(|_| essence.parse()).ok()?;
        let media_type = Self { text: text.to_owned(), parsed };
        (!media_type.subtype().is_empty()).then_some(media_type)
    }

    /// Any media type: `*/*`.
    #[must_use]
    pub fn any() -> Self {
        Self { text: mime::STAR_STAR.to_string(), parsed: mime::STAR_STAR }
    }

    /// The range of both: `image/*` for `image/png` and `image/webp`.
    #[must_use]
    pub fn common_range(&self, other: &Self) -> Self {
        let range = (self.parsed.type_() == other.parsed.type_())
            .then(|| Self::parse(&format!("{}/*", self.parsed.type_())));
        range.flatten().unwrap_or_else(Self::any)
    }

    /// The media type as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The media type without its parameters: `application/json`.
    #[must_use]
    pub fn essence(&self) -> &str {
        self.parsed.essence_str()
    }

    /// The part after the slash: `problem+json`.
    #[must_use]
    pub fn subtype(&self) -> &str {
        self.essence().split_once('/').map_or("", |(_, subtype)| subtype)
    }

    /// Whether it stands for several (`image/*`, `application/*+json`).
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.subtype().starts_with('*')
    }

    /// Whether its type is `text`.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.parsed.type_() == mime::TEXT
    }

    /// Whether it is text by another type, such as XML.
    #[must_use]
    pub fn is_text_format(&self) -> bool {
        TEXTS.contains(&self.subtype()) || self.has_suffix("xml") || self.has_suffix("yaml")
    }

    /// Whether it is `json`, `problem+json`, or what GitHub calls `json+sarif`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let subtype = self.subtype();
        matches!(subtype, "json" | "x-json") || self.has_suffix("json") || subtype.starts_with("json+")
    }

    /// Whether it is one JSON value a line.
    #[must_use]
    pub fn is_json_lines(&self) -> bool {
        (self.is_text() || self.is_application()) && JSON_LINES.contains(&self.subtype())
    }

    /// Whether it is server-sent events (HTML, section 9.2).
    #[must_use]
    pub fn is_event_stream(&self) -> bool {
        self.essence() == "text/event-stream"
    }

    /// Whether it is a URL-encoded form.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.essence() == mime::APPLICATION_WWW_FORM_URLENCODED.essence_str()
    }

    /// Whether it has several parts.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.parsed.type_() == mime::MULTIPART
    }

    /// Whether it is a format that is bytes, whatever its schema says.
    #[must_use]
    pub fn is_binary_format(&self) -> bool {
        BYTES.iter().any(|word| self.subtype().contains(word))
    }

    /// Whether its name says little, so that a schema may decide.
    #[must_use]
    pub fn is_unspecific(&self) -> bool {
        self.is_application() || self.parsed.type_() == mime::STAR
    }

    fn is_application(&self) -> bool {
        self.parsed.type_() == mime::APPLICATION
    }

    fn has_suffix(&self, suffix: &str) -> bool {
        self.parsed.suffix().is_some_and(|own| own == suffix)
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> MediaType {
        MediaType::parse(text).unwrap_or_else(|| panic!("{text} is a media type"))
    }

    #[test]
    fn case_and_parameters_do_not_change_what_it_is() {
        for text in [
            "application/json",
            "Application/JSON",
            " application/json ; charset=utf-8",
            "application/json; x",
        ] {
            assert!(parsed(text).is_json(), "{text}");
            assert_eq!(parsed(text).essence(), "application/json");
            assert_eq!(parsed(text).as_str(), text);
        }
    }

    #[test]
    fn suffixes_say_the_format() {
        assert!(parsed("application/problem+json").is_json());
        assert!(parsed("application/json+sarif").is_json());
        assert!(parsed("application/soap+xml").is_text_format());
        assert!(!parsed("application/jsonpath").is_json());
        assert!(parsed("application/stream+json").is_json_lines());
    }

    #[test]
    fn ranges_are_those_of_both() {
        assert!(parsed("image/*").is_range() && parsed("*/*").is_range());
        assert!(parsed("application/*+json").is_range() && parsed("application/*+json").is_json());
        assert_eq!(parsed("image/png").common_range(&parsed("image/webp")).as_str(), "image/*");
        assert_eq!(parsed("image/png").common_range(&parsed("text/csv")).as_str(), "*/*");
    }

    #[test]
    fn what_is_not_a_media_type_is_none() {
        for text in ["", "json", "/json", "text/", "text/a b", "text/pl\nain", "text/plain\r\nx: y"] {
            assert_eq!(MediaType::parse(text), None, "{text:?}");
        }
    }
}
