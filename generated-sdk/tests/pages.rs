//! The list of files, page by page and item by item.

#![cfg(feature = "files")]

mod support;

use mistral_sdk::{Client, Error, FileUpload};
use support::{FilesApi, Reply, Server, client};

/// An API with `count` files in it.
async fn api_with(count: usize) -> Result<(Server, Client), Error> {
    let server = FilesApi::start().await;
    let client = client(&server);
    for number in 0..count {
        let file = FileUpload::from_bytes(&b"x\n"[..]).with_file_name(format!("{number}.jsonl"));
        client.files().upload(file).send().await?;
    }
    Ok((server, client))
}

/// A page with a file in it.
fn one_file() -> serde_json::Value {
    serde_json::json!({ "object": "list", "data": [{
        "id": "file-1", "object": "file", "bytes": 2, "created_at": 1_716_963_433, "filename": "one",
        "purpose": "batch", "sample_type": "pretrain", "source": "upload",
    }] })
}

/// What the lists asked for, in order.
fn lists(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter().filter(|request| request.method == "GET");
    requests.map(|request| request.query().to_owned()).collect()
}

#[tokio::test]
async fn items_go_over_all_pages_and_end_at_an_empty_one() -> Result<(), Error> {
    let (server, client) = api_with(5).await?;
    let files = client.files().list().page_size(2).items().all().await?;

    let names: Vec<String> = files.into_iter().map(|file| file.filename).collect();
    assert_eq!(names, ["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl", "4.jsonl"]);
    assert_eq!(
        lists(&server),
        ["page_size=2", "page_size=2&page=1", "page_size=2&page=2", "page_size=2&page=3"],
        "the page that comes unasked is number 0"
    );
    Ok(())
}

#[tokio::test]
async fn pages_begin_where_the_caller_says() -> Result<(), Error> {
    let (server, client) = api_with(5).await?;
    let mut pages = client.files().list().page(1).page_size(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page?;
        assert_eq!(page.total, Some(5));
        sizes.push(page.data.len());
    }
    assert_eq!(sizes, [2, 1]);
    assert_eq!(lists(&server), ["page=1&page_size=2", "page=2&page_size=2", "page=3&page_size=2"]);
    Ok(())
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_wanted() -> Result<(), Error> {
    let (server, client) = api_with(4).await?;
    let mut items = client.files().list().page_size(2).items();
    assert_eq!(lists(&server).len(), 0);
    for asked in [1, 1, 2] {
        items.next().await.expect("there are four files")?;
        assert_eq!(lists(&server).len(), asked);
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_cannot_be_had_ends_the_items_and_keeps_those_before_it() {
    let server = Server::start(|request| match request.query() {
        "" => Reply::json(200, &one_file()),
        _ => Reply::json(500, &serde_json::json!({ "message": "no more" })),
    })
    .await;
    let client = client(&server);
    let mut items = client.files().list().items();
    let first = items.next().await.expect("there is a file").expect("it can be read");
    assert_eq!(first.filename, "one");
    let error = items.next().await.expect("the page is missing").expect_err("the server failed");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert!(items.next().await.is_none());
}
