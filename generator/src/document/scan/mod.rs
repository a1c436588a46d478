//! Finds out where every value of a document stands.
//!
//! This is a second scan of a text that was read before, made only when there are diagnostics for
//! it: the first reader gives no positions. What a scan cannot read is located by what is around it.

mod json;
mod yaml;

pub(super) use yaml::{Halt, check_limits};

use crate::diagnostic::{Builder, Index, Ruler};

/// Where the values of `text` stand, which is JSON or YAML.
pub(super) fn scan(text: &str, ruler: &Ruler) -> Index {
    let mut builder = Builder::default();
    // YAML may start with a brace too, so what only looks like JSON is read again.
    if !text.trim_start().starts_with('{') || json::scan(text, &mut builder).is_none() {
        builder = Builder::default();
        yaml::scan(text, ruler, &mut builder);
    }
    builder.finish()
}
