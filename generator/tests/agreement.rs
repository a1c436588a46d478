//! The pages and the code agree: what a page names is there, and what is there has a page.
//!
//! The emitted Rust is parsed, and the pages are read as their readers would: by headings and tables.

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::tree::FileTree;

#[test]
fn the_methods_on_a_page_are_those_of_its_resource() {
    fixtures::for_each(|name, files| {
        for (path, text) in pages(files, "docs/sdks/") {
            let module = path.strip_prefix("docs/sdks/").and_then(|path| path.strip_suffix("/README.md"));
            let module = module.expect("the page of a resource is in a folder of its own");
            let code = parse(files, &format!("src/resources/{module}.rs"));
            let methods = code.methods();
            let documented: BTreeSet<&str> = sections(text).map(|section| section.name).collect();
            let there: BTreeSet<&str> = methods.keys().map(String::as_str).collect();
            assert_eq!(documented, there, "{name}: {path}");
            for section in sections(text) {
                check_parameters(name, &section, &methods[section.name], &code);
                check_variants(name, &section, &code);
            }
        }
    });
}

#[test]
fn the_parts_on_a_page_are_those_of_its_type() {
    fixtures::for_each(|name, files| {
        let models = models(files);
        for (path, title, text) in model_pages(files) {
            let parts = models.parts(title);
            let parts = parts.unwrap_or_else(|| panic!("{name}: {path}: there is no {title}"));
            let documented: BTreeSet<String> = first_column(text).map(str::to_owned).collect();
            assert_eq!(documented, parts, "{name}: {path}");
        }
    });
}

#[test]
fn every_model_and_every_resource_has_a_page() {
    fixtures::for_each(|name, files| {
        let mut titles: Vec<&str> = model_pages(files).map(|(_, title, _)| title).collect();
        titles.sort_unstable();
        assert_eq!(titles, models(files).model_names(), "{name}: each model has one page");
        let modules =
            files.iter().filter_map(|(path, _)| path.strip_prefix("src/resources/")?.strip_suffix(".rs"));
        for module in modules.filter(|module| *module != "mod") {
            let page = format!("docs/sdks/{module}/README.md");
            assert!(files.get(&page).is_some(), "{name}: {module} has a page");
        }
    });
}

#[test]
fn every_page_is_compiled() {
    fixtures::for_each(|name, files| {
        let module = files.get("src/doctests.rs").expect("there is a module of pages");
        let with_code =
            files.iter().filter(|(path, text)| fixtures::is_page(path) && text.contains("```rust"));
        for (path, _) in with_code {
            assert!(module.contains(&format!("include_str!(\"../{path}\")")), "{name}: {path}");
        }
    });
}

#[test]
fn the_bodies_of_errors_are_those_of_the_enum() {
    fixtures::for_each(|name, files| {
        let page = files.get("docs/errors/error.md").expect("there is a page on errors");
        let named = page.split("ErrorBody::").skip(1);
        let documented: BTreeSet<String> =
            named.filter_map(|text| text.split('`').next()).map(str::to_owned).collect();
        let there = parse(files, "src/errors.rs").parts("ErrorBody").expect("there is an enum of bodies");
        assert_eq!(documented, there, "{name}");
    });
}

fn check_parameters(name: &str, section: &Section<'_>, method: &Method, code: &Code) {
    let setters = code.inherent.get(&method.gives).cloned().unwrap_or_default();
    for (parameter, is_required) in section.parameters() {
        // The field of a struct that is an argument: `required.name`.
        let parameter = parameter.split('.').next().expect("a text has a beginning");
        let is_there =
            if is_required { method.arguments.contains(parameter) } else { setters.contains(parameter) };
        assert!(is_there, "{name}: {}: {parameter} (required: {is_required})", section.name);
    }
    let required = section.parameters().filter(|(_, is_required)| *is_required);
    let required: BTreeSet<&str> =
        required.filter_map(|(parameter, _)| parameter.split('.').next()).collect();
    assert_eq!(required.len(), method.arguments.len(), "{name}: {}: every argument is listed", section.name);
}

/// When an operation has several responses, their enum and its variants are on the page.
fn check_variants(name: &str, section: &Section<'_>, code: &Code) {
    let Some(start) = section.text.find("### Response\n\n`") else { return };
    let ty = section.text[start..].split('`').nth(1).expect("a code span ends");
    let Some(variants) = code.parts(ty) else { return };
    let response = &section.text[start..];
    let response = response.split("### Errors").next().unwrap_or(response);
    let documented: BTreeSet<String> = first_column(response).map(str::to_owned).collect();
    assert_eq!(documented, variants, "{name}: {}: {ty}", section.name);
}

fn pages<'f>(files: &'f FileTree, folder: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
    files.iter().filter(move |(path, _)| path.starts_with(folder) && fixtures::is_page(path))
}

/// The pages of models: path, title and text.
fn model_pages(files: &FileTree) -> impl Iterator<Item = (&str, &str, &str)> {
    let pages = pages(files, "docs/models/").chain(pages(files, "docs/errors/"));
    pages.filter(|(path, _)| *path != "docs/errors/error.md").map(|(path, text)| {
        let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
        (path, title.expect("a page starts with its title"), text)
    })
}

