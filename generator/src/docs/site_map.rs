//! Where the pages are, and how one links to another.

use crate::prose::Prose;
use crate::sdk::{Model, ModelRef, Resource, Sdk, Type};

/// The page of the error type of the crate.
pub(super) const ERROR: &str = "docs/errors/error.md";

/// The page of what can be set for a single call.
pub(super) const CALL_OPTIONS: &str = "docs/call_options.md";

/// The page of calls without async.
pub(super) const BLOCKING: &str = "docs/blocking.md";

/// The page of tests of the callers' own code.
pub(super) const TESTING: &str = "docs/testing.md";

/// The page of what the API sends by itself.
pub(super) const WEBHOOKS: &str = "docs/webhooks.md";

/// The index of the pages.
pub(super) const INDEX: &str = "docs/README.md";

/// How the crate is used.
pub(super) const USAGE: &str = "USAGE.md";

/// How lists are gone through, of which a response holds one page.
pub(super) const PAGES: &str = "USAGE.md#pages";

/// How files are sent.
pub(super) const UPLOADS: &str = "USAGE.md#uploads";

/// How files are received.
pub(super) const DOWNLOADS: &str = "USAGE.md#downloads";

/// The page of a model.
pub(super) fn model(model: &Model) -> String {
    let folder = if model.error_variant.is_some() { "errors" } else { "models" };
    format!("docs/{folder}/{}.md", model.module)
}

/// The page of a resource.
pub(super) fn resource(resource: &Resource) -> String {
    format!("docs/sdks/{}/README.md", resource.module_path)
}

/// A type as it is written, with a link to the model in it.
pub(super) fn link_type(ty: &Type, from: &str, sdk: &Sdk) -> Prose {
    link_text(&ty.to_string(), ty.model(), from, sdk)
}

/// `text`, with a link to the model.
pub(super) fn link_text(text: &str, to: Option<&ModelRef>, from: &str, sdk: &Sdk) -> Prose {
    match to {
        Some(to) => Prose::link(&Prose::code(text), &relative(from, &model(sdk.model(to.id)))),
        None => Prose::code(text),
    }
}

/// A link to something on one of the pages that are the same for every API.
pub(super) fn link(text: &str, to: &str, from: &str) -> Prose {
    Prose::link(&Prose::code(text), &relative(from, to))
}

/// How to get to the page of webhooks, if there is one.
pub(super) fn webhooks(from: &str, sdk: &Sdk) -> String {
    if sdk.webhooks.is_empty() { String::new() } else { relative(from, WEBHOOKS) }
}

/// How to get from one file to another.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    // The same file shares its name, too, which still has to be said.
    let shared = shared.min(from.len() - 1).min(to.len() - 1);
    let ups = std::iter::repeat_n("..", from.len() - 1 - shared);
    ups.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn links_are_relative() {
        assert_eq!(relative("docs/sdks/files/README.md", "docs/models/file.md"), "../../models/file.md");
        assert_eq!(relative("docs/README.md", "docs/call_options.md"), "call_options.md");
        assert_eq!(relative("docs/README.md", "USAGE.md"), "../USAGE.md");
        assert_eq!(relative("README.md", "docs/README.md"), "docs/README.md");
        assert_eq!(relative("docs/models/a.md", "docs/models/a.md"), "a.md");
    }
}
