//! What happens to a folder, whatever happens to the run.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sdk_generator::document::Input;
use sdk_generator::lock::{self, Lock};
use sdk_generator::tree::FileTree;
use tempfile::TempDir;

use super::stage::staged;
use super::switch::prepare;
use super::{Difference, Refusal, is_interrupted, recover, survey, switch};

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

fn write(tree: &FileTree, out: &Path) {
    let survey = survey(tree, out).expect("the folder can be read");
    assert_eq!(survey.refusals, [], "nothing stands in the way");
    switch(tree, &survey.differences, out).expect("the folder can be written");
}

fn text(out: &Path, path: &str) -> Option<String> {
    fs::read_to_string(out.join(path)).ok()
}

fn changed(out: &Path, path: &str) -> SystemTime {
    fs::metadata(out.join(path)).and_then(|metadata| metadata.modified()).expect("the file is there")
}

#[test]
fn a_second_run_changes_nothing() {
    let out = folder();
    let tree = tree(&[("src/lib.rs", "one"), ("docs/a.md", "two")]);
    write(&tree, out.path());
    let before = changed(out.path(), "src/lib.rs");
    let survey = survey(&tree, out.path()).expect("the folder can be read");
    assert_eq!((survey.differences.as_slice(), survey.unchanged), ([].as_slice(), 3));
    switch(&tree, &survey.differences, out.path()).expect("there is nothing to do");
    assert_eq!(changed(out.path(), "src/lib.rs"), before);
    assert!(!out.path().join(".regen").exists());
}

#[test]
fn only_what_differs_is_written() {
    let out = folder();
    write(&tree(&[("a", "one"), ("b", "one")]), out.path());
    let before = changed(out.path(), "a");
    write(&tree(&[("a", "one"), ("b", "two")]), out.path());
    assert_eq!(text(out.path(), "b").as_deref(), Some("two"));
    assert_eq!(changed(out.path(), "a"), before);
}

#[test]
fn stale_files_go_and_those_of_others_stay() {
    let out = folder();
    write(&tree(&[("src/old/a.rs", "one"), ("src/lib.rs", "one")]), out.path());
    fs::write(out.path().join("src/mine.rs"), "mine").expect("the folder can be written");
    write(&tree(&[("src/lib.rs", "one")]), out.path());
    assert!(!out.path().join("src/old").exists(), "a folder goes with its last file");
    assert_eq!(text(out.path(), "src/mine.rs").as_deref(), Some("mine"));
}

#[test]
fn an_edit_is_reported() {
    let out = folder();
    write(&tree(&[("a", "one"), ("b", "one")]), out.path());
    fs::write(out.path().join("a"), "edited").expect("the folder can be written");
    fs::write(out.path().join("b"), "edited").expect("the folder can be written");
    // `a` would change, `b` would go.
    let survey = survey(&tree(&[("a", "two")]), out.path()).expect("the folder can be read");
    let edited = |path: &str| Refusal::Edited { path: path.to_owned() };
    assert_eq!(survey.refusals, [edited("a"), edited("b")]);
}

#[test]
fn a_file_that_was_never_generated_is_not_ours() {
    let out = folder();
    fs::write(out.path().join("a"), "mine").expect("the folder can be written");
    let survey = survey(&tree(&[("a", "one")]), out.path()).expect("the folder can be read");
    assert_eq!(survey.refusals, [Refusal::Foreign { path: "a".to_owned() }]);
}

#[test]
fn a_run_that_is_stopped_anywhere_in_the_switch_is_finished_by_the_next() {
    let old = [("a", "one"), ("b", "one"), ("c/d", "one")];
    let new = [("a", "two"), ("b", "two"), ("e/f", "two")];
    // Each step of the switch is a place to stop: three writes, the lock file, one removal.
    for steps in 0..=5 {
        let out = folder();
        write(&tree(&old), out.path());
        let wanted = tree(&new);
        let survey = survey(&wanted, out.path()).expect("the folder can be read");
        let journal = prepare(&wanted, &survey.differences, out.path()).expect("the folder can be written");
        for step in journal.writes.iter().take(steps) {
            fs::create_dir_all(out.path().join(&step.path).parent().expect("it is in the folder"))
                .expect("it can be made");
            fs::rename(staged(out.path(), &step.path), out.path().join(&step.path)).expect("it is staged");
        }
        for step in journal.removals.iter().take(steps.saturating_sub(journal.writes.len())) {
            fs::remove_file(out.path().join(&step.path)).expect("it is there");
        }
        assert!(is_interrupted(out.path()));
        assert!(recover(out.path()).expect("the switch can be finished"));
        let found = super::survey(&wanted, out.path()).expect("the folder can be read");
        assert_eq!(found.differences, [], "stopped after {steps} steps");
        assert!(!out.path().join("c").exists() && !out.path().join(".regen").exists());
    }
}

