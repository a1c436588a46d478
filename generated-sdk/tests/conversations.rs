//! Conversations: replies in events, which are told apart by their type.

#![cfg(feature = "beta")]

mod support;

use mistral_sdk::Error;
use mistral_sdk::models::{ConversationEvent, OutputDelta};
use serde_json::json;
use support::{Reply, Server, client};

const EVENTS: &str = r#"event: conversation.response.started
data: {"type":"conversation.response.started","created_at":"2026-03-02T10:00:00Z","conversation_id":"conv_1"}

event: message.output.delta
data: {"type":"message.output.delta","created_at":"2026-03-02T10:00:01Z","output_index":0,"id":"msg_1",
data: "content_index":0,"model":"mistral-medium-latest","role":"assistant","content":"Rembrandt"}

event: citation.added
data: {"type":"citation.added","url":"https://example.com"}

event: conversation.response.done
data: {"type":"conversation.response.done","created_at":"2026-03-02T10:00:02Z",
data: "usage":{"prompt_tokens":28,"completion_tokens":17,"total_tokens":45}}

"#;

#[tokio::test]
async fn each_event_has_the_type_that_it_names() -> Result<(), Error> {
    let server = Server::start(|_| Reply::bytes(200, "text/event-stream", EVENTS)).await;
    let conversations = client(&server).beta().conversations();
    let mut events = conversations
        .start_stream("Who painted the Night Watch?")
        .model("mistral-medium-latest")
        .store(true)
        .await?;

    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event? {
            ConversationEvent::ResponseStarted(started) => started.conversation_id,
            ConversationEvent::MessageOutputDelta(message) => match message.content {
                OutputDelta::Text(text) => text,
                other => panic!("it is text: {other:?}"),
            },
            ConversationEvent::ResponseDone(done) => format!("{:?} tokens", done.usage.total_tokens),
            ConversationEvent::Unknown(event) => {
                assert_eq!(event, json!({ "type": "citation.added", "url": "https://example.com" }));
                "unknown".to_owned()
            }
            other => panic!("it was not sent: {other:?}"),
        });
    }
    assert_eq!(seen, ["conv_1", "Rembrandt", "unknown", "Some(45) tokens"]);

    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/conversations"));
    assert_eq!(request.header("accept"), "text/event-stream");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(
        request.body,
        concat!(
            r#"{"inputs":"Who painted the Night Watch?","stream":true,"#,
            r#""model":"mistral-medium-latest","store":true}"#
        )
    );
    Ok(())
}

#[tokio::test]
async fn the_two_forms_of_a_request_have_the_same_path() -> Result<(), Error> {
    let server = Server::start(|request| match request.header("accept") {
        "text/event-stream" => Reply::bytes(200, "text/event-stream", EVENTS),
        _ => Reply::json(
            200,
            &json!({
                "object": "conversation.response", "conversation_id": "conv_1", "outputs": [],
                "usage": { "prompt_tokens": 28, "completion_tokens": 17, "total_tokens": 45 },
            }),
        ),
    })
    .await;
    let conversations = client(&server).beta().conversations();
    let reply = conversations.append("conv_1").inputs("And when?").await?;
    assert_eq!(reply.conversation_id, "conv_1");
    let mut events = conversations.append_stream("conv_1").inputs("And when?").await?;
    let first = events.next().await.expect("there are events")?;
    assert!(matches!(first, ConversationEvent::ResponseStarted(_)), "{first:?}");

    let requests = server.requests();
    for (request, stream) in requests.iter().zip([false, true]) {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/conversations/conv_1"));
        assert_eq!(request.body, format!(r#"{{"stream":{stream},"inputs":"And when?"}}"#));
    }
    assert_eq!(requests.len(), 2);
    Ok(())
}
