//! What callers of the OpenAI API write: chat with a tool and as a stream, uploads, lists, retries, and a route that
//! the document lacks.

use std::time::Duration;

use openai_api_sdk::models::{
    ChatCompletionRequestMessage as Message, ChatCompletionTool, CreateFileRequestPurpose, FunctionObject,
};
use openai_api_sdk::{Client, Error, FileUpload, Method, RetryPolicy};
use serde_json::{Value, json};

async fn chat(client: &Client) -> Result<(), Error> {
    let parameters = json!({ "type": "object", "properties": { "city": { "type": "string" } } });
    let weather = FunctionObject::new("get_weather").with_parameters(parameters);
    let messages = vec![Message::system("Be brief."), Message::user("How is the weather in Paris?")];
    let completion = client
        .chat()
        .completions()
        .create(messages.clone(), "gpt-5.5")
        .tools([ChatCompletionTool::new(weather)])
        .tool_choice("auto")
        .temperature(0.2)
        .await?;
    for choice in &completion.choices {
        println!("{:?}", choice.message.content);
    }

    let mut chunks = client.chat().completions().stream(messages, "gpt-5.5").await?;
    while let Some(chunk) = chunks.next().await {
        for choice in chunk?.choices {
            print!("{:?}", choice.delta.content);
        }
    }
    Ok(())
}

async fn upload(client: &Client) -> Result<(), Error> {
    let file = FileUpload::from_path("batch.jsonl").await?.on_progress(|progress| {
        println!("{} of {:?} bytes", progress.transferred, progress.total);
    });
    let file = client.files().create(file, CreateFileRequestPurpose::Batch).await?;
    println!("{}", file.id);
    Ok(())
}

async fn list(client: &Client) -> Result<(), Error> {
    let files: Vec<_> = client.files().list().purpose("batch").limit(100).items().all().await?;
    println!("{} files", files.len());
    Ok(())
}

async fn retries(client: &Client) -> Result<(), Error> {
    let policy = RetryPolicy::default().max_retries(5).deadline(Duration::from_secs(120));
    let models = client.models().list().retry(policy).timeout(Duration::from_secs(20)).await?;
    println!("{models:#?}");
    Ok(())
}

async fn other_route(client: &Client) -> Result<Value, Error> {
    client.request(Method::POST, "/responses").json(&json!({ "model": "gpt-5.5", "input": "Hello" })).send().await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::builder().api_key_auth("key").build()?;
    chat(&client).await?;
    upload(&client).await?;
    list(&client).await?;
    retries(&client).await?;
    other_route(&client).await?;
    Ok(())
}
