//! Texts that are put together at random.

use super::{assert_harmless, gfm};
use crate::prose::Prose;

#[rustfmt::skip]
const PARTS: [&str; 60] = [
    // What ends a comment, a literal or a line.
    "\"", "\\", "*/", "\"#", "../", "\n\n", " ", "a", "&amp;", "&#10;", "&lt;b>", "&#60;b x=y>",
    // Blocks.
    "```", "~~~", "````rust", "\n===\n", "\n---\n", "\n- ", "\n* ", "\n    ", "\n> ", "\n1. ", "#", "\n# ", "|", "\n|-|-|\n",
    // Marks within a line.
    "`", "``", "*", "**", "_", "__", "~", "[", "](", ")", "![", "]]", "[x]: javascript:x\n", "(javascript:x)",
    // Tags.
    "<", ">", "<b>", "<!--", "-->", "<br>", "<img src=x>", "<b\nx=y>", "` <i> `",
    // What looks like an address.
    "https://a.io/b", "HTTP://a.io", "ftp://a.io", "www.a.io", "www.", "://", "a@b.io", "mailto:a@b.io", "//", ".io", "(",
];

/// Numbers that are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }
}

#[test]
fn no_text_acts() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..2500 {
        let length = random.below(24);
        let text: String = (0..length).map(|_| PARTS[random.below(PARTS.len())]).collect();
        assert_harmless(&text);
        for written in [Prose::new(&text).one_line(), Prose::plain(&text), Prose::code(&text)] {
            gfm::assert_harmless(written.as_str(), &text);
        }
    }
}
