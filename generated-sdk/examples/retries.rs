//! Settings of one call, and many calls at the same time.

use std::time::Duration;

use mistral_sdk::{Client, RetryPolicy};
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().api_key("key").build()?;
    let models = client
        .models()
        .list()
        .retry(RetryPolicy::default().max_retries(5).deadline(Duration::from_secs(60)))
        .timeout(Duration::from_secs(10))
        .header("x-trace", "42")
        .await?;
    println!("{models:#?}");

    // A request owns its client, so it can be a task.
    let mut tasks = JoinSet::new();
    for id in ["file-1", "file-2"] {
        tasks.spawn(client.files().retrieve(id).send());
    }
    while let Some(file) = tasks.join_next().await {
        println!("{}", file??.filename);
    }
    Ok(())
}
