//! The runtime that goes into every crate: its files, features, groups and dependencies.
//!
//! In goes which [`Group`]s an API needs; out come the files and dependencies without what only
//! other groups use. `generator/runtime` holds all of it, and its `manifest.toml` the tables. Nothing
//! here knows why an API needs a group.

mod gates;
mod group;
mod groups;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use toml_edit::{DocumentMut, Table, Value};

pub use group::Group;
pub use groups::Groups;

/// The folder that becomes `src/runtime`.
static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/runtime/src");

static MANIFEST: LazyLock<DocumentMut> = LazyLock::new(|| {
    include_str!("../../runtime/manifest.toml").parse().expect("the runtime's manifest is TOML")
});

/// The row of a group: other groups, `dep:…`, and `…/…`.
fn needs(group: Group) -> impl Iterator<Item = &'static str> {
    let row = table("groups").get(group.name()).and_then(|row| row.as_array());
    row.into_iter().flatten().filter_map(Value::as_str)
}

/// The files that these groups need: their paths below `src/runtime`, and their texts.
pub(crate) fn files(groups: &Groups) -> Vec<(&'static str, String)> {
    let texts: BTreeMap<_, _> = files_below(&SOURCES).into_iter().collect();
    let (mut files, mut paths) = (Vec::new(), vec!["mod.rs"]);
    while let Some(path) = paths.pop() {
        let text = gates::resolve(texts[path], groups);
        paths.extend(texts.keys().filter(|file| is_declared(file, path, &text)));
        files.push((path, text));
    }
    files.sort();
    files
}

/// Whether the text of the module at `parent` declares the module of `file`.
fn is_declared(file: &str, parent: &str, text: &str) -> bool {
    let folder = parent.strip_suffix("mod.rs").unwrap_or_default();
    let Some(module) = file.strip_prefix(folder).filter(|_| parent.ends_with("mod.rs")) else { return false };
    let module = module.strip_suffix("/mod.rs").or(module.strip_suffix(".rs")).unwrap_or(module);
    let declaration = format!("mod {module};");
    !module.contains('/') && text.lines().any(|line| line.ends_with(&declaration))
}

/// A Cargo feature of the runtime.
pub(crate) struct Feature {
    pub(crate) name: &'static str,
    /// The features that it turns on.
    pub(crate) enables: Value,
    pub(crate) is_default: bool,
    /// What it is for: the comment on it.
    pub(crate) description: &'static str,
}

/// The Cargo features, in the order of the manifest.
pub(crate) fn features() -> impl Iterator<Item = Feature> {
    let defaults = table("features")["default"].as_array().expect("the default features are a list");
    let features = rows("features").filter(|(name, _)| *name != "default");
    features.map(|(name, enables)| {
        let is_default = defaults.iter().any(|default| default.as_str() == Some(name));
        let key = table("features").key(name).expect("it is the key of a row");
        let comment = key.leaf_decor().prefix().and_then(|text| text.as_str()).unwrap_or_default();
        Feature { name, enables, is_default, description: comment.trim().trim_start_matches("# ") }
    })
}

/// The dependencies that these groups need. Those of groups that have a feature are optional.
pub(crate) fn dependencies(groups: &Groups) -> BTreeMap<&'static str, Value> {
    let (needs, always) = (groups.needed(), groups.needed_always());
    let in_groups: BTreeSet<&str> = Group::ALL.iter().flat_map(|group| self::needs(*group)).collect();
    let is_left_out = |name: &str| {
        let entry = format!("dep:{name}");
        in_groups.contains(entry.as_str()) && !needs.contains(entry.as_str())
    };
    let kept = rows("dependencies").filter(|(name, _)| !is_left_out(name));
    kept.map(|(name, value)| (name, dependency(name, value, &always))).collect()
}

/// A dependency, with the features that groups need of it, and not optional when one of them needs it.
fn dependency(name: &str, mut value: Value, needs: &BTreeSet<&str>) -> Value {
    let Some(table) = value.as_inline_table_mut() else { return value };
    if needs.contains(format!("dep:{name}").as_str()) {
        table.remove("optional");
    }
    let of_groups = needs.iter().filter_map(|need| need.split_once('/')).filter(|(of, _)| *of == name);
    if let Some(Value::Array(features)) = table.get_mut("features") {
        features.extend(of_groups.map(|(_, feature)| feature));
        features.fmt();
    }
    table.fmt();
    value
}

