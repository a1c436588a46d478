//! How fast responses become values, beside `serde_json` alone and `eventsource-stream`.

mod support;

use std::convert::Infallible;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use criterion::{Criterion, Throughput};
use eventsource_stream::Eventsource as _;
use futures_core::Stream;
use sdk_runtime::runtime::send::RawResponse;
use serde::{Deserialize, Serialize};
use support::compare::{compare, timed};

/// How much of a stream the connection hands over at a time.
const PIECE: usize = 16 * 1024;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    events(&mut criterion, "events of 0.2 KiB", 40);
    events(&mut criterion, "events of 2 KiB", 2000);
    list(&mut criterion);
    criterion.final_summary();
}

/// A piece of a response, as chat APIs stream it.
#[derive(Deserialize, Serialize)]
struct Chunk {
    id: String,
    object: String,
    created: i64,
    model: String,
    choices: Vec<Choice>,
}

#[derive(Deserialize, Serialize)]
struct Choice {
    index: i64,
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Delta {
    role: Option<String>,
    content: String,
}

impl Chunk {
    fn new(content: &str) -> Self {
        let delta = Delta { role: None, content: content.to_owned() };
        Self {
            id: "cmpl-e5cc70bb28c444948073e77776eb30ef".to_owned(),
            object: "chat.completion.chunk".to_owned(),
            created: 1_702_256_327,
            model: "mistral-small-latest".to_owned(),
            choices: vec![Choice { index: 0, delta, finish_reason: None }],
        }
    }
}

/// A stream of events with this much text in each.
fn events(criterion: &mut Criterion, name: &str, letters: usize) {
    const STREAM: usize = 4 * 1024 * 1024;
    let text: String = "word \"quoted\" \n".chars().cycle().take(letters).collect();
    let json = serde_json::to_string(&Chunk::new(&text)).expect("it is JSON");
    let count = STREAM / json.len();
    let stream = Bytes::from(format!("data: {json}\n\n").repeat(count));
    let pieces = cut(&stream, PIECE);
    // The same bytes in the same place, cut already.
    let payloads: Vec<&[u8]> = stream.chunks(json.len() + 8).map(|event| &event[6..6 + json.len()]).collect();
    let alone = || {
        for payload in black_box(&payloads) {
            black_box(serde_json::from_slice::<Chunk>(payload).expect("it is a chunk"));
        }
    };
    let events = || at_once(in_pieces(&pieces).events::<Chunk>()).expect("it is a stream").into_value();
    let decoded = || assert_eq!(drain(events()), count);
    let text = || assert_eq!(drain(events().untyped()), count);
    let other = || Pieces(black_box(pieces.clone()).into_iter()).eventsource();
    let other_text = || assert_eq!(drain(other()), count);
    let other_decoded = || {
        let decoded = drain_with(other(), |event| {
            let event = event.expect("nothing fails");
            black_box(serde_json::from_str::<Chunk>(&event.data).expect("it is a chunk"));
        });
        assert_eq!(decoded, count);
    };

    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(stream.len() as u64));
    compare(&mut group, "sdk, decoded, beside serde_json alone", || timed(decoded), || timed(alone));
    compare(
        &mut group,
        "sdk, decoded, beside eventsource-stream and serde_json",
        || timed(decoded),
        || timed(other_decoded),
    );
    compare(&mut group, "sdk, text, beside eventsource-stream", || timed(text), || timed(other_text));
    group.finish();
}

/// A response whose body comes in pieces.
fn in_pieces(pieces: &[Bytes]) -> RawResponse {
    RawResponse::in_pieces(black_box(pieces.to_vec()))
}

/// What the connection hands over of a body, piece by piece.
fn cut(body: &Bytes, piece: usize) -> Vec<Bytes> {
    (0..body.len()).step_by(piece).map(|start| body.slice(start..body.len().min(start + piece))).collect()
}

/// A file in a long list of them.
#[derive(Deserialize, Serialize)]
struct File {
    id: String,
    object: String,
    bytes: i64,
    created_at: i64,
    filename: String,
    purpose: String,
    num_lines: Option<i64>,
    mimetype: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Files {
    data: Vec<File>,
    object: String,
    total: i64,
}

/// A list of 10 MB.
fn list(criterion: &mut Criterion) {
    const SIZE: usize = 10_000_000;
    let file = |number: i64| File {
        id: format!("497f6eca-6276-4993-bfeb-{number:012}"),
        object: "file".to_owned(),
        bytes: 13_000 + number,
        created_at: 1_759_491_994 + number,
        filename: format!("training-data-{number}.jsonl"),
        purpose: "fine-tune".to_owned(),
        num_lines: (number % 3 > 0).then_some(number),
        mimetype: Some("application/jsonl".to_owned()),
    };
    let length = serde_json::to_string(&file(10_000)).expect("it is JSON").len() + 1;
    let count = i64::try_from(SIZE / length).expect("it is a small number");
    let files = Files { data: (0..count).map(file).collect(), object: "list".to_owned(), total: count };
    let json = Bytes::from(serde_json::to_vec(&files).expect("it is JSON"));

    let pieces = cut(&json, 64 * 1024);
    let ours = || at_once(in_pieces(&pieces).json::<Files>()).expect("it is a list").into_value();
    let alone = || serde_json::from_slice::<Files>(black_box(&json)).expect("it is a list");
    // What there is to do that is not decoding: to put the pieces together.
    let joined = || serde_json::from_slice::<Files>(&black_box(&pieces).concat()).expect("it is a list");

    let mut group = criterion.benchmark_group("list of 10 MB");
    group.throughput(Throughput::Bytes(json.len() as u64)).sample_size(30);
    compare(&mut group, "sdk beside serde_json alone", || timed(ours), || timed(alone));
    compare(&mut group, "sdk beside serde_json on joined pieces", || timed(ours), || timed(joined));
    group.finish();
}

/// What a future comes to that has nothing to wait for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("all of it is in memory"),
    }
}

/// How many items there are, none of which is an error.
fn drain<T, E: std::fmt::Debug>(stream: impl Stream<Item = Result<T, E>>) -> usize {
    drain_with(stream, |item| {
        black_box(item.expect("nothing fails"));
    })
}

fn drain_with<T>(stream: impl Stream<Item = T>, mut take: impl FnMut(T)) -> usize {
    let mut stream = std::pin::pin!(stream);
    let mut count = 0;
    while let Some(item) = at_once(std::future::poll_fn(|context| stream.as_mut().poll_next(context))) {
        take(item);
        count += 1;
    }
    count
}

/// Pieces of a stream that are all there.
struct Pieces(std::vec::IntoIter<Bytes>);

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}
