//! The decoder for event streams against the HTML standard: samples of it, a
//! naive implementation of it, and every way to cut a stream into pieces.

use std::time::Duration;

use bytes::Bytes;
use sdk_runtime::runtime::stream::event_decoder::EventDecoder;
use sdk_runtime::runtime::stream::frames::{Decoder, TooLong};

/// An event with all of its text decoded, to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    name: String,
    data: String,
    id: String,
    retry: Option<Duration>,
}

fn message(data: &str) -> Seen {
    Seen { data: data.to_owned(), ..Seen::default() }
}

fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Seen> {
    let mut decoder = EventDecoder::new(usize::MAX);
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(Bytes::copy_from_slice(piece));
        while let Some(event) = decoder.next_frame().expect("there is no limit") {
            events.push(Seen {
                name: text(&event.name),
                data: text(&event.data),
                id: text(decoder.last_id()),
                retry: event.retry,
            });
        }
    }
    events
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The standard, step by step, on the whole stream at once.
fn reference(stream: &[u8]) -> Vec<Seen> {
    let decoded = text(stream);
    let stream = decoded.strip_prefix('\u{feff}').unwrap_or(&decoded);
    let stream = stream.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = stream.split('\n').collect();
    // What follows the last end of a line is not a line.
    lines.pop();
    let mut events = Vec::new();
    let (mut data, mut name, mut id_buffer, mut retry) = (String::new(), String::new(), String::new(), None);
    for line in lines {
        if line.is_empty() {
            let id = id_buffer.clone();
            if data.is_empty() {
                (name, retry) = (String::new(), None);
                continue;
            }
            data.pop();
            events.push(Seen { name, data, id, retry });
            (data, name, retry) = (String::new(), String::new(), None);
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => {
                data.push_str(value);
                data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut id_buffer),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }
    events
}

#[test]
fn the_samples_of_the_standard() {
    let stream = b"data: YHOO\ndata: +2\ndata: 10\n\n";
    assert_eq!(decode([&stream[..]]), [message("YHOO\n+2\n10")]);

    let stream =
        b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
    let first = Seen { id: "1".to_owned(), ..message("first event") };
    assert_eq!(decode([&stream[..]]), [first, message("second event")]);

    let stream = b"data\n\ndata\ndata\n\ndata:";
    assert_eq!(decode([&stream[..]]), [message(""), message("\n")]);

    let stream = b"data:test\n\ndata: test\n\n";
    assert_eq!(decode([&stream[..]]), [message("test"), message("test")]);
}

#[test]
fn all_ends_of_lines_are_the_same() {
    for end in ["\n", "\r", "\r\n"] {
        let stream = format!("event: a{end}data: 1{end}data: 2{end}{end}data: 3{end}{end}");
        let first = Seen { name: "a".to_owned(), ..message("1\n2") };
        assert_eq!(decode([stream.as_bytes()]), [first, message("3")], "{end:?}");
    }
}

#[test]
fn a_carriage_return_ends_an_event_before_more_comes() {
    let mut decoder = EventDecoder::new(100);
    decoder.push(Bytes::from_static(b"data: now\r\r"));
    let event = decoder.next_frame().expect("it is short").expect("the event is complete");
    assert_eq!(event.data, "now");
    decoder.push(Bytes::from_static(b"\ndata: then\r\n\r"));
    let event = decoder.next_frame().expect("it is short").expect("the event is complete");
    assert_eq!(event.data, "then");
}

#[test]
fn only_the_first_byte_order_mark_goes() {
    let stream = "\u{feff}data: a\n\n\u{feff}data: b\n\ndata: \u{feff}c\n\n";
    assert_eq!(decode([stream.as_bytes()]), [message("a"), message("\u{feff}c")]);
    assert_eq!(decode(["\u{feff}\u{feff}data: a\n\n".as_bytes()]), []);
}

#[test]
fn ids_hold_until_they_change_and_must_not_contain_nul() {
    let stream =
        b"id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid: 3\n\ndata: d\n\nid\ndata: e\n\nid: 4\ndata: f";
    let ids: Vec<_> = decode([&stream[..]]).into_iter().map(|event| event.id).collect();
    assert_eq!(ids, ["1", "1", "1", "3", ""]);
}

#[test]
fn retry_is_digits_and_nothing_else() {
    let retry = |value: &str| decode([format!("retry:{value}\ndata\n\n").as_bytes()])[0].retry;
    assert_eq!(retry(" 1500"), Some(Duration::from_millis(1500)));
    assert_eq!(retry("0"), Some(Duration::ZERO));
    for none in ["", " ", "-1", "+1", "1.5", "1s", "  1", "\u{661}"] {
        assert_eq!(retry(none), None, "{none:?}");
    }
    assert_eq!(retry("99999999999999999999999"), Some(Duration::from_millis(u64::MAX)));

    let mut decoder = EventDecoder::new(100);
    decoder.push(Bytes::from_static(b"retry: 3\n\ndata: a\n\n"));
    let event = decoder.next_frame().expect("it is short").expect("the event is complete");
    assert_eq!((event.retry, decoder.last_retry()), (None, Some(Duration::from_millis(3))));
}

#[test]
fn what_is_not_a_field_is_ignored() {
    let stream = b"Data: a\n data: b\nda\xffta: c\n:data: d\nother\ndata : e\ndata: f\n\n";
    assert_eq!(decode([&stream[..]]), [message("f")]);
}

#[test]
fn an_event_without_data_is_none_and_leaves_nothing_behind() {
    assert_eq!(decode([&b"event: ping\n\ndata: a\n\n"[..]]), [message("a")]);
}

/// Something of everything, with every end of a line.
const SAMPLE: &[u8] = b"\xef\xbb\xbf: hi\r\nevent: a\rdata: {\"x\":\r\ndata:1}\n\nid: 7\rretry: 20\r\n\
    data: \xe2\x82\xac \xff\r\r\n\ndata:end\n\rdata: lost";

#[test]
fn pieces_do_not_matter_wherever_they_are_cut() {
    let whole = decode([SAMPLE]);
    assert_eq!(whole, reference(SAMPLE));
    assert_eq!(whole.len(), 3);
    for first in 0..=SAMPLE.len() {
        for second in first..=SAMPLE.len() {
            let pieces = [&SAMPLE[..first], &SAMPLE[first..second], &SAMPLE[second..]];
            assert_eq!(decode(pieces), whole, "cut at {first} and {second}");
        }
    }
    assert_eq!(decode(SAMPLE.chunks(1)), whole, "byte by byte");
}

#[test]
fn random_streams_mean_what_the_standard_says() {
    const TOKENS: [&[u8]; 22] = [
        b"data",
        b"data:",
        b"data: ",
        b"event: ",
        b"event",
        b"id: ",
        b"id",
        b"retry: ",
        b"12",
        b":",
        b" ",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\0",
        b"x",
        b"\xef\xbb\xbf",
        b"\xe2\x82",
        b"\xac",
        b"\xf0\x9f",
        b"data: y\n\n",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..20_000 {
        let mut stream = Vec::new();
        for _ in 0..random.usize(0..40) {
            stream.extend_from_slice(TOKENS[random.usize(0..TOKENS.len())]);
        }
        let mut pieces = Vec::new();
        let mut rest = &stream[..];
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(random.usize(0..=rest.len().min(9)));
            pieces.push(piece);
            rest = tail;
        }
        assert_eq!(decode(pieces), reference(&stream), "round {round}: {:?}", text(&stream));
    }
}

#[test]
fn an_event_beyond_the_limit_is_refused_wherever_it_is_long() {
    let feed = |pieces: &[&str]| {
        let mut decoder = EventDecoder::new(32);
        pieces.iter().try_for_each(|piece| {
            decoder.push(Bytes::copy_from_slice(piece.as_bytes()));
            while decoder.next_frame()?.is_some() {}
            Ok::<_, TooLong>(())
        })
    };
    let long = "x".repeat(40);
    assert_eq!(feed(&[&format!("data: {long}\n\n")]), Err(TooLong), "in one line");
    assert_eq!(feed(&["data: ", &long]), Err(TooLong), "in a line without an end");
    assert_eq!(feed(&["data: 1234567890\n"; 5]), Err(TooLong), "in many lines");
    assert_eq!(feed(&[&format!(": {long}\n")]), Err(TooLong), "in a comment");
    assert_eq!(feed(&["data: 1234567890\n\n"; 500]), Ok(()), "the limit is for one event");
}

#[test]
fn a_line_in_one_piece_is_not_copied() {
    let piece = Bytes::from(b"data: {\"a\":1}\n\n".to_vec());
    let mut decoder = EventDecoder::new(100);
    decoder.push(piece.clone());
    let event = decoder.next_frame().expect("it is short").expect("the event is complete");
    assert_eq!(event.data.as_ptr(), piece[6..].as_ptr());
}
