//! Finds what an action of an overlay changes.
//!
//! A target is a JSONPath (RFC 9535). The document is walked once, with all segments of the path that may
//! go on at a value, so that the work is that of the document, whatever the path. Which children of one
//! value a segment selects, the library for JSONPath says; what that may cost is known before it is asked.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::budget::{Budget, Spent};

/// The longest target that is parsed, which bounds how deep its parser recurses.
const LENGTH_LIMIT: usize = 500;
/// How many filters a target may have: each one in another doubles the time to parse it.
const FILTER_LIMIT: usize = 8;
/// How many selectors for several values the filters of a segment may have. They are asked for at every
/// value, and each multiplies what it looks at.
const FILTER_FAN_OUT: usize = 3;

/// A JSONPath, taken apart.
pub(super) struct Target {
    segments: Vec<Segment>,
}

/// What is wrong with a target.
pub(super) enum Malformed {
    Excessive,
    Syntax(String),
}

struct Segment {
    /// Whether it is applied to all descendants too.
    is_descendant: bool,
    selector: Selector,
}

enum Selector {
    All,
    Member(String),
    Other { path: JsonPath, cost: Cost },
}

/// What it costs to ask a selector for the children of a value.
#[derive(Clone, Copy)]
enum Cost {
    /// So many looks at each child.
    Children(usize),
    /// So many looks at all that is in the value.
    Descendants(usize),
}

/// The places that a target matches, in the order of the document.
#[derive(Default)]
pub(super) struct Matches {
    /// Whether this place is one.
    pub(super) is_target: bool,
    /// Those in it, by the position of the child.
    pub(super) below: Vec<(usize, Matches)>,
}

/// The name of a child.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'v> {
    Member(&'v str),
    Item(usize),
}

