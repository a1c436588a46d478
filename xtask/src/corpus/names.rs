//! Prints how good the names of the crates are.

use serde_json::Value;

use super::child::Ending;
use super::table::cell;
use super::{Row, number};
use crate::report::say;

/// What is counted, as the report of a run calls it.
const COUNTS: [&str; 7] =
    ["methods", "one_word", "noise", "types", "numbered_types", "numbered_variants", "shared_under_parent"];

/// Prints a table with a row for each crate, and one for all of them.
pub(super) fn print(rows: &[Row]) {
    say(
        "\n| document | groups | methods | of one word | with noise | types | ending in a number | numbered variants | shared, called \
         after a request | longest method | longest type |",
    );
    say("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |");
    let mut sums = [0; COUNTS.len()];
    let (mut method, mut ty) = (String::new(), String::new());
    for row in rows {
        let Ending::Crate(report) = &row.ending else { continue };
        let Some(quality) = report.get("quality") else { continue };
        let counts = COUNTS.map(|key| number(quality, key));
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        let groups = text(report, "groups");
        let names = [text(quality, "longest_method"), text(quality, "longest_type")];
        print_row(&row.document, groups, &counts, names);
        keep_longest(&mut method, names[0]);
        keep_longest(&mut ty, names[1]);
    }
    print_row("all", "", &sums, [&method, &ty]);
}

fn print_row(document: &str, groups: &str, counts: &[u64], names: [&str; 2]) {
    let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
    let names = names.map(|name| format!("{} `{}`", name.len(), cell(name)));
    say(format_args!("| {} | {groups} | {} | {} |", cell(document), counts.join(" | "), names.join(" | ")));
}

fn keep_longest(longest: &mut String, name: &str) {
    if name.len() > longest.len() {
        name.clone_into(longest);
    }
}

fn text<'r>(report: &'r Value, key: &str) -> &'r str {
    report.get(key).and_then(Value::as_str).unwrap_or("")
}
