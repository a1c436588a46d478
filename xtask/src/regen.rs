//! `cargo xtask regen`: a document becomes a crate.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use sdk_generator::Generated;
use sdk_generator::diagnostic::Diagnostics;
use serde_json::json;

use crate::output::{Diff, FolderLock, Output, Refusal};
use crate::project::{self, Source};
use crate::report::{self, Format, Outcome};

/// Turn an OpenAPI document into a crate.
#[derive(Args)]
pub(crate) struct Regen {
    #[command(flatten)]
    source: Source,
    /// The folder of the crate [default: generated-sdk]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Compare only: list every difference, and fail if there is one
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    check: bool,
    /// List the files that would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Overwrite generated files that were edited by hand
    #[arg(long)]
    force: bool,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// What a run is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
    DryRun,
}

impl Regen {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let result = self.regenerate();
        match result {
            Err(error) if self.format == Format::Json => {
                report::say_json(&json!({ "error": format!("{error:#}"), "diagnostics": [] }));
                Ok(ExitCode::FAILURE)
            }
            _ => result,
        }
    }

    fn regenerate(&self) -> Result<ExitCode> {
        let start = Instant::now();
        let (document, generated) = match self.generate() {
            Ok(generated) => generated,
            Err(diagnostics) => {
                report::diagnostics(&diagnostics, self.format);
                return Ok(ExitCode::FAILURE);
            }
        };
        let out = self.out.clone().unwrap_or_else(|| project::root().join("generated-sdk"));
        let mode = self.mode();
        let output = Output::new(&out);
        // Held until the report is made: nobody writes between what was compared and what is reported.
        let lock = if mode == Mode::Write { Some(FolderLock::take(&out)?) } else { None };
        let is_recovered = lock.is_some() && output.recover()?;
        let diff = output.diff(&generated.files)?;
        let refusals = self.refusals(&diff);
        let is_written = mode == Mode::Write && refusals.is_empty();
        let leftover = if is_written { output.commit(&generated.files, &diff.differences)? } else { None };
        let outcome = Outcome {
            document: &document,
            command: &self.command(),
            generated: &generated,
            diff: &diff,
            refusals: &refusals,
            leftover: leftover.map(|error| format!("{error:#}")),
            is_interrupted: output.is_interrupted()?,
            is_recovered,
            elapsed: start.elapsed(),
        };
        Ok(match mode {
            Mode::Check => outcome.report_check(self.format),
            Mode::Write => outcome.report_written(self.format),
            Mode::DryRun => outcome.report_planned(self.format),
        })
    }

    /// The name of the document, and its crate.
    fn generate(&self) -> Result<(String, Generated), Diagnostics> {
        let loaded = self.source.read()?;
        Ok((loaded.name().to_owned(), loaded.generate()?))
    }

    /// The command that writes this crate.
    fn command(&self) -> String {
        let mut command = String::from("cargo xtask regen");
        let Source { spec, config, overlays, strict } = &self.source;
        let overlays = overlays.iter().map(|path| ("--overlay", path));
        let given = [("--spec", spec), ("--config", config), ("--out", &self.out)];
        let given = given.into_iter().filter_map(|(option, path)| Some((option, path.as_ref()?)));
        for (option, path) in given.chain(overlays) {
            command.extend([" ", option, " ", &project::shown(path)]);
        }
        if *strict {
            command.push_str(" --strict");
        }
        command
    }

    fn mode(&self) -> Mode {
        match (self.check, self.dry_run) {
            (true, _) => Mode::Check,
            (_, true) => Mode::DryRun,
            _ => Mode::Write,
        }
    }

    /// What prevents the run from writing: with `--force`, edits do not.
    fn refusals(&self, diff: &Diff) -> Vec<Refusal> {
        let is_overwritten = |refusal: &Refusal| self.force && matches!(refusal, Refusal::Edited { .. });
        diff.refusals.iter().filter(|refusal| !is_overwritten(refusal)).cloned().collect()
    }
}
