//! A crate gets the files of the runtime that its API needs, and no others.

mod fixtures;

use sdk_generator::tree::FileTree;

/// The number of lines of an API of two plain operations, in a runtime of 13,500.
const MOST_LINES: usize = 6_180;

#[test]
fn two_plain_operations_need_the_core_alone() {
    let files = fixtures::generate("runtime_of_two_gets.yaml");
    let paths: Vec<&str> = runtime(&files).map(|(path, _)| path).collect();
    insta::assert_snapshot!(paths.join("\n"));
    let lines: usize = runtime(&files).map(|(_, text)| text.lines().count()).sum();
    assert!(lines <= MOST_LINES, "{lines} lines");
    let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
    for name in ["mime_guess", "tempfile", "raw_value", "io-util"] {
        assert!(!manifest.contains(name), "{name} is for other APIs:\n{manifest}");
    }
}

#[test]
fn gates_that_are_left_are_of_features_of_the_crate() {
    fixtures::for_each(|name, files| {
        let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
        for (path, text) in runtime(files) {
            for (_, rest) in text.lines().filter_map(|line| line.split_once("feature = \"")) {
                let (feature, _) = rest.split_once('"').expect("a name ends with a quote");
                let is_known = manifest.lines().any(|line| line.starts_with(&format!("{feature} = [")));
                assert!(is_known, "{name}: {path}: {feature}");
            }
        }
    });
}

/// The files of the runtime, by their paths below its folder.
fn runtime(files: &FileTree) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter_map(|(path, text)| Some((path.strip_prefix("src/runtime/")?, text)))
}
