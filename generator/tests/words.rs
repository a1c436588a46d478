//! The words that `CONTRIBUTING.md` rules out stand nowhere in what is written by hand.
//!
//! Sources, templates and pages are looked through, and the names of their files: a word in any
//! identifier, in snake or camel case, and a phrase in any text. Documents, snapshots and generated
//! files are left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What is written by hand, from the root of the workspace on.
const LOOKED_THROUGH: &[&str] = &[
    ".ci",
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.toml",
    "README.md",
    "SECURITY.md",
    "generated-sdk/examples",
    "generated-sdk/tests",
    "generator",
    "spec/README.md",
    "xtask",
];

/// What is below those, and is not written by us, or not by hand; and the table of names that were replaced.
const LEFT_OUT: &[&str] = &[
    "generated-sdk/tests/generated_",
    "generator/src/config/renamed.rs",
    "generator/tests/fixtures/err",
    "generator/tests/fixtures/ok",
    "generator/tests/fixtures/hostile",
    "generator/tests/snapshots",
];

#[test]
fn no_text_uses_a_word_that_is_ruled_out() {
    let phrases = phrases();
    let mut places = BTreeSet::new();
    for path in LOOKED_THROUGH.iter().flat_map(|path| files(Path::new(path))) {
        let text = fs::read_to_string(workspace().join(&path)).unwrap_or_default();
        let words = words(&path).into_iter().chain(words(&without_list(&path, &text)));
        let words: Vec<Word> = words.collect();
        for phrase in &phrases {
            let uses = words.windows(phrase.len()).filter(|window| is_phrase(window, phrase));
            places.extend(uses.map(|window| format!("{path}:{}: {}", window[0].line, phrase.join(" "))));
        }
    }
    assert!(places.is_empty(), "CONTRIBUTING.md has better words: {places:#?}");
}

/// A word in lower case, and its line.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    line: usize,
    /// Whether it begins a sentence or a part of one, so that no phrase goes on with it.
    is_first: bool,
}

/// The words of `text`, identifiers taken apart.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut line = 1;
    let mut before = ' ';
    let mut is_first = true;
    for letter in text.chars() {
        if letter.is_alphabetic() {
            let is_hump = letter.is_uppercase() && before.is_lowercase();
            match words.last_mut() {
                Some(word) if before.is_alphabetic() && !is_hump => word.text.extend(letter.to_lowercase()),
                _ => {
                    words.push(Word { text: letter.to_lowercase().collect(), line, is_first });
                    is_first = false;
                }
            }
        } else {
            is_first |= ".,;:()|".contains(letter);
            line += usize::from(letter == '\n');
        }
        before = letter;
    }
    words
}

/// Whether these are the words of the phrase, the last of them possibly in the plural.
fn is_phrase(window: &[Word], phrase: &[String]) -> bool {
    let is_word = |(index, (word, wanted)): (usize, (&Word, &String))| {
        (index == 0 || !word.is_first)
            && (word.text == *wanted || word.text.strip_suffix('s') == Some(wanted.as_str()))
    };
    window.iter().zip(phrase).enumerate().all(is_word)
}

/// The first column of the list in `CONTRIBUTING.md`, each entry by its words.
fn phrases() -> Vec<Vec<String>> {
    let text = fs::read_to_string(workspace().join("CONTRIBUTING.md")).expect("the list is there");
    let rows: Vec<&str> = list(&text).skip(2).collect();
    assert!(rows.len() > 10, "the list is read: {rows:?}");
    let entry = |row: &&str| row.trim_start_matches("| ").split(" | ").next().unwrap_or_default().to_owned();
    rows.iter().map(|row| words(&entry(row)).into_iter().map(|word| word.text).collect()).collect()
}

/// The lines of the list.
fn list(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().skip_while(|line| !line.starts_with("| never |"));
    lines.take_while(|line| line.starts_with('|'))
}

/// The text of a file, without the list itself.
fn without_list(path: &str, text: &str) -> String {
    let list: Vec<&str> = if path == "CONTRIBUTING.md" { list(text).collect() } else { Vec::new() };
    text.lines().map(|line| if list.contains(&line) { "" } else { line }).collect::<Vec<_>>().join("\n")
}

/// The files at or below `path`.
fn files(path: &Path) -> Vec<String> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let is_snapshot = path.extension().is_some_and(|extension| extension == "snap");
    if is_snapshot || LEFT_OUT.iter().any(|left_out| shown.starts_with(left_out)) {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(workspace().join(path)) else { return vec![shown] };
    entries
        .flat_map(|entry| files(&path.join(entry.expect("the folder can be listed").file_name())))
        .collect()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is around this crate").to_owned()
}

#[test]
fn words_are_found_in_identifiers_and_over_lines() {
    let finds = |text: &str, phrase: &str| {
        let phrase: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        words(text).windows(phrase.len()).any(|window| is_phrase(window, &phrase))
    };
    for text in ["let big_plum = 1;", "struct BigPlum;", "a big\n/// plum", "BIG PLUMS"] {
        assert!(finds(text, "big plum"), "{text}");
    }
    for text in ["bigplum", "It is big. Plum trees", "big_blue_plum", "plum, big"] {
        assert!(!finds(text, "big plum"), "{text}");
    }
}
