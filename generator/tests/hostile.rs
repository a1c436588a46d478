//! No text of a document leaves its place, whatever it is and wherever it stands.
//!
//! `fixtures/hostile.yaml` is a document with `@` and a word in each place for a text; here each of
//! them becomes a payload.

use std::fmt::Write;

use comrak::nodes::{NodeHtmlBlock, NodeValue};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use sdk_generator::config::Config;
use sdk_generator::diagnostic::{Diagnostics, is_harmful};
use sdk_generator::document::Input;
use sdk_generator::tree::FileTree;
use serde_json::Value;

const DOCUMENT: &str = include_str!("fixtures/hostile.yaml");

/// What would run, show or move something, if it got out of its place.
const PAYLOADS: [&str; 25] = [
    "\"",
    "'",
    "\\",
    "\\\"",
    "\n",
    "\u{2028}",
    "*/",
    "\"#",
    "\"##",
    "`",
    "\n\n```\npanic!(\"MARK\");\n```\n",
    "\n\n```rust\npanic!(\"MARK\");\n```\n",
    "\n~~~\npanic!(\"MARK\");\n~~~\n",
    "\n\n    panic!(\"MARK\");\n\n",
    "]]\n[package]\n",
    "/../../MARK",
    "\0\u{1b}[31m",
    "\u{202e}\u{2066}\u{200b}\u{feff}",
    "<script>MARK</script>",
    "`<script>MARK</script>",
    "[x](javascript:MARK) ![y](data:MARK)",
    "` [`Vec`] [x](javascript:MARK) <img src=MARK> | ``` ``",
    " www.x.test<img src=MARK>",
    " HTTP://x.test<svg onload=MARK>",
    " ftp://x.test/`<svg onload=MARK>`",
];

#[test]
fn each_payload_stays_in_its_place() {
    for payload in PAYLOADS {
        check(payload, &generate(&filled_in(payload)));
    }
}

/// The document with `payload` in each place, between the word that the place has, so that names differ.
fn filled_in(payload: &str) -> String {
    let document: Value = serde_yaml::from_str(DOCUMENT).expect("the fixture is YAML");
    fill_in(&document, payload).to_string()
}

fn fill_in(value: &Value, payload: &str) -> Value {
    match value {
        Value::String(text) if text.starts_with("#/") => {
            let escaped = payload.replace('~', "~0").replace('/', "~1");
            Value::String(fill_in_text(text, &percent_encoded(&escaped)))
        }
        Value::String(text) => Value::String(fill_in_text(text, payload)),
        Value::Array(items) => items.iter().map(|item| fill_in(item, payload)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (fill_in_text(name, payload), fill_in(value, payload)))
            .collect(),
        other => other.clone(),
    }
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        write!(encoded, "%{byte:02X}").expect("writing to text does not fail");
    }
    encoded
}

fn fill_in_text(text: &str, payload: &str) -> String {
    let Some((before, rest)) = text.split_once('@') else { return text.to_owned() };
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    format!("{before}{word}{payload}{word}{}", fill_in_text(rest, payload))
}

/// The files of the crate, with the nearest reading of what a payload makes wrong.
fn generate(document: &str) -> FileTree {
    let package = "[crate]\nname = \"fixture-hostile\"\nversion = \"0.1.0\"\n";
    generate_with(package, document).unwrap_or_else(|diagnostics| {
        let diagnostics = diagnostics.iter().map(|one| format!("{} at {}", one.code, one.location.pointer));
        panic!("it can be generated: {:?}", diagnostics.collect::<Vec<_>>());
    })
}

fn generate_with(settings: &str, document: &str) -> Result<FileTree, Diagnostics> {
    let config = Config::parse("sdk.toml", settings.as_bytes()).expect("the settings are well formed");
    let read = |_: &str| Err("the document is a single file".to_owned());
    let input = Input { name: "hostile.json", bytes: document.as_bytes(), overlays: &[], read: &read };
    Ok(sdk_generator::generate(&input, &config)?.files)
}

fn check(payload: &str, files: &FileTree) {
    for (path, text) in files.iter() {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./".contains(letter);
        let is_inside = path.chars().all(is_plain) && path.split('/').all(|part| !part.starts_with(".."));
        assert!(is_inside, "{payload:?} is part of the path {path}");
        let harmful = text.lines().find(|line| line.contains(is_harmful));
        assert!(harmful.is_none(), "{payload:?} in {path}: {harmful:?}");
        match path.rsplit('.').next() {
            Some("rs") => check_rust(payload, path, text),
            Some("md") => check_markdown(payload, path, text, &["rust", "rust,no_run", "toml", "text"]),
            Some("toml" | "lock") => check_toml(payload, path, text),
            _ => {}
        }
    }
}

