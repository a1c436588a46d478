//! What happens to a folder, whatever happens to the run.

mod disks;
mod faults;
mod hostile;

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sdk_generator::document::Input;
use sdk_generator::lock::{self, Lock};
use sdk_generator::tree::FileTree;
use tempfile::TempDir;

use super::{Diff, Difference, Output, Refusal};

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is a place for temporary files")
}

/// A tree with its lock file.
fn tree(files: &[(&str, &str)]) -> FileTree {
    let mut tree = FileTree::default();
    for (path, text) in files {
        tree.add(*path, *text);
    }
    let lock = Lock::of(&Input::new("api.yaml", b""), &tree);
    tree.add(lock::PATH, lock.render());
    tree
}

fn diff(tree: &FileTree, out: &Path) -> Diff {
    Output::new(out).diff(tree).expect("the folder can be read")
}

fn commit(tree: &FileTree, out: &Path) {
    let diff = diff(tree, out);
    assert_eq!(diff.refusals, [], "nothing stands in the way");
    let leftover = Output::new(out).commit(tree, &diff.differences).expect("the folder can be written");
    assert!(leftover.is_none(), "all that was staged can be removed");
}

fn recover(out: &Path) -> bool {
    Output::new(out).recover().expect("the folder can be written")
}

/// Stages `tree` and writes the journal, as a run does that is killed then.
fn prepare(tree: &FileTree, out: &Path) {
    Output::new(out).prepare(tree, &diff(tree, out).differences).expect("the folder can be written");
}

fn is_interrupted(out: &Path) -> bool {
    Output::new(out).is_interrupted().expect("the folder can be read")
}

fn write(out: &Path, path: &str, text: &str) {
    let place = out.join(path);
    fs::create_dir_all(place.parent().expect("it is in a folder")).expect("the folder can be written");
    fs::write(place, text).expect("the folder can be written");
}

fn text(out: &Path, path: &str) -> Option<String> {
    fs::read_to_string(out.join(path)).ok()
}

fn modified(out: &Path, path: &str) -> SystemTime {
    fs::metadata(out.join(path)).and_then(|metadata| metadata.modified()).expect("the file is there")
}

#[test]
fn unchanged_files_are_not_written() {
    let out = folder();
    commit(&tree(&[("src/lib.rs", "one"), ("b", "one")]), out.path());
    let before = modified(out.path(), "src/lib.rs");
    let wanted = tree(&[("src/lib.rs", "one"), ("b", "two")]);
    commit(&wanted, out.path());
    assert_eq!(text(out.path(), "b").as_deref(), Some("two"));
    let again = diff(&wanted, out.path());
    assert_eq!((again.differences.as_slice(), again.unchanged), ([].as_slice(), 3));
    commit(&wanted, out.path());
    assert_eq!(modified(out.path(), "src/lib.rs"), before);
    assert!(!out.path().join(".regen").exists());
}

#[test]
fn a_file_that_was_lost_or_emptied_comes_back() {
    let out = folder();
    let tree = tree(&[("a", "one"), ("b", "one")]);
    commit(&tree, out.path());
    fs::remove_file(out.path().join("a")).expect("it is there");
    commit(&tree, out.path());
    assert_eq!(text(out.path(), "a").as_deref(), Some("one"));
    // A power failure may have emptied it, or somebody: it takes `--force`.
    write(out.path(), "a", "");
    let found = diff(&tree, out.path());
    assert_eq!(found.refusals, [Refusal::Edited { path: "a".to_owned() }]);
    Output::new(out.path()).commit(&tree, &found.differences).expect("the folder can be written");
    assert_eq!(text(out.path(), "a").as_deref(), Some("one"));
}

#[test]
fn stale_files_are_removed_and_others_stay() {
    let out = folder();
    commit(&tree(&[("src/old/a.rs", "one"), ("src/lib.rs", "one")]), out.path());
    write(out.path(), "src/mine.rs", "mine");
    commit(&tree(&[("src/lib.rs", "one")]), out.path());
    assert!(!out.path().join("src/old").exists(), "a folder goes with its last file");
    assert_eq!(text(out.path(), "src/mine.rs").as_deref(), Some("mine"));
}

