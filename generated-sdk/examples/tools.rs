//! Lets the model call a function.

use mistral_sdk::models::{Function, FunctionTool, Message, ToolMessage};
use mistral_sdk::{Client, Maybe as _, Nullable};
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let find_painting = Function::new(
        "find_painting",
        json!({
            "type": "object",
            "properties": { "title": { "type": "string" } },
            "required": ["title"],
        }),
    )
    .with_description("Finds a painting of the collection by its title.");
    let mut messages = vec![Message::user("In which room is the Night Watch?")];

    let reply = client
        .chat()
        .complete("mistral-small-latest", messages.clone())
        .tools([FunctionTool::new(find_painting)])
        .tool_choice("auto")
        .await?;

    let Some(message) = reply.choices.into_iter().next().and_then(|choice| choice.message) else {
        return Ok(());
    };
    messages.push(message.clone().into());
    let Some(Nullable::Value(calls)) = message.tool_calls else { return Ok(()) };
    for call in calls {
        println!("{}({:?})", call.function.name, call.function.arguments);
        let result = json!({ "room": "Gallery of Honour" });
        let result = ToolMessage::new(result.to_string()).maybe(call.id, ToolMessage::with_tool_call_id);
        messages.push(result.into());
    }
    let reply = client.chat().complete("mistral-small-latest", messages).await?;
    println!("{:?}", reply.choices[0].message);
    Ok(())
}
