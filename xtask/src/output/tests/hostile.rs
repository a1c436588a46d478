//! Content of the output that came with a cloned repository.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::Path;

use sdk_generator::lock::{self, Lock};

use super::{Output, diff, folder, recover, text, tree, write};

/// A journal that replaces `path`, whose texts are those given.
fn journal(out: &Path, path: &str, old: Option<&str>, new: &str) {
    let hash = |text: &str| lock::hash(text.as_bytes());
    let step = serde_json::json!({ "path": path, "old": old.map(hash), "new": hash(new) });
    let journal = serde_json::json!({ "writes": [step], "removals": [] });
    write(out, ".regen/journal.json", &journal.to_string());
}

/// A lock file that says that `path` was generated.
fn list(out: &Path, path: &str, text: &str) {
    let lock = Lock { files: [(path.to_owned(), lock::hash(text.as_bytes()))].into(), ..Lock::default() };
    write(out, lock::PATH, &lock.render());
}

fn recovery_error(out: &Path) -> String {
    let error = Output::new(out).recover().expect_err("the folder is not from a run");
    format!("{error:#}")
}

#[test]
fn a_lock_file_cannot_lead_out_of_the_output() {
    let folder = folder();
    let out = folder.path().join("crate");
    for victim in ["../victim", ".git/HEAD", "a/../../victim", "/etc/hostname"] {
        list(&out, victim, "safe");
        let error = Output::new(&out).diff(&tree(&[])).expect_err("the path is refused").to_string();
        assert!(error.contains("is not a path inside the output"), "{error}");
    }
}

#[test]
fn a_journal_cannot_lead_out_of_the_output() {
    let folder = folder();
    let out = folder.path().join("crate");
    for victim in ["../victim", ".git/hooks/pre-commit", ".GIT/config", "a/../../victim"] {
        list(&out, victim, "safe");
        write(&out, "a/b", "there");
        write(folder.path(), "crate/.regen/files/victim", "planted");
        journal(&out, victim, None, "planted");
        let error = recovery_error(&out);
        assert!(error.contains("is not a path inside the output"), "{error}");
        assert!(!folder.path().join("victim").exists() && !out.join(".git").exists());
    }
}

#[test]
fn a_journal_cannot_replace_files_that_no_lock_file_lists() {
    let out = folder();
    list(out.path(), "generated", "safe");
    write(out.path(), "mine", "safe");
    write(out.path(), ".regen/files/mine", "planted");
    journal(out.path(), "mine", Some("safe"), "planted");
    let error = recovery_error(out.path());
    assert!(error.contains("\"mine\" is in no lock file; remove the folder"), "{error}");
    assert_eq!(text(out.path(), "mine").as_deref(), Some("safe"));
}

#[cfg(unix)]
#[test]
fn a_link_cannot_lead_out_of_the_output() {
    let (out, elsewhere) = (folder(), folder());
    symlink(elsewhere.path(), out.path().join("src")).expect("links can be made");
    let error = Output::new(out.path()).diff(&tree(&[("src/lib.rs", "one")])).expect_err("it is refused");
    assert!(error.to_string().contains("is a link"), "{error}");
}

#[cfg(unix)]
#[test]
fn the_staging_folder_cannot_be_a_link() {
    let (out, elsewhere) = (folder(), folder());
    write(elsewhere.path(), "files/mine", "safe");
    symlink(elsewhere.path(), out.path().join(".regen")).expect("links can be made");
    assert!(recovery_error(out.path()).contains(".regen is not a folder"));
    assert_eq!(text(elsewhere.path(), "files/mine").as_deref(), Some("safe"));
}

#[cfg(unix)]
#[test]
fn old_files_are_not_kept_outside_of_the_output() {
    for link in ["kept", "kept/src"] {
        let (out, elsewhere) = (folder(), folder());
        write(elsewhere.path(), "profile", "safe");
        write(out.path(), "src/profile", "planted");
        list(out.path(), "src/profile", "planted");
        write(out.path(), ".regen/files/src/profile", "new");
        fs::create_dir_all(out.path().join(".regen").join(link).parent().expect("it is in a folder"))
            .expect("the folder can be written");
        symlink(elsewhere.path(), out.path().join(".regen").join(link)).expect("links can be made");
        journal(out.path(), "src/profile", Some("planted"), "new");
        recovery_error(out.path());
        assert_eq!(text(elsewhere.path(), "profile").as_deref(), Some("safe"), "{link}");
        assert_eq!(text(out.path(), "src/profile").as_deref(), Some("planted"), "{link}");
    }
}

#[cfg(unix)]
#[test]
fn staged_files_are_not_taken_from_outside_of_the_output() {
    for link in ["files", "files/src", "files/src/key"] {
        let (out, elsewhere) = (folder(), folder());
        write(elsewhere.path(), "src/key", "secret");
        write(elsewhere.path(), "key", "secret");
        list(out.path(), "src/key", "secret");
        let place = out.path().join(".regen").join(link);
        fs::create_dir_all(place.parent().expect("it is in a folder")).expect("the folder can be written");
        let target = match link {
            "files" => elsewhere.path().to_owned(),
            "files/src" => elsewhere.path().join("src"),
            _ => elsewhere.path().join("key"),
        };
        symlink(target, place).expect("links can be made");
        journal(out.path(), "src/key", None, "secret");
        let error = recovery_error(out.path());
        assert!(error.contains("is a link") || error.contains("files in it is not from a run"), "{error}");
        assert_eq!(text(out.path(), "src/key"), None, "{link}");
        assert_eq!(text(elsewhere.path(), "key").as_deref(), Some("secret"), "{link}");
    }
}

#[cfg(unix)]
#[test]
fn clearing_up_does_not_follow_links() {
    let (out, elsewhere) = (folder(), folder());
    write(elsewhere.path(), "mine", "safe");
    write(out.path(), ".regen/files/a", "staged");
    symlink(elsewhere.path(), out.path().join(".regen/files/src")).expect("links can be made");
    assert!(!recover(out.path()));
    assert!(!out.path().join(".regen").exists());
    assert_eq!(text(elsewhere.path(), "mine").as_deref(), Some("safe"));
}

#[test]
fn a_folder_of_the_same_name_that_is_not_from_a_run_is_not_removed() {
    let out = folder();
    write(out.path(), ".regen/mine", "mine");
    let error = recovery_error(out.path());
    assert!(error.contains("mine in it is not from a run"), "{error}");
    assert_eq!(text(out.path(), ".regen/mine").as_deref(), Some("mine"));
}

#[test]
fn a_damaged_journal_is_reported() {
    let out = folder();
    write(out.path(), ".regen/journal.json", "{");
    assert!(
        recovery_error(out.path()).starts_with(".regen/journal.json is damaged; remove the folder .regen")
    );
    assert_eq!(diff(&tree(&[]), out.path()).unchanged, 0);
}