/// The part of a page on one operation.
struct Section<'p> {
    name: &'p str,
    text: &'p str,
}

/// The sections of a page: its second-level headings, but for the overview.
fn sections(page: &str) -> impl Iterator<Item = Section<'_>> {
    let (_, operations) = page.split_once("### Available Operations").expect("a page lists its operations");
    operations.split("\n## ").skip(1).map(|section| {
        let (name, text) = section.split_once('\n').expect("a heading ends its line");
        Section { name, text }
    })
}

impl<'p> Section<'p> {
    fn parameters(&self) -> impl Iterator<Item = (&'p str, bool)> {
        let (_, rest) = self.text.split_once("### Parameters").expect("a section has parameters");
        let table = rest.split("###").next().unwrap_or(rest);
        table.lines().filter_map(|line| {
            let name = line.strip_prefix("| `")?.split('`').next()?;
            Some((name, line.contains(":heavy_check_mark:")))
        })
    }
}

/// The code spans in the first column of the tables of a text.
fn first_column(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next())
}

/// What a file of the crate declares.
struct Code {
    /// The methods of each type.
    inherent: BTreeMap<String, BTreeSet<String>>,
    items: Vec<syn::Item>,
}

/// A method that gives a builder.
struct Method {
    arguments: BTreeSet<String>,
    gives: String,
}

fn parse(files: &FileTree, path: &str) -> Code {
    let text = files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is Rust: {error}"));
    let mut inherent: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in file.items.iter().filter_map(as_impl) {
        let names = methods_of(item).map(|method| method.sig.ident.to_string());
        inherent.entry(type_name(&item.self_ty)).or_default().extend(names);
    }
    Code { inherent, items: file.items }
}

/// What all files with models declare.
fn models(files: &FileTree) -> Code {
    let paths = files.iter().map(|(path, _)| path).filter(|path| path.starts_with("src/models/"));
    let items = paths.flat_map(|path| parse(files, path).items).collect();
    Code { inherent: BTreeMap::new(), items }
}

impl Code {
    /// The names of all models, sorted.
    fn model_names(&self) -> Vec<String> {
        let names = self.items.iter().filter_map(|item| match item {
            // A struct that only holds the required fields of another one cannot be compared.
            syn::Item::Struct(item) => derives(&item.attrs, "PartialEq").then(|| item.ident.to_string()),
            syn::Item::Enum(item) => Some(item.ident.to_string()),
            syn::Item::Type(item) => Some(item.ident.to_string()),
            _ => None,
        });
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The methods of a resource that give a builder: those of types of the same file that can be sent.
    fn methods(&self) -> BTreeMap<String, Method> {
        let impls = self.items.iter().filter_map(as_impl);
        let builders: Vec<String> = self.items.iter().filter_map(builder).collect();
        let methods = impls.flat_map(methods_of).filter_map(|method| {
            let syn::ReturnType::Type(_, ty) = &method.sig.output else { return None };
            let gives = type_name(ty);
            // A setter gives its own builder, as `Self`.
            builders.contains(&gives).then(|| {
                let method =
                    (method.sig.ident.to_string(), Method { arguments: arguments(&method.sig), gives });
                (method.0, method.1)
            })
        });
        methods.collect()
    }

    /// The public fields of a struct, or the variants of an enum; none for a type alias.
    fn parts(&self, name: &str) -> Option<BTreeSet<String>> {
        self.items.iter().find_map(|item| match item {
            syn::Item::Struct(item) if item.ident == name => {
                let is_public = |field: &&syn::Field| matches!(field.vis, syn::Visibility::Public(_));
                let fields = item.fields.iter().filter(is_public);
                Some(fields.filter_map(|field| Some(field.ident.as_ref()?.to_string())).collect())
            }
            syn::Item::Enum(item) if item.ident == name => {
                Some(item.variants.iter().map(|variant| variant.ident.to_string()).collect())
            }
            syn::Item::Type(item) if item.ident == name => Some(BTreeSet::new()),
            _ => None,
        })
    }
}

/// The request builder that a call of the runtime's macro is for.
fn builder(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(item) = item else { return None };
    let is_call = item.mac.path.is_ident("request_builder");
    item.mac.tokens.clone().into_iter().next().filter(|_| is_call).map(|name| name.to_string())
}

fn derives(attributes: &[syn::Attribute], name: &str) -> bool {
    let mut derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives.any(|attribute| matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains(name)))
}

fn as_impl(item: &syn::Item) -> Option<&syn::ItemImpl> {
    match item {
        syn::Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    }
}

fn methods_of(item: &syn::ItemImpl) -> impl Iterator<Item = &syn::ImplItemFn> {
    item.items.iter().filter_map(|item| match item {
        syn::ImplItem::Fn(method) if matches!(method.vis, syn::Visibility::Public(_)) => Some(method),
        _ => None,
    })
}

fn arguments(signature: &syn::Signature) -> BTreeSet<String> {
    let names = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(argument) => match &*argument.pat {
            syn::Pat::Ident(name) => Some(name.ident.to_string()),
            _ => None,
        },
        syn::FnArg::Receiver(_) => None,
    });
    names.collect()
}

/// The last part of the path of a type.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => {
            path.path.segments.last().map_or(String::new(), |last| last.ident.to_string())
        }
        _ => String::new(),
    }
}
