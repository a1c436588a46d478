//! Where the resources of a document are taken from: operationIds, tags or paths.

use super::endpoint::Endpoint;
use super::ids::Ids;
use super::verbs;
use crate::config::ResourceSource;
use crate::names::case;

/// The source that says it best.
///
/// Ids do when most of them have a group and a method in them. Tags do when they form a tree, or are written
/// as identifiers, or when the document gives the methods: somebody chose them as names then, and not as
/// headings. Everything else has its groups in the paths.
pub(super) fn best(operations: &[Endpoint<'_>], ids: &Ids) -> ResourceSource {
    let all = operations.len();
    let tags: Vec<&str> = operations.iter().filter_map(|operation| operation.labels.tag.as_deref()).collect();
    let count = |is: &dyn Fn(&str) -> bool| tags.iter().filter(|tag| is(tag)).count();
    let is_tree = operations.iter().filter(|operation| operation.tag_path.len() > 1).count() * 2 > all;
    let are_methods_given = operations.iter().filter(|one| one.labels.method.is_some()).count() * 2 > all;
    let are_identifiers = count(&is_identifier) * 10 >= tags.len() * 9;
    let is_only_one = tags.iter().all(|tag| *tag == tags[0]) && all > MOST_IN_ONE;
    if ids.name_groups() {
        ResourceSource::Ids
    } else if tags.len() * 2 < all || is_only_one {
        ResourceSource::Paths
    } else if is_tree || are_methods_given || are_identifiers {
        ResourceSource::Tags
    } else {
        ResourceSource::Paths
    }
}

/// How many operations may have one and the same tag: for more of them, it does not group anything.
const MOST_IN_ONE: usize = 20;

/// `files`, `batch_jobs`: words that are a name rather than a heading.
fn is_identifier(tag: &str) -> bool {
    tag.starts_with(|letter: char| letter.is_ascii_lowercase())
        && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}

/// The parts of a tag: `Account > Users`, `beta.libraries`, `system/ip-pools`; a title with a dot or a slash in
/// it (`Allow-list / Block-list`, `Validation 2.0`) is one.
pub(super) fn tag_parts(tag: &str) -> Vec<String> {
    let plain = without_remark(tag);
    let levels: Vec<&str> = plain.split('>').map(str::trim).collect();
    let parts: Vec<&str> = levels.iter().flat_map(|level| split_path(level)).collect();
    let is_tree = parts.iter().all(|part| part.starts_with(char::is_alphabetic));
    let parts = if is_tree { parts } else { vec![plain] };
    parts.into_iter().map(|part| case::words(part).join("_")).filter(|part| !part.is_empty()).collect()
}

/// The parts of a path without spaces around its dots and slashes.
fn split_path(level: &str) -> Vec<&str> {
    let parts: Vec<&str> = level.split(['.', '/']).collect();
    let touches =
        |part: &&str| part.starts_with(char::is_alphanumeric) && part.ends_with(char::is_alphanumeric);
    if parts.iter().all(touches) { parts } else { vec![level] }
}

/// A tag without `(beta)` or the like behind it.
fn without_remark(tag: &str) -> &str {
    let Some((name, remark)) = tag.split_once('(') else { return tag };
    let word = case::words(remark).into_iter().next().unwrap_or_default();
    let is_remark = verbs::is_stability(&word) || ["deprecated", "legacy"].contains(&word.as_str());
    if is_remark && !name.trim().is_empty() { name.trim() } else { tag }
}

/// What an operation says of not being settled yet, in its id, its path, its query, or, where the groups are
/// of our choice, in an extension.
pub(super) fn stability(operation: &Endpoint<'_>, source: ResourceSource) -> Option<&'static str> {
    const WORDS: [&str; 3] = ["alpha", "beta", "preview"];
    // At the start of an id, `preview` is a verb.
    let known = |word: &str| WORDS.into_iter().find(|known| *known == word && !verbs::is_verb(word));
    if operation.query.iter().any(|(name, value)| name == "beta" && value == "true") {
        return Some("beta");
    }
    let id = operation.labels.id.as_deref().and_then(|id| case::words(id).into_iter().next());
    let version = operation.path.split('/').nth(1).unwrap_or_default();
    let of_version = || {
        let rest = version.strip_prefix('v')?.trim_start_matches(|digit: char| digit.is_ascii_digit());
        WORDS.into_iter().find(|word| rest.starts_with(word))
    };
    id.and_then(|id| known(&id))
        .or_else(of_version)
        .or_else(|| (operation.labels.is_beta && source == ResourceSource::Paths).then_some("beta"))
}

#[cfg(test)]
mod tests {
    use super::tag_parts;

    #[test]
    fn tags_that_are_paths_are_trees() {
        for (tag, parts) in [
            ("Account > Users", "account users"),
            ("beta.libraries.documents", "beta libraries documents"),
            ("system/ip-pools", "system ip_pools"),
            ("Allow-list / Block-list", "allow_list_block_list"),
            ("Validation 2.0", "validation_2_0"),
            ("Conversations (beta)", "conversations"),
            ("Uploads (Chunked)", "uploads_chunked"),
        ] {
            assert_eq!(tag_parts(tag).join(" "), parts, "{tag}");
        }
    }
}
