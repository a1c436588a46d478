//! Builds the crate of a document. All share one target folder, and so their dependencies.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::project;

/// How building a crate went.
pub(super) struct Build {
    /// How many errors the compiler found.
    pub(super) errors: usize,
    /// How many warnings.
    pub(super) warnings: usize,
    /// How long it took, dependencies included.
    pub(super) elapsed: Duration,
}

/// Checks the crate in `out`.
pub(super) fn build(out: &Path, target: &Path) -> Result<Build> {
    write_workspace(out, target)?;
    let start = Instant::now();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--message-format", "short", "--manifest-path"])
        .arg(out.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target.join("target"))
        .stdin(Stdio::null())
        .output()
        .context("cannot run cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    fs::write(out.join("check.log"), said.as_bytes())?;
    let count = |kind: &str| said.lines().filter(|line| is_finding(line, kind)).count();
    // A failure without a message of the compiler is a failure all the same.
    let errors = if output.status.success() { 0 } else { count("error").max(1) };
    Ok(Build { errors, warnings: count("warning"), elapsed: start.elapsed() })
}

/// `src/lib.rs:1:2: error[E0412]: …`, and not the sum that cargo adds.
fn is_finding(line: &str, kind: &str) -> bool {
    let finding =
        line.split_once(": ").is_some_and(|(place, rest)| place.contains(".rs:") && rest.starts_with(kind));
    finding || (kind == "error" && line.starts_with("error: ") && !line.contains("could not compile"))
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
