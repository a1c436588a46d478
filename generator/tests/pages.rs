//! The pages are sound: links lead somewhere, tables have their columns, and nothing comes out
//! differently the second time.

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use sdk_generator::tree::FileTree;

#[test]
fn every_link_leads_somewhere() {
    fixtures::for_each(|name, files| {
        let anchors: BTreeMap<&str, BTreeSet<String>> =
            pages(files).map(|(path, text)| (path, anchors(text))).collect();
        for (path, text) in pages(files) {
            for target in links(text) {
                check_link(name, path, &target, files, &anchors);
            }
        }
    });
}

#[test]
fn every_row_of_a_table_has_its_columns() {
    fixtures::for_each(|name, files| {
        for (path, text) in pages(files) {
            let mut columns = None;
            let mut in_fence = false;
            for line in text.lines() {
                in_fence ^= line.trim_start().starts_with("```");
                let is_row = line.starts_with('|') && !in_fence;
                if !is_row {
                    columns = None;
                    continue;
                }
                let here = pipes(line);
                assert_eq!(*columns.get_or_insert(here), here, "{name}: {path}: {line}");
                assert!(line.ends_with(" |"), "{name}: {path}: a row ends in a pipe: {line}");
                let is_padded = line.contains("|  ") || line.contains("  |");
                assert!(!is_padded, "{name}: {path}: tables are not padded: {line}");
            }
        }
    });
}

/// What a description says cannot become a part of the page's own outline, or open what it does not close.
#[test]
fn pages_have_the_outline_of_their_templates() {
    fixtures::for_each(|name, files| {
        for (path, text) in pages(files).filter(|(path, _)| path.starts_with("docs/sdks/")) {
            let outline = headings(text);
            assert_eq!(outline.iter().filter(|(level, _)| *level == HeadingLevel::H1).count(), 1);
            let expected = ["Example Usage", "Parameters", "Response", "Errors"];
            let sections: Vec<&str> = outline
                .iter()
                .filter(|(level, _)| *level == HeadingLevel::H3)
                .map(|(_, heading)| heading.as_str())
                .skip(1)
                .collect();
            for section in sections.chunks(expected.len()) {
                assert_eq!(section, expected, "{name}: {path}");
            }
        }
    });
}

/// Only our own examples are Rust: those of descriptions would be compiled with them.
#[test]
fn only_examples_of_ours_are_compiled() {
    fixtures::for_each(|name, files| {
        for (path, text) in pages(files) {
            for (event, _) in Parser::new_ext(text, options()).into_offset_iter() {
                let Event::Start(Tag::CodeBlock(kind)) = event else { continue };
                let pulldown_cmark::CodeBlockKind::Fenced(language) = kind else {
                    panic!("{name}: {path}: indented code is a doctest");
                };
                let known = ["rust", "rust,no_run", "toml", "text"].contains(&&*language);
                assert!(known, "{name}: {path}: {language:?} is no language of ours");
            }
        }
    });
}

/// The template has the numbers that the runtime has as constants.
#[test]
fn the_page_about_retries_has_the_defaults_of_the_runtime() {
    let page = include_str!("../templates/docs/call_options.md.jinja");
    let policy = include_str!("../runtime/src/request/retry_policy.rs");
    let defaults = [
        (policy, "max_retries: 2,", "retried up to twice"),
        (policy, "first_backoff: Duration::from_millis(500),", "starts at 0.5 s"),
        (policy, "max_backoff: Duration::from_secs(8),", "doubles up to 8 s"),
        (policy, "backoff_factor: 2.0,", "doubles up to"),
        (policy, "max_retry_after: Duration::from_secs(60),", "more than 60 s"),
        (
            include_str!("../runtime/src/error/retryable.rs"),
            "RETRYABLE_STATUSES: [u16; 6] = [408, 429, 500, 502, 503, 504]",
            "the statuses 408, 429, 500, 502, 503 and 504",
        ),
        (include_str!("../runtime/src/send/retry.rs"), "RETRIES: u32 = 100;", "share 100 retries"),
    ];
    for (source, constant, sentence) in defaults {
        assert!(source.contains(constant), "`{constant}` changed, and so does the page: {sentence}");
        assert!(page.contains(sentence), "the page says `{sentence}`");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    fixtures::for_each(|name, files| {
        assert!(fixtures::generate(name) == *files, "{name} comes out differently the second time");
    });
}

fn pages(files: &FileTree) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter(|(path, _)| fixtures::is_page(path))
}

fn check_link(
    name: &str,
    page: &str,
    target: &str,
    files: &FileTree,
    anchors: &BTreeMap<&str, BTreeSet<String>>,
) {
    if target.starts_with("https://") || target.starts_with("http://") {
        return;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = if path.is_empty() { page.to_owned() } else { resolve(page, path) };
    assert!(files.get(&path).is_some(), "{name}: {page} links to {target}, and there is no {path}");
    if let Some(anchor) = anchor {
        assert!(anchors[path.as_str()].contains(anchor), "{name}: {page} links to {target}: no such heading");
    }
}

/// The file that a relative link on a page leads to.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page} links out of the crate: {link}"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn links(text: &str) -> Vec<String> {
    let events = Parser::new_ext(text, options());
    let targets = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    targets.collect()
}

/// The anchors that the usual forges give to the headings of a page.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let slug = |heading: &str| -> String {
        let kept = heading.to_lowercase();
        let kept = kept.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
    };
    let anchor = |(_, heading): (HeadingLevel, String)| {
        let slug = slug(&heading);
        let count = counts.entry(slug.clone()).or_default();
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    };
    headings(text).into_iter().map(anchor).collect()
}

fn headings(text: &str) -> Vec<(HeadingLevel, String)> {
    let mut found = Vec::new();
    let mut open: Option<(HeadingLevel, String)> = None;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => open = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => found.extend(open.take()),
            Event::Text(text) | Event::Code(text) => push(&mut open, &text),
            _ => {}
        }
    }
    found
}

fn push(open: &mut Option<(HeadingLevel, String)>, text: &CowStr<'_>) {
    if let Some((_, heading)) = open {
        heading.push_str(text);
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// The pipes of a row that are not marked as text.
fn pipes(line: &str) -> usize {
    let mut count = 0;
    let mut is_escaped = false;
    for letter in line.chars() {
        if letter == '|' && !is_escaped {
            count += 1;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    count
}
