//! A document becomes a crate, and stays it.

use std::fs;
use std::path::Path;

use crate::{DOCUMENT, folder, stderr, stdout, write, xtask};

#[test]
fn the_sdk_is_what_the_document_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is around this crate");
    let output = xtask(root, &["regen", "--check"]);
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn another_document_becomes_another_crate_and_stays_it() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets"];
    let output = xtask(folder.path(), &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    let report = stdout(&output);
    assert!(
        report.contains("document    pets.yaml, OpenAPI 3.1.0\ncontents    1 operation, 1 model\n"),
        "{report}"
    );
    let manifest = fs::read_to_string(folder.path().join("pets/Cargo.toml")).expect("there is a manifest");
    assert!(manifest.contains("name = \"pets-sdk\""), "{manifest}");
    let again = stdout(&xtask(folder.path(), &arguments));
    assert!(again.contains("files       0 written, "), "{again}");
}

#[test]
fn a_difference_is_shown_and_fails_the_check() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets"];
    xtask(folder.path(), &arguments);
    write(folder.path(), "pets.yaml", DOCUMENT.replace("name: { type: string }", "name: { type: integer }"));
    let output = xtask(folder.path(), &[&arguments[..], &["--check"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let report = stdout(&output);
    assert!(report.contains("changed  src/models/pets.rs\n"), "{report}");
    assert!(
        report.contains("-     pub name: String,\n") && report.contains("+     pub name: i64,\n"),
        "{report}"
    );
    let report = stderr(&output);
    assert!(report.contains("run `cargo xtask regen --spec pets.yaml --out pets`\n"), "{report}");
}

#[test]
fn the_check_shows_what_is_missing_stale_and_edited() {
    let folder = folder();
    let two = DOCUMENT.replace("        '200':", "        '404':\n          description: Gone.\n          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Gone' }\n        '200':")
        + "    Gone: { type: object, properties: { why: { type: string } } }\n";
    write(folder.path(), "pets.yaml", two);
    let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets"];
    xtask(folder.path(), &arguments);
    write(folder.path(), "pets.yaml", DOCUMENT);
    write(folder.path(), "pets/src/models/pets.rs", "edited\n");
    fs::remove_file(folder.path().join("pets/USAGE.md")).expect("it is there");
    let output = xtask(folder.path(), &[&arguments[..], &["--check"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let report = stdout(&output);
    for (kind, line) in [
        ("changed  src/models/pets.rs\n", "    - edited\n"),
        ("missing  USAGE.md\n", "    + # How to use `pets-sdk`\n"),
        ("stale    docs/errors/gone.md\n", "    - # Gone\n"),
    ] {
        assert!(report.contains(kind) && report.contains(line), "{kind}{line}{report}");
    }
    assert!(stderr(&output).contains("edited   src/models/pets.rs"), "{}", stderr(&output));
    let output = xtask(folder.path(), &[&arguments[..], &["--check", "--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let differences = report["differences"].as_array().expect("they are listed");
    assert!(differences.iter().all(|one| one["diff"].as_str().is_some_and(|diff| !diff.is_empty())));
}

#[test]
fn an_edit_is_kept_until_it_is_given_up() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets"];
    xtask(folder.path(), &arguments);
    write(folder.path(), "pets/src/models/pets.rs", "edited");
    let output = xtask(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("edited   src/models/pets.rs"), "{}", stderr(&output));
    let kept = fs::read_to_string(folder.path().join("pets/src/models/pets.rs"));
    assert_eq!(kept.expect("the file is there"), "edited");
    let output = xtask(folder.path(), &[&arguments[..], &["--force"]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn two_runs_on_one_folder_are_kept_apart() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let arguments = ["regen", "--spec", "pets.yaml", "--out", "pets"];
    let out = folder.path().join("pets");
    fs::create_dir(&out).expect("the folder can be written");
    let held = fs::File::open(&out).expect("the folder is there");
    held.try_lock().expect("nobody else has it");
    let output = xtask(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("another run is writing to pets; run this again"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_dir(&out).expect("the folder is there").count(), 0, "nothing was written");
    // Whoever only looks is let through, and whoever comes after is too.
    let output = xtask(folder.path(), &[&arguments[..], &["--dry-run"]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    drop(held);
    let output = xtask(folder.path(), &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let output = xtask(folder.path(), &["regen", "--spec", "pets.yaml", "--out", "pets", "--dry-run"]);
    assert!(
        output.status.success() && stdout(&output).contains("missing  src/models/pets.rs"),
        "{}",
        stdout(&output)
    );
    assert!(!folder.path().join("pets").exists());
}

#[test]
fn every_problem_is_drawn_over_the_document_and_nothing_is_written() {
    let folder = folder();
    let broken = DOCUMENT.replace("schemas/Pet'", "schemas/Cat'").replace("{id}", "{number}");
    write(folder.path(), "pets.yaml", broken);
    let output = xtask(folder.path(), &["regen", "--strict", "--spec", "pets.yaml", "--out", "pets"]);
    assert_eq!(output.status.code(), Some(1));
    let report = stderr(&output);
    assert!(report.contains("pets.yaml:15:") && report.contains("#/components/schemas/Cat"), "{report}");
    assert!(report.contains("nothing was written"), "{report}");
    assert!(!folder.path().join("pets").exists());
}

#[test]
fn input_that_is_no_document_ends_in_a_diagnostic() {
    let folder = folder();
    let inputs: [(&str, &[u8]); 6] = [
        ("binary.yaml", b"\xff\xfe\x00"),
        ("broken.yaml", b"openapi: [3.1.0"),
        ("list.yaml", b"- 1\n"),
        ("old.yaml", b"swagger: '2.0'\n"),
        ("empty.yaml", b""),
        ("version.yaml", b"openapi: 4.0.0\n"),
    ];
    for (name, text) in inputs {
        write(folder.path(), name, text);
        let output = xtask(folder.path(), &["regen", "--spec", name, "--out", "out"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(name), "{name}: {}", stderr(&output));
        assert!(!folder.path().join("out").exists(), "{name}");
    }
    let output = xtask(folder.path(), &["regen", "--spec", "missing.yaml", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot read the document missing.yaml"), "{}", stderr(&output));
}

#[test]
fn a_reference_does_not_leave_the_folder_of_the_document() {
    let folder = folder();
    write(folder.path(), "secret.yaml", "Pet: { type: string }");
    fs::create_dir(folder.path().join("api")).expect("the folder can be written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.yaml", folder.path().join("api/link.yaml"))
        .expect("links can be made");
    for reference in ["../secret.yaml#/Pet", "link.yaml#/Pet", "https://example.com/secret.yaml#/Pet"] {
        write(folder.path(), "api/pets.yaml", DOCUMENT.replace("#/components/schemas/Pet", reference));
        let output = xtask(folder.path(), &["regen", "--strict", "--spec", "api/pets.yaml", "--out", "out"]);
        assert_eq!(output.status.code(), Some(1), "{reference}: {}", stdout(&output));
    }
}

#[test]
fn the_lowered_document_can_be_printed() {
    let folder = folder();
    write(folder.path(), "pets.yaml", DOCUMENT);
    let output = xtask(folder.path(), &["ir", "get_pet", "--spec", "pets.yaml"]);
    assert!(output.status.success() && stdout(&output).contains("get_pet"), "{}", stdout(&output));
    let output = xtask(folder.path(), &["ir", "get_cat", "--spec", "pets.yaml"]);
    assert!(stderr(&output).contains("there is no operation get_cat"), "{}", stderr(&output));
}

// Crates of a corpus are all in one folder, so each test has documents of other names.

#[test]
fn a_corpus_is_a_table_with_a_row_for_each_document_and_ends_with_what_fails() {
    let folder = folder();
    write(folder.path(), "good.yaml", DOCUMENT);
    write(folder.path(), "bad.json", "{}");
    write(folder.path(), "notes.txt", "no document");
    let output = xtask(folder.path(), &["corpus", ".", "--jobs", "1"]);
    let report = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{report}{}", stderr(&output));
    assert!(report.contains("| good.yaml | 3.1.0 | 1 | 1 |"), "{report}");
    assert!(report.contains("2 documents: 1 crates, 1 with errors, 0 crashed or timed out"), "{report}");
    let (_, end) = report.split_once("\nrefused: 1\n").expect("what fails stands last");
    assert!(end.starts_with("- bad.json: ") && end.lines().count() == 1, "{end}");
    // There is no terminal to draw on.
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_corpus_takes_the_nearest_reading_of_faults() {
    let folder = folder();
    write(folder.path(), "faulty.yaml", DOCUMENT.replace("paths:", "security: [{nobody: []}]\npaths:"));
    let output = xtask(folder.path(), &["corpus", "."]);
    let report = stdout(&output);
    assert!(output.status.success(), "{report}{}", stderr(&output));
    assert!(
        report.contains("| faulty.yaml | 3.1.0 | 1 | 1 |")
            && report.contains("~~security-scheme-undeclared~~ 1"),
        "{report}"
    );
    assert!(report.contains("| fault | security-scheme-undeclared | 1 | 1 |"), "{report}");
    assert!(report.ends_with("nothing fails\n"), "{report}");
}

#[test]
fn a_corpus_is_one_json_document_for_other_programs() {
    let folder = folder();
    write(folder.path(), "faults.yaml", DOCUMENT.replace("paths:", "security: [{nobody: []}]\npaths:"));
    write(folder.path(), "refused.json", "{}");
    let output = xtask(folder.path(), &["corpus", ".", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    assert_eq!(report["rows"][0]["document"], "faults.yaml");
    assert_eq!(report["rows"][0]["result"], "crate");
    assert_eq!((&report["totals"]["crates"], &report["totals"]["refused"]), (&1.into(), &1.into()));
    let code = report["codes"].as_array().and_then(|codes| codes.iter().find(|code| code["kind"] == "fault"));
    assert_eq!(code.expect("a reading was taken")["code"], "security-scheme-undeclared");
    assert_eq!(report["failures"]["refused"][0]["document"], "refused.json");
}

#[test]
fn what_can_be_waived_is_shown_with_the_waiver() {
    let folder = folder();
    write(folder.path(), "bad.yaml", DOCUMENT.replace("paths:", "security: [{nobody: []}]\npaths:"));
    let waiver = "[[waivers]]\ncode = \"security-scheme-undeclared\"\npointer = \"/security/0/nobody\"\nreason = \"\"\n";
    let package = "[crate]\nname = \"a\"\nversion = \"0.1.0\"\n";
    let regen = |spec: &str| xtask(folder.path(), &["regen", "--strict", "--spec", spec, "--out", "out"]);
    let output = regen("bad.yaml");
    assert!(stderr(&output).contains(waiver), "{}", stderr(&output));

    write(folder.path(), "sdk.toml", format!("{package}{waiver}"));
    let report = stderr(&regen("bad.yaml"));
    assert!(report.contains("waiver-unreasoned") && !report.contains("code = "), "{report}");

    let waiver = waiver.replace("reason = \"\"", "reason = \"a gateway adds it\"");
    write(folder.path(), "sdk.toml", format!("{package}{waiver}"));
    let output = regen("bad.yaml");
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_waived_is_not_said_to_be() {
    let folder = folder();
    write(folder.path(), "old.yaml", "swagger: '2.0'");
    let output = xtask(folder.path(), &["regen", "--spec", "old.yaml", "--out", "out"]);
    assert!(!stderr(&output).contains("waive"), "{}", stderr(&output));
}
