//! What Cargo packages of the generator compiles: it has its runtime and its templates with it.
//!
//! The files of the package are copied into a throwaway workspace below the target folder and checked
//! there. It shares the target folder, the lock file and the profiles of this workspace, so that
//! only the generator itself is checked anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use toml::{Table, Value};

/// The folder of the generator.
const GENERATOR: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_packaged_generator_compiles() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packaging");
    let package = workspace.join("generator");
    if package.exists() {
        fs::remove_dir_all(&package).expect("the target folder can be written to");
    }
    // Cargo leaves a folder out that has a manifest of its own, whatever `include` says.
    let listed = cargo(Path::new(GENERATOR), &["package", "--list", "--allow-dirty", "--offline"]);
    for path in String::from_utf8_lossy(&listed.stdout).lines() {
        let source = Path::new(GENERATOR).join(path);
        // What Cargo adds to a package stands in no folder.
        if source.is_file() {
            let target = package.join(path);
            fs::create_dir_all(target.parent().expect("a file is in a folder"))
                .and_then(|()| fs::copy(source, target))
                .expect("the target folder can be written to");
        }
    }
    write_workspace(&workspace);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder is around it");
    let target = target.to_str().expect("the path of the target folder is text");
    cargo(&workspace, &["check", "--offline", "--quiet", "--target-dir", target]);
}

/// The generator packages the tables of `runtime/manifest.toml`; its runtime is tested with those of the package.
#[test]
fn the_runtime_is_tested_with_the_dependencies_of_every_sdk() {
    let sdk = table(&Path::new(GENERATOR).join("runtime/manifest.toml"));
    let package = table(&Path::new(GENERATOR).join("runtime/package/Cargo.toml"));
    assert_eq!(sdk["dependencies"], package["dependencies"], "copy [dependencies] from one to the other");
    // What are groups of an SDK are features of the package, all of which are on.
    let [features, groups] = ["features", "groups"].map(|key| sdk[key].as_table().expect("it is a table"));
    let mut expected = features.clone();
    expected["default"].as_array_mut().expect("it is a list").push("groups".into());
    let names = groups.keys().cloned().map(Value::String).collect();
    expected.insert("groups".to_owned(), Value::Array(names));
    expected.extend(groups.clone());
    let mut tested = package["features"].as_table().expect("it is a table").clone();
    tested["groups"].as_array_mut().expect("it is a list").sort_by_key(Value::to_string);
    assert_eq!(expected, tested, "copy [features] and [groups] from one to the other");
}

/// A workspace like ours, with no other member.
fn write_workspace(workspace: &Path) {
    let ours = Path::new(GENERATOR).join("..");
    let mut manifest = table(&ours.join("Cargo.toml"));
    manifest["workspace"]["members"] = Value::Array(vec!["generator".into()]);
    fs::write(workspace.join("Cargo.toml"), manifest.to_string())
        .and_then(|()| fs::copy(ours.join("Cargo.lock"), workspace.join("Cargo.lock")))
        .expect("the target folder can be written to");
}

fn table(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs Cargo in `folder`, and fails with its messages when it does.
fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("cargo is what runs this test");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
