//! Names in the letters of the document.

use fixture_names_beyond_ascii::models::{価格, 商品};
use fixture_names_beyond_ascii::{Client, Error};

async fn rename(client: Client) -> Result<(), Error> {
    let 商品 { 名前, .. } = client.商品().get("1").言語("日本語").await?;
    client.商品().update("1", 名前, 価格::new(100)).naive("yes").await?;
    Ok(())
}

fn main() {
    let _ = rename;
}
