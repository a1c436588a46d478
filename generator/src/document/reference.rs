//! How a `$ref` is written: a relative path and a fragment.
//!
//! The text of a reference and the path of the file that it stands in come in;
//! what it names goes out, without looking whether it is there.

use super::Pointer;

/// What a reference names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A place in a file of the document's folder.
    Pointer { file: String, pointer: Pointer },
    /// A `$anchor` in a file of the document's folder, as `file#name`.
    Anchor(String),
    /// A URI with a scheme or a host, which is never fetched, and a place in it.
    Remote { uri: String, pointer: Pointer },
}

/// Why a reference names nothing that may be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A path from the root of a disk.
    Absolute,
    /// A path that leaves the folder of the document.
    Outside,
    /// A path or fragment that no file and no pointer can have.
    Malformed,
}

impl Reference {
    /// The path of the file that it leads into; empty for what is remote.
    pub(super) fn file(&self) -> &str {
        match self {
            Self::Pointer { file, .. } => file,
            Self::Anchor(name) => name.split('#').next().unwrap_or_default(),
            Self::Remote { .. } => "",
        }
    }

    /// Reads `text`, which stands in the file at `base`.
    pub(super) fn parse(text: &str, base: &str) -> Result<Self, Refusal> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = percent_decode(fragment)?;
        if is_remote(path) {
            let pointer = Pointer::parse(&fragment).ok_or(Refusal::Malformed)?;
            return Ok(Self::Remote { uri: path.to_owned(), pointer });
        }
        let file = if path.is_empty() { base.to_owned() } else { join(base, &percent_decode(path)?)? };
        Ok(match Pointer::parse(&fragment) {
            Some(pointer) => Self::Pointer { file, pointer },
            None => Self::Anchor(format!("{file}#{fragment}")),
        })
    }
}

/// Whether `path` starts with a scheme or a host.
fn is_remote(path: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|next| next.is_ascii_alphanumeric() || "+-.".contains(next))
    };
    path.starts_with("//") || path.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// The path of the file that `path` names beside the file at `base`, without dots.
fn join(base: &str, path: &str) -> Result<String, Refusal> {
    if path.starts_with('/') {
        return Err(Refusal::Absolute);
    }
    if path.chars().any(|character| character.is_control() || "\\:".contains(character)) {
        return Err(Refusal::Malformed);
    }
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().ok_or(Refusal::Outside)?),
            "" | "." => {}
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { Err(Refusal::Malformed) } else { Ok(parts.join("/")) }
}

/// Undoes percent-escapes. A `%` that starts none stands for itself: documents do write it bare.
fn percent_decode(text: &str) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%').then(|| hex_pair(after)).flatten();
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).map_err(|_| Refusal::Malformed)
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |index: usize| char::from(*bytes.get(index)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Pointer, Reference, Refusal};

    fn pointer(file: &str, pointer: &str) -> Reference {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        Reference::Pointer { file: file.to_owned(), pointer }
    }

    #[test]
    fn a_fragment_is_percent_decoded_before_it_is_a_pointer() {
        let parse = |text| Reference::parse(text, "api.yaml");
        assert_eq!(parse("#/paths/~1a~1%7Bid%7D"), Ok(pointer("api.yaml", "/paths/~1a~1{id}")));
        assert_eq!(parse("#"), Ok(pointer("api.yaml", "")));
        assert_eq!(parse("#/a/100%"), Ok(pointer("api.yaml", "/a/100%")));
        assert_eq!(parse("#/a/%FF"), Err(Refusal::Malformed));
        assert_eq!(parse("#name"), Ok(Reference::Anchor("api.yaml#name".to_owned())));
    }

    #[test]
    fn a_path_is_relative_to_the_file_that_it_stands_in() {
        let parse = |text| Reference::parse(text, "schemas/pet.yaml");
        assert_eq!(parse("./cat.yaml#/Cat"), Ok(pointer("schemas/cat.yaml", "/Cat")));
        assert_eq!(parse("../api.yaml"), Ok(pointer("api.yaml", "")));
        assert_eq!(parse("a%20b.yaml"), Ok(pointer("schemas/a b.yaml", "")));
    }

    #[test]
    fn a_path_stays_in_the_folder_of_the_document() {
        let parse = |text| Reference::parse(text, "schemas/pet.yaml");
        assert_eq!(parse("../../etc/passwd"), Err(Refusal::Outside));
        assert_eq!(parse("%2e%2e/%2e%2e/etc/passwd"), Err(Refusal::Outside));
        assert_eq!(parse("/etc/passwd"), Err(Refusal::Absolute));
        assert_eq!(parse("..\\..\\x.yaml"), Err(Refusal::Malformed));
        assert_eq!(parse("x%00.yaml"), Err(Refusal::Malformed));
        assert_eq!(parse("a%3Ab"), Err(Refusal::Malformed));
    }

    #[test]
    fn a_scheme_or_a_host_is_remote() {
        for uri in
            ["https://example.com/a.yaml", "file:///etc/passwd", "//example.com/a", "C:/a.yaml", "urn:a:b"]
        {
            let parsed = Reference::parse(&format!("{uri}#/a"), "api.yaml");
            let pointer = Pointer::default().child("a");
            assert_eq!(parsed, Ok(Reference::Remote { uri: uri.to_owned(), pointer }));
        }
    }
}
