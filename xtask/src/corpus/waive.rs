//! Generates a document although it has errors: with settings that waive each of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::child::{self, Ending};
use crate::project::crate_name;

/// Generates `document` into `out`, although it ended in the errors of `report`.
///
/// Errors stop a run at each of its gates, so that waiving those of one can bring up those of
/// the next. It ends where no other code turns up: what is left cannot be waived.
pub(super) fn generate(document: &Path, report: Value, out: &Path, limit: Duration) -> Result<Ending> {
    let mut waived = BTreeSet::new();
    let mut ending = Ending::Findings(report);
    while let Ending::Findings(report) = &ending {
        let before = waived.len();
        waived.extend(errors(report).map(str::to_owned));
        if waived.len() == before {
            break;
        }
        let settings = out.with_extension("toml");
        fs::create_dir_all(out.parent().context("a crate has no folder above it")?)?;
        fs::write(&settings, settings_text(document, &waived)).context("cannot write settings")?;
        ending = child::generate(document, Some(&settings), out, limit)?;
    }
    Ok(ending)
}

/// The codes of the errors of a report.
fn errors(report: &Value) -> impl Iterator<Item = &str> {
    let findings = report.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
    findings
        .filter(|finding| finding.get("severity").is_some_and(|severity| severity == "error"))
        .filter_map(|finding| finding.get("code")?.as_str())
}

fn settings_text(document: &Path, codes: &BTreeSet<String>) -> String {
    let mut settings = format!("[crate]\nname = \"{}\"\nversion = \"0.1.0\"\n", crate_name(document));
    for code in codes {
        let _ = write!(
            settings,
            "\n[[waivers]]\ncode = \"{code}\"\npointer = \"\"\nreason = \"The corpus was asked to waive it.\"\n"
        );
    }
    settings
}