enum Selected<'v> {
    All,
    Member(&'v str),
    Some(BTreeSet<Key<'v>>),
}

impl Target {
    pub(super) fn parse(target: &str) -> Result<Self, Malformed> {
        if target.len() > LENGTH_LIMIT || target.matches('?').count() > FILTER_LIMIT {
            return Err(Malformed::Excessive);
        }
        if let Err(error) = JsonPath::parse(target) {
            return Err(Malformed::Syntax(error.to_string()));
        }
        let segments = split(target).into_iter().map(|(is_descendant, text)| {
            let selector = Selector::parse(text)?;
            Ok(Segment { is_descendant, selector })
        });
        Ok(Self { segments: segments.collect::<Result<_, _>>()? })
    }

    /// The places in `root` that it matches; `None` when there is none.
    pub(super) fn find(&self, root: &Value, budget: &mut Budget) -> Result<Option<Matches>, Spent> {
        self.visit(root, &[0], budget)
    }

    /// Looks at a value that so many segments, each of `reached`, lead to.
    fn visit(&self, value: &Value, reached: &[usize], budget: &mut Budget) -> Result<Option<Matches>, Spent> {
        let is_target = reached.contains(&self.segments.len());
        let mut selections = Vec::new();
        for &number in reached {
            if let Some(segment) = self.segments.get(number) {
                let selected = segment.selector.select(value, budget)?;
                selections.push((number, segment.is_descendant, selected));
            }
        }
        let mut below = Vec::new();
        let children = children(value).filter(|_| !selections.is_empty());
        for (position, (key, child)) in children.enumerate() {
            budget.visit(selections.len())?;
            let next = next(&selections, key);
            if next.is_empty() {
                continue;
            }
            below.extend(self.visit(child, &next, budget)?.map(|matches| (position, matches)));
        }
        Ok((is_target || !below.is_empty()).then_some(Matches { is_target, below }))
    }
}

/// How many segments lead to the child `key`, for each way there.
fn next(selections: &[(usize, bool, Selected<'_>)], key: Key<'_>) -> Vec<usize> {
    let mut next = Vec::new();
    for (number, is_descendant, selected) in selections {
        next.extend(is_descendant.then_some(*number));
        next.extend(selected.contains(key).then_some(number + 1));
    }
    next.sort_unstable();
    next.dedup();
    next
}

impl Selected<'_> {
    fn contains(&self, key: Key<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Member(name) => key == Key::Member(name),
            Self::Some(keys) => keys.contains(&key),
        }
    }
}

impl Selector {
    /// Takes what stands behind the dot, or the brackets with what is in them.
    fn parse(text: &str) -> Result<Self, Malformed> {
        if text == "*" {
            return Ok(Self::All);
        }
        if !text.starts_with('[') {
            return Ok(Self::Member(text.to_owned()));
        }
        let cost = Cost::of(&without_literals(text)).ok_or(Malformed::Excessive)?;
        let path = JsonPath::parse(&format!("${text}"));
        let path = path.map_err(|error| Malformed::Syntax(error.to_string()))?;
        Ok(Self::Other { path, cost })
    }

    fn select<'v>(&'v self, value: &'v Value, budget: &mut Budget) -> Result<Selected<'v>, Spent> {
        Ok(match self {
            Self::All => Selected::All,
            Self::Member(name) => Selected::Member(name),
            Self::Other { path, cost } => {
                match cost {
                    Cost::Children(times) => budget.visit(times * children(value).count())?,
                    Cost::Descendants(times) => count(value, *times, budget)?,
                }
                let found = path.query_located(value);
                let keys = found.iter().filter_map(|node| node.location().iter().next().map(Key::from));
                Selected::Some(keys.collect())
            }
        })
    }
}

impl Cost {
    /// That of a selector without its literals. `None` when it cannot be said, or is too much.
    fn of(selector: &str) -> Option<Self> {
        let count = |what: &str| selector.matches(what).count();
        let unions = count(",");
        if count("?") == 0 {
            return Some(Self::Children(1 + unions));
        }
        let descents = count("..");
        let fan_out = count("*") + count(":") + count("?") - 1 + unions;
        match () {
            // What looks at the whole document at every value takes the square of it.
            () if selector.contains('$') => None,
            () if descents + fan_out == 0 => Some(Self::Children(1)),
            () if descents <= 1 && fan_out <= FILTER_FAN_OUT => {
                Some(Self::Descendants(1 << (descents + fan_out)))
            }
            () => None,
        }
    }
}

impl<'v> From<&PathElement<'v>> for Key<'v> {
    fn from(element: &PathElement<'v>) -> Self {
        match element {
            PathElement::Name(name) => Self::Member(name),
            PathElement::Index(index) => Self::Item(*index),
        }
    }
}

/// Spends `times` for each value in `value`.
fn count(value: &Value, times: usize, budget: &mut Budget) -> Result<(), Spent> {
    budget.visit(times)?;
    children(value).try_for_each(|(_, child)| count(child, times, budget))
}

fn children(value: &Value) -> impl Iterator<Item = (Key<'_>, &Value)> {
    let members = value.as_object().into_iter().flatten();
    let items = value.as_array().into_iter().flatten().enumerate();
    let members = members.map(|(name, child)| (Key::Member(name), child));
    members.chain(items.map(|(index, child)| (Key::Item(index), child)))
}

/// The segments of a JSONPath that is one: whether each is for descendants, and its text.
fn split(target: &str) -> Vec<(bool, &str)> {
    let mut segments = Vec::new();
    let mut rest = target.trim_start_matches('$').trim_start();
    while !rest.is_empty() {
        let is_descendant = rest.starts_with("..");
        rest = rest.trim_start_matches('.');
        let end = if rest.starts_with('[') {
            end_of_brackets(rest)
        } else {
            rest.find(|end: char| ".[".contains(end) || end.is_whitespace()).unwrap_or(rest.len())
        };
        segments.push((is_descendant, &rest[..end]));
        rest = rest[end..].trim_start();
    }
    segments
}

