//! What documents come to: `fixtures/ok`, one document for each construct, with the lowered form and
//! the warnings beside it in `snapshots`.
//!
//! `NAME.toml` beside a document holds its settings.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sdk_generator::config::Config;
use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::document::Input;
use sdk_generator::ir::Api;

#[test]
fn every_construct_is_lowered_as_it_was() {
    insta::glob!("fixtures/ok/*.{yaml,json}", |path| {
        let text = fs::read_to_string(path).expect("a fixture can be read");
        let (api, warnings) = read(path, &text);
        let first_line = text.lines().next().unwrap_or_default().to_owned();
        insta::with_settings!({ description => first_line, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("ok", render(&api, &warnings));
        });
    });
}

fn read(path: &Path, text: &str) -> (Api, Diagnostics) {
    let name = path.file_name().expect("a fixture has a name").to_string_lossy();
    let settings = fs::read_to_string(path.with_extension("toml"))
        .unwrap_or_else(|_| "[crate]\nname = \"fixture\"\nversion = \"0.1.0\"\n".to_owned());
    let config =
        Config::parse("sdk.toml", settings.as_bytes()).expect("the settings of a fixture are well formed");
    let read = |other: &str| fs::read(path.with_file_name(other)).map_err(|error| error.to_string());
    let input = Input { name: &name, bytes: text.as_bytes(), overlays: &[], read: &read };
    sdk_generator::read(&input, &config)
        .unwrap_or_else(|diagnostics| panic!("{name} has no errors: {}", list(&diagnostics)))
}

fn render(api: &Api, warnings: &Diagnostics) -> String {
    format!("{}{}", api, list(warnings))
}

fn list(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for one in diagnostics.iter() {
        write!(text, "\n{} #{}\n  {}\n", one.code, one.location.pointer, one.message)
            .expect("writing to text does not fail");
    }
    text
}
