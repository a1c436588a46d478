//! Settings that have another name now: each is reported with the new one.
//!
//! Settings are written once and kept beside a document for years, so files from earlier versions of the
//! generator are around. A renamed key would only be unknown in them, and a waiver of a renamed code unused.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostics, Location, Pointer, Source};

/// A key that has another name now, with the values that have.
struct Renamed {
    /// The table whose entries have the key.
    table: &'static str,
    old: &'static str,
    new: &'static str,
    values: &'static [(&'static str, &'static str)],
}

const KEYS: &[Renamed] = &[Renamed {
    table: "operations",
    old: "repeat",
    new: "idempotency",
    values: &[
        ("by-method", "by-method"),
        ("safe", "idempotent"),
        ("unsafe", "not-idempotent"),
        ("keyed", "with-key"),
    ],
}];

/// Codes of errors that waivers may still name: old and new.
const CODES: &[(&str, &str)] = &[
    ("member-conflict", "property-conflict"),
    ("member-impossible", "property-impossible"),
    ("part-style-not-carried", "part-style-ignored"),
    ("part-style-unsupported", "part-style-ignored"),
    ("upgrade-not-carried", "upgrade-unsupported"),
];

/// What the code `old` is called now, if it was renamed.
pub(crate) fn new_code(old: &str) -> Option<&'static str> {
    CODES.iter().find(|(code, _)| *code == old).map(|(_, new)| *new)
}

/// Reports the keys in `source` that have another name now.
pub(super) fn check_settings(source: &Source, diagnostics: &mut Diagnostics) {
    // What is no TOML is reported by whoever reads all of it.
    let Ok(settings) = DeTable::parse(&source.text) else { return };
    for renamed in KEYS {
        let entries = settings.get_ref().get(renamed.table).and_then(|table| table.get_ref().as_table());
        for (name, entry) in entries.into_iter().flatten() {
            let Some(value) = entry.get_ref().get(renamed.old) else { continue };
            let keys = [renamed.table, name.get_ref(), renamed.old];
            let pointer = keys.iter().fold(Pointer::default(), |pointer, key| pointer.child(key));
            let location = Location { file: source.name.clone(), pointer };
            let message = format!("`{}` is called `{}` now", renamed.old, renamed.new);
            diagnostics.error("config-renamed", location, message, renamed.help(value.get_ref()));
        }
    }
}

impl Renamed {
    /// The line to write in place of one with the old key and this value.
    fn help(&self, value: &DeValue<'_>) -> String {
        let new = |old: &str| self.values.iter().find(|(value, _)| *value == old).map(|(_, new)| *new);
        if let Some(value) = value.as_str().and_then(new) {
            return format!("write `{} = \"{value}\"`", self.new);
        }
        let values: Vec<String> = self.values.iter().map(|(_, new)| format!("`\"{new}\"`")).collect();
        format!("write `{} = ` and one of {}", self.new, values.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::CODES;

    /// All sources of the generator but this file.
    fn sources(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                sources(&path, text);
            } else if !path.ends_with("config/renamed.rs") {
                text.push_str(&fs::read_to_string(&path).expect("a source is text"));
            }
        }
    }

    #[test]
    fn new_codes_are_reported_and_old_ones_are_not() {
        let mut text = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        for (old, new) in CODES {
            assert!(text.contains(&format!("\"{new}\"")), "{new} is not reported");
            assert!(!text.contains(&format!("\"{old}\"")), "{old} is reported");
        }
    }
}
