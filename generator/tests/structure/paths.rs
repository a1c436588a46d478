//! Every path in the code of a module.
//!
//! An item comes in; its paths, imports and macros are added to the module. In macros, which are only
//! tokens, a path is names with `::` between them. What is quoted is code of the generated crate, not of
//! ours, so it has no paths.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemFn, ItemMacro, ItemUse, Macro, Path};

use super::source::{self, Module};

/// Macros whose tokens are code that is emitted.
const QUOTES: &[&str] = &["quote", "quote_spanned", "parse_quote"];

/// Adds the paths in `item` to `module`.
pub(super) fn collect(item: &Item, module: &mut Module) {
    Collector { module }.visit_item(item);
}

struct Collector<'m> {
    module: &'m mut Module,
}

impl Collector<'_> {
    /// The paths in `tokens`: all of two names and more, or only those from the root of the crate.
    fn scan(&mut self, tokens: TokenStream, from_root_only: bool) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) if punct.as_char() == '!' && punct.spacing() == Spacing::Alone => {
                    self.module.macros.extend(path.last().map(|name| format!("{name}!")));
                    self.end(&mut path, from_root_only);
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end(&mut path, from_root_only);
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Group(group) => {
                    self.end(&mut path, from_root_only);
                    // `crate::{a, b}` in a macro would be missed: there is none, and none is needed.
                    self.scan(group.stream(), from_root_only);
                    colons = 0;
                }
                _ => {
                    self.end(&mut path, from_root_only);
                    colons = 0;
                }
            }
        }
        self.end(&mut path, from_root_only);
    }

    fn end(&mut self, path: &mut Vec<String>, from_root_only: bool) {
        let path = std::mem::take(path);
        if path.len() > 1 && (!from_root_only || path[0] == "crate") {
            self.module.paths.push(path);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.module.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        source::import(&item.tree, &[], self.module);
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !source::is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        // A definition is code for where it is used; only what it names from the root on is known here.
        if item.ident.is_some() {
            self.scan(item.mac.tokens.clone(), true);
        } else {
            self.visit_macro(&item.mac);
        }
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        let name = item.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        self.visit_path(&item.path);
        self.module.macros.push(format!("{name}!"));
        if !QUOTES.contains(&name.as_str()) {
            self.scan(item.tokens.clone(), false);
        }
    }

    // `pub(in crate::document)` imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    // What an attribute names is for its macro.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}
