//! Reports the result of a run.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use sdk_generator::Generated;
use serde_json::{Value, json};

use super::{Format, diagnostics, say, say_json, warn};
use crate::output::{Diff, Difference, Refusal, short_diff};
use crate::quality;

/// The result of a run.
pub(crate) struct Outcome<'a> {
    /// The document's name.
    pub(crate) document: &'a str,
    /// The command that writes the crate, as a person would type it.
    pub(crate) command: &'a str,
    /// What was generated.
    pub(crate) generated: &'a Generated,
    /// How the folder differed from it.
    pub(crate) diff: &'a Diff,
    /// What stands in the way of writing.
    pub(crate) refusals: &'a [Refusal],
    /// What this run could not remove when it was done.
    pub(crate) leftover: Option<String>,
    /// Whether an earlier run was stopped, and still waits to be finished.
    pub(crate) is_interrupted: bool,
    /// Whether this run finished an earlier one.
    pub(crate) is_recovered: bool,
    /// How long it took.
    pub(crate) elapsed: Duration,
}

impl Outcome<'_> {
    /// Reports a run that was to write.
    pub(crate) fn report_written(&self, format: Format) -> ExitCode {
        let is_written = self.refusals.is_empty();
        match format {
            Format::Json => say_json(&self.as_json()),
            Format::Human => {
                diagnostics::draw(&self.generated.warnings);
                if self.is_recovered {
                    say("finished or undid an earlier run that had been stopped");
                }
                if let Some(leftover) = &self.leftover {
                    warn(format_args!("warning: {leftover}; the next run removes it"));
                }
                self.print_refusals();
                if is_written {
                    self.print_summary("written", "removed");
                } else {
                    warn("nothing was written");
                }
            }
        }
        exit(is_written)
    }

    /// Reports a run that was only to say what it would do.
    pub(crate) fn report_planned(&self, format: Format) -> ExitCode {
        match format {
            Format::Json => say_json(&self.as_json()),
            Format::Human => {
                diagnostics::draw(&self.generated.warnings);
                for difference in &self.diff.differences {
                    say(format_args!("  {:<8} {}", kind(difference), difference.path()));
                }
                self.print_refusals();
                self.print_summary("to write", "to remove");
            }
        }
        exit(self.refusals.is_empty())
    }

    /// Reports a run that was to compare.
    pub(crate) fn report_check(&self, format: Format) -> ExitCode {
        let is_current = self.diff.differences.is_empty() && !self.is_interrupted;
        match format {
            Format::Json => say_json(&self.as_json()),
            Format::Human => {
                diagnostics::draw(&self.generated.warnings);
                self.print_differences();
                if self.is_interrupted {
                    say("an earlier run was stopped in the middle");
                }
                self.print_refusals();
                self.print_summary("to write", "to remove");
                if !is_current {
                    warn(format_args!("the crate does not match the document; run `{}`", self.command));
                }
            }
        }
        exit(is_current)
    }

    fn print_differences(&self) {
        for difference in &self.diff.differences {
            say(format_args!("  {:<8} {}", kind(difference), difference.path()));
            say(self.text_diff(difference).trim_end());
        }
    }

    /// The first lines that differ.
    fn text_diff(&self, difference: &Difference) -> String {
        let old = difference.old().map(String::from_utf8_lossy).unwrap_or_default();
        short_diff(&old, self.generated.files.get(difference.path()).unwrap_or_default())
    }

    fn print_refusals(&self) {
        for refusal in self.refusals {
            match refusal {
                Refusal::Edited { path } => {
                    warn(format_args!(
                        "  edited   {path}: was generated and then edited by hand; `--force` overwrites it"
                    ));
                }
                Refusal::Foreign { path } => {
                    warn(format_args!(
                        "  foreign  {path}: is in the way, and was not generated; move it elsewhere"
                    ));
                }
            }
        }
    }

    fn print_summary(&self, written: &str, removed: &str) {
        let sdk = &self.generated.sdk;
        let Counts { writes, removals } = self.counts();
        say(format_args!("document    {}, OpenAPI {}", self.document, sdk.openapi));
        let (operations, models) = (sdk.operations.len(), sdk.models.len());
        say(format_args!("contents    {}, {}", counted(operations, "operation"), counted(models, "model")));
        say(format_args!(
            "resources   {}, from {} (`groups` in the settings)",
            sdk.resources.len(),
            sdk.resource_source.as_str()
        ));
        say(format_args!(
            "files       {writes} {written}, {} unchanged, {removals} {removed}",
            self.diff.unchanged
        ));
        say(format_args!("time        {} ms", self.elapsed.as_millis()));
    }

    fn counts(&self) -> Counts {
        let removals = self.diff.differences.iter().filter(|difference| is_stale(difference)).count();
        Counts { writes: self.diff.differences.len() - removals, removals }
    }

    fn as_json(&self) -> Value {
        let sdk = &self.generated.sdk;
        let differences = self.diff.differences.iter();
        let refusals = self.refusals.iter();
        json!({
            "document": self.document,
            "openapi": sdk.openapi,
            "operations": sdk.operations.len(),
            "models": sdk.models.len(),
            "resources": sdk.resources.len(),
            "groups": sdk.resource_source.as_str(),
            "quality": quality::measure(sdk),
            "lines": self.lines(),
            "differences": differences.map(|difference| self.difference_as_json(difference)).collect::<Vec<_>>(),
            "refusals": refusals.map(refusal_as_json).collect::<Vec<_>>(),
            "unchanged": self.diff.unchanged,
            "interrupted": self.is_interrupted,
            "recovered": self.is_recovered,
            "leftover": self.leftover,
            "milliseconds": u64::try_from(self.elapsed.as_millis()).unwrap_or(u64::MAX),
            "diagnostics": diagnostics::as_json(&self.generated.warnings),
        })
    }

    fn difference_as_json(&self, difference: &Difference) -> Value {
        json!({ "kind": kind(difference), "path": difference.path(), "diff": self.text_diff(difference) })
    }

    /// How many lines of Rust were generated.
    fn lines(&self) -> usize {
        let files = self.generated.files.iter();
        files
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "rs"))
            .map(|(_, text)| text.lines().count())
            .sum()
    }
}

struct Counts {
    writes: usize,
    removals: usize,
}

/// `1 model`, `2 models`
fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn is_stale(difference: &Difference) -> bool {
    matches!(difference, Difference::Stale { .. })
}

fn kind(difference: &Difference) -> &'static str {
    match difference {
        Difference::Missing { .. } => "missing",
        Difference::Changed { .. } => "changed",
        Difference::Stale { .. } => "stale",
    }
}

fn refusal_as_json(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::Edited { path } => json!({ "kind": "edited", "path": path }),
        Refusal::Foreign { path } => json!({ "kind": "foreign", "path": path }),
    }
}

fn exit(is_good: bool) -> ExitCode {
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