#[test]
fn edits_are_reported() {
    let out = folder();
    commit(&tree(&[("a", "one"), ("b", "one")]), out.path());
    write(out.path(), "a", "edited");
    write(out.path(), "b", "edited");
    // `a` would change, `b` would go.
    let diff = diff(&tree(&[("a", "two")]), out.path());
    let edited = |path: &str| Refusal::Edited { path: path.to_owned() };
    assert_eq!(diff.refusals, [edited("a"), edited("b")]);
}

#[test]
fn a_file_that_was_not_generated_is_foreign() {
    let out = folder();
    write(out.path(), "a", "mine");
    let diff = diff(&tree(&[("a", "one")]), out.path());
    assert_eq!(diff.refusals, [Refusal::Foreign { path: "a".to_owned() }]);
}

#[test]
fn files_and_folders_in_each_others_places_are_foreign() {
    let out = folder();
    write(out.path(), "src", "mine");
    fs::create_dir(out.path().join("a")).expect("the folder can be written");
    let found = diff(&tree(&[("src/lib.rs", "one"), ("src/b.rs", "one"), ("a", "one")]), out.path());
    let foreign = ["a", "src"].map(|path| Refusal::Foreign { path: path.to_owned() });
    assert_eq!(found.refusals, foreign);
    let src = out.path().join("src");
    let error = Output::new(&src).diff(&tree(&[])).expect_err("a file is no folder");
    assert!(error.to_string().ends_with("src is not a folder"), "{error}");
}

#[test]
fn a_missing_folder_is_an_empty_one() {
    let out = folder();
    let diff = diff(&tree(&[("a", "one")]), &out.path().join("new"));
    assert!(diff.differences.iter().all(|difference| matches!(difference, Difference::Missing { .. })));
}

#[test]
fn a_run_that_was_stopped_before_the_journal_is_cleared_away() {
    let out = folder();
    commit(&tree(&[("a", "one")]), out.path());
    write(out.path(), ".regen/files/a", "two");
    write(out.path(), ".regen/journal.draft", "{");
    assert!(!is_interrupted(out.path()));
    assert!(!recover(out.path()));
    assert_eq!(text(out.path(), "a").as_deref(), Some("one"));
    assert!(!out.path().join(".regen").exists());
}

#[test]
fn an_edit_after_a_run_was_stopped_is_not_lost() {
    let out = folder();
    commit(&tree(&[("a", "one")]), out.path());
    prepare(&tree(&[("a", "two")]), out.path());
    write(out.path(), "a", "edited");
    let error = Output::new(out.path()).recover().expect_err("the edit stands in the way").to_string();
    assert!(error.contains("a was edited since"), "{error}");
    assert_eq!(text(out.path(), "a").as_deref(), Some("edited"));
    fs::rename(out.path().join("a"), out.path().join("mine")).expect("the edit can be moved");
    assert!(recover(out.path()));
    assert_eq!(text(out.path(), "a").as_deref(), Some("two"));
}

#[test]
fn a_run_whose_staged_files_were_damaged_is_undone() {
    let out = folder();
    let old = tree(&[("a", "one"), ("b", "one")]);
    commit(&old, out.path());
    prepare(&tree(&[("a", "two"), ("b", "two"), ("c", "two")]), out.path());
    fs::create_dir(out.path().join(".regen/kept")).expect("the folder can be written");
    for (from, to) in [("a", ".regen/kept/a"), (".regen/files/a", "a"), (".regen/files/c", "c")] {
        fs::rename(out.path().join(from), out.path().join(to)).expect("the folder can be written");
    }
    // What a file system may show after a power failure.
    write(out.path(), ".regen/files/b", "");
    assert!(recover(out.path()));
    assert_eq!(diff(&old, out.path()).differences, []);
    assert_eq!(text(out.path(), "c"), None);
}

#[test]
fn a_damaged_file_is_reported_when_old_and_new_are_lost() {
    let out = folder();
    commit(&tree(&[("a", "one"), ("b", "one")]), out.path());
    prepare(&tree(&[("a", "two"), ("b", "two")]), out.path());
    write(out.path(), ".regen/files/a", "");
    fs::remove_file(out.path().join("a")).expect("the folder can be written");
    let error = Output::new(out.path()).recover().expect_err("there is nothing to go on with").to_string();
    assert!(error.contains("a is damaged; remove .regen and run this with `--force`"), "{error}");
    assert_eq!(text(out.path(), "b").as_deref(), Some("one"));
}