/// The manifest is what it would be without the payload, but for the texts in it.
fn check_toml(payload: &str, path: &str, text: &str) {
    let table: toml::Table =
        toml::from_str(text).unwrap_or_else(|error| panic!("{payload:?}: {path}: {error}"));
    let features = table.get("features").and_then(toml::Value::as_table).into_iter().flatten();
    for (name, value) in features {
        let is_valid = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        assert!(name.chars().all(is_valid), "{payload:?}: {path}: {name} = {value}");
    }
}

/// The file is Rust, and nothing of the document is part of it but as text.
fn check_rust(payload: &str, path: &str, text: &str) {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{payload:?}: {path}: {error}"));
    let mut docs = Docs::default();
    syn::visit::Visit::visit_file(&mut docs, &file);
    for doc in docs.0 {
        check_markdown(payload, path, &doc, &["no_run", "text"]);
    }
}

/// Only what is ours is code, and nothing is HTML or a link that runs something.
fn check_markdown(payload: &str, path: &str, text: &str, languages: &[&str]) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut in_example = false;
    for event in Parser::new_ext(text, options) {
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                assert!(languages.contains(&&**language), "{payload:?}: {path}: {language:?}\n{text}");
                in_example = &**language != "text";
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("{payload:?}: {path}: indented code\n{text}");
            }
            Event::Text(code) if in_example => {
                // In an example a text is a literal, so a payload is on one line with its quotation marks.
                let is_code = code.lines().any(|line| line.trim_start().starts_with("panic!"));
                assert!(!is_code, "{payload:?}: {path}: {code}");
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_example = false,
            Event::Html(html) | Event::InlineHtml(html) => panic!("{payload:?}: {path}: {html}\n{text}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let is_web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                let is_safe = is_web || !dest_url.contains(':') || dest_url.contains("::");
                assert!(is_safe, "{payload:?}: {path}: {dest_url}\n{text}");
            }
            _ => {}
        }
    }
    check_as_on_github(payload, path, text);
}

/// On GitHub, what looks like an address is a link, up to the next space and whatever is in it.
fn check_as_on_github(payload: &str, path: &str, text: &str) {
    let mut options = comrak::Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    let arena = comrak::Arena::new();
    for node in comrak::parse_document(&arena, text, &options).descendants() {
        match &node.data().value {
            NodeValue::HtmlBlock(NodeHtmlBlock { literal: html, .. }) | NodeValue::HtmlInline(html) => {
                panic!("{payload:?}: {path}: {html}\n{text}");
            }
            NodeValue::Image(image) => panic!("{payload:?}: {path}: {}\n{text}", image.url),
            NodeValue::Link(link) => {
                let head = link.url.split(['/', '#', '?']).next().unwrap_or_default();
                let is_safe = head.split_once(':').is_none_or(|(scheme, rest)| {
                    matches!(scheme, "http" | "https" | "mailto") || rest.starts_with(':')
                });
                assert!(is_safe, "{payload:?}: {path}: {}\n{text}", link.url);
            }
            _ => {}
        }
    }
}

/// The documentation of the items of a file, as rustdoc puts it together.
#[derive(Default)]
struct Docs(Vec<String>);

impl Docs {
    fn add(&mut self, attributes: &[syn::Attribute]) {
        let lines = attributes.iter().filter_map(|attribute| {
            let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
                return None;
            };
            pair.path.is_ident("doc").then(|| text.value())
        });
        let lines: Vec<String> =
            lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned()).collect();
        self.0.push(lines.join("\n"));
    }
}

impl syn::visit::Visit<'_> for Docs {
    fn visit_file(&mut self, file: &syn::File) {
        // The documentation of the crate ends in an example whose fence depends on features.
        let docs: Vec<syn::Attribute> = file.attrs.clone();
        if !docs.iter().any(|attribute| attribute.path().is_ident("cfg_attr")) {
            self.add(&docs);
        }
        syn::visit::visit_file(self, file);
    }

    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        self.add(&item.attrs);
        syn::visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        self.add(&item.attrs);
        syn::visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &syn::ItemType) {
        self.add(&item.attrs);
    }

    fn visit_variant(&mut self, variant: &syn::Variant) {
        self.add(&variant.attrs);
        syn::visit::visit_variant(self, variant);
    }

    fn visit_field(&mut self, field: &syn::Field) {
        self.add(&field.attrs);
    }

    fn visit_impl_item_fn(&mut self, method: &syn::ImplItemFn) {
        self.add(&method.attrs);
    }
}
