//! Lists and maps of themselves.

use std::collections::BTreeMap;

use fixture_schema_recursive_lists::models::{Nested, Root, Tree};
use fixture_schema_recursive_lists::{Client, Error};

async fn trees(client: Client) -> Result<(), Error> {
    let leaf = Tree::default();
    let Nested(items) = client.trees().update(BTreeMap::from([("usr".to_owned(), leaf.clone())])).await?;
    let depth = items.first().map_or(0, |Nested(items)| items.len());
    let root: Root = client.roots().create(leaf).nested(vec![Nested(Vec::new()); depth]).await?;
    let names: Vec<&String> = root.tree.0.keys().collect();
    assert!(names.is_empty());
    Ok(())
}

fn main() {
    let _ = trees;
}
