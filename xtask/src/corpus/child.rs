//! Generates one document in a process of its own.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

/// How generating a document ended.
pub(super) enum Ending {
    /// In a crate; the report of the run.
    Crate(Value),
    /// In errors; the report of the run.
    Diagnostics(Value),
    /// In a panic or a signal; the last line that it said.
    Crash(String),
    /// Not in time.
    Timeout,
}

/// Generates `document` into `out`, with further `options` of `cargo xtask regen`.
pub(super) fn generate(document: &Path, options: &[&str], out: &Path, limit: Duration) -> Result<Ending> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut command = Command::new(program);
    command.args(["regen", "--force", "--format", "json", "--spec"]).arg(document).arg("--out").arg(out);
    command.args(options);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start a run of its own for a document")?;
    let stdout = read_all(child.stdout.take());
    let stderr = read_all(child.stderr.take());
    // Its output ends when the process does.
    let Ok(report) = stdout.recv_timeout(limit) else {
        child.kill().context("cannot stop a run")?;
        child.wait()?;
        return Ok(Ending::Timeout);
    };
    let status = child.wait()?;
    let said = stderr.recv().unwrap_or_default();
    let report: Option<Value> = serde_json::from_str(&report).ok();
    Ok(match (status.code(), report) {
        (Some(0), Some(report)) => Ending::Crate(report),
        (Some(1), Some(report)) => Ending::Diagnostics(report),
        _ => Ending::Crash(last_words(&said)),
    })
}

/// Reads a pipe to its end, so that the process never waits for us.
fn read_all(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // A pipe that breaks ends the text like any other.
            let _ = pipe.read_to_end(&mut bytes);
        }
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

fn last_words(said: &str) -> String {
    let panic = said.lines().position(|line| line.contains("panicked at"));
    let words = panic.map(|line| said.lines().skip(line).take(2).collect::<Vec<_>>().join(" "));
    words
        .or_else(|| said.lines().rfind(|line| !line.trim().is_empty()).map(str::to_owned))
        .unwrap_or_default()
}
