//! Where a path leads, through re-exports.

use super::source::{Crate, Module, Name};

/// More imports in a row are a circle.
const LONGEST_CHAIN: usize = 30;

/// What a path leads to.
#[derive(Default)]
pub(super) struct Target {
    /// The modules in which it names something that is declared there, or the module itself.
    pub modules: Vec<usize>,
    /// The modules that re-export it on its way.
    pub re_exports: Vec<usize>,
    /// The path in another crate that it ends at.
    pub external: Option<Vec<String>>,
}

/// Resolves `path`, which stands in the module `from`. `externals` are the crates that there are.
pub(super) fn resolve(krate: &Crate, from: usize, path: &[String], externals: &[String]) -> Target {
    let mut target = Target::default();
    let mut resolver = Resolver { krate, externals, target: &mut target };
    resolver.start(from, path, 0);
    target
}

struct Resolver<'a> {
    krate: &'a Crate,
    externals: &'a [String],
    target: &'a mut Target,
}

impl Resolver<'_> {
    /// The start of a path, which may be anything that is in scope.
    fn start(&mut self, module: usize, path: &[String], depth: usize) {
        let Some((first, rest)) = path.split_first() else { return };
        let parent = |module: usize| {
            let path = &self.krate.modules[module].path;
            let is_parent = |other: &Module| path.split_last().is_some_and(|(_, above)| other.path == above);
            self.krate.modules.iter().position(is_parent)
        };
        match first.as_str() {
            "crate" => self.walk(0, rest, depth),
            "self" => self.walk(module, rest, depth),
            "super" => {
                let Some(mut above) = parent(module) else { return };
                let ups = rest.iter().take_while(|name| *name == "super").count();
                for _ in 0..ups {
                    let Some(next) = parent(above) else { return };
                    above = next;
                }
                self.walk(above, &rest[ups..], depth);
            }
            _ if self.is_in_scope(module, first) => self.walk(module, path, depth),
            _ if self.externals.contains(first) => self.target.external = Some(path.to_vec()),
            _ => {}
        }
    }

    fn is_in_scope(&self, module: usize, name: &str) -> bool {
        let module = &self.krate.modules[module];
        module.children.contains_key(name) || module.names.contains_key(name)
    }

    /// The rest of a path, which is in `module`.
    fn walk(&mut self, module: usize, path: &[String], depth: usize) {
        let here = &self.krate.modules[module];
        let Some((first, rest)) = path.split_first() else {
            return self.target.modules.push(module);
        };
        if depth > LONGEST_CHAIN {
            return;
        }
        if let Some(child) = here.children.get(first) {
            return self.walk(*child, rest, depth);
        }
        match here.names.get(first) {
            Some(Name::Item) => self.target.modules.push(module),
            // An import of what has its own name: of a crate, say.
            Some(Name::Import(target)) if target.first() == Some(first) && self.externals.contains(first) => {
                self.target.external = Some(target.iter().chain(rest).cloned().collect());
            }
            Some(Name::Import(target)) => {
                self.target.re_exports.push(module);
                let path: Vec<String> = target.iter().chain(rest).cloned().collect();
                self.start(module, &path, depth + 1);
            }
            None => self.walk_globs(module, path, depth),
        }
    }

    /// A path that is not of a name in `module`, but may be of one that it imports as a whole.
    fn walk_globs(&mut self, module: usize, path: &[String], depth: usize) {
        for glob in &self.krate.modules[module].globs {
            let imported = resolve(self.krate, module, glob, self.externals).modules;
            let imported = imported.into_iter().find(|imported| self.is_in_scope(*imported, &path[0]));
            if let Some(imported) = imported {
                self.target.re_exports.push(module);
                return self.walk(imported, path, depth + 1);
            }
        }
        // A variant, or something that a macro declares.
        self.target.modules.push(module);
    }
}
