//! Takes a multipart body apart, to the letter of RFC 2046, section 5.1.1.

use super::Recorded;

/// A part as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The lines of its head.
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Part {
    /// What the head says for `name="…"` or `filename="…"`, as it stands between the quotes.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let disposition =
            self.head.iter().find(|line| line.starts_with("Content-Disposition: form-data; "))?;
        let (_, rest) = disposition.split_once(&format!("; {name}=\""))?;
        rest.split('"').next()
    }

    pub fn media_type(&self) -> Option<&str> {
        self.head.iter().find_map(|line| line.strip_prefix("Content-Type: "))
    }
}

/// The parts of the body of `request`, in the order in which they were sent.
pub fn parts(request: &Recorded) -> Vec<Part> {
    let media_type = request.header("content-type");
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("the body is multipart");
    let delimiter = format!("\r\n--{}", boundary.trim_matches('"'));
    // The first delimiter has no line break of its own before it.
    let body = [b"\r\n", request.body.as_ref()].concat();
    let mut pieces = split(&body, delimiter.as_bytes());
    assert_eq!(pieces.remove(0), b"", "nothing stands before the first part");
    assert_eq!(pieces.pop().as_deref(), Some(b"--\r\n".as_slice()), "the last delimiter ends the body");
    pieces.iter().map(|piece| part(piece)).collect()
}

fn part(piece: &[u8]) -> Part {
    let piece = piece.strip_prefix(b"\r\n").expect("a line ends after each delimiter");
    let end = find(piece, b"\r\n\r\n").expect("an empty line ends the head of a part");
    let head = std::str::from_utf8(&piece[..end]).expect("heads are UTF-8");
    Part { head: head.split("\r\n").map(str::to_owned).collect(), body: piece[end + 4..].to_vec() }
}

fn split(body: &[u8], delimiter: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while let Some(place) = find(rest, delimiter) {
        pieces.push(rest[..place].to_vec());
        rest = &rest[place + delimiter.len()..];
    }
    pieces.push(rest.to_vec());
    pieces
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}
