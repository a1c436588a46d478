//! Event streams and JSON Lines as callers see them.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime::runtime::{
    Call, Download, DownloadReader, DownloadStream, Error, EventEnd, EventRules, EventStream, Items,
    JsonLines, Operation, Pages, Response,
};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::operations::{WATCH, builder, client};
use crate::support::{Reply, Server, Step};

async fn watch(server: &Server) -> EventStream<Value> {
    watch_as(server, &WATCH).await
}

async fn watch_as(server: &Server, operation: &'static Operation) -> EventStream<Value> {
    let client = client(server);
    Call::new(&client, operation).send_events().await.map(Response::into_value).expect("it begins")
}

pub(crate) async fn all<T>(mut stream: EventStream<T>) -> Vec<Result<T, Error>> {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item);
    }
    items
}

pub(crate) async fn served(body: &str) -> Server {
    Server::replying([Reply::new(200, "text/event-stream", body)]).await
}

#[tokio::test]
async fn events_are_values_up_to_the_end_marker() {
    let server =
        served("data: {\"a\":1}\n\n: ping\n\ndata: {\"a\":\ndata: 2}\n\ndata: [DONE]\n\ndata: 3\n\n").await;
    let values: Vec<Value> =
        all(watch(&server).await).await.into_iter().map(|item| item.expect("it is JSON")).collect();
    assert_eq!(values, [json!({"a": 1}), json!({"a": 2})]);
    let request = server.request();
    assert_eq!(request.header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn the_end_marker_is_not_followed_by_a_wait() {
    let stalled = Arc::new(Notify::new());
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let reply = Reply::raw(format!("{head}data: 1\n\ndata: [DONE]\n\n")).then(Step::Stall(stalled));
    let server = Server::replying([reply]).await;
    assert_eq!(all(watch(&server).await).await.len(), 1);
    while server.open_connections() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_connection_is_used_again_after_the_end_marker() {
    let body = "data: 1\n\ndata: [DONE]\n\n";
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    for reply in [Reply::raw(chunked), Reply::new(200, "text/event-stream", body)] {
        let server = Server::replying([reply]).await;
        let client = client(&server);
        for _ in 0..3 {
            let stream =
                Call::new(&client, &WATCH).send_events::<Value>().await.expect("it begins").into_value();
            assert_eq!(all(stream).await.len(), 1);
            // What was read to its end is given back by a task of the HTTP client.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
        }
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn what_does_not_decode_is_an_error_in_its_place() {
    let server = served("data: 1\n\ndata: {oops\n\ndata:\n\ndata: 2\n\n").await;
    let items = all(watch(&server).await).await;
    assert_eq!(items.len(), 3, "an event without anything in it keeps the connection alive, and is none");
    let error = items[1].as_ref().expect_err("it is not JSON");
    let Error::Decode(decode) = error else { panic!("{error:?}") };
    assert_eq!(decode.raw_body(), "{oops");
    assert!(!error.to_string().contains("expected JSON, got"), "{error}");
    assert_eq!(*items[2].as_ref().expect("it is JSON"), json!(2));
}

#[tokio::test]
async fn what_came_before_a_broken_connection_is_not_lost() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let body = "data: 1\n\ndata: 2\n\ndata: 3\n";
    let reply = Reply::raw(format!("{head}{:x}\r\n{body}\r\n", body.len())).then(Step::Close);
    let server = Server::replying([reply]).await;
    let mut stream = watch(&server).await;
    assert_eq!(stream.next().await.expect("it begins").expect("it is JSON"), json!(1));
    assert_eq!(stream.next().await.expect("it goes on").expect("it is JSON"), json!(2));
    let error = stream.next().await.expect("it does not end in silence").expect_err("it broke");
    assert!(matches!(error, Error::Interrupted(_)), "{error:?}");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn the_last_event_of_a_whole_response_needs_no_blank_line() {
    for body in ["data: 1\n\ndata: 2\n", "data: 1\n\ndata: 2", "data: 1\n\ndata: 2\n\n"] {
        let items = all(watch(&served(body).await).await).await;
        assert!(matches!(&items[..], [Ok(_), Ok(last)] if *last == json!(2)), "{body:?}: {items:?}");
    }
    for nothing in ["data: 1\n\n: bye", "data: 1\n\nid: 7\n"] {
        assert_eq!(all(watch(&served(nothing).await).await).await.len(), 1, "{nothing:?}");
    }
}

#[tokio::test]
async fn a_connection_that_closes_within_an_event_is_an_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    for (body, is_whole) in
        [("data: 1\n\n", true), ("data: 1\n\ndata: 23", false), ("data: 1\n\ndata: 2\n", false)]
    {
        let server = Server::replying([Reply::raw(format!("{head}{body}")).then(Step::Close)]).await;
        let items = all(watch(&server).await).await;
        assert!(items[0].is_ok(), "{items:?}");
        let rest: Vec<_> = items[1..].iter().map(|item| matches!(item, Err(Error::Interrupted(_)))).collect();
        assert_eq!(rest, if is_whole { vec![] } else { vec![true] }, "{body:?}: {items:?}");
    }
}

#[tokio::test]
async fn an_event_of_failure_is_the_api_s_error() {
    let server = served("data: 1\n\nevent: error\ndata: {\"message\":\"overloaded\"}\n\ndata: 2\n\n").await;
    let items = all(watch(&server).await).await;
    let error = items[1].as_ref().expect_err("it says so");
    let Error::Api(api) = error else { panic!("{error:?}") };
    assert_eq!(api.message(), Some("overloaded"));
    assert!(error.to_string().contains("overloaded"), "{error}");
    assert_eq!(items.len(), 3, "what comes after it is not lost");
}

#[tokio::test]
async fn an_api_may_have_its_own_marker_and_no_events_of_failure() {
    static OWN: Operation = Operation {
        events: EventRules { end: EventEnd::Optional("END"), errors: &[] },
        ..Operation { id: "own", path: "/own", ..Operation::DEFAULT }
    };
    let server = served("event: error\ndata: 1\n\ndata: [0]\n\ndata: END\n\ndata: 2\n\n").await;
    let values: Vec<Value> =
        all(watch_as(&server, &OWN).await).await.into_iter().map(|item| item.expect("it is JSON")).collect();
    assert_eq!(values, [json!(1), json!([0])]);
}

#[tokio::test]
async fn names_ids_and_times_are_there_for_those_who_ask() {
    let server = served("retry: 250\n\nevent: what.is.this\nid: 7\ndata: 1\n\ndata: 2\nretry: 9\n\n").await;
    let mut events = watch(&server).await.events();
    assert_eq!((events.last_event_id(), events.retry()), (None, None));
    let first = events.next().await.expect("it begins").expect("it is JSON");
    assert_eq!(
        (first.event.as_str(), first.data, first.id.as_deref()),
        ("what.is.this", json!(1), Some("7"))
    );
    assert_eq!((first.retry, events.retry()), (None, Some(Duration::from_millis(250))));
    let second = events.next().await.expect("it goes on").expect("it is JSON");
    assert_eq!((second.event.as_str(), second.id.as_deref()), ("message", Some("7")));
    assert_eq!(second.retry, Some(Duration::from_millis(9)));
    assert_eq!(events.last_event_id().as_deref(), Some("7"));
}

#[tokio::test]
async fn events_can_be_had_as_text() {
    let server = served("data: not json\n\nevent: x\ndata: a\ndata:\n\n").await;
    let events = all(watch(&server).await.untyped()).await;
    let texts: Vec<_> = events.into_iter().map(|event| event.expect("it is text").data).collect();
    assert_eq!(texts, ["not json", "a\n"]);
}

#[tokio::test]
async fn what_is_not_utf_8_is_replaced() {
    let server = Server::replying([Reply::new(200, "text/event-stream", b"data: \"a\xff\"\n\n")]).await;
    let items = all(watch(&server).await).await;
    assert_eq!(*items[0].as_ref().expect("it is JSON"), json!("a\u{fffd}"));
}

#[tokio::test]
async fn an_event_without_end_is_refused() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: ";
    let reply = Reply::raw(head).then(Step::Forever(vec![b'x'; 4096]));
    let server = Server::replying([reply]).await;
    let client = builder(&server).max_response_bytes(100_000).build().expect("it is fine");
    let mut stream = Call::new(&client, &WATCH).send_events::<Value>().await.expect("it begins").into_value();
    let error = stream.next().await.expect("it does not end in silence").expect_err("it is too long");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn dropping_a_stream_closes_the_connection() {
    let stalled = Arc::new(Notify::new());
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n";
    let server = Server::replying([Reply::raw(head).then(Step::Stall(Arc::clone(&stalled)))]).await;
    let mut stream = watch(&server).await;
    stream.next().await.expect("it begins").expect("it is JSON");
    stalled.notified().await;
    drop(stream);
    while server.open_connections() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stream_can_be_sent_to_another_task() {
    fn is_free<T: Send + Unpin + 'static>() {}
    fn is_shared<T: Sync>() {}
    is_free::<(EventStream<Value>, JsonLines<Value>, Pages<Value>, Items<Value>)>();
    is_free::<(Download, DownloadStream, DownloadReader)>();
    is_shared::<(EventStream<Value>, JsonLines<Value>, Download, DownloadStream, DownloadReader)>();
    let server = served("data: 1\n\n").await;
    let stream = watch(&server).await;
    let items = tokio::spawn(all(stream)).await.expect("it does not panic");
    assert_eq!(items.len(), 1);
}

#[tokio::test]
async fn json_lines_need_no_last_line_feed_and_skip_blank_lines() {
    let body = "{\"a\":1}\r\n\n  \n\u{1e}2\noops\n\"x\"";
    let server = Server::replying([Reply::new(200, "application/jsonl", body)]).await;
    let client = client(&server);
    let call = Call::new(&client, &WATCH);
    let mut lines: JsonLines<Value> = call.send_json_lines().await.expect("it begins").into_value();
    assert_eq!(lines.next().await.expect("it begins").expect("it is JSON"), json!({"a": 1}));
    assert_eq!(lines.next().await.expect("it goes on").expect("it is JSON"), json!(2));
    let error = lines.next().await.expect("it goes on").expect_err("it is no JSON");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(lines.next().await.expect("it goes on").expect("it is JSON"), json!("x"));
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_stream_is_told_and_not_taken_for_an_empty_one() {
    for (media_type, body) in [
        ("text/html; charset=utf-8", "<html>Sign in first</html>"),
        ("application/json", r#"{"error":{"message":"no such model"}}"#),
        ("image/png", "data: 1\n\n"),
    ] {
        let server = Server::replying([Reply::new(200, media_type, body)]).await;
        let client = client(&server);
        let kind = media_type.split(';').next().expect("there is a first part");
        let error = Call::new(&client, &WATCH).send_events::<Value>().await.expect_err("it is no stream");
        let Error::Decode(decode) = &error else { panic!("{error:?}") };
        assert_eq!(decode.reason(), format!("expected text/event-stream, got {kind}"));
        assert_eq!((decode.media_type(), decode.raw_body().as_ref()), (Some(kind), body.as_bytes()));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
    let server = Server::replying([Reply::new(200, "text/html", "<html>\n</html>")]).await;
    let client = client(&server);
    let error = Call::new(&client, &WATCH).send_json_lines::<Value>().await.expect_err("it is no stream");
    assert!(error.to_string().contains("expected JSON Lines, got text/html"), "{error}");
}

#[tokio::test]
async fn what_is_no_stream_and_has_no_end_is_read_only_so_far() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n";
    let server = Server::replying([Reply::raw(head).then(Step::Forever(vec![b'x'; 4096]))]).await;
    let client = client(&server);
    let error = Call::new(&client, &WATCH).send_events::<Value>().await.expect_err("it is no stream");
    let Error::Decode(decode) = &error else { panic!("{error:?}") };
    assert!(decode.raw_body().len() < 1024 * 1024, "{}", decode.raw_body().len());
    server.all_closed().await;
}

#[tokio::test]
async fn a_server_that_is_careless_with_media_types_is_put_up_with() {
    for media_type in ["", "text/plain", "TEXT/Event-Stream;charset=utf-8", "application/octet-stream"] {
        let server = Server::replying([Reply::new(200, media_type, "data: 1\n\n")]).await;
        assert_eq!(all(watch(&server).await).await.len(), 1, "{media_type}");
    }
    for media_type in
        ["", "text/plain", "application/json", "application/x-ndjson", "application/stream+json"]
    {
        let server = Server::replying([Reply::new(200, media_type, "1\n")]).await;
        let client = client(&server);
        let lines = Call::new(&client, &WATCH).send_json_lines::<Value>().await;
        let mut lines = lines.expect("it begins").into_value();
        assert_eq!(lines.next().await.expect("it begins").expect("it is JSON"), json!(1), "{media_type}");
    }
}

#[tokio::test]
async fn a_byte_order_mark_before_json_lines_is_none_of_them() {
    let server = Server::replying([Reply::new(200, "application/jsonl", "\u{feff}{\"a\":1}\n2")]).await;
    let client = client(&server);
    let lines = Call::new(&client, &WATCH).send_json_lines::<Value>().await;
    let mut lines = lines.expect("it begins").into_value();
    assert_eq!(lines.next().await.expect("it begins").expect("it is JSON"), json!({"a": 1}));
    assert_eq!(lines.next().await.expect("it goes on").expect("it is JSON"), json!(2));
}

/// Reads a stream of an operation whose events end with the data `END`.
async fn marked(server: &Server) -> Vec<Result<Value, Error>> {
    static MARKED: Operation = Operation {
        events: EventRules { end: EventEnd::Required("END"), errors: &["error"] },
        ..Operation { id: "marked", path: "/marked", ..Operation::DEFAULT }
    };
    all(watch_as(server, &MARKED).await).await
}

#[tokio::test]
async fn a_stream_that_ends_without_its_marker_was_cut_short() {
    for body in ["data: 1\n\ndata: END\n\n", "data: 1\n\ndata: END", "data: 1\n\ndata: END\n\ndata: 2\n\n"] {
        let items = marked(&served(body).await).await;
        assert!(matches!(items[..], [Ok(_)]), "{items:?}");
    }
    for body in ["data: 1\n\n", "data: 1\n\nid: 2"] {
        let items = marked(&served(body).await).await;
        let [Ok(_), Err(error)] = &items[..] else { panic!("{items:?}") };
        let Error::Interrupted(interrupted) = error else { panic!("{error:?}") };
        assert_eq!((interrupted.received(), interrupted.expected()), (body.len() as u64, None));
        assert!(error.to_string().contains(": the stream ended without the event `END`"), "{error}");
    }
}

#[tokio::test]
async fn a_stream_that_broke_or_failed_is_not_told_to_miss_its_marker() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n";
    let items = marked(&Server::replying([Reply::raw(head).then(Step::Close)]).await).await;
    let [Ok(_), Err(error)] = &items[..] else { panic!("{items:?}") };
    assert!(!error.to_string().contains("END"), "{error}");
    for body in ["event: error\ndata: {}\n\n", "event: error\ndata: {}\n\ndata: END\n\n"] {
        let items = marked(&served(body).await).await;
        assert!(matches!(items[..], [Err(Error::Api(_))]), "{items:?}");
    }
}
