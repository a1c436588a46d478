//! The rules of `ARCHITECTURE.md`, held against the sources.
//!
//! Which folder imports which is taken from the sources themselves: every path in them is followed
//! through re-exports, in code and in macros, and what is only compiled for tests is left out.

mod paths;
mod resolve;
mod selftest;
mod source;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use source::{Crate, Module};
use table::{Layer, Owner};

/// The most lines of a file that is written by hand.
const LONGEST_FILE: usize = 400;

/// The crate whose folders a table lists.
struct Tree {
    /// The head of the table.
    head: &'static str,
    /// The file of its root, from the root of the workspace on.
    root: &'static str,
    /// The module that holds the folders.
    module: &'static [&'static str],
    /// Where its dependencies are listed.
    manifest: &'static str,
}

const GENERATOR: Tree =
    Tree { head: "generator", root: "generator/src/lib.rs", module: &[], manifest: "generator/Cargo.toml" };

const RUNTIME: Tree = Tree {
    head: "runtime",
    root: "generator/runtime/lib.rs",
    module: &["runtime"],
    manifest: "generator/runtime/package/Cargo.toml",
};

#[test]
fn the_sources_keep_the_rules_of_the_architecture() {
    let text = fs::read_to_string(workspace().join("ARCHITECTURE.md")).expect("the rules are written down");
    let owners = table::owners(&text);
    let mut broken = Broken::default();
    for tree in [GENERATOR, RUNTIME] {
        let krate = Crate::read(&workspace().join(tree.root));
        check(&tree, &krate, &table::layers(&text, tree.head), &owners, &mut broken);
    }
    for path in sources() {
        let lines = fs::read_to_string(workspace().join(&path)).expect("a source is text").lines().count();
        if lines > LONGEST_FILE {
            broken.add(format!("{path} is too long"), format!("{lines} lines"));
        }
    }
    broken.report();
}

/// The broken rules, each with the places where it is.
#[derive(Default)]
struct Broken(BTreeMap<String, BTreeSet<String>>);

impl Broken {
    fn add(&mut self, rule: String, place: String) {
        self.0.entry(rule).or_default().insert(place);
    }

    fn report(&self) {
        let broken = self.0.iter();
        let broken: Vec<String> = broken
            .map(|(rule, places)| format!("{rule}:\n  {}", Vec::from_iter(places.clone()).join("\n  ")))
            .collect();
        assert!(broken.is_empty(), "against ARCHITECTURE.md:\n{}", broken.join("\n"));
    }
}

/// Checks every path of a crate.
fn check(tree: &Tree, krate: &Crate, layers: &[Layer], owners: &[Owner], broken: &mut Broken) {
    let externals = dependencies(tree.manifest);
    let folder = |module: &Module| {
        let is_inside = tree.module.iter().zip(&module.path).all(|(name, part)| name == part);
        if is_inside { module.path.get(tree.module.len()).cloned() } else { None }
    };
    for (id, module) in krate.modules.iter().enumerate() {
        let Some(from) = folder(module) else { continue };
        let place = format!("{}", module.file.strip_prefix(workspace()).unwrap_or(&module.file).display());
        let Some(level) = level_of(&from, layers) else {
            broken.add(format!("{}: `{from}` has no place in the table", tree.head), place);
            continue;
        };
        for path in &module.paths {
            let target = resolve::resolve(krate, id, path, &externals);
            let shown = format!("{place}: {}", path.join("::"));
            for to in target.modules.iter().chain(&target.re_exports) {
                let to = &krate.modules[*to];
                // The root of the folders re-exports from all of them.
                let Some(to) = folder(to).filter(|to| *to != from) else { continue };
                if level_of(&to, layers).is_none_or(|other| other >= level) {
                    broken.add(format!("{}: `{from}` imports `{to}`", tree.head), shown.clone());
                }
                if layers[level].not.contains(&to) {
                    broken.add(format!("{}: `{from}` must not know `{to}`", tree.head), shown.clone());
                }
            }
            if let Some(external) = &target.external {
                check_external(tree, &from, external, &layers[level], owners, &place, broken);
            }
        }
        for name in &module.macros {
            check_owner(tree, &from, name, owners, &place, broken);
        }
    }
}

/// Checks the use of something of another crate.
fn check_external(
    tree: &Tree,
    from: &str,
    path: &[String],
    layer: &Layer,
    owners: &[Owner],
    place: &str,
    broken: &mut Broken,
) {
    if layer.not.contains(&path[0]) {
        broken.add(format!("{}: `{from}` must not know `{}`", tree.head, path[0]), place.to_owned());
    }
    check_owner(tree, from, &path[0], owners, place, broken);
    check_owner(tree, from, &path.join("::"), owners, place, broken);
}

fn check_owner(tree: &Tree, from: &str, what: &str, owners: &[Owner], place: &str, broken: &mut Broken) {
    for owner in owners.iter().filter(|owner| owner.what.iter().any(|owned| owned == what)) {
        if !owner.places.iter().any(|allowed| place.starts_with(allowed)) {
            broken.add(format!("{}: `{what}` in `{from}`", tree.head), place.to_owned());
        }
    }
}

/// How far up `folder` stands.
fn level_of(folder: &str, layers: &[Layer]) -> Option<usize> {
    layers.iter().position(|layer| layer.folders.iter().any(|other| other == folder))
}

/// The crates that a manifest lists, as Rust names them.
fn dependencies(manifest: &str) -> Vec<String> {
    let text = fs::read_to_string(workspace().join(manifest)).expect("the manifest is there");
    let manifest: toml::Table = text.parse().expect("a manifest is TOML");
    let dependencies = manifest["dependencies"].as_table().expect("a manifest has dependencies");
    dependencies.keys().map(|name| name.replace('-', "_")).collect()
}

/// The sources that are written by hand, from the root of the workspace on.
fn sources() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["generator", "xtask", "generated-sdk/tests", "generated-sdk/examples"] {
        add_sources(&workspace().join(folder), &mut paths);
    }
    let is_generated = |path: &String| path.starts_with("generated-sdk/tests/generated_");
    paths.retain(|path| !is_generated(path));
    paths
}

fn add_sources(folder: &Path, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            add_sources(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let path = path.strip_prefix(workspace()).expect("the folder is in the workspace");
            paths.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is around this crate").to_owned()
}
