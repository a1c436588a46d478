//! Prints a reply while it is being made.

use mistral_sdk::Client;
use mistral_sdk::models::{MessageContent, UserMessage};

#[tokio::main]
async fn main() -> Result<(), mistral_sdk::Error> {
    let client = Client::from_env()?;
    let mut chunks = client
        .chat()
        .stream("mistral-small-latest", [UserMessage::new("Tell me about the Night Watch.")])
        .await?;
    while let Some(chunk) = chunks.next().await {
        for choice in chunk?.choices {
            if let Some(MessageContent::Text(text)) = choice.delta.content {
                print!("{text}");
            }
        }
    }
    Ok(())
}
