//! Asks a question, with a few settings, some of which may not be there.

use mistral_sdk::models::{AssistantMessage, Message, UserMessage};
use mistral_sdk::resources::chat::CompleteChat;
use mistral_sdk::{Client, Maybe as _};

#[tokio::main]
async fn main() -> Result<(), mistral_sdk::Error> {
    let client = Client::from_env()?;
    let seed: Option<i64> = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());

    let reply = client
        .chat()
        .complete("mistral-small-latest", [UserMessage::new("Who painted the Night Watch?")])
        .temperature(0.2)
        .stop("END")
        .stop(["END", "STOP"])
        .maybe(seed, CompleteChat::random_seed)
        .await?;
    println!("{:?}", reply.choices[0].message);

    // Messages of several roles.
    let reply = client
        .chat()
        .complete(
            "mistral-small-latest",
            [
                Message::system("You are a guide in a museum."),
                Message::user("Who painted the Night Watch?"),
                AssistantMessage::new().with_content("Rembrandt van Rijn.").into(),
                Message::user("When?"),
            ],
        )
        .await?;
    println!("{:?}", reply.choices[0].message);
    Ok(())
}
