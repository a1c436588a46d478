//! How GitHub reads a text: what looks like an address is a link there, up to the next space.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

use crate::prose::Prose;

/// That nothing in `written` is HTML, an image, or a link that runs something.
pub(super) fn assert_harmless(written: &str, text: &str) {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    let arena = Arena::new();
    for node in parse_document(&arena, written, &options).descendants() {
        let node = node.data();
        let is_harmless = match &node.value {
            NodeValue::HtmlBlock(_)
            | NodeValue::HtmlInline(_)
            | NodeValue::Image(_)
            | NodeValue::Heading(_)
            | NodeValue::TaskItem(_)
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::FootnoteReference(_) => false,
            NodeValue::CodeBlock(block) => block.fenced && block.info == "text",
            NodeValue::Link(link) => is_allowed(&link.url),
            _ => true,
        };
        assert!(is_harmless, "{:?} in {written:?} from {text:?}", node.value);
    }
}

/// Mail addresses are links wherever they stand as text, with the word before them if it ends like this.
fn is_allowed(target: &str) -> bool {
    let head = target.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else { return true };
    matches!(scheme, "http" | "https") || scheme.ends_with("mailto") || scheme.ends_with("xmpp")
}

fn check(text: &str, expected: &str) {
    assert_eq!(Prose::new(text).as_str(), expected, "from {text:?}");
    super::assert_harmless(text);
}

#[test]
fn tags_after_addresses_are_none() {
    for address in [
        "www.x.test",
        "WWW.x.test",
        "http://x.test",
        "HTTP://x.test",
        "ftp://x.test/",
        "a@x.test",
        "mailto:a@x.test",
    ] {
        for tag in [
            "<img src=x>",
            "<svg onload=x>",
            "/a<b x=y>",
            "(<b x=y>",
            "*<b x=y>*",
            "`a <b x=y> c`",
            "`` a <b x=y> ``",
            "[a <b x=y>](https://a.io)",
        ] {
            super::assert_harmless(&format!("{address}{tag}"));
            super::assert_harmless(&format!("({address}{tag})"));
            super::assert_harmless(&format!("[see {address}{tag}](https://a.io)"));
            super::assert_harmless(&format!("| a |\n|-|\n| {address}{tag} |"));
            let plain = Prose::plain(&format!("{address}{tag}"));
            assert_harmless(plain.as_str(), tag);
        }
    }
}

#[test]
fn addresses_without_a_scheme_of_the_web_are_no_links() {
    check("See www.x.test/a.", "See www\\.x.test/a.");
    check("See ftp://x.test.", "See ftp\\://x.test.");
    check("awww. how www.", "awww. how www.");
    check("[ftp://a.io](https://a.io)", "[ftp\\://a.io](https://a.io)");
}
