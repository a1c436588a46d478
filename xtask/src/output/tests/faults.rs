//! Each file operation of a run fails, in every way that it can, and what is there then is the old
//! tree or the new one. So it is when a run is killed at any of them, and then the next run.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use anyhow::Result;
use sdk_generator::tree::FileTree;

use super::disks::{Counted, Fault, Faulty, Memory};
use super::tree;
use crate::output::Output;
use crate::output::disk::Disk;

const ONCE: [Fault; 3] = [Fault::Refused, Fault::DoneAnyway, Fault::Full];
/// Those that differ for what comes after them.
const DISTINCT: [Fault; 3] = [Fault::Refused, Fault::DoneAnyway, Fault::Dead];

/// A file that is replaced, one that is removed, and one that stays. The first two are in folders of
/// their own.
static OLD: LazyLock<FileTree> =
    LazyLock::new(|| tree(&[("a/replaced", "old"), ("b/removed", "old"), ("stays", "same")]));

/// Another file is added, in a folder of its own.
static NEW: LazyLock<FileTree> =
    LazyLock::new(|| tree(&[("a/replaced", "new"), ("c/added", "new"), ("stays", "same")]));

/// A disk with the old tree, and a file that was not generated.
static DISK: LazyLock<Mutex<Memory>> = LazyLock::new(|| {
    let disk = Memory::default();
    write(&disk, &OLD).expect("nothing fails");
    disk.write(Path::new("out/a/mine"), b"mine").expect("nothing fails");
    Mutex::new(disk)
});

fn old_disk() -> Memory {
    DISK.lock().expect("no test panics in here").clone()
}

/// A run, as `cargo xtask regen` does it.
fn write(disk: &dyn Disk, tree: &FileTree) -> Result<()> {
    let output = Output { root: Path::new("out"), disk };
    output.recover()?;
    let diff = output.diff(tree)?;
    assert_eq!(diff.refusals, [], "what a run leaves is not taken for an edit");
    output.commit(tree, &diff.differences)?;
    Ok(())
}

/// A run in which operations fail. `None` when it ended before they all had.
fn fail(disk: &Memory, faults: &[(usize, Fault)], counted: Counted) -> Option<Result<()>> {
    let failing = Faulty::new(disk, faults, counted);
    let result = write(&failing, &NEW);
    failing.has_failed().then_some(result)
}

fn recover(disk: &Memory) {
    let output = Output { root: Path::new("out"), disk };
    output.recover().expect("nothing fails any more");
    assert!(!is_staged(disk), "{:?}", disk.files());
}

fn is_staged(disk: &Memory) -> bool {
    disk.kind(Path::new("out/.regen")).expect("nothing fails").is_some()
}

/// What a folder holds, apart from what the next run removes.
#[derive(Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
    Neither,
}

fn state(disk: &Memory) -> State {
    let mut found = disk.files();
    found.retain(|path, _| !path.starts_with("out/.regen/"));
    let files = |tree: &FileTree| {
        let files = tree.iter().map(|(path, text)| (format!("out/{path}"), text.to_owned()));
        files.chain([("out/a/mine".to_owned(), "mine".to_owned())]).collect::<BTreeMap<_, _>>()
    };
    match () {
        () if found == files(&OLD) => State::Old,
        () if found == files(&NEW) => State::New,
        () => State::Neither,
    }
}

/// That the next run makes the folder what it was or what it is to be, and then the latter.
fn check_next_run(disk: &Memory, what: &str) {
    let next = disk.clone();
    recover(&next);
    assert_ne!(state(&next), State::Neither, "{what}: {:?}", next.files());
    write(disk, &NEW).unwrap_or_else(|error| panic!("{what}: {error:#}"));
    assert_eq!(state(disk), State::New, "{what}");
    assert!(!is_staged(disk), "{what}");
}

#[test]
fn an_operation_that_fails_leaves_the_old_or_the_new_files() {
    for fault in ONCE {
        let (mut old, mut new) = (0, 0);
        for at in 0.. {
            let disk = old_disk();
            let Some(result) = fail(&disk, &[(at, fault)], Counted::All) else { break };
            let what = format!("{fault:?} at {at}: {result:?}");
            match state(&disk) {
                State::Old => old += 1,
                State::New => new += 1,
                State::Neither => panic!("{what}: {:?}", disk.files()),
            }
            assert_eq!(result.is_err(), state(&disk) == State::Old, "{what}");
            check_next_run(&disk, &what);
        }
        assert!(old > 100 && new > 20, "{fault:?}: {old} old, {new} new");
    }
}

#[test]
fn a_killed_run_is_finished_or_undone_by_the_next() {
    for at in 0.. {
        let disk = old_disk();
        let Some(result) = fail(&disk, &[(at, Fault::Dead)], Counted::All) else { break };
        check_next_run(&disk, &format!("{at}: {result:?}"));
    }
}

#[test]
fn a_run_that_fails_twice_is_finished_or_undone_by_the_next() {
    for (first, second) in DISTINCT[..2].iter().flat_map(|first| DISTINCT.map(|second| (*first, second))) {
        for at in 0.. {
            if fail(&old_disk(), &[(at, first)], Counted::Changes).is_none() {
                break;
            }
            for then in at + 1.. {
                let disk = old_disk();
                let Some(result) = fail(&disk, &[(at, first), (then, second)], Counted::Changes) else {
                    break;
                };
                check_next_run(&disk, &format!("{first:?} at {at}, {second:?} at {then}: {result:?}"));
            }
        }
    }
}

#[test]
fn a_run_that_fails_after_one_was_killed_is_finished_or_undone_by_the_next() {
    for fault in DISTINCT {
        for at in 0.. {
            let killed = old_disk();
            if fail(&killed, &[(at, Fault::Dead)], Counted::Changes).is_none() {
                break;
            }
            for then in 0.. {
                let disk = killed.clone();
                let Some(result) = fail(&disk, &[(then, fault)], Counted::Changes) else { break };
                check_next_run(&disk, &format!("dead at {at}, {fault:?} at {then}: {result:?}"));
            }
        }
    }
}

#[test]
fn a_full_disk_is_reported_with_the_file_and_what_was_staged_is_removed() {
    let mut reports = Vec::new();
    for at in 0.. {
        let disk = old_disk();
        let Some(result) = fail(&disk, &[(at, Fault::Full)], Counted::All) else { break };
        let error = result.map_or_else(|error| format!("{error:#}"), |()| String::new());
        if error.contains("cannot write") {
            assert!(!is_staged(&disk), "{error}");
            reports.push(error);
        }
    }
    let places = ["files/a/replaced", "files/c/added", "files/sdk.lock", "files/sdk.lock", "journal.draft"];
    for (report, place) in reports.iter().zip(places) {
        let expected = format!("no file was changed: cannot write out/.regen/{place}: ");
        assert!(report.starts_with(&expected), "{report}");
    }
    assert_eq!(reports.len(), 6, "the last is waiting for the journal to be on the disk: {reports:?}");
}
