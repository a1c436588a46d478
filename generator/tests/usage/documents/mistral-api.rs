//! What callers of the Mistral API write: chat with a tool and as a stream, uploads, lists, retries, and a route that
//! the document lacks.

use std::time::Duration;

use mistral_api_sdk::models::{Function, Tool, UserMessage};
use mistral_api_sdk::{Client, Error, FileUpload, Method, RetryPolicy};
use serde_json::{Value, json};

async fn chat(client: &Client) -> Result<(), Error> {
    let weather = Function::new("get_weather", json!({ "type": "object", "properties": {} }));
    let question = UserMessage::new("How is the weather in Paris?");
    let completion = client
        .chat()
        .completion("mistral-small-latest", [question.clone()])
        .tools([Tool::new(weather)])
        .tool_choice("auto")
        .stop(["END", "STOP"])
        .await?;
    for choice in &completion.choices {
        println!("{:?}", choice.message);
    }

    let mut chunks = client.chat().stream("mistral-small-latest", [question]).await?;
    while let Some(chunk) = chunks.next().await {
        for choice in chunk?.choices {
            print!("{:?}", choice.delta.content);
        }
    }
    Ok(())
}

async fn upload(client: &Client) -> Result<(), Error> {
    let file = FileUpload::from_path("train.jsonl").await?.on_progress(|progress| {
        println!("{} of {:?} bytes", progress.transferred, progress.total);
    });
    let file = client.files().upload(file).purpose("fine-tune").await?;
    println!("{}", file.id);
    Ok(())
}

async fn list(client: &Client) -> Result<(), Error> {
    let agents: Vec<_> = client.beta().agents().list().page_size(100).items().all().await?;
    println!("{} agents", agents.len());
    Ok(())
}

async fn retries(client: &Client) -> Result<(), Error> {
    let policy = RetryPolicy::default().max_retries(5).deadline(Duration::from_secs(120));
    let models = client.models().list().retry(policy).timeout(Duration::from_secs(20)).await?;
    println!("{models:#?}");
    Ok(())
}

async fn other_route(client: &Client) -> Result<Value, Error> {
    client.request(Method::POST, "/v1/new").json(&json!({ "model": "mistral-small-latest" })).send().await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::builder().api_key("key").build()?;
    chat(&client).await?;
    upload(&client).await?;
    list(&client).await?;
    retries(&client).await?;
    other_route(&client).await?;
    Ok(())
}
