//! What comes out for each fixture, to be read and compared.
//!
//! A fixture shows one thing, so what is the same in every crate is left out: the runtime, the lock
//! file, and the files that only the settings change.

mod fixtures;

use sdk_generator::tree::FileTree;

#[test]
fn the_fixtures_come_out_as_they_did() {
    insta::glob!("fixtures/ok/*.{json,yaml}", |path| {
        let name = path.file_name().expect("a fixture is a file").to_string_lossy();
        insta::assert_snapshot!(told_apart(&fixtures::generate(&name)));
    });
}

fn told_apart(files: &FileTree) -> String {
    let texts =
        files.iter().filter(|(path, _)| differs(path)).map(|(path, text)| format!("==> {path}\n{text}"));
    texts.collect::<Vec<_>>().join("\n")
}

/// Whether the file says something about the document.
fn differs(path: &str) -> bool {
    let says_it = [
        "src/client.rs",
        "src/errors.rs",
        "src/models/",
        "src/resources/",
        "docs/sdks/",
        "docs/models/",
        "docs/errors/",
    ];
    says_it.iter().any(|start| path.starts_with(start)) && path != "docs/errors/error.md"
}
