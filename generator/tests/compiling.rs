//! The crates that the fixtures come to compile, without a warning, and so do their tests, the examples on their
//! pages and the programs in `usage`, which are what callers of these crates would write.
//!
//! All of `fixtures/ok` is generated into one throwaway workspace below the target folder and
//! checked in one go. It shares the target folder and the lock file of this workspace, so the
//! dependencies are those that are built anyway.

mod fixtures;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sdk_generator::tree::FileTree;

#[test]
fn the_crates_of_all_fixtures_compile_without_a_warning() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiling");
    let mut members = Vec::new();
    fixtures::for_each(|name, files| {
        let (stem, _) = name.rsplit_once('.').expect("a document has an extension");
        write_crate(&workspace.join(stem), files, stem);
        members.push(stem.to_owned());
    });
    write_workspace(&members, &workspace);
    let errors = check(&workspace);
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    // The tests of one are run, too.
    let output = cargo(&workspace, &["test", "--package", "fixture-samples", "--tests"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Writes the crate, and as examples of it what is on its pages, and the program in `usage` of its name.
fn write_crate(folder: &Path, files: &FileTree, stem: &str) {
    let mut written = BTreeSet::new();
    for (path, text) in files.iter() {
        let path = folder.join(path);
        write_when_changed(&path, text);
        written.insert(path);
    }
    let path = folder.join("examples/pages.rs");
    write_when_changed(&path, &examples(files));
    written.insert(path);
    let usage = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/usage/{stem}.rs"));
    if let Ok(program) = fs::read_to_string(usage) {
        let path = folder.join("examples/usage.rs");
        write_when_changed(&path, &program);
        written.insert(path);
    }
    remove_others(folder, &written);
}

/// Every program on a page as a module, below a `main` that calls none of them.
fn examples(files: &FileTree) -> String {
    let mut text =
        "//! The programs on the pages.\n#![allow(dead_code, deprecated, unused_imports, unused_variables)]\nfn main() {}\n".to_owned();
    let mut count = 0;
    for (path, page) in files.iter().filter(|(path, _)| fixtures::is_page(path)) {
        for fence in page.split("\n```rust").skip(1) {
            let (_, code) = fence.split_once('\n').expect("a fence has a line of its own");
            let (code, _) = code.split_once("\n```").expect("a fence is closed");
            let _ = writeln!(text, "\n/// {path}\nmod page_{count} {{\n{code}\n}}");
            count += 1;
        }
    }
    text
}

/// A workspace with the lock file and the profiles of ours, so that dependencies are not built anew.
fn write_workspace(members: &[String], workspace: &Path) {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = fs::read_to_string(ours.join("Cargo.toml")).expect("the workspace has a manifest");
    // The profiles stand last.
    let profiles = manifest.find("[profile").map_or("", |start| &manifest[start..]);
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profiles}");
    write_when_changed(&workspace.join("Cargo.toml"), &text);
    let lock = fs::read_to_string(ours.join("Cargo.lock")).expect("the workspace has a lock file");
    fs::write(workspace.join("Cargo.lock"), lock).expect("the target folder can be written to");
}

/// Checks the workspace, and gives what the compiler has to say.
fn check(workspace: &Path) -> Vec<String> {
    let all = ["check", "--workspace", "--examples", "--tests", "--all-features", "--message-format=json"];
    let output = cargo(workspace, &all);
    let messages = String::from_utf8_lossy(&output.stdout);
    // What is wrong in the runtime is wrong in each of the crates.
    let mut seen = BTreeSet::new();
    let mut errors: Vec<String> =
        messages.lines().filter_map(rendered).filter(|text| seen.insert(without_crate(text))).collect();
    if errors.is_empty() && !output.status.success() {
        errors.push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    errors
}

/// Runs cargo in the workspace, in the target folder of ours.
fn cargo(workspace: &Path, arguments: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder is around it");
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).args(["--offline", "--quiet", "--target-dir"]).arg(target);
    command.current_dir(workspace).output().expect("cargo is what runs this test")
}

/// The text of a message of the compiler.
fn rendered(line: &str) -> Option<String> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(message.get("message")?.get("rendered")?.as_str()?.to_owned())
}

/// The message without the name of the crate that it is about.
fn without_crate(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once("--> ") {
        Some((_, place)) => place.split_once('/').map_or(place, |(_, path)| path),
        None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Leaves files alone that are as they should be, so that cargo does not check them again.
fn write_when_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("the target folder can be written to");
    fs::write(path, text).expect("the target folder can be written to");
}

/// Removes what an earlier run has left below `folder`.
fn remove_others(folder: &Path, keep: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder has just been written to") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            remove_others(&path, keep);
        } else if !keep.contains(&path) {
            fs::remove_file(&path).expect("the target folder can be written to");
        }
    }
}