#[test]
fn a_run_that_is_stopped_before_the_switch_is_undone_by_the_next() {
    let out = folder();
    write(&tree(&[("a", "one")]), out.path());
    let stage = out.path().join(".regen/files");
    fs::create_dir_all(&stage).expect("the folder can be written");
    fs::write(stage.join("a"), "two").expect("the folder can be written");
    assert!(!is_interrupted(out.path()));
    assert!(!recover(out.path()).expect("the stage can be cleared"));
    assert_eq!(text(out.path(), "a").as_deref(), Some("one"));
    assert!(!out.path().join(".regen").exists());
}

#[test]
fn an_edit_after_a_run_was_stopped_is_not_lost() {
    let out = folder();
    write(&tree(&[("a", "one")]), out.path());
    let wanted = tree(&[("a", "two")]);
    let survey = survey(&wanted, out.path()).expect("the folder can be read");
    prepare(&wanted, &survey.differences, out.path()).expect("the folder can be written");
    fs::write(out.path().join("a"), "edited").expect("the folder can be written");
    let error = recover(out.path()).expect_err("the edit stands in the way").to_string();
    assert!(error.contains("a was edited since"), "{error}");
    assert_eq!(text(out.path(), "a").as_deref(), Some("edited"));
}

#[test]
fn a_lock_file_cannot_lead_out_of_the_folder() {
    let out = folder();
    fs::create_dir(out.path().join("crate")).expect("the folder can be written");
    fs::write(out.path().join("victim"), "safe").expect("the folder can be written");
    let hash = lock::hash(b"safe");
    let lock = format!("generator = \"0\"\ndocument = \"0\"\n[files]\n\"../victim\" = \"{hash}\"\n");
    fs::write(out.path().join("crate/sdk.lock"), lock).expect("the folder can be written");
    let error = survey(&tree(&[]), &out.path().join("crate")).expect_err("the path is refused");
    assert!(error.to_string().contains("is not a path inside the output"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_cannot_lead_out_of_the_folder() {
    let (out, elsewhere) = (folder(), folder());
    std::os::unix::fs::symlink(elsewhere.path(), out.path().join("src")).expect("links can be made");
    let error = survey(&tree(&[("src/lib.rs", "one")]), out.path()).expect_err("the link is refused");
    assert!(error.to_string().contains("is a link"), "{error}");
}

#[test]
fn a_missing_folder_is_an_empty_one() {
    let out = folder();
    let survey = survey(&tree(&[("a", "one")]), &out.path().join("new")).expect("there is nothing to read");
    assert!(survey.differences.iter().all(|difference| matches!(difference, Difference::Missing { .. })));
}

#[test]
fn a_switch_that_fails_is_undone() {
    let out = folder();
    write(&tree(&[("a", "one"), ("b/c", "one"), ("d", "one")]), out.path());
    let wanted = tree(&[("a", "two"), ("b/c", "two"), ("e/f", "two")]);
    let survey = survey(&wanted, out.path()).expect("the folder can be read");
    // It comes after the survey, as a disk that fails would.
    fs::write(out.path().join("e"), "in the way").expect("the folder can be written");
    let error = switch(&wanted, &survey.differences, out.path()).expect_err("a file cannot be put in place");
    assert!(format!("{error:#}").starts_with("all files are as they were: "), "{error:#}");
    let before = ["a", "b/c", "d"].map(|path| text(out.path(), path));
    assert_eq!(before, [(); 3].map(|()| Some("one".to_owned())));
    assert!(!is_interrupted(out.path()) && !out.path().join(".regen").exists());
}

#[test]
fn what_stands_where_a_file_has_to_be_is_left_alone() {
    let out = folder();
    fs::write(out.path().join("src"), "mine").expect("the folder can be written");
    fs::create_dir(out.path().join("a")).expect("the folder can be written");
    let found = survey(&tree(&[("src/lib.rs", "one"), ("src/b.rs", "one"), ("a", "one")]), out.path())
        .expect("the folder can be read");
    let foreign = ["a", "src"].map(|path| Refusal::Foreign { path: path.to_owned() });
    assert_eq!(found.refusals, foreign);
    let error = survey(&tree(&[]), &out.path().join("src")).expect_err("a file is no folder");
    assert!(error.to_string().ends_with("src is not a folder"), "{error}");
}

#[test]
fn a_folder_of_the_same_name_as_the_stage_is_not_removed() {
    let out = folder();
    fs::create_dir(out.path().join(".regen")).expect("the folder can be written");
    fs::write(out.path().join(".regen/mine"), "mine").expect("the folder can be written");
    let error = recover(out.path()).expect_err("the folder is somebody's").to_string();
    assert!(error.contains("mine in it is not from a run"), "{error}");
    assert_eq!(text(out.path(), ".regen/mine").as_deref(), Some("mine"));
}
