//! Media types: what the content of a body or a response is.
//!
//! The name of a media type and its schema come in. The name decides, and the schema helps
//! where the name says little (`*/*`, `application/vnd.example.object`).

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::lower::schema::Schemas;
use crate::lower::schema::shallow;

/// A media type, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MediaType {
    /// `application`
    pub(super) main: String,
    /// `json`
    pub(super) sub: String,
}

/// What is in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    JsonLines,
    Events,
    Form,
    Multipart,
    Text,
    Binary,
}

/// The kind of the values that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaKind {
    /// Nothing, or anything.
    Open,
    /// Objects, lists, and unions of them.
    Structured,
    /// Text, numbers and truth values.
    Scalar,
    /// Bytes as they are.
    Binary,
}

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

impl MediaType {
    /// Takes `text` apart, without its parameters. `None` when it is not the name of a media type.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        // Without a line break or the like: it becomes a header.
        let is_header = text.chars().all(|letter| letter == '\t' || !letter.is_control());
        let (main, sub) = essence.split_once('/').filter(|_| is_header)?;
        let is_token = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        };
        (is_token(main) && is_token(sub)).then(|| Self { main: main.to_owned(), sub: sub.to_owned() })
    }

    /// Reads the key `text` of the media type object at `place`; any media type where it is not the name of one,
    /// which is reported.
    pub(super) fn read(text: &str, place: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Self {
        Self::parse(text).unwrap_or_else(|| {
            report_malformed(text, place, diagnostics);
            Self::any()
        })
    }

    /// Any media type.
    fn any() -> Self {
        Self { main: "*".to_owned(), sub: "*".to_owned() }
    }

    /// Whether it stands for several (`image/*`).
    pub(super) fn is_range(&self) -> bool {
        self.sub == "*"
    }

    /// The content of a value with this media type and a schema of this kind.
    pub(super) fn kind(&self, schema: SchemaKind) -> Kind {
        let (main, sub) = (self.main.as_str(), self.sub.as_str());
        match (main, sub) {
            ("text", "event-stream") => Kind::Events,
            ("application" | "text", sub) if JSON_LINES.contains(&sub) => Kind::JsonLines,
            _ if is_json(sub) => Kind::Json,
            ("application", "x-www-form-urlencoded") => Kind::Form,
            ("multipart", _) => Kind::Multipart,
            _ if schema == SchemaKind::Binary => Kind::Binary,
            ("text", _) => Kind::Text,
            (_, sub) if TEXTS.contains(&sub) || sub.ends_with("+xml") || sub.ends_with("+yaml") => Kind::Text,
            (_, sub) if BYTES.iter().any(|word| sub.contains(word)) => Kind::Binary,
            ("application" | "*", _) if schema == SchemaKind::Structured => Kind::Json,
            _ => Kind::Binary,
        }
    }
}

/// The media types that `encoding` allows, as they are written. What is not the name of one is reported and
/// left out.
pub(super) fn content_types<'d>(
    encoding: Option<&Cursor<'d>>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'d str> {
    let Some(place) = encoding.and_then(|encoding| encoding.get("contentType")) else { return Vec::new() };
    let mut names = Vec::new();
    for name in place.as_str().into_iter().flat_map(|names| names.split(',')).map(str::trim) {
        if MediaType::parse(name).is_some() {
            names.push(name);
        } else {
            report_malformed(name, &place, diagnostics);
        }
    }
    names
}

/// Reports that `text` at `place` is not the name of a media type.
fn report_malformed(text: &str, place: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "media-type-malformed",
        place,
        format!("`{text}` is not a media type"),
        "write a type and a subtype, like `application/json`; waived, it stands for any media type",
    );
}

/// `json`, `problem+json`, and what GitHub calls `json+sarif`.
fn is_json(sub: &str) -> bool {
    sub == "json" || sub == "x-json" || sub.ends_with("+json") || sub.starts_with("json+")
}

/// The kind of the values that `schema` describes.
pub(super) fn schema_kind(schema: Option<&Cursor<'_>>) -> SchemaKind {
    let values: Vec<_> =
        schema.into_iter().flat_map(|schema| shallow::query(schema, own_kind)).flatten().collect();
    let is_structured = values.contains(&SchemaKind::Structured);
    let last = values.last().copied().unwrap_or(SchemaKind::Open);
    if is_structured { SchemaKind::Structured } else { last }
}

fn own_kind(schema: &Cursor<'_>) -> Option<SchemaKind> {
    let has = |keyword: &str| schema.get(keyword).is_some();
    if Schemas::is_binary(schema) {
        Some(SchemaKind::Binary)
    } else if types(schema).any(|name| name == "object" || name == "array")
        || has("properties")
        || has("items")
    {
        Some(SchemaKind::Structured)
    } else if types(schema).next().is_some() || has("enum") || has("const") {
        Some(SchemaKind::Scalar)
    } else {
        None
    }
}

/// The types that a schema names, `null` apart.
pub(super) fn types<'d>(schema: &Cursor<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let single = schema.str("type");
    let several = schema.get("type");
    let several = several.into_iter().flat_map(|list| list.items()).filter_map(|name| name.as_str());
    single.into_iter().chain(several).filter(|name| *name != "null")
}
