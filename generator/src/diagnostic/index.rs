//! Where every value of a text stands.
//!
//! Events of a scan come in; a table from pointers to ranges of bytes goes out. Knows no format.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::Pointer;

/// Where every value of a text stands, in bytes. A document may have millions of them, so each is kept
/// in a few bytes: files that are read are far smaller than 4 GiB.
#[derive(Debug, Default)]
pub(crate) struct Index {
    nodes: Vec<Node>,
    /// By the node of the parent and the hash of the key. Keys with the same hash are shown in one place.
    children: HashMap<(u32, u64), u32>,
}

#[derive(Debug)]
struct Node {
    key: Option<Span>,
    value: Span,
    is_scalar: bool,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
}

impl Index {
    /// The text at `pointer`: a scalar itself, the key of anything else. What is not
    /// in the text, because an overlay added it, is where the nearest thing around it is.
    pub(super) fn find(&self, pointer: &Pointer) -> Range<usize> {
        let mut node = 0;
        for token in pointer.tokens() {
            let Some(child) = self.children.get(&(node, hash(&token))) else { break };
            node = *child;
        }
        match self.nodes.get(node as usize) {
            None => 0..0,
            Some(Node { key: Some(key), is_scalar: false, .. }) => key.range(),
            Some(Node { value, .. }) => value.range(),
        }
    }
}

impl Span {
    fn of(range: &Range<usize>) -> Self {
        Self { start: short(range.start), end: short(range.end) }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Builds an index out of events.
#[derive(Default)]
pub(crate) struct Builder {
    index: Index,
    open: Vec<Container>,
}

/// An object or a list that has begun, by its node.
struct Container {
    node: u32,
    next: Next,
}

/// What comes next in it.
enum Next {
    Key,
    Value { key: String, range: Range<usize> },
    Item(usize),
}

impl Builder {
    /// A scalar: a value, or a key where one is due.
    pub(crate) fn scalar(&mut self, text: &str, range: Range<usize>) {
        match self.open.last_mut() {
            Some(Container { node, next: next @ Next::Key }) => {
                let object = &mut self.index.nodes[*node as usize];
                // An object in a list has no key of its own, and in YAML no brace either.
                if object.value.is_empty() {
                    object.value = Span::of(&range);
                }
                *next = Next::Value { key: text.to_owned(), range };
            }
            _ => {
                self.add(range, true);
            }
        }
    }

    pub(crate) fn start_object(&mut self, range: Range<usize>) {
        let node = self.add(range, false);
        self.open.push(Container { node, next: Next::Key });
    }

    pub(crate) fn start_list(&mut self, range: Range<usize>) {
        let node = self.add(range, false);
        self.open.push(Container { node, next: Next::Item(0) });
    }

    pub(crate) fn end(&mut self) {
        self.open.pop();
    }

    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn finish(self) -> Index {
        self.index
    }

    fn add(&mut self, value: Range<usize>, is_scalar: bool) -> u32 {
        let node = short(self.index.nodes.len());
        let mut place = None;
        let mut key_range = None;
        let span = Span::of(&value);
        if let Some(Container { node: parent, next }) = self.open.last_mut() {
            *next = match std::mem::replace(next, Next::Key) {
                // A list or an object as a key: nothing leads there.
                Next::Key => Next::Value { key: String::new(), range: value },
                Next::Value { key, range } => {
                    key_range = Some(Span::of(&range));
                    place = Some((*parent, hash(&key)));
                    Next::Key
                }
                Next::Item(index) => {
                    place = Some((*parent, hash(&index.to_string())));
                    Next::Item(index + 1)
                }
            };
        }
        self.index.nodes.push(Node { key: key_range, value: span, is_scalar });
        // Of two members with the same key the second counts, as it does in the tree.
        place.and_then(|place| self.index.children.insert(place, node));
        node
    }
}
