//! What callers write without thinking about types compiles.

use chrono::{FixedOffset, TimeZone as _, Utc};
use fixture_calls_as_written::models::{AssistantMessage, Document, Kind, Message, Tool, UserMessage};
use fixture_calls_as_written::resources::replies::{CreateReply, RetrieveReply};
use fixture_calls_as_written::{Client, Error, JsonObject, Maybe as _};
use serde_json::json;

async fn replies(client: Client, id: &String, limit: Option<i64>) -> Result<(), Error> {
    let text = "Hello".to_owned();
    let reply = client
        .replies()
        .create("small", [UserMessage::new("Hello")])
        .stop("END")
        .stop(["END", "STOP"])
        .stop(vec!["END".to_owned()])
        .tool_choice("auto")
        .document(Document::url("https://example.com"))
        .document(Document::file("file-1"))
        .tool(Tool::new("find", json!({ "type": "object", "properties": {} })))
        .after(Utc.timestamp_nanos(0))
        .after(FixedOffset::east_opt(3600).expect("an hour").timestamp_nanos(0))
        .suffix(&text)
        .suffix("text")
        .suffix_null()
        .metadata(json!({ "a": 1 }))
        .metadata(JsonObject::from([("a", 1)]))
        .maybe(limit, CreateReply::limit)
        .maybe(Some("END"), CreateReply::stop)
        .await?;
    let _: Option<&serde_json::Value> = reply.details.as_ref().and_then(|details| details.get("a"));

    client.replies().create(&text, [Message::user("Hello"), AssistantMessage::new().with_content("Hi").into()]).await?;
    client.replies().create("small", vec![UserMessage::new(&text).maybe(Some("Ada"), UserMessage::with_name)]).await?;
    client
        .replies()
        .retrieve(id)
        .since(Utc.timestamp_nanos(0))
        .kind([Kind::Short])
        .kind(["short", "a kind of a later version"])
        .maybe(Some(Utc.timestamp_nanos(0)), RetrieveReply::since)
        .await?;
    Ok(())
}

/// A request owns its client: it can be stored, returned and spawned.
fn spawned(client: &Client) -> tokio::task::JoinSet<Result<fixture_calls_as_written::models::Reply, Error>> {
    let mut tasks = tokio::task::JoinSet::new();
    for id in ["a", "b"] {
        tasks.spawn(client.replies().retrieve(id).send());
        tasks.spawn(client.replies().retrieve(id).into_future());
    }
    tasks
}

async fn uploads(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    client.files().upload(std::fs::File::open("a.txt")?).await?;
    client.files().upload(("a.txt", "text")).await?;
    client.files().upload("text").await?;
    Ok(())
}

fn main() {
    let _ = (replies, spawned, uploads);
}
