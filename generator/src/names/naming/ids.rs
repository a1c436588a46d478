//! What operationIds say: groups and methods, or the path once more, or a few words among those that a
//! framework put around them.

use std::collections::{BTreeMap, BTreeSet};

use super::endpoint::Endpoint;
use super::verbs;
use crate::ir::Labels;
use crate::names::{case, words};

/// The operationIds of a document.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// By operation; without a name of its own there is none.
    all: Vec<Id>,
    form: Form,
    /// Words inside of what stands between two marks are told apart by capitals, so that every mark begins
    /// a group: `legacy_metricsV1_list`.
    are_segmented: bool,
    /// Many ids are the HTTP method and the path, so that one of this kind says nothing.
    repeat_paths: bool,
    /// How many ids begin with each word.
    first_words: BTreeMap<String, usize>,
}

/// What most ids of a document look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// A path: `issues/list`.
    Path,
    /// A group and then a verb: `indices-create`.
    GroupAndVerb,
    /// Words in no order that would say which of them are a group.
    #[default]
    Words,
}

#[derive(Clone, Debug, Default)]
struct Id {
    text: String,
    /// The words that somebody chose.
    words: Vec<String>,
    /// How many of them come before the verb and are those of the path.
    lead: usize,
    /// Whether it is the HTTP method and the path.
    repeats_path: bool,
    /// Where it goes on behind those, when it begins with them.
    remark: Vec<String>,
}

