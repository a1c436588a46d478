//! JSON pointers (RFC 6901): the name of a place in a tree of values.

use std::borrow::Cow;
use std::fmt;

/// A JSON pointer: empty for the root, otherwise `/` before every token.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Reads a pointer. `None` unless it is empty or starts with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The place `token` below this one. The token is as it stands in the document, not escaped.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        let mut child = self.clone();
        child.push(token);
        child
    }

    /// The place that this one is directly in. The root is in none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The way from the root, each token without its escapes.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Whether this place is `other` or somewhere in it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn push(&mut self, token: &str) {
        self.0.push('/');
        for character in token.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                _ => self.0.push(character),
            }
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_are_escaped_and_come_back() {
        let pointer = Pointer::default().child("paths").child("/a~b/{id}").child("");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{id}", ""]);
        // `~01` is an escaped tilde before a one, not an escaped slash.
        assert_eq!(Pointer("/~01".into()).tokens().collect::<Vec<_>>(), ["~1"]);
    }

    #[test]
    fn the_root_has_no_tokens_and_no_parent() {
        assert_eq!(Pointer::default().tokens().count(), 0);
        assert_eq!(Pointer::default().parent(), None);
        assert_eq!(Pointer("/a/b".into()).parent(), Some(Pointer("/a".into())));
    }

    #[test]
    fn a_longer_name_is_not_within_a_shorter_one() {
        let within = |place: &str, other: &str| Pointer(place.into()).is_within(&Pointer(other.into()));
        assert!(within("/a/b", "/a") && within("/a", "/a") && within("/a", ""));
        assert!(!within("/ab", "/a") && !within("/a", "/a/b"));
    }
}
