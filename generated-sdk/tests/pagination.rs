//! Each kind of pages that the API has, apart from that of files, which `pages.rs` is about.

#![cfg(all(feature = "audio", feature = "beta"))]

mod support;

use mistral_sdk::Error;
use serde_json::{Value, json};
use support::{Recorded, Reply, Server, client};

/// The queries of all requests, which were for `path`.
fn queries(server: &Server, path: &str) -> Vec<String> {
    let query = |request: Recorded| {
        assert_eq!((request.method.as_str(), request.path()), ("GET", path));
        request.query().to_owned()
    };
    server.requests().into_iter().map(query).collect()
}

/// A server whose pages are `pages`, chosen by the query.
async fn pages(
    pages: &'static [(&'static str, &'static str)],
    page: impl Fn(&str) -> Value + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| {
        let ids = pages.iter().find(|(query, _)| *query == request.query()).map_or("", |(_, ids)| ids);
        Reply::json(200, &page(ids))
    })
    .await
}

fn each(ids: &str, item: impl Fn(&str) -> Value) -> Value {
    ids.split_whitespace().map(item).collect()
}

fn voice(id: &str) -> Value {
    json!({ "id": id, "name": id, "created_at": "2026-03-02T09:30:00Z", "user_id": null })
}

fn conversation(id: &str) -> Value {
    let time = "2026-03-02T10:00:00Z";
    json!({ "id": id, "created_at": time, "updated_at": time, "model": "mistral-medium-latest" })
}

fn agent(id: &str) -> Value {
    let time = "2026-03-02T10:00:00Z";
    json!({
        "id": id, "model": "mistral-medium-latest", "name": id, "version": 1, "versions": [1],
        "created_at": time, "updated_at": time, "deployment_chat": false, "source": "api",
    })
}

fn library(id: &str) -> Value {
    let time = "2026-03-02T09:00:00Z";
    json!({
        "id": id, "name": id, "created_at": time, "updated_at": time, "owner_id": null,
        "owner_type": "Workspace", "total_size": 0, "nb_documents": 0, "chunk_size": null,
    })
}

fn document(id: &str) -> Value {
    json!({
        "id": id, "library_id": "lib-1", "hash": null, "mime_type": "application/pdf", "extension": "pdf",
        "size": 3, "name": id, "created_at": "2026-03-02T09:00:00Z", "process_status": "done",
        "uploaded_by_id": null, "uploaded_by_type": "User", "processing_status": "Completed",
        "tokens_processing_total": 0,
    })
}

fn pagination(has_more: bool) -> Value {
    json!({ "total_items": 3, "total_pages": 2, "current_page": 0, "page_size": 2, "has_more": has_more })
}

#[tokio::test]
async fn voices_go_on_at_an_offset() -> Result<(), Error> {
    let server = pages(
        &[("limit=2", "a b"), ("limit=2&offset=2", "c")],
        |ids| json!({ "items": each(ids, voice), "total": 3, "page": 1, "page_size": 2, "total_pages": 2 }),
    )
    .await;
    let voices = client(&server).audio().voices().list().limit(2).items().all().await?;
    assert_eq!(voices.iter().map(|voice| voice.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(queries(&server, "/v1/audio/voices"), ["limit=2", "limit=2&offset=2", "limit=2&offset=3"]);
    Ok(())
}

#[tokio::test]
async fn conversations_are_a_list_without_anything_around_it() -> Result<(), Error> {
    let server =
        pages(&[("page_size=2", "a b"), ("page_size=2&page=1", "c")], |ids| each(ids, conversation)).await;
    let conversations = client(&server).beta().conversations().list().page_size(2).items().all().await?;
    assert_eq!(conversations.len(), 3);
    assert_eq!(
        queries(&server, "/v1/conversations"),
        ["page_size=2", "page_size=2&page=1", "page_size=2&page=2"]
    );
    Ok(())
}

#[tokio::test]
async fn agents_go_on_with_a_token() -> Result<(), Error> {
    let server = pages(&[("", "a b"), ("page_token=n%2B1", "c")], |ids| {
        json!({ "data": each(ids, agent), "next_page_token": if ids == "a b" { Some("n+1") } else { None } })
    })
    .await;
    let agents = client(&server).beta().agents().list_pages().items().all().await?;
    assert_eq!(agents.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(queries(&server, "/v1/agents/pages"), ["", "page_token=n%2B1"], "no page follows the last");
    Ok(())
}

#[tokio::test]
async fn libraries_end_where_the_page_says_so() -> Result<(), Error> {
    let server = pages(&[("", "a b"), ("page_token=2", "c")], |ids| {
        json!({ "data": each(ids, library), "pagination": pagination(ids == "a b"), "next_page_token": "2" })
    })
    .await;
    let libraries = client(&server).beta().libraries().list().items().all().await?;
    assert_eq!(libraries.len(), 3);
    assert_eq!(queries(&server, "/v1/libraries"), ["", "page_token=2"]);
    Ok(())
}

#[tokio::test]
async fn documents_end_where_the_page_says_so() -> Result<(), Error> {
    let server = pages(
        &[("page_size=2", "a b"), ("page_size=2&page=1", "c")],
        |ids| json!({ "data": each(ids, document), "pagination": pagination(ids == "a b") }),
    )
    .await;
    let documents = client(&server).beta().libraries().documents();
    let documents = documents.list("lib 1").page_size(2).items().all().await?;
    assert_eq!(documents.len(), 3);
    assert_eq!(queries(&server, "/v1/libraries/lib%201/documents"), ["page_size=2", "page_size=2&page=1"]);
    Ok(())
}
