//! Transcriptions: recordings in forms, and texts as a whole or in events.

#![cfg(feature = "audio")]

mod support;

use mistral_sdk::models::{TimestampGranularity, TranscriptionEvent};
use mistral_sdk::{Error, FileUpload};
use serde_json::json;
use support::{Part, Recorded, Reply, Server, client, parts};

const SOUND: &[u8] = b"ID3\x04\0\r\n--\xff\xfb\x90";

fn recording() -> FileUpload {
    FileUpload::from_bytes(SOUND).with_file_name("guided-tour.mp3")
}

fn field(name: &str, value: &str) -> Part {
    Part {
        head: vec![format!("Content-Disposition: form-data; name=\"{name}\"")],
        body: value.as_bytes().to_vec(),
    }
}

fn file() -> Part {
    Part {
        head: vec![
            "Content-Disposition: form-data; name=\"file\"; filename=\"guided-tour.mp3\"".to_owned(),
            "Content-Type: audio/mpeg".to_owned(),
        ],
        body: SOUND.to_vec(),
    }
}

fn check(request: &Recorded, accept: &str, expected: &[Part]) {
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/audio/transcriptions"));
    assert_eq!(request.header("accept"), accept);
    assert_eq!(request.header("content-length"), request.body.len().to_string());
    assert_eq!(parts(request), expected);
}

#[tokio::test]
async fn a_recording_is_a_part_of_a_form() -> Result<(), Error> {
    let reply = json!({
        "model": "voxtral-mini-2507", "text": "Welcome.", "language": "en",
        "segments": [{ "type": "transcription_segment", "text": "Welcome.", "start": 0.4, "end": 2.7 }],
        "usage": { "prompt_audio_seconds": 3, "prompt_tokens": 4, "completion_tokens": 9, "total_tokens": 51 },
    });
    let server = Server::start(move |_| Reply::json(200, &reply)).await;
    let text = client(&server)
        .audio()
        .transcriptions()
        .complete("voxtral-mini-latest")
        .file(recording())
        .language("en")
        .context_bias(["Rembrandt", "Rijksmuseum"])
        .timestamp_granularities([TimestampGranularity::Segment])
        .await?;
    assert_eq!(text.text, "Welcome.");
    let segments = text.segments.expect("there are segments");
    assert_eq!((segments[0].start, segments[0].end), (0.4, 2.7));

    let expected = [
        field("model", "voxtral-mini-latest"),
        field("stream", "false"),
        field("language", "en"),
        field("context_bias", "Rembrandt"),
        field("context_bias", "Rijksmuseum"),
        field("timestamp_granularities", "segment"),
        file(),
    ];
    check(&server.request(), "application/json", &expected);
    Ok(())
}

#[tokio::test]
async fn a_stream_of_text_is_asked_for_in_the_form() -> Result<(), Error> {
    let delta = json!({ "type": "transcription.text.delta", "text": "Welcome." });
    let done = json!({
        "type": "transcription.done", "model": "voxtral-mini-2507", "text": "Welcome.", "language": null,
        "segments": [], "usage": { "prompt_tokens": 4, "completion_tokens": 9, "total_tokens": 51 },
    });
    let body = format!(
        "event: transcription.text.delta\r\ndata: {delta}\r\n\r\nevent: transcription.done\r\ndata: {done}\r\n\r\n"
    );
    let server = Server::start(move |_| Reply::bytes(200, "text/event-stream", body.clone())).await;
    let stream = client(&server).audio().transcriptions().stream("voxtral-mini-latest").file(recording());
    let mut events = stream.await?;

    let first = events.next().await.expect("there is text")?;
    assert!(matches!(&first, TranscriptionEvent::TextDelta(delta) if delta.text == "Welcome."), "{first:?}");
    let last = events.next().await.expect("the text is complete")?;
    assert!(matches!(&last, TranscriptionEvent::Done(done) if done.text == "Welcome."), "{last:?}");
    assert!(events.next().await.is_none());

    let expected = [field("model", "voxtral-mini-latest"), field("stream", "true"), file()];
    check(&server.request(), "text/event-stream", &expected);
    Ok(())
}
