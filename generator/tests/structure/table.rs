//! The rules, as the tables of `ARCHITECTURE.md` state them.
//!
//! A table is found by the text of its first column's head; what is in code spans counts, the words
//! around it are for readers.

/// A row of the table of a crate's folders, which are listed from the bottom up.
pub(super) struct Layer {
    /// Folders side by side: none of them imports another one.
    pub folders: Vec<String>,
    /// The folders and crates that they import nothing of.
    pub not: Vec<String>,
}

/// A row of the table of what only some files use.
pub(super) struct Owner {
    /// The crates, functions or macros.
    pub what: Vec<String>,
    /// The files and folders that may, from the root of the workspace on.
    pub places: Vec<String>,
}

/// The folders of the table whose first column is headed `head`.
pub(super) fn layers(text: &str, head: &str) -> Vec<Layer> {
    let layer = |row: Vec<Vec<String>>| Layer {
        folders: row[0].iter().map(|folder| folder.trim_end_matches('/').to_owned()).collect(),
        not: row.last().cloned().unwrap_or_default(),
    };
    rows(text, head).into_iter().map(layer).collect()
}

/// The rows of the table whose first column is headed `only here`.
pub(super) fn owners(text: &str) -> Vec<Owner> {
    let owner = |row: Vec<Vec<String>>| Owner { what: row[0].clone(), places: row[1].clone() };
    rows(text, "only here").into_iter().map(owner).collect()
}

/// The code spans in each cell of a table.
fn rows(text: &str, head: &str) -> Vec<Vec<Vec<String>>> {
    let start = format!("| {head} |");
    let rows = text.lines().skip_while(|line| !line.starts_with(&start)).skip(2);
    let rows: Vec<_> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(code_spans).collect())
        .collect();
    assert!(!rows.is_empty(), "ARCHITECTURE.md has a table that starts with `{start}`");
    rows
}

fn code_spans(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
