//! A place in which every name is used once.

use std::collections::{BTreeMap, BTreeSet};

use super::Ident;

/// The names taken in one place: a module, an enum, the methods of a type.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The number to try next, for each name that was numbered. Those before are taken.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` names are taken from the start.
    pub(super) fn reserving(reserved: &[&str]) -> Self {
        let mut scope = Self::default();
        scope.taken.extend(reserved.iter().map(|name| key(name)));
        scope
    }

    /// Takes the first of `candidates` that is free, or else the last of them with a number.
    pub(super) fn take<I>(&mut self, candidates: I) -> Ident
    where
        I: IntoIterator<Item = String>,
    {
        let mut last = None;
        for candidate in candidates {
            if self.taken.insert(key(&candidate)) {
                return Ident(candidate);
            }
            last = Some(candidate);
        }
        let last = last.expect("every item comes with at least one candidate for its name");
        self.numbered(last.trim_end_matches('_'))
    }

    fn numbered(&mut self, name: &str) -> Ident {
        // `v1` becomes `v1_2`, which even upper camel case allows between digits.
        let is_snake = name.contains('_') || !name.contains(|letter: char| letter.is_ascii_uppercase());
        let separator = if is_snake || name.ends_with(|end: char| end.is_ascii_digit()) { "_" } else { "" };
        let number = self.numbers.entry(key(&format!("{name}{separator}"))).or_insert(2);
        loop {
            let numbered = format!("{name}{separator}{number}");
            *number += 1;
            if self.taken.insert(key(&numbered)) {
                return Ident(numbered);
            }
        }
    }
}

/// Names that differ only in case would be one file on some systems, and confuse readers on all.
fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_name_is_given_once() {
        let mut scope = Scope::reserving(&["Error"]);
        let mut take = |name: &str| scope.take([name.to_owned()]).to_string();
        assert_eq!(take("User"), "User");
        assert_eq!(take("User"), "User2");
        assert_eq!(take("USER"), "USER3");
        assert_eq!(take("Error"), "Error2");
        assert_eq!(take("v1"), "v1");
        assert_eq!(take("v1"), "v1_2");
        assert_eq!(take("page_size"), "page_size");
        assert_eq!(take("page_size"), "page_size_2");
    }

    #[test]
    fn names_that_become_the_same_are_numbered_in_linear_time() {
        let mut scope = Scope::default();
        for _ in 0..1_000 {
            scope.take(["value".to_owned()]);
        }
        assert_eq!(scope.numbers["value_"], 1_001, "each number was tried once");
    }

    #[test]
    fn numbers_that_others_have_are_skipped() {
        let mut scope = Scope::default();
        let mut take = |name: &str| scope.take([name.to_owned()]).to_string();
        assert_eq!(
            ["User", "User3", "USER2", "User", "User"].map(&mut take),
            ["User", "User3", "USER2", "User4", "User5"]
        );
    }

    #[test]
    fn the_first_free_candidate_wins() {
        let mut scope = Scope::reserving(&["id"]);
        assert_eq!(scope.take(["id".to_owned(), "id_query".to_owned()]).as_str(), "id_query");
    }
}