/// Where the brackets that `text` starts with are closed.
fn end_of_brackets(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in outside_of_literals(text) {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn without_literals(text: &str) -> String {
    outside_of_literals(text).map(|(_, character)| character).collect()
}

/// The characters of `text` that are not part of a literal, with their offsets.
fn outside_of_literals(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quote, mut is_escaped) = (None, false);
    text.char_indices().filter(move |(_, character)| {
        match quote {
            None if *character == '\'' || *character == '"' => quote = Some(*character),
            None => return true,
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if *character == '\\' => is_escaped = true,
            Some(open) if open == *character => quote = None,
            Some(_) => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::NormalizedPath;

    use super::super::budget::Budget;
    use super::*;

    /// The places that `target` matches, as a JSON pointer each.
    fn found(target: &str, document: &Value) -> Vec<String> {
        let target = Target::parse(target).unwrap_or_else(|_| panic!("{target} is a JSONPath"));
        let matches = target.find(document, &mut Budget::default()).unwrap_or_else(|_| panic!("it is small"));
        let mut pointers = Vec::new();
        add(&matches.unwrap_or_default(), document, "", &mut pointers);
        pointers
    }

    fn add(matches: &Matches, value: &Value, pointer: &str, pointers: &mut Vec<String>) {
        pointers.extend(matches.is_target.then(|| pointer.to_owned()));
        for (position, below) in &matches.below {
            let (key, child) = children(value).nth(*position).expect("the position is that of a child");
            let key = match key {
                Key::Member(name) => name.replace('/', "~1"),
                Key::Item(index) => index.to_string(),
            };
            add(below, child, &format!("{pointer}/{key}"), pointers);
        }
    }

    #[test]
    fn the_places_are_those_of_the_library() {
        let document = json!({
            "paths": {"/a b": {"get": {"tags": ["x", "y", "z"], "n": 1}}, "/b]": {"get": {"tags": [], "n": 2}}},
            "a": {"a": {"a": [[1, {"n": 1}], {"$": {"it's": 3}}]}, "n": null},
        });
        for target in [
            "$",
            "$.a",
            "$.*",
            "$..*",
            "$..a",
            "$..['a']",
            "$.paths['/b]'].get",
            "$ .paths [\"/a b\"] ['get'] .tags[-1]",
            "$..tags[0:2]",
            "$..[0, 1, 'n']",
            "$..[*, *]..[*, 'n']",
            "$..n",
            "$..a..n",
            "$..['it\\'s']",
            "$..[?@.n == 1]",
            "$..[?@.get.n > 1].get",
            "$..[?count(@.*) > 1]",
            "$.paths[?@..n]",
            "$.paths.*.get.tags[?@ == 'x' || @ == 'z']",
            "$.missing.a",
        ] {
            let path = JsonPath::parse(target).expect("it is a JSONPath");
            let nodes = path.query_located(&document);
            let mut expected: Vec<String> = nodes.locations().map(NormalizedPath::to_json_pointer).collect();
            let mut places = found(target, &document);
            expected.sort();
            expected.dedup();
            places.sort();
            assert_eq!(places, expected, "{target}");
        }
    }

    #[test]
    fn targets_that_multiply_their_work_are_refused() {
        for target in [
            "$..[?count($..*) > 1]",
            "$.a[?@.b == $.c]",
            "$[?@..[?@..x]]",
            "$[?@[*,*][*,*][*,*]]",
            "$[?@.*.*.*.*]",
        ] {
            assert!(matches!(Target::parse(target), Err(Malformed::Excessive)), "{target}");
        }
    }

    #[test]
    fn the_work_is_that_of_the_document() {
        let mut document = json!({});
        for level in 0..100 {
            document = json!({ "a": document, "b": level, "c": [level] });
        }
        for target in ["$..[*,*,*,*,*,*,*,*]..[*,*,*,*,*,*,*,*]", "$..*..*..*..*..*", "$..[?@..a]"] {
            let target = Target::parse(target).unwrap_or_else(|_| panic!("{target} is a JSONPath"));
            let mut budget = Budget::of(60_000, 0);
            assert!(target.find(&document, &mut budget).is_ok());
        }
    }
}
