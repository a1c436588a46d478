//! Chats: what is sent, byte for byte, and replies as a whole, as a stream, and with calls of functions.

#![cfg(feature = "chat")]

mod support;

use std::collections::BTreeMap;

use mistral_sdk::Error;
use mistral_sdk::models::{
    AssistantMessage, FinishReason, Function, FunctionArguments, FunctionTool, Message, MessageContent,
    ToolChoiceMode, ToolMessage, UserMessage,
};
use serde_json::{Value, json};
use support::{Reply, Server, client};

/// A completion with this message.
fn completion(message: &Value, finish_reason: &str) -> Reply {
    Reply::json(
        200,
        &json!({
            "id": "cmpl-1", "object": "chat.completion", "model": "mistral-small-latest", "created": 1_759_496_862,
            "usage": { "prompt_tokens": 13, "completion_tokens": 17, "total_tokens": 30 },
            "choices": [{ "index": 0, "message": message, "finish_reason": finish_reason }],
        }),
    )
}

/// An event with a chunk that adds `content`.
fn chunk(content: &str, finish_reason: &Value) -> String {
    let chunk = json!({
        "id": "cmpl-1", "object": "chat.completion.chunk", "model": "mistral-small-latest",
        "choices": [{ "index": 0, "delta": { "content": content }, "finish_reason": finish_reason }],
    });
    format!("data: {chunk}\n\n")
}

fn text(content: Option<&MessageContent>) -> &str {
    match content {
        Some(MessageContent::Text(text)) => text,
        other => panic!("there is text: {other:?}"),
    }
}

#[tokio::test]
async fn a_question_is_sent_and_its_reply_is_read() -> Result<(), Error> {
    let message = json!({ "role": "assistant", "content": "Rembrandt van Rijn." });
    let server = Server::start(move |_| completion(&message, "stop")).await;
    let reply = client(&server)
        .chat()
        .complete("mistral-small-latest", [UserMessage::new("Who painted the Night Watch?")])
        .temperature(0.2)
        .max_tokens(256)
        .await?;

    let choice = &reply.choices[0];
    let content = choice.message.as_ref().and_then(|message| message.content.as_ref());
    assert_eq!(text(content.and_then(|content| content.as_ref().value())), "Rembrandt van Rijn.");
    assert_eq!(choice.finish_reason, FinishReason::Stop);
    assert_eq!(reply.usage.total_tokens, 30);

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/chat/completions"));
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(
        request.body,
        concat!(
            r#"{"model":"mistral-small-latest","#,
            r#""messages":[{"role":"user","content":"Who painted the Night Watch?"}],"#,
            r#""stream":false,"temperature":0.2,"max_tokens":256}"#
        )
    );
    Ok(())
}

#[tokio::test]
async fn a_stream_is_asked_for_and_ends_at_its_marker() -> Result<(), Error> {
    let events =
        [chunk("Rembrandt", &Value::Null), chunk(" van Rijn.", &json!("stop")), "data: [DONE]\n\n".into()];
    // What follows the marker is not read.
    let body = format!("{}data: not JSON\n\n", events.concat());
    let server = Server::start(move |_| Reply::bytes(200, "text/event-stream", body.clone())).await;
    let question = UserMessage::new("Who painted the Night Watch?");
    let mut chunks = client(&server).chat().stream("mistral-small-latest", [question]).await?;

    let mut said = String::new();
    let mut finish_reason = None;
    while let Some(chunk) = chunks.next().await {
        for choice in chunk?.choices {
            said.push_str(text(choice.delta.content.as_ref()));
            finish_reason = choice.finish_reason.or(finish_reason);
        }
    }
    assert_eq!((said.as_str(), finish_reason), ("Rembrandt van Rijn.", Some(FinishReason::Stop)));

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/chat/completions"));
    assert_eq!(request.header("accept"), "text/event-stream");
    assert_eq!(
        request.body,
        concat!(
            r#"{"model":"mistral-small-latest","#,
            r#""messages":[{"role":"user","content":"Who painted the Night Watch?"}],"stream":true}"#
        )
    );
    Ok(())
}

