//! Names that a crate cannot have.

/// Words that cannot be an identifier, in any edition so far, and the one that `async` code cannot do without.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield", "Self",
];

/// Crates that come with the compiler, and names that Cargo refuses.
const COMPILER: &[&str] =
    &["alloc", "build", "core", "deps", "examples", "incremental", "proc_macro", "std", "test"];

/// Crates that a generated crate may depend on. A test holds this against the manifest of the runtime.
const DEPENDENCIES: &[&str] = &[
    "base64",
    "bytes",
    "chrono",
    "futures_core",
    "getrandom",
    "h2",
    "hmac",
    "http",
    "http_body",
    "httpdate",
    "memchr",
    "mime_guess",
    "percent_encoding",
    "reqwest",
    "secrecy",
    "serde",
    "serde_json",
    "sha2",
    "tempfile",
    "tokio",
    "tracing",
    "url",
];

/// Whether `name` is a word of Rust.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a crate of this `name` would be mistaken for another crate or a word of Rust.
pub(super) fn is_taken(name: &str) -> bool {
    let library = name.replace('-', "_");
    let library = library.as_str();
    is_keyword(library) || COMPILER.contains(&library) || DEPENDENCIES.contains(&library)
}
