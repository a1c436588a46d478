//! What the document calls a candidate, and what kind of value it is.

use super::{Proposals, is_structured};
use crate::document::Cursor;
use crate::lower::schema::declared;
use crate::lower::schema::json_types::JsonTypes;
use crate::lower::schema::union::Candidate;
use crate::lower::schema::unwrap;

/// How many words a title may have to serve as a name; longer ones are sentences.
const TITLE: usize = 3;

/// How many words the title of an object may have to be better than a property.
const LONG_TITLE: usize = 6;

/// The titles that are short enough for names.
pub(super) fn titles(candidates: &[Candidate<'_>]) -> Proposals {
    let title = |path: &[Cursor<'_>]| title(path, TITLE);
    candidates.iter().map(|candidate| of_sources(candidate, &title)).collect()
}

/// Longer titles of objects.
pub(super) fn long_titles(candidates: &[Candidate<'_>]) -> Proposals {
    let title = |path: &[Cursor<'_>]| title(path, LONG_TITLE);
    let titles = candidates
        .iter()
        .map(|candidate| if is_structured(candidate) { of_sources(candidate, &title) } else { Vec::new() });
    titles.collect()
}

/// The title of a schema, when it has up to `longest` words.
fn title(path: &[Cursor<'_>], longest: usize) -> Option<String> {
    let title = path.iter().find_map(|schema| schema.str("title"))?;
    let is_name = title.split_whitespace().count() <= longest && title.starts_with(char::is_alphabetic);
    is_name.then(|| title.to_owned())
}

/// The names of components and of other schemas that have one.
pub(super) fn components(candidates: &[Candidate<'_>]) -> Proposals {
    let name = |path: &[Cursor<'_>]| path.iter().find_map(declared::name);
    let components = candidates.iter().map(|candidate| {
        let own = of_sources(candidate, &name);
        if own.is_empty() { common_end(candidate).into_iter().collect() } else { own }
    });
    components.collect()
}

/// What each source of a candidate says, and what all of them say together.
fn of_sources(candidate: &Candidate<'_>, ask: &dyn Fn(&[Cursor<'_>]) -> Option<String>) -> Vec<String> {
    if candidate.scalar.is_some() {
        return Vec::new();
    }
    let mut texts: Vec<String> = candidate.sources.iter().filter_map(|path| ask(path)).collect();
    texts.dedup();
    if texts.len() > 1 {
        texts.push(texts.join(" "));
    }
    texts
}

/// The word that the names of the variants of a `oneOf` end with: `JobOut` of `ClassifierJobOut` and
/// `CompletionJobOut`.
fn common_end(candidate: &Candidate<'_>) -> Option<String> {
    let [one_of] = candidate.merged.one_ofs.as_slice() else { return None };
    let names = one_of
        .variants
        .iter()
        .map(|variant| unwrap::path(&variant.schema, |_| false).iter().find_map(declared::name));
    let names: Vec<String> = names.collect::<Option<_>>()?;
    let (first, others) = names.split_first().filter(|(_, others)| !others.is_empty())?;
    let begins_word = |(at, letter): &(usize, char)| letter.is_uppercase() && *at > 0;
    let ends = first.char_indices().filter(begins_word).map(|(at, _)| &first[at..]);
    let mut shared = ends.filter(|end| others.iter().all(|other| other.ends_with(end)));
    shared.next().map(str::to_owned)
}

/// What kind of value a candidate is, where its type does not say it.
pub(super) fn kinds(candidates: &[Candidate<'_>]) -> Proposals {
    candidates.iter().map(|candidate| kind(candidate).into_iter().map(str::to_owned).collect()).collect()
}

fn kind(candidate: &Candidate<'_>) -> Vec<&'static str> {
    if candidate.scalar.is_some() {
        return Vec::new();
    }
    match (candidate.merged.values.is_some(), candidate.merged.json_types) {
        (true, JsonTypes::STRING) => vec!["value"],
        (true, JsonTypes::INTEGER) => vec!["integer value"],
        _ if !is_structured(candidate) => Vec::new(),
        _ if candidate.merged.properties.is_empty() => vec!["object", "union"],
        _ => vec!["object"],
    }
}
