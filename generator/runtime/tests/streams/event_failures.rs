//! Errors that stand in place of an event, and streams that break off.

use sdk_runtime::runtime::{Call, Error};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::events::{all, served};
use crate::operations::{WATCH, client};
use crate::support::{Reply, Server, Step};

#[derive(Debug, Deserialize)]
struct Delta {
    #[allow(dead_code, reason = "it is only there to be required")]
    text: String,
}

#[derive(Debug, Deserialize)]
struct Lenient {
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Job {
    error: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "its members are only there to be read")]
struct Numbered {
    number: u32,
    error: Option<Value>,
}

/// What the only event of a stream with this data comes to.
async fn decoded<T: DeserializeOwned>(data: &str) -> Result<T, Error> {
    let server = served(&format!("data: {data}\n\n")).await;
    let client = client(&server);
    let stream = Call::new(&client, &WATCH).send_events::<T>().await.expect("it begins").into_value();
    all(stream).await.into_iter().next().expect("there is one event")
}

#[tokio::test]
async fn an_error_in_place_of_an_event_is_the_api_s_error() {
    for data in [r#"{"error":{"message":"overloaded"}}"#, r#"{ "error" : "overloaded" }"#] {
        for error in [
            decoded::<Delta>(data).await.expect_err("it has no text"),
            decoded::<Lenient>(data).await.expect_err("it has nothing else"),
            decoded::<Option<Box<Lenient>>>(data).await.expect_err("it has nothing else"),
        ] {
            let Error::Api(api) = &error else { panic!("{data}: {error:?}") };
            assert_eq!((api.message(), api.status().as_u16()), (Some("overloaded"), 200), "{data}");
            assert_eq!(api.raw_body(), data);
        }
    }
    for named in [
        r#"{"object":"error","message":"overloaded","code":50}"#,
        r#"{"type":"error","message":"overloaded"}"#,
    ] {
        let error = decoded::<Delta>(named).await.expect_err("it has no text");
        let Error::Api(api) = &error else { panic!("{named}: {error:?}") };
        assert_eq!(api.message(), Some("overloaded"), "{named}");
    }
    let beside = r#"{"error":"overloaded","error_type":"load"}"#;
    let error = decoded::<Delta>(beside).await.expect_err("it has no text");
    assert!(matches!(error, Error::Api(_)), "{error:?}");
}

#[tokio::test]
async fn an_error_that_belongs_to_an_event_stays_in_it() {
    let whole = r#"{"error":{"code":1}}"#;
    assert_eq!(decoded::<Value>(whole).await.expect("it may be anything"), json!({"error": {"code": 1}}));
    assert_eq!(decoded::<Job>(whole).await.expect("it has it").error, Some(json!({"code": 1})));
    let beside = r#"{"error":{"code":1},"text":"and yet"}"#;
    assert_eq!(decoded::<Lenient>(beside).await.expect("it has text").text.as_deref(), Some("and yet"));
    for nothing in [r#"{"error":null}"#, r#"{"error":""}"#, r#"{"error":false}"#] {
        assert_eq!(decoded::<Lenient>(nothing).await.expect("nothing is wrong").text, None);
        let error = decoded::<Delta>(nothing).await.expect_err("it has no text");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
    }
    // What is of another shape may have an error, too; what is nothing but an error is one.
    let error = decoded::<Numbered>(r#"{"error":{"code":1},"number":"x"}"#).await;
    assert!(matches!(error, Err(Error::Decode(_))), "{error:?}");
    let error = decoded::<Numbered>(whole).await;
    assert!(matches!(error, Err(Error::Api(_))), "{error:?}");
}

#[tokio::test]
async fn a_reset_after_each_byte_of_a_stream_loses_no_event_before_it() {
    const BODY: &str = "data: 1\n\nid: 7\r\ndata: {\"a\":\r\ndata: 2}\r\n\r\ndata: [DONE]\n\n";
    let chunk = format!("{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len());
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    let whole = format!("{head}{chunk}");
    let start = whole.len() - chunk.len() + chunk.find(BODY).expect("it is in there");
    let after = |event: &str| start + BODY.find(event).expect("it is in there") + event.len();
    let ends = [after("data: 1\n\n"), after("data: 2}\r\n\r"), after("[DONE]\n\n")];
    for end in [Step::Close, Step::Reset] {
        let (script, how) = (whole.clone().into_bytes(), end.clone());
        let server = Server::new(move |_, cut| Reply::raw(&script[..cut]).then(how.clone())).await;
        let client = client(&server);
        for cut in 0..whole.len() {
            let once = sdk_runtime::runtime::RetryPolicy::none();
            let mut call = Call::new(&client, &WATCH);
            call.options().retry = Some(Box::new(once));
            let items = match call.send_events::<Value>().await {
                Ok(stream) => all(stream.into_value()).await,
                Err(error) => vec![Err(error)],
            };
            let came = ends.iter().filter(|place| **place <= cut).count();
            let is_whole = items.last().is_none_or(Result::is_ok);
            let values = items.iter().filter(|item| item.is_ok()).count();
            // A reset may overtake what was sent before it; what was closed in order may not.
            let is_reset = matches!(end, Step::Reset);
            assert!(values == came.min(2) || is_reset && values < came.min(2), "after {cut}: {items:?}");
            assert!(is_whole == (came == 3) || is_reset && !is_whole, "after {cut} bytes: {items:?}");
            let is_right = |item: &Result<Value, Error>| matches!(item, Ok(_) | Err(Error::Interrupted(_)));
            assert!(items.iter().all(is_right), "after {cut} bytes: {items:?}");
        }
    }
}