/// The rows of a table, without the comments about them.
fn rows(key: &str) -> impl Iterator<Item = (&'static str, Value)> {
    table(key).iter().map(|(name, row)| {
        let mut row = row.as_value().expect("rows of the runtime's manifest are values").clone();
        row.decor_mut().clear();
        (name, row)
    })
}

fn table(key: &str) -> &'static Table {
    MANIFEST[key].as_table().expect("the runtime's manifest has the table")
}

/// Every file below a folder: its path below that of the runtime, and its text.
fn files_below(folder: &'static Dir<'_>) -> Vec<(&'static str, &'static str)> {
    let text = |file: &'static include_dir::File<'_>| {
        let path = file.path().to_str().expect("the names of the runtime's files are ASCII");
        (path, file.contents_utf8().expect("Rust files are UTF-8"))
    };
    let nested = folder.dirs().flat_map(files_below);
    folder.files().map(text).chain(nested).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Group, Groups, SOURCES, dependencies, features, files, files_below, table};

    fn all() -> Groups {
        Groups::always(Group::ALL.iter().copied())
    }

    /// Cargo builds this module again when a file changes, but not when one is added.
    #[test]
    fn every_file_of_the_runtime_is_copied() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
        let mut on_disk = BTreeSet::new();
        let mut folders = vec![folder.clone()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).expect("the runtime is beside the generator") {
                let path = entry.expect("the runtime can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let below = path.strip_prefix(&folder).expect("it is below its folder");
                    on_disk.insert(below.to_owned());
                }
            }
        }
        let copied: BTreeSet<PathBuf> = files(&all()).into_iter().map(|(path, _)| path.into()).collect();
        assert_eq!(copied, on_disk, "touch `runtime/mod.rs`, so that it is built again");
    }

    #[test]
    fn groups_are_those_of_the_manifest() {
        let names: BTreeSet<&str> = Group::ALL.iter().map(|group| group.name()).collect();
        assert_eq!(names, table("groups").iter().map(|(name, _)| name).collect());
    }

    #[test]
    fn a_comment_says_what_each_feature_is_for() {
        let features: Vec<_> = features().map(|feature| (feature.name, feature.description)).collect();
        assert_eq!(features[0], ("rustls", "TLS through rustls."));
        let is_sentence = |text: &str| text.ends_with('.') && !text.contains(['#', '\n']);
        assert!(features.iter().all(|(_, text)| is_sentence(text)), "{features:?}");
    }

    #[test]
    fn every_gate_is_of_a_group_or_a_feature() {
        for (path, text) in files_below(&SOURCES) {
            for (_, rest) in text.split('\n').filter_map(|line| line.split_once("feature = \"")) {
                let (name, _) = rest.split_once('"').expect("a name ends with a quote");
                let is_known = Group::named(name).is_some() || table("features").contains_key(name);
                assert!(is_known, "{path}: `{name}` is neither a group nor a feature");
            }
        }
    }

    #[test]
    fn dependencies_of_groups_are_left_out_without_them() {
        let (least, most) = (dependencies(&Groups::default()), dependencies(&all()));
        assert!(!least.contains_key("tempfile") && !least.contains_key("mime_guess"));
        assert!(least["tokio"].to_string().ends_with(r#"features = ["time"] }"#));
        assert_eq!(most["tempfile"].to_string(), r#"{ version = "3.27.0" }"#);
        let tokio = dependencies(&Groups::always([Group::OAuth]))["tokio"].to_string();
        assert!(tokio.ends_with(r#"features = ["time", "sync"] }"#), "{tokio}");
    }

    #[test]
    fn dependencies_of_a_group_with_a_feature_are_optional() {
        let groups = Groups::of([(Group::Downloads, Some("files".to_owned()))], 2);
        let dependencies = dependencies(&groups);
        assert_eq!(dependencies["tempfile"].to_string(), r#"{ version = "3.27.0", optional = true }"#);
        assert!(dependencies["tokio"].to_string().ends_with(r#"features = ["time"] }"#));
    }
}