impl Ids {
    pub(super) fn of(operations: &[Endpoint<'_>]) -> Self {
        let stems = stems(operations);
        let all: Vec<Id> = operations.iter().map(|operation| id_of(operation, &stems)).collect();
        let present: Vec<&Id> = all.iter().filter(|id| !id.text.is_empty()).collect();
        let count = |is: &dyn Fn(&Id) -> bool| present.iter().filter(|id| is(id)).count();
        let pairs: Vec<(Vec<String>, Vec<String>)> = present.iter().filter_map(|id| pair(&id.text)).collect();
        let begins_with_verb = |words: &[String]| words.first().is_some_and(|word| verbs::is_verb(word));
        let with_verb = pairs.iter().filter(|(_, rest)| begins_with_verb(rest)).count();
        let mut first_words = BTreeMap::new();
        for (first, _) in &pairs {
            *first_words.entry(first[0].clone()).or_default() += 1;
        }
        let number = present.len().max(1);
        let has_humps = |id: &Id| {
            id.text
                .as_bytes()
                .windows(2)
                .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        };
        let form = if count(&|id| id.text.contains(['/', '.'])) * 10 > number * 6 {
            Form::Path
        } else if pairs.len() * 10 >= number * 8 && with_verb * 10 >= number * 5 {
            Form::GroupAndVerb
        } else {
            Form::Words
        };
        Self {
            form,
            are_segmented: count(&has_humps) * 5 > number,
            repeat_paths: all.iter().filter(|id| id.text.is_empty() || id.repeats_path).count() * 10
                >= all.len() * 3,
            first_words,
            all,
        }
    }

    /// Whether most ids name a group and a method.
    pub(super) fn name_groups(&self) -> bool {
        self.form != Form::Words
    }

    /// Whether the id of an operation is none that somebody chose.
    pub(super) fn says_nothing(&self, index: usize) -> bool {
        let id = &self.all[index];
        id.text.is_empty() || self.repeat_paths && (id.repeats_path || !id.remark.is_empty())
    }

    /// The words of an id, without those of the path and of a framework; none when it says nothing.
    pub(super) fn all_words(&self, index: usize) -> &[String] {
        if self.says_nothing(index) { &[] } else { &self.all[index].words }
    }

    /// The same, without words before the verb that only say where it is: `fine_tuning_update_model`.
    pub(super) fn words(&self, index: usize) -> &[String] {
        let words = self.all_words(index);
        words.get(self.all[index].lead..).unwrap_or(words)
    }

    /// The words behind the HTTP method and the path: what somebody put there to tell an id from another.
    pub(super) fn remark(&self, index: usize) -> &[String] {
        &self.all[index].remark
    }

    /// Groups and method, from an id that has both.
    pub(super) fn groups_and_method(
        &self,
        index: usize,
        labels: &Labels,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let text = self.all[index].text.as_str();
        if self.form == Form::Path && text.contains(['/', '.']) {
            let parts: Vec<&str> =
                text.split(['/', '.']).filter(|part| !part.is_empty() && !verbs::is_version(part)).collect();
            let (method, groups) = parts.split_last().filter(|(_, groups)| !groups.is_empty())?;
            return Some((
                groups.iter().map(|group| case::words(group).join("_")).collect(),
                case::words(method),
            ));
        }
        if self.form == Form::Path {
            return None;
        }
        let parts: Vec<&str> = text.split(['_', '-']).filter(|part| !part.is_empty()).collect();
        let cut = self.cut(&parts, labels)?;
        let groups = if self.are_segmented {
            parts[..cut].iter().map(|part| case::words(part).join("_")).collect()
        } else {
            vec![case::words(&parts[..cut].join("_")).join("_")]
        };
        Some((groups, case::words(&parts[cut..].join("_"))))
    }

    /// Where the group ends and the method begins: where the tag ends, or before a verb, or behind a word
    /// that others begin with as well.
    fn cut(&self, parts: &[&str], labels: &Labels) -> Option<usize> {
        let singulars =
            |words: Vec<String>| words.iter().map(|word| words::singular(word)).collect::<Vec<_>>();
        let tag = singulars(case::words(labels.tag.as_deref().unwrap_or_default()));
        let first = |part: &str| case::words(part).into_iter().next();
        let is_tag = |cut: &usize| singulars(case::words(&parts[..*cut].join("_"))) == tag;
        let is_verb = |cut: &usize| first(parts[*cut]).is_some_and(|word| verbs::is_verb(&word));
        let is_usual = || {
            let first = first(parts.first()?)?;
            (parts.len() > 1 && self.first_words.get(&first).is_some_and(|count| *count >= 3)).then_some(1)
        };
        let cuts = 1..parts.len();
        cuts.clone().rev().find(is_tag).or_else(|| cuts.clone().find(is_verb)).or_else(is_usual)
    }
}

/// The ids without the numbers that some tool gave to those that are used several times (`search-2`).
fn stems(operations: &[Endpoint<'_>]) -> BTreeMap<String, usize> {
    let mut stems = BTreeMap::new();
    for id in operations.iter().filter_map(|operation| operation.labels.id.as_deref()) {
        *stems.entry(stem(id).to_owned()).or_default() += 1;
    }
    stems
}

fn stem(id: &str) -> &str {
    let name = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if name.len() == id.len() {
        return id;
    }
    name.strip_suffix(['-', '_']).filter(|stem| !stem.is_empty()).unwrap_or(id)
}

fn id_of(operation: &Endpoint<'_>, stems: &BTreeMap<String, usize>) -> Id {
    let Some(id) = operation.labels.id.as_deref() else { return Id::default() };
    let text = if stems.get(stem(id)).is_some_and(|count| *count > 1) { stem(id) } else { id };
    let words = split(text, operation);
    let behind = behind_path(&words, operation);
    let repeats_path = behind.as_ref().is_some_and(Vec::is_empty);
    let words = own_words(words, operation);
    Id {
        lead: lead(&words, operation),
        repeats_path,
        remark: behind.unwrap_or_default(),
        words,
        text: text.to_owned(),
    }
}

/// The words of an id; those that are run together are taken apart by the words of the path.
fn split(text: &str, operation: &Endpoint<'_>) -> Vec<String> {
    let path: BTreeSet<String> =
        case::words(operation.path).into_iter().flat_map(|word| [words::singular(&word), word]).collect();
    let is_known = |word: &str| path.contains(word) || verbs::is_verb(word) || verbs::is_dangling(word);
    let split = |word: String| words::split_run_together(&word, is_known).unwrap_or_else(|| vec![word]);
    case::words(text).into_iter().flat_map(split).collect()
}

/// The words behind the HTTP method and the path (`PostCustomersCustomer`, `get_files_id`) when they begin with
/// those.
fn behind_path(said: &[String], operation: &Endpoint<'_>) -> Option<Vec<String>> {
    let (first, rest) = said.split_first()?;
    if *first != verbs::method_word(&operation.method) {
        return None;
    }
    let path = case::words(operation.path);
    let literals = operation.path.trim_end_matches(".json").split('/');
    let literals = literals.filter(|part| !part.starts_with('{')).flat_map(case::words);
    let mut literals = literals.filter(|word| !verbs::is_version(word) && word != "api").peekable();
    let is_of_path = |word: &&String| words::has(&path, word) || ["id", "by", "and"].contains(&word.as_str());
    let length = rest.iter().take_while(is_of_path).count();
    for word in &rest[..length] {
        literals.next_if(|literal| words::singular(literal) == words::singular(word));
    }
    literals.peek().is_none().then(|| rest[length..].to_vec())
}

/// The words that somebody chose.
fn own_words(said: Vec<String>, operation: &Endpoint<'_>) -> Vec<String> {
    let said = without_path(said, operation);
    let said = without_module(said);
    let is_version = |word: &String| verbs::is_version(word);
    let mut said: Vec<String> = if said.iter().all(is_version) {
        said
    } else {
        said.into_iter().filter(|word| !is_version(word)).collect()
    };
    if said.len() > 1 && verbs::is_stability(&said[0]) && !verbs::is_verb(&said[0]) {
        said.remove(0);
    }
    let path = case::words(operation.path);
    let is_noise = |word: &String| verbs::is_noise(word) && !words::has(&path, word);
    while said.len() > 1 && said.last().is_some_and(is_noise) {
        said.pop();
    }
    said
}

/// FastAPI ends an id with the words of the path and the method: `list_files_v1_files_get`.
fn without_path(mut said: Vec<String>, operation: &Endpoint<'_>) -> Vec<String> {
    let mut path = case::words(operation.path);
    path.push(verbs::method_word(&operation.method));
    let Some(own) = said.strip_suffix(path.as_slice()) else { return said };
    // `agents_api` is no function, but the module of one: `agents_api_v1_talks_post`.
    if own.last().is_some_and(|word| !verbs::is_framework(word)) {
        said.truncate(own.len());
    }
    said
}

/// FastAPI can begin an id with the module of the function: `items_api_routes_`, `items_api_v1_`.
fn without_module(said: Vec<String>) -> Vec<String> {
    let is_noise = |word: &String| verbs::is_framework(word) || verbs::is_version(word);
    let is_module = |pair: &[String]| {
        verbs::is_framework(&pair[0]) && (pair[1].starts_with("route") || verbs::is_version(&pair[1]))
    };
    let Some(start) = said.windows(2).position(is_module) else { return said };
    let end = start + said[start..].iter().take_while(|word| is_noise(word)).count();
    let has_verb = said[..start].iter().any(|word| verbs::is_verb(word));
    if has_verb || end == said.len() { said } else { said[end..].to_vec() }
}

/// How many words of the path come before the verb.
fn lead(said: &[String], operation: &Endpoint<'_>) -> usize {
    let path = case::words(operation.path);
    let is_new_verb = |word: &String| verbs::is_verb(word) && !words::has(&path, word);
    let verb = said.iter().position(is_new_verb).unwrap_or_default();
    let is_lead = said[..verb].iter().all(|word| words::has(&path, word)) && !verbs::is_verb(&said[0]);
    if verb > 0 && is_lead { verb } else { 0 }
}

/// The word before the first mark, and the words behind it; nothing when the first word is a verb.
fn pair(id: &str) -> Option<(Vec<String>, Vec<String>)> {
    let (first, rest) = id.split_once(['_', '-'])?;
    let (first, rest) = (case::words(first), case::words(rest));
    let is_pair = first.first().is_some_and(|word| !verbs::is_verb(word)) && !rest.is_empty();
    is_pair.then_some((first, rest))
}
