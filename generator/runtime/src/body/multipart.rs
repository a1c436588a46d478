//! Forms with files: `multipart/form-data`, as browsers write it.
//!
//! The encoder is our own because the framing has to be known before the first
//! byte is sent: it makes the `Content-Length`, and many servers refuse an upload
//! without one. RFC 7578 and the WHATWG's "multipart/form-data encoding
//! algorithm" say what it looks like.

use std::io;

use bytes::{BufMut as _, Bytes, BytesMut};
use http::HeaderValue;

use super::body_source::{BodySource, OpeningBody};
use super::content::RequestBody;
use super::outgoing::OutgoingBody;
use super::segments::{Segment, join};
use super::upload::FileUpload;
use crate::runtime::error::Error;
use crate::runtime::value::random_bits;

/// The name of a file that has none. Without one, servers would take it for a plain
/// field.
const UNNAMED: &str = "file";

/// A form that is being built.
///
/// Plain fields are sent first and files after them, whatever the order in which
/// they were set: servers that read a form as it comes want to know all about a
/// file before it begins.
#[derive(Debug)]
pub(crate) struct Multipart {
    content_type: String,
    parts: Vec<(String, Part)>,
}

impl Default for Multipart {
    fn default() -> Self {
        Self { content_type: format!("{CONTENT_TYPE}{}", boundary()), parts: Vec::new() }
    }
}

const CONTENT_TYPE: &str = "multipart/form-data; boundary=";

/// A part of a form.
#[derive(Debug)]
pub struct Part {
    content: Content,
    media_type: Option<String>,
}

#[derive(Debug)]
enum Content {
    Field(Bytes),
    File(FileUpload),
}

impl Part {
    /// A plain value, without a `Content-Type`.
    #[must_use]
    pub fn text(value: impl Into<String>) -> Self {
        Self { content: Content::Field(value.into().into()), media_type: None }
    }

    /// A value that is JSON, and says so.
    #[must_use]
    pub fn json(value: impl Into<Bytes>) -> Self {
        Self { content: Content::Field(value.into()), media_type: Some("application/json".to_owned()) }
    }

    /// A file.
    #[must_use]
    pub fn file(file: impl Into<FileUpload>) -> Self {
        Self { content: Content::File(file.into()), media_type: None }
    }

    /// Sets the media type of the part in the API's document. One that the caller set for a
    /// file has precedence.
    #[must_use]
    #[allow(dead_code, reason = "not every API has a document that says it")]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    fn is_file(&self) -> bool {
        matches!(self.content, Content::File(_))
    }

    #[cfg(feature = "repeats")]
    fn try_clone(&self) -> Option<Self> {
        let content = match &self.content {
            Content::Field(value) => Content::Field(value.clone()),
            Content::File(file) => Content::File(file.try_clone()?),
        };
        Some(Self { content, media_type: self.media_type.clone() })
    }
}

impl Multipart {
    /// Sets the parts of a name, in place of those that it had; without any they are removed.
    pub(crate) fn set(&mut self, name: &str, parts: impl IntoIterator<Item = Part>) {
        let place = self.parts.iter().position(|(key, _)| key == name).unwrap_or(self.parts.len());
        self.parts.retain(|(key, _)| key != name);
        let parts = parts.into_iter().map(|part| (name.to_owned(), part));
        self.parts.splice(place..place, parts);
    }

    /// Sets the media type of the parts of a name, as the API's document gives it.
    pub(crate) fn set_media_type(&mut self, name: &str, media_type: &str) {
        for (_, part) in self.parts.iter_mut().filter(|(key, _)| key == name) {
            part.media_type = Some(media_type.to_owned());
        }
    }

    /// Opens the files, and writes the frame around them.
    async fn open_files(&mut self) -> Result<OutgoingBody, Error> {
        let boundary = &self.content_type[CONTENT_TYPE.len()..];
        let mut segments = Vec::new();
        let mut frame = BytesMut::new();
        // The sort is stable: among themselves, fields and files stay in order.
        self.parts.sort_by_key(|(_, part)| part.is_file());
        for (name, part) in &mut self.parts {
            part.write_head(name, boundary, &mut frame)?;
            match &mut part.content {
                Content::Field(value) => frame.put_slice(value),
                Content::File(file) => {
                    segments.push(Segment::Bytes(frame.split().freeze()));
                    let (chunks, length) = file.open().await.map_err(Error::body)?;
                    segments.push(Segment::Chunks(chunks, length));
                }
            }
            frame.put_slice(b"\r\n");
        }
        frame.put_slice(format!("--{boundary}--\r\n").as_bytes());
        segments.push(Segment::Bytes(frame.freeze()));
        Ok(join(segments))
    }
}

impl BodySource for Multipart {
    fn content_type(&self) -> &str {
        &self.content_type
    }

    fn can_replay(&self) -> bool {
        self.parts.iter().all(|(_, part)| match &part.content {
            Content::Field(_) => true,
            Content::File(file) => file.can_replay(),
        })
    }

    #[cfg(feature = "repeats")]
    fn try_clone(&self) -> Option<Box<dyn BodySource>> {
        let parts = self.parts.iter().map(|(name, part)| Some((name.clone(), part.try_clone()?)));
        Some(Box::new(Self { parts: parts.collect::<Option<_>>()?, ..Self::default() }))
    }

    fn open(&mut self) -> OpeningBody<'_> {
        Box::pin(self.open_files())
    }

    fn take_failure(&mut self) -> Option<io::Error> {
        self.parts.iter_mut().find_map(|(_, part)| match &mut part.content {
            Content::Field(_) => None,
            Content::File(file) => file.take_failure(),
        })
    }
}

impl RequestBody {
    /// The form with files that is being built, in place of any other body.
    pub(crate) fn multipart(&mut self) -> &mut Multipart {
        self.of_type()
    }
}

impl Part {
    fn write_head(&self, name: &str, boundary: &str, frame: &mut BytesMut) -> Result<(), Error> {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(&lines(name)));
        let media_type = match &self.content {
            Content::Field(_) => self.media_type.clone(),
            Content::File(file) => {
                let file_name = escape(file.file_name().unwrap_or(UNNAMED));
                head.extend(["; filename=\"", &file_name, "\""]);
                Some(file.media_type(self.media_type.as_deref()))
            }
        };
        if let Some(media_type) = media_type {
            // A line break in it would begin another header, or the content.
            if HeaderValue::from_str(&media_type).is_err() {
                return Err(Error::invalid_request(name, "has an invalid media type"));
            }
            head.extend(["\r\nContent-Type: ", &media_type]);
        }
        head.push_str("\r\n\r\n");
        frame.put_slice(head.as_bytes());
        Ok(())
    }
}

/// A field's name with CR LF for each of its line breaks. Those in names of files
/// stay what they are.
fn lines(name: &str) -> String {
    name.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// A name between quotes: UTF-8 as it is, with what would end it or its line escaped.
fn escape(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '"' => escaped.push_str("%22"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A line that is in none of the files: 128 bits that nobody can predict, or a file could be made
/// to end its part and begin another one.
fn boundary() -> String {
    format!("{:016x}{:016x}", random_bits(), random_bits())
}
