//! The declared tags, with those above them.

use indexmap::IndexMap;

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Tag;
use crate::prose::Prose;

/// How deep tags may be nested.
const DEPTH_LIMIT: usize = 32;

/// The tags that the document at `root` declares, in its order.
pub(super) fn declared(root: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Vec<Tag> {
    let tags: IndexMap<&str, Cursor<'_>> = root
        .get("tags")
        .iter()
        .flat_map(Cursor::items)
        .filter_map(|tag| tag.str("name").map(|name| (name, tag)))
        .collect();
    tags.iter()
        .map(|(name, tag)| Tag {
            name: (*name).to_owned(),
            parents: parents(name, &tags, diagnostics),
            summary: Prose::new(tag.str("summary").or_else(|| tag.str("x-displayName")).unwrap_or_default()),
            description: Prose::new(tag.str("description").unwrap_or_default()),
        })
        .collect()
}

/// The names of the tags above `name`, from the top down (`parent` of OpenAPI 3.2).
fn parents<'d>(
    name: &'d str,
    tags: &IndexMap<&'d str, Cursor<'d>>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let parent_of = |name: &str| tags.get(name)?.get("parent");
    let mut chain = vec![name];
    let mut current = name;
    while let Some(parent) = parent_of(current) {
        let Some(name) = parent.as_str().filter(|name| tags.contains_key(name)) else {
            diagnostics.error(
                "tag-parent-undeclared",
                &parent,
                format!("the parent of the tag `{current}` is not a declared tag"),
                "declare the parent in `tags`, or correct its name",
            );
            break;
        };
        if chain.contains(&name) {
            diagnostics.error(
                "tag-parent-cycle",
                &parent,
                format!("the tag `{name}` is its own ancestor"),
                "remove the `parent` that closes the cycle",
            );
            break;
        }
        if chain.len() == DEPTH_LIMIT {
            diagnostics.error(
                "tag-parent-depth",
                &parent,
                format!("tags are nested more than {DEPTH_LIMIT} deep"),
                "remove the `parent` of some of them",
            );
            break;
        }
        chain.push(name);
        current = name;
    }
    chain.reverse();
    chain.pop();
    chain.into_iter().map(str::to_owned).collect()
}
