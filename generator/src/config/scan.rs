//! Finds out where every setting stands in the text of `sdk.toml`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Builder, Index, Ruler};

/// Where the values of `text` stand, when it is TOML.
pub(super) fn scan(text: &str, _: &Ruler) -> Index {
    let mut builder = Builder::default();
    if let Ok(table) = DeTable::parse(text) {
        let range = table.span();
        add_table(table.get_ref(), range, &mut builder);
    }
    builder.finish()
}

fn add_table(table: &DeTable<'_>, range: Range<usize>, builder: &mut Builder) {
    builder.start_object(range);
    for (key, value) in table {
        builder.scalar(key.get_ref(), key.span());
        add(value.get_ref(), value.span(), builder);
    }
    builder.end();
}

fn add(value: &DeValue<'_>, range: Range<usize>, builder: &mut Builder) {
    match value {
        DeValue::Table(table) => add_table(table, range, builder),
        DeValue::Array(items) => {
            builder.start_list(range);
            for item in items {
                add(item.get_ref(), item.span(), builder);
            }
            builder.end();
        }
        _ => builder.scalar("", range),
    }
}
