//! Where the pages are, and how one leads to another.

use std::collections::BTreeSet;

use crate::Plan;
use crate::ir::{ResourceId, Type, TypeId};
use crate::prose::Prose;
use crate::rust::spelling::spell;

/// The page of the error type of the crate.
pub(super) const ERROR: &str = "docs/errors/error.md";

/// The page of what can be set for a single call.
pub(super) const CALL_OPTIONS: &str = "docs/call_options.md";

/// The page of calls without async.
pub(super) const BLOCKING: &str = "docs/blocking.md";

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

/// Which page is where.
#[derive(Debug)]
pub(super) struct Places<'a> {
    plan: &'a Plan,
    errors: BTreeSet<TypeId>,
}

impl<'a> Places<'a> {
    /// Looks through `plan` once.
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self { plan, errors: plan.api.error_types().into_iter().collect() }
    }

    /// Whether the type is the body of an error.
    pub(super) fn is_error(&self, id: TypeId) -> bool {
        self.errors.contains(&id)
    }

    /// The page of a type.
    pub(super) fn of_type(&self, id: TypeId) -> String {
        let folder = if self.is_error(id) { "errors" } else { "models" };
        format!("docs/{folder}/{}.md", self.plan.names.ty(id).module)
    }

    /// The page of a resource.
    pub(super) fn of_resource(&self, id: ResourceId) -> String {
        format!("docs/sdks/{}/README.md", self.plan.names.resource(id).module)
    }

    /// A type as it is written, with a link to what is named in it.
    pub(super) fn link(&self, ty: &Type, from: &str) -> Prose {
        self.link_text(&spell(ty, self.plan), ty, from)
    }

    /// `text`, with a link to what is named in `ty`.
    pub(super) fn link_text(&self, text: &str, ty: &Type, from: &str) -> Prose {
        match named(ty) {
            Some(id) => Prose::link(&Prose::code(text), &relative(from, &self.of_type(id))),
            None => Prose::code(text),
        }
    }
}

/// The named type in a type.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Any | Type::Scalar(_) => None,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Named(id) | Type::Boxed(id) => Some(*id),
    }
}

/// A link to something on one of the pages that are the same for every API.
pub(super) fn link(text: &str, to: &str, from: &str) -> Prose {
    Prose::link(&Prose::code(text), &relative(from, to))
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
