//! The modules of a crate, read from its sources: what each of them declares, and every path in it.
//!
//! What is only compiled for tests is left out. Knows nothing of the rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item, ItemMod, Meta, UseTree};

use super::paths;

/// A crate, by its modules. The first is its root.
pub(super) struct Crate {
    pub modules: Vec<Module>,
}

/// A module, which is a file or stands in one.
#[derive(Default)]
pub(super) struct Module {
    /// Its names from the root on, which is empty itself.
    pub path: Vec<String>,
    pub file: PathBuf,
    pub children: BTreeMap<String, usize>,
    pub names: BTreeMap<String, Name>,
    /// What it imports as a whole, with `*`.
    pub globs: Vec<Vec<String>>,
    /// Every path in its code, as it is written.
    pub paths: Vec<Vec<String>>,
    /// The names of the macros that it invokes, with `!`.
    pub macros: Vec<String>,
}

/// What a name of a module stands for.
pub(super) enum Name {
    /// Something that is declared there.
    Item,
    /// Something with this path.
    Import(Vec<String>),
}

impl Crate {
    /// Reads the crate whose root is the file at `root`.
    pub(super) fn read(root: &Path) -> Self {
        let mut read = Self { modules: Vec::new() };
        let folder = root.parent().expect("a file is in a folder");
        let items = items_of(root);
        read.add(&[], root, folder, &items);
        read
    }

    /// Adds a module and those below it. The files of modules that it declares are in `folder`.
    fn add(&mut self, path: &[String], file: &Path, folder: &Path, items: &[Item]) -> usize {
        let id = self.modules.len();
        self.modules.push(Module { path: path.to_vec(), file: file.to_owned(), ..Module::default() });
        for item in items.iter().filter(|item| !is_for_tests(attributes(item))) {
            let Item::Mod(module) = item else {
                paths::collect(item, &mut self.modules[id]);
                declare(item, &mut self.modules[id]);
                continue;
            };
            let name = module.ident.to_string();
            let path: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
            let child = if let Some((_, items)) = &module.content {
                self.add(&path, file, &folder.join(&name), items)
            } else {
                let (file, folder) = file_of(module, file, folder);
                self.add(&path, &file, &folder, &items_of(&file))
            };
            self.modules[id].children.insert(name, child);
        }
        id
    }
}

/// The file of a module that is declared in `parent`, and the folder of those below it.
fn file_of(module: &ItemMod, parent: &Path, folder: &Path) -> (PathBuf, PathBuf) {
    let name = module.ident.to_string();
    let given = module.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    if let Some(given) = given {
        let file = parent.parent().expect("a file is in a folder").join(given);
        let below = file.parent().expect("a file is in a folder").to_owned();
        return (file, below);
    }
    let (flat, below) = (folder.join(format!("{name}.rs")), folder.join(&name));
    (if flat.is_file() { flat } else { below.join("mod.rs") }, below)
}

fn items_of(file: &Path) -> Vec<Item> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items
}

/// Notes the name that `item` declares, or those that it imports.
fn declare(item: &Item, module: &mut Module) {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Macro(item) => match &item.ident {
            Some(name) => name,
            None => return,
        },
        _ => return,
    };
    module.names.insert(name.to_string(), Name::Item);
}

/// Notes the names of a `use`.
pub(super) fn import(tree: &UseTree, before: &[String], module: &mut Module) {
    let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
    match tree {
        UseTree::Path(path) => import(&path.tree, &with(path.ident.to_string()), module),
        UseTree::Group(group) => group.items.iter().for_each(|tree| import(tree, before, module)),
        UseTree::Glob(_) => {
            module.paths.push(before.to_vec());
            module.globs.push(before.to_vec());
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let target = if name == "self" { before.to_vec() } else { with(name) };
            let name = target.last().cloned().unwrap_or_default();
            module.paths.push(target.clone());
            module.names.insert(name, Name::Import(target));
        }
        UseTree::Rename(rename) => {
            let target = with(rename.ident.to_string());
            module.paths.push(target.clone());
            module.names.insert(rename.rename.to_string(), Name::Import(target));
        }
    }
}

/// Whether what has these attributes is only compiled for tests.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition == "test" || condition.starts_with("all (test")
        }
        _ => false,
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
