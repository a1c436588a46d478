//! Compiles the crate of a document, and runs its tests. All share one target folder, and so their dependencies.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::project;

/// A crate to compile.
pub(super) struct Cargo<'a> {
    /// Its folder.
    pub(super) out: &'a Path,
    /// The folder of the corpus, around it.
    pub(super) target: &'a Path,
    /// How many processes cargo may have.
    pub(super) jobs: usize,
}

/// How compiling a crate went.
pub(super) struct Check {
    /// How many errors the compiler reported.
    pub(super) errors: usize,
    /// How many warnings.
    pub(super) warnings: usize,
    /// How long it took, dependencies included.
    pub(super) elapsed: Duration,
}

/// How the tests of a crate went.
pub(super) struct Test {
    /// How many passed.
    pub(super) passed: usize,
    /// How many failed; at least one when they did not compile.
    pub(super) failed: usize,
    /// How long it took, compiling included.
    pub(super) elapsed: Duration,
}

impl Cargo<'_> {
    /// Checks the crate. What the compiler says is written to `check.log` in its folder.
    pub(super) fn check(&self) -> Result<Check> {
        let start = Instant::now();
        let output = self.run("check", &["--message-format", "short"])?;
        let said = String::from_utf8_lossy(&output.stderr);
        fs::write(self.out.join("check.log"), said.as_bytes())?;
        let count = |kind: &str| said.lines().filter(|line| is_finding(line, kind)).count();
        // A failure without a message of the compiler is a failure all the same.
        let errors = if output.status.success() { 0 } else { count("error").max(1) };
        Ok(Check { errors, warnings: count("warning"), elapsed: start.elapsed() })
    }

    /// Runs the tests of the crate, but for the examples in its documentation. What they say is written to
    /// `test.log` in its folder.
    pub(super) fn test(&self) -> Result<Test> {
        let start = Instant::now();
        let output = self.run("test", &["--lib", "--tests", "--no-fail-fast"])?;
        fs::write(self.out.join("test.log"), [output.stdout.as_slice(), &output.stderr].concat())?;
        let said = String::from_utf8_lossy(&output.stdout);
        let sum = |what: &str| said.lines().filter_map(|line| counted(line, what)).sum::<usize>();
        let failed = if output.status.success() { 0 } else { sum("failed").max(1) };
        Ok(Test { passed: sum("passed"), failed, elapsed: start.elapsed() })
    }

    fn run(&self, command: &str, options: &[&str]) -> Result<Output> {
        write_workspace(self.out, self.target)?;
        Command::new(env!("CARGO"))
            .args([command, "--quiet", "--jobs", &self.jobs.to_string(), "--manifest-path"])
            .arg(self.out.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(self.target.join("target"))
            .args(options)
            .stdin(Stdio::null())
            .output()
            .context("cannot run cargo")
    }
}

/// `src/lib.rs:1:2: error[E0412]: …`, and not the sum that cargo adds.
fn is_finding(line: &str, kind: &str) -> bool {
    let finding =
        line.split_once(": ").is_some_and(|(place, rest)| place.contains(".rs:") && rest.starts_with(kind));
    finding || (kind == "error" && line.starts_with("error: ") && !line.contains("could not compile"))
}

/// The number in front of `what` in the line that ends the tests of a program:
/// `test result: ok. 12 passed; 0 failed; …`.
fn counted(line: &str, what: &str) -> Option<usize> {
    let (_, result) = line.split_once("test result: ")?;
    let words: Vec<&str> = result.split([' ', ';']).collect();
    let place = words.iter().position(|word| *word == what)?;
    words.get(place.checked_sub(1)?)?.parse().ok()
}

/// A workspace of its own keeps the crate out of ours, and gives it our versions. What other
/// runs left beside it is not looked at.
fn write_workspace(out: &Path, target: &Path) -> Result<()> {
    let member = out.strip_prefix(target).context("a crate is outside of the corpus")?;
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{:?}]\n", project::shown(member));
    fs::write(target.join("Cargo.toml"), manifest)?;
    fs::copy(project::root().join("Cargo.lock"), target.join("Cargo.lock"))
        .context("cannot copy Cargo.lock")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{counted, is_finding};

    #[test]
    fn results_of_tests_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!((counted(line, "passed"), counted(line, "failed")), (Some(12), Some(3)));
        assert_eq!(counted("running 15 tests", "passed"), None);
    }

    #[test]
    fn the_sum_of_cargo_is_no_finding() {
        assert!(is_finding("src/lib.rs:1:2: error[E0412]: cannot find type", "error"));
        assert!(is_finding("src/lib.rs:1:2: warning: unused import", "warning"));
        assert!(!is_finding("error: could not compile `a` (lib) due to 1 previous error", "error"));
    }
}
