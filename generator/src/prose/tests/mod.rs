//! What becomes of texts, and what can be found in any of them.

mod gfm;
mod random;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TextMergeStream};

use super::Prose;

fn check(text: &str, expected: &str) {
    assert_eq!(Prose::new(text).as_str(), expected, "from {text:?}");
    assert_harmless(text);
}

/// What must hold for any text at all.
fn assert_harmless(text: &str) {
    assert_clean(text);
    let prose = Prose::new(text);
    for written in [&prose, &prose.first_sentence()] {
        gfm::assert_harmless(written.as_str(), text);
    }
}

fn assert_clean(text: &str) {
    let prose = Prose::new(text);
    let again = Prose::new(prose.as_str());
    assert_eq!(prose, again, "not stable, from {text:?}");
    let cell = prose.one_line().to_string();
    assert_eq!(cells(&cell), 2, "{cell:?} from {text:?}");
    for written in [prose.as_str(), prose.first_sentence().as_str()] {
        // A broken link is what rustdoc would take for the name of an item.
        let mut broken = Vec::new();
        let mut note = |link: pulldown_cmark::BrokenLink<'_>| {
            broken.push(link.reference.to_string());
            None
        };
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_with_broken_link_callback(written, options, Some(&mut note)) {
            assert!(is_harmless(&event), "{event:?} in {written:?} from {text:?}");
        }
        assert!(broken.is_empty(), "{broken:?} in {written:?} from {text:?}");
        let is_bad = |character: char| character != '\n' && crate::diagnostic::is_harmful(character);
        assert!(!written.contains(is_bad), "{written:?}");
    }
}

/// How many cells the last row of a table has, with `cell` in it beside another.
fn cells(cell: &str) -> usize {
    let table = format!("| a | b |\n| --- | --- |\n| {cell} | last |");
    let mut count = 0;
    let mut is_last = false;
    for event in TextMergeStream::new(Parser::new_ext(&table, Options::ENABLE_TABLES)) {
        match event {
            Event::Start(Tag::TableRow) => count = 0,
            Event::Start(Tag::TableCell) => count += 1,
            Event::Text(text) => is_last = text.as_ref() == "last",
            _ => {}
        }
    }
    if is_last { count } else { 0 }
}

fn is_harmless(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => language.as_ref() == "text",
        Event::Start(Tag::Link { dest_url, .. }) => {
            let is_web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            is_web || dest_url.starts_with(['/', '.', '#', '?'])
        }
        Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {
            false
        }
        Event::Start(tag) => !matches!(
            tag,
            Tag::CodeBlock(CodeBlockKind::Indented)
                | Tag::Heading { .. }
                | Tag::Image { .. }
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
        ),
        _ => true,
    }
}

#[test]
fn plain_text_stays_as_it_is() {
    check(
        "Lists the files of your organization, newest first.",
        "Lists the files of your organization, newest first.",
    );
    check("  The `file_id` of a file_id, 2 * 3, a < b.\n", "The `file_id` of a file_id, 2 * 3, a < b.");
}

#[test]
fn code_blocks_become_fences_of_text() {
    check("```rust\nfn main() {}\n```", "```text\nfn main() {}\n```");
    check("~~~json\n{}\n~~~", "```text\n{}\n```");
    check("A.\n\n    let x = 1;\n", "A.\n\n```text\nlet x = 1;\n```");
    check("````\n```\ncode\n```\n````", "````text\n```\ncode\n```\n````");
    check("```\nnever closed", "```text\nnever closed\n```");
    check("- item\n\n      let x = 1;\n", "- item\n\n  ```text\n  let x = 1;\n  ```");
    check("> ```rust\n> panic!()\n> ```", "> ```text\n> panic!()\n> ```");
}

#[test]
fn html_is_shaped_or_shown() {
    check("a<br/>b", "a\\\nb");
    check("<p>Creates a <code>File</code>.</p><p>Twice.</p>", "Creates a `File`.\n\nTwice.");
    check("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>");
    check("Use <id> &lt;b&gt; <!-- hidden -->here", "Use &lt;id> &lt;b> here");
    check("<ul><li>one</li><li>two</li></ul>", "- one\n- two");
}

