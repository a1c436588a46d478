//! What is reported for documents that are wrong or not supported: `fixtures/err`, one document for each
//! thing that can be wrong, with its diagnostics beside it in `snapshots`.
//!
//! `NAME.toml` beside a document holds its settings, `NAME.overlay` an overlay. The settings are strict
//! for the snapshots; outside of that, each fault that can be read is a warning.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sdk_generator::config::Config;
use sdk_generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use sdk_generator::document::Input;

#[test]
fn every_document_with_an_error_is_explained() {
    insta::glob!("fixtures/err/*.{yaml,json}", |path| {
        let text = fs::read(path).expect("a fixture can be read");
        let diagnostics = read(path, &text, Strictness::Strict);
        assert!(diagnostics.has_errors(), "{} has nothing wrong with it", path.display());
        for one in diagnostics.iter() {
            assert_complete(one, &diagnostics);
        }
        let first_line = String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_owned();
        insta::with_settings!({ description => first_line, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("err", render(&diagnostics));
        });
    });
}

#[test]
fn faults_that_have_a_reading_are_errors_in_strict_settings_only() {
    let mut readings = 0;
    insta::glob!("fixtures/err/*.{yaml,json}", |path| {
        let text = fs::read(path).expect("a fixture can be read");
        for one in read(path, &text, Strictness::Lenient).iter() {
            let is_error = one.severity == Severity::Error;
            assert!(!(is_error && one.is_waivable), "{}: {} has a reading", path.display(), one.code);
            readings += usize::from(one.reading.is_some());
        }
    });
    assert!(readings > 50, "the fixtures hold faults of every kind: {readings}");
}

/// Whether faults that have a reading are errors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Strict,
    Lenient,
}

/// Generates a document, and returns what is reported.
fn read(path: &Path, bytes: &[u8], strictness: Strictness) -> Diagnostics {
    let folder = path.parent().expect("a fixture is in a folder");
    let name = path.file_name().expect("a fixture has a name").to_string_lossy();
    let settings = fs::read_to_string(path.with_extension("toml"))
        .unwrap_or_else(|_| "[crate]\nname = \"fixture\"\nversion = \"0.1.0\"\n".to_owned());
    let settings_name = path.with_extension("toml");
    let settings_name = settings_name.file_name().expect("a fixture has a name").to_string_lossy();
    let mut config = match Config::parse(&settings_name, settings.as_bytes()) {
        Ok(config) => config,
        Err(diagnostics) => return diagnostics,
    };
    config.strict = strictness == Strictness::Strict;
    let overlay = fs::read(path.with_extension("overlay")).ok();
    let overlay_name = name.rsplit_once('.').map_or(name.to_string(), |(stem, _)| format!("{stem}.overlay"));
    let overlays: Vec<(&str, &[u8])> =
        overlay.iter().map(|bytes| (overlay_name.as_str(), bytes.as_slice())).collect();
    let read = |path: &str| fs::read(folder.join(path)).map_err(|_| "there is no such file".to_owned());
    let input = Input { name: &name, bytes, overlays: &overlays, read: &read };
    match sdk_generator::generate(&input, &config) {
        Ok(generated) => generated.warnings,
        Err(diagnostics) => diagnostics,
    }
}

/// What is reported for a text can be drawn over it.
fn assert_complete(one: &Diagnostic, diagnostics: &Diagnostics) {
    assert!(!one.message.is_empty() && !one.help.is_empty(), "{one:?} says what is wrong and what to do");
    if let Some(source) = diagnostics.source(&one.location.file) {
        let place = one.position.expect("what is in a text has a position");
        let marked = source.text.get(place.offset..place.offset + place.length);
        assert!(marked.is_some_and(|marked| !marked.contains('\n')), "{one:?} marks a part of a line");
        let line = source.text.split('\n').nth(place.line - 1).expect("the line is in the text");
        let before: String = line.chars().take(place.column - 1).collect();
        let start: usize = source.text.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
        assert_eq!(
            start + before.len(),
            place.offset,
            "{one:?} has a line and a column that agree with its offset"
        );
    }
}

fn render(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for one in diagnostics.iter() {
        let severity = if one.severity == Severity::Error { "error" } else { "warning" };
        let place =
            one.position.map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
        let pointer = &one.location.pointer;
        let write = |text: &mut String| {
            writeln!(text, "{} {severity} {}{place} #{pointer}", one.code, one.location.file)?;
            if let Some(marked) = marked(one, diagnostics).filter(|marked| !marked.is_empty()) {
                writeln!(text, "  at: {marked}")?;
            }
            writeln!(text, "  {}\n  help: {}", one.message, one.help)?;
            one.waived.iter().try_for_each(|reason| writeln!(text, "  waived: {reason}"))
        };
        write(&mut text).expect("writing to text does not fail");
    }
    text
}

/// The text that a diagnostic points at.
fn marked<'a>(one: &Diagnostic, diagnostics: &'a Diagnostics) -> Option<&'a str> {
    let place = one.position?;
    diagnostics.source(&one.location.file)?.text.get(place.offset..place.offset + place.length)
}
