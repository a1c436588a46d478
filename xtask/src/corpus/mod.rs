//! `cargo xtask corpus`: how every document of a folder fares.
//!
//! Each document is generated in a process of its own, so that one that panics, overflows
//! the stack or never ends takes nothing else with it.

mod cargo;
mod child;
mod json;
mod names;
mod progress;
mod sizes;
mod summary;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::project::{self, shown};
use crate::report::{self, Format};
use cargo::Cargo;
use child::Ending;
use progress::Progress;

/// Run the generator over a folder of documents.
#[derive(Args)]
pub(crate) struct Corpus {
    /// The folder with the documents
    folder: PathBuf,
    /// Compile each crate as well
    #[arg(long)]
    check: bool,
    /// Run the tests of each crate as well
    #[arg(long)]
    test: bool,
    /// How many documents are generated at a time, and how many processes a build may have [default: one for
    /// each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail where a document is wrong, in place of taking the nearest reading
    #[arg(long)]
    strict: bool,
    /// Only documents whose file name contains this; may be repeated
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// How long one document may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    limit: u64,
}

/// How a document fared.
struct Row {
    /// Its file name.
    document: String,
    /// The folder of its crate.
    out: PathBuf,
    /// How generating it ended.
    ending: Ending,
    /// How compiling the crate went, when that was asked for and there is one.
    check: Option<cargo::Check>,
    /// How its tests went, likewise.
    test: Option<cargo::Test>,
}

impl Corpus {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let documents = self.documents()?;
        if documents.is_empty() {
            bail!("there is no document in {}", shown(&self.folder));
        }
        let target = project::root().join("target/corpus");
        let is_human = self.format == Format::Human;
        if is_human {
            table::print_head(self.check, self.test);
        }
        let rows = self.generate_all(&documents, &target)?;
        let failures = summary::failures(&rows);
        if is_human {
            summary::print(&rows);
            names::print(&rows);
            sizes::print(&rows);
            summary::print_failures(&failures);
        } else {
            report::say_json(&json::report(&rows, &failures));
        }
        Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn jobs(&self) -> usize {
        self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get)
    }

    fn documents(&self) -> Result<Vec<PathBuf>> {
        let folder =
            fs::read_dir(&self.folder).with_context(|| format!("cannot read {}", shown(&self.folder)))?;
        let mut documents = Vec::new();
        for entry in folder {
            let path = entry?.path();
            let is_document =
                path.extension().is_some_and(|end| end == "json" || end == "yaml" || end == "yml");
            let name = file_name(&path);
            let is_wanted = self.only.is_empty() || self.only.iter().any(|text| name.contains(text.as_str()));
            if is_document && is_wanted {
                documents.push(path);
            }
        }
        documents.sort();
        Ok(documents)
    }

    /// Generates several documents at a time, compiles their crates one after the other, and reports them in order.
    fn generate_all(&self, documents: &[PathBuf], target: &Path) -> Result<Vec<Row>> {
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..self.jobs() {
                let (next, sender) = (&next, sender.clone());
                scope.spawn(move || {
                    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                        // Nobody listens any more once a document could not be tried.
                        let _ = sender.send((document, self.generate(document, target)));
                    }
                });
            }
            drop(sender);
            self.report_in_order(documents, &receiver, target)
        })
    }

    fn report_in_order(
        &self,
        documents: &[PathBuf],
        done: &mpsc::Receiver<(&PathBuf, Result<Row>)>,
        target: &Path,
    ) -> Result<Vec<Row>> {
        let mut early = BTreeMap::new();
        let mut rows = Vec::new();
        let progress = Progress::start(documents.len());
        for document in documents {
            progress.show(&file_name(document));
            while !early.contains_key(document) {
                let (finished, row) = done.recv().context("a document was not tried")?;
                early.insert(finished.clone(), row?);
            }
            let Some(mut row) = early.remove(document) else { continue };
            if matches!(row.ending, Ending::Crate(_)) {
                let cargo = Cargo { out: &row.out, target, jobs: self.jobs() };
                row.check = self.check.then(|| cargo.check()).transpose()?;
                row.test = self.test.then(|| cargo.test()).transpose()?;
            }
            progress.advance(|| {
                if self.format == Format::Human {
                    table::print_row(&row);
                }
            });
            rows.push(row);
        }
        progress.finish();
        Ok(rows)
    }

    fn generate(&self, document: &Path, target: &Path) -> Result<Row> {
        let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let out = target.join("crates").join(stem);
        let limit = Duration::from_secs(self.limit);
        let strict: &[&str] = if self.strict { &["--strict"] } else { &[] };
        let ending = child::generate(document, strict, &out, limit)?;
        Ok(Row { document: file_name(document), out, ending, check: None, test: None })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The number at `key` of a report.
fn number(report: &Value, key: &str) -> u64 {
    report.get(key).and_then(Value::as_u64).unwrap_or(0)
}