#[test]
fn links_keep_harmless_targets_only() {
    check("[a](https://example.com/a_b)", "[a](https://example.com/a_b)");
    check("[a](javascript:alert(1))", "a");
    check("[a](java&#10;script:alert%281%29)", "a");
    check("[a](&#106;avascript:x)", "a");
    check("[a](data:text/html,x) [b](file:///etc/passwd) [c](mailto:a@b.c)", "a b c");
    check("[a][1]\n\n[1]: JavaScript:x", "a");
    check("[a][1]\n\n[1]: https://example.com 'title'", "[a](https://example.com)");
    check("<javascript:alert(1)>", "javascript:alert(1)");
    check("[a](guide) [b](/guide) [c](#top)", "[a](./guide) [b](/guide) [c](#top)");
    check("![alt](https://example.com/a.png) ![b](data:x)", "[alt](https://example.com/a.png) b");
    check("[![alt](https://a.io/b.svg)](https://c.io)", "[alt](https://c.io)");
}

#[test]
fn bare_addresses_become_links() {
    check("See https://example.com/a_b_c.", "See <https://example.com/a_b_c>.");
    check("(https://en.wikipedia.org/wiki/A_(b))", "(<https://en.wikipedia.org/wiki/A_%28b%29>)");
    check("HTTPS://Example.com", "<https://Example.com>");
    check("[a](HTTPS://a.io)", "[a](https://a.io)");
    check("https://{region}.example.com/v1", "`https://{region}.example.com/v1`");
    check("[https://a.io](https://a.io)", "<https://a.io>");
}

#[test]
fn brackets_are_no_links_to_items() {
    check("[Foo] [x][y] [`text`] array[string]", "\\[Foo\\] \\[x\\]\\[y\\] \\[`text`\\] array\\[string\\]");
    check("- [x] done", "- \\[x\\] done");
    check("note[^1]\n\n[^1]: foot", "note\\[1\\]\n\n> foot");
}

#[test]
fn headings_become_bold() {
    check("# Title #\ntext", "**Title**\n\ntext");
    check("Title\n=====\n\nSub\n---\ntext", "**Title**\n\n**Sub**\n\ntext");
    check("## *a* `b` **c**", "***a* `b` c**");
    check("#hash and\n\\# hash", "\\#hash and\n\\# hash");
}

#[test]
fn what_starts_a_line_starts_no_block() {
    check("a\n\\- b\n\\+ c\n1986\\. d\n\\> e\n\\=== f", "a\n\\- b\n\\+ c\n1986\\. d\n\\> e\n\\=== f");
    check("&#45; x", "\\- x");
    check("-5 degrees", "-5 degrees");
}

#[test]
fn lists_and_tables_stay_readable() {
    check("* a\n    * b\n* c", "- a\n  - b\n- c");
    check("3. a\n4. b", "3. a\n4. b");
    check("* a\n\n* b", "- a\n\n- b");
    check("a|b\n-|:-:\n`x\\|y`|2", "| a | b |\n| --- | :-: |\n| `x\\|y` | 2 |");
    check("***\n- - -", "***\n\n***");
}

#[test]
fn text_that_is_indented_as_a_whole_is_no_code() {
    check("\n    Converts text.\n\n        code\n    More.", "Converts text.\n\n```text\ncode\n```\n\nMore.");
}

#[test]
fn long_texts_of_one_mark_take_no_longer() {
    // A walk over all of the text at each mark would keep this busy for hours.
    for part in ["[", "![", "<", "<!--", "*", "_a", "`a", "> ", "- ", "http://", "[a](", "|", "\\", "!", ". "]
    {
        assert_clean(&part.repeat(20_000 / part.len()));
    }
}

#[test]
fn controls_and_marks_of_direction_go() {
    check("a\u{202e}b\0c\u{7}\u{feff}", "abc");
    check("a\u{2028}b\u{85}c\r\nd\re", "a\nb\nc\nd\ne");
    check("a&#x202e;b&#x2028;c&#0;", "ab c\u{fffd}");
}

#[test]
fn a_cell_is_one_line_without_bars() {
    let cell = |text: &str| Prose::new(text).one_line().to_string();
    assert_eq!(cell("a | b\n\n`c | d`\n\n- e\n- f"), "a \\| b `c \\| d` e; f");
    assert_eq!(cell("a\\\nb\n\n```\nx | y\n```"), "a b `x \\| y`");
    assert_eq!(cell("a|b\n-|-\n1|2"), "a, b; 1, 2");
}

#[test]
fn the_first_sentence_ends_where_it_ends() {
    let first = |text: &str| Prose::new(text).first_sentence().to_string();
    assert_eq!(first("Lists files, e.g. yours. Then more."), "Lists files, e.g. yours.");
    assert_eq!(
        first("See `a. B` and\nv1.2 of [x. Y](https://a.io). More"),
        "See `a. B` and v1.2 of [x. Y](https://a.io)."
    );
    assert_eq!(first("No end\n\nMore."), "No end");
    assert_eq!(first("- a list. Of two."), "");
    assert_eq!(first(""), "");
}
