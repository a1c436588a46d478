//! Prints how large the crates are, and how much of them the documents say nothing about.

use super::child::Ending;
use super::table::cell;
use super::{Row, number};
use crate::report::say;

/// What is counted, as the report of a run calls it.
const COUNTS: [&str; 7] = [
    "files",
    "model_lines",
    "resource_lines",
    "runtime_lines",
    "items",
    "undocumented_items",
    "longest_constructor",
];

/// Prints a table with a row for each crate, and one for all of them.
pub(super) fn print(rows: &[Row]) {
    say(
        "\n| document | Rust files | lines of models | of resources | of the runtime | items | undocumented | \
         most arguments |",
    );
    say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut all = [0; COUNTS.len()];
    for row in rows {
        let Ending::Crate(report) = &row.ending else { continue };
        let Some(sizes) = report.get("sizes") else { continue };
        let counts = COUNTS.map(|key| number(sizes, key));
        for (index, count) in counts.into_iter().enumerate() {
            all[index] = if index == COUNTS.len() - 1 { count.max(all[index]) } else { all[index] + count };
        }
        print_row(&row.document, &counts);
    }
    print_row("all", &all);
}

fn print_row(document: &str, counts: &[u64]) {
    let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
    say(format_args!("| {} | {} |", cell(document), counts.join(" | ")));
}
