//! `cargo xtask corpus`: how every document of a folder fares.
//!
//! Each document is generated in a process of its own, so that one that panics, overflows
//! the stack or never ends takes nothing else with it.

mod child;
mod compile;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::project::{self, shown};
use child::Ending;

/// Run the generator over a folder of documents.
#[derive(Args)]
pub(crate) struct Corpus {
    /// The folder with the documents
    folder: PathBuf,
    /// Build each crate as well
    #[arg(long)]
    check: bool,
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
    /// How building the crate went, when that was asked for and there is one.
    build: Option<compile::Build>,
}

impl Corpus {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let documents = self.documents()?;
        if documents.is_empty() {
            bail!("there is no document in {}", shown(&self.folder));
        }
        let target = project::root().join("target/corpus");
        let mut rows = Vec::new();
        table::print_head(self.check);
        for document in &documents {
            let mut row = self.generate(document, &target)?;
            if self.check && matches!(row.ending, Ending::Crate(_)) {
                row.build = Some(compile::build(&row.out, &target)?);
            }
            table::print_row(&row);
            rows.push(row);
        }
        table::print_sum(&rows);
        let is_good = rows
            .iter()
            .all(|row| row.ending.is_orderly() && row.build.as_ref().is_none_or(|build| build.errors == 0));
        Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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

    fn generate(&self, document: &Path, target: &Path) -> Result<Row> {
        let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let out = target.join("crates").join(stem);
        let ending = child::generate(document, &out, Duration::from_secs(self.limit))?;
        Ok(Row { document: file_name(document), out, ending, build: None })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The number at `key` of a report.
fn number(report: &Value, key: &str) -> u64 {
    report.get(key).and_then(Value::as_u64).unwrap_or(0)
}
