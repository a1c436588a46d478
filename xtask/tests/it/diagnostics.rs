//! What is wrong with a document, as a person sees it and as a program reads it.

use std::fmt::Write;

use serde_json::Value;

use crate::{DOCUMENT, folder, stderr, stdout, write, xtask};

/// The errors for `text`, a document that is wrong or not supported, in strict settings.
fn errors_of(text: &str) -> String {
    let folder = folder();
    write(folder.path(), "pets.yaml", text);
    let output = xtask(folder.path(), &["regen", "--strict", "--spec", "pets.yaml", "--out", "pets"]);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    stderr(&output)
}

/// A document with `count` operations, each of which refers to something that is not there.
fn dangling(count: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n".to_owned();
    for number in 0..count {
        let responses = format!("'200': {{ $ref: '#/components/responses/Missing{number}' }}");
        writeln!(text, "  /p{number}: {{ get: {{ responses: {{ {responses} }} }} }}")
            .expect("text can be written");
    }
    text
}

#[test]
fn a_diagnostic_is_drawn_with_the_lines_around_it() {
    let report = errors_of(&DOCUMENT.replace("schemas/Pet'", "schemas/Cat'").replace('\n', "\r\n"));
    assert!(report.contains("[pets.yaml:15:31]"), "{report}");
    let lines = "
 14 │             application/json:
 15 │               schema: { $ref: '#/components/schemas/Cat' }
    ·                               ─────────────┬────────────
";
    assert!(report.contains(lines), "{report}");
    assert!(report.contains("\n 16 │ components:\n"), "{report}");
}

#[test]
fn of_a_long_line_the_surroundings_are_drawn() {
    let document = serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": "T".repeat(100_000), "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "$ref": "#/nowhere" } } } } },
        "x-rest": "R".repeat(100_000),
    });
    let document = document.to_string();
    let report = errors_of(&document);
    let column = document.find("\"#/nowhere\"").expect("it is there") + 1;
    assert!(report.contains(&format!("[pets.yaml:1:{column}]")), "{report}");
    assert!(report.contains("…") && report.contains("\"#/nowhere\""), "{report}");
    assert!(report.len() < 2000, "{} bytes", report.len());
}

#[test]
fn only_the_first_diagnostics_are_drawn_and_the_rest_counted() {
    let report = errors_of(&dangling(50));
    assert_eq!(report.matches("ref-dangling\n\n").count(), 20, "{report}");
    assert!(
        report.contains("… and 30 more, all of which `cargo xtask regen --format json` lists"),
        "{report}"
    );
    assert!(report.contains("50 errors; nothing was written"), "{report}");
}

#[test]
fn an_error_is_drawn_before_all_warnings() {
    let header = "{ name: Accept, in: header, schema: { type: string } }";
    let mut text =
        "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nwebhooks: { a: {} }\npaths:\n".to_owned();
    for number in 0..30 {
        let responses = "responses: { '200': { description: Fine } }";
        writeln!(text, "  /p{number}: {{ get: {{ parameters: [{header}], {responses} }} }}")
            .expect("text can be written");
    }
    text.push_str("  /last: { get: { responses: { '200': { $ref: '#/nowhere' } } } }\n");
    let report = errors_of(&text);
    assert!(report.trim_start().starts_with("ref-dangling"), "{report}");
}

#[test]
fn the_document_does_not_control_the_terminal() {
    let hostile = "\u{9b}2J\u{202e}\u{1b}]0;title\u{7}";
    let escaped = hostile.replace('\u{1b}', "\\e").replace('\u{7}', "\\a");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  \"/{escaped}\":\n    \"{escaped}\": {{}} # \u{202e}\n"
    );
    let folder = folder();
    write(folder.path(), "pets.yaml", &text);
    for format in ["human", "json"] {
        let output =
            xtask(folder.path(), &["regen", "--spec", "pets.yaml", "--out", "pets", "--format", format]);
        let report = format!("{}{}", stdout(&output), stderr(&output));
        let is_harmful =
            |character: char| character != '\n' && character.is_control() || character == '\u{202e}';
        assert!(!report.contains(is_harmful), "{report:?}");
    }
}

#[test]
fn problems_are_data_for_other_programs() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT.replace("schemas/Pet'", "schemas/Cat'"));
    let output = xtask(
        folder.path(),
        &["regen", "--strict", "--spec", "pets.yaml", "--out", "pets", "--format", "json"],
    );
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(
        (&diagnostic["severity"], &diagnostic["file"], &diagnostic["line"]),
        (&"error".into(), &"pets.yaml".into(), &15.into())
    );
    let pointer = "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema/$ref";
    assert!(diagnostic["pointer"].as_str().is_some_and(|start| pointer.starts_with(start)), "{diagnostic}");
}

#[test]
fn what_is_not_there_or_cannot_be_written_is_data_too() {
    let folder = folder();
    write(folder.path(), "file", "in the way");
    write(folder.path(), "pets.yaml", DOCUMENT);
    for (spec, out, key) in [("none.yaml", "pets", "diagnostics"), ("pets.yaml", "file/pets", "error")] {
        let output = xtask(folder.path(), &["regen", "--spec", spec, "--out", out, "--format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        let report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
        assert!(!report[key].to_string().trim_matches(['[', ']', '"']).is_empty(), "{report}");
    }
}

#[test]
fn what_is_wrong_with_settings_is_drawn_over_them() {
    let package = "[crate]\nname = \"pets\"\nversion = \"0.1.0\"\n";
    let cases = [
        ("[crate\n", "[own.toml:1:7]"),
        ("[crate]\nname = 1\nversion = '1.0.0'\n", "[own.toml:2:8]"),
        (&format!("{package}colour = 'red'\n"), "[own.toml:4:1]"),
        (&format!("{package}[operations.get_cat]\nreason = '-'\n"), "[own.toml:4:13]"),
        (
            &format!(
                "strict = true\n{package}[[waivers]]\ncode = 'ref-dangling'\npointer = ''\nreason = '-'\n"
            ),
            "[own.toml:5:1]",
        ),
    ];
    for (settings, place) in cases {
        let folder = folder();
        write(folder.path(), "pets.yaml", DOCUMENT);
        write(folder.path(), "own.toml", settings);
        let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets", "--config", "own.toml"];
        let output = xtask(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(1), "{settings}");
        assert!(stderr(&output).contains(place), "{settings}: {}", stderr(&output));
    }
}