#[tokio::test]
async fn a_stream_without_its_marker_was_cut_short() -> Result<(), Error> {
    let body = chunk("Rembrandt", &Value::Null);
    let server = Server::start(move |_| Reply::bytes(200, "text/event-stream", body.clone())).await;
    let question = UserMessage::new("Who painted the Night Watch?");
    let mut chunks = client(&server).chat().stream("mistral-small-latest", [question]).await?;
    chunks.next().await.expect("there is a chunk")?;
    let error = chunks.next().await.expect("the marker is missing").expect_err("the stream was cut short");
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
    assert!(chunks.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn a_function_is_called_and_its_result_sent_back() -> Result<(), Error> {
    const CALL: &str = concat!(
        r#"{"role":"assistant","content":"","tool_calls":[{"id":"D681PevKs","type":"function","function":"#,
        r#"{"name":"find_painting","arguments":"{\"title\": \"The Night Watch\"}"},"index":0}]}"#
    );
    let server = Server::start(|request| {
        let is_first = !request.body.windows(6).any(|bytes| bytes == b"\"tool\"");
        let message = if is_first { CALL } else { r#"{"role":"assistant","content":"In 1642."}"# };
        let message = serde_json::from_str(message).expect("it is JSON");
        completion(&message, if is_first { "tool_calls" } else { "stop" })
    })
    .await;
    let client = client(&server);
    let parameters = BTreeMap::from([
        ("properties".to_owned(), json!({ "title": { "type": "string" } })),
        ("type".to_owned(), json!("object")),
    ]);
    let tool = FunctionTool::new(Function::new("find_painting", parameters));
    let question = UserMessage::new("When was the Night Watch finished?");

    let chat = client.chat().complete("mistral-small-latest", [question.clone()]);
    let reply = chat.tools([tool]).tool_choice(ToolChoiceMode::Auto).await?;
    assert_eq!(reply.choices[0].finish_reason, FinishReason::ToolCalls);
    let message: AssistantMessage = reply.choices[0].message.clone().expect("there is a message");
    let calls =
        message.tool_calls.as_ref().and_then(|calls| calls.as_ref().value()).expect("there is a call");
    assert_eq!(calls[0].function.name, "find_painting");
    let FunctionArguments::Text(arguments) = &calls[0].function.arguments else { panic!("they are text") };
    assert_eq!(arguments, r#"{"title": "The Night Watch"}"#);

    let id = calls[0].id.clone().expect("calls have identifiers");
    let result = ToolMessage::new(r#"{"year": 1642}"#).with_tool_call_id(id).with_name("find_painting");
    let messages = [Message::from(question), message.into(), result.into()];
    let reply = client.chat().complete("mistral-small-latest", messages).await?;
    let content = reply.choices[0].message.as_ref().and_then(|message| message.content.as_ref());
    assert_eq!(text(content.and_then(|content| content.as_ref().value())), "In 1642.");

    let sent: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(
        sent[0],
        concat!(
            r#"{"model":"mistral-small-latest","#,
            r#""messages":[{"role":"user","content":"When was the Night Watch finished?"}],"stream":false,"#,
            r#""tools":[{"type":"function","function":{"name":"find_painting","#,
            r#""parameters":{"properties":{"title":{"type":"string"}},"type":"object"}}}],"#,
            r#""tool_choice":"auto"}"#
        )
    );
    let result =
        r#"{"role":"tool","content":"{\"year\": 1642}","tool_call_id":"D681PevKs","name":"find_painting"}"#;
    let question = r#"{"role":"user","content":"When was the Night Watch finished?"}"#;
    assert_eq!(
        sent[1],
        format!(
            r#"{{"model":"mistral-small-latest","messages":[{question},{CALL},{result}],"stream":false}}"#
        )
    );
    Ok(())
}
