//! Files to upload: their content, name, media type and progress.

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncRead;

use super::background::{about, in_background};
use super::body_source::{BodySource, OpeningBody};
use super::content::RequestBody;
use super::counting::CountingChunks;
use super::file_chunks::{length, rest_of};
use super::outgoing::OutgoingBody;
use super::pieces::Chunks;
use super::progress::{Progress, ProgressCallback};
use super::upload_source::Source;
use crate::runtime::error::{BoxError, Error};

/// A file to upload, from a path, bytes, a reader or a stream.
///
/// A path, bytes, and [`from_opener`](Self::from_opener) can be sent again when an
/// attempt fails. A reader or a stream can be sent only once.
///
/// The name is that of the path, and the media type is guessed from the name's
/// extension; both can be set.
pub struct FileUpload {
    source: Source,
    file_name: Option<String>,
    media_type: Option<String>,
    length: Option<u64>,
    progress: ProgressCallback,
    failure: Failure,
}

impl FileUpload {
    /// The file at a path. It is opened again for each attempt and read piece by
    /// piece, so that it takes no more memory than a small one.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when it is not there, not readable, or a folder.
    pub async fn from_path(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let place = path.clone();
        let open = move || {
            let mut file = File::open(&place)?;
            Ok((length(&mut file)?, file.metadata()?.is_file(), file))
        };
        let (length, is_file, file) =
            in_background(open).await.map_err(|error| Error::body(about(&path, &error)))?;
        // What came through a pipe is gone.
        let source =
            if is_file { Source::Path(path) } else { Source::reader(tokio::fs::File::from_std(file)) };
        Ok(Self { file_name: name, length, ..Self::new(source) })
    }

    /// Bytes in memory.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self { length, ..Self::new(Source::Bytes(bytes)) }
    }

    /// The bytes of a reader. Set their number with [`with_length`](Self::with_length) if it
    /// is known: many servers refuse a body without a length.
    #[must_use]
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::new(Source::reader(reader))
    }

    /// The bytes of a stream. Set their number with [`with_length`](Self::with_length) if it
    /// is known: many servers refuse a body without a length.
    #[must_use]
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Source::stream(stream))
    }

    /// The bytes of readers that a function opens: a new one for each attempt, so that the
    /// upload can be sent again.
    #[must_use]
    pub fn from_opener<F, O, R>(open: F) -> Self
    where
        F: Fn() -> O + Send + Sync + 'static,
        O: Future<Output = io::Result<R>> + Send + 'static,
        R: AsyncRead + Send + 'static,
    {
        Self::new(Source::opener(open))
    }

    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            file_name: None,
            media_type: None,
            length: None,
            progress: ProgressCallback::default(),
            failure: Failure::default(),
        }
    }

    /// Sets the file name that is sent.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, in place of the one that is guessed from the name.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Sets how many bytes a reader or a stream will yield. If it yields more or fewer,
    /// the call fails. The length of bytes and of files is known, and does not change.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if matches!(self.source, Source::Once(_) | Source::Opener(_)) {
            self.length = Some(length);
        }
        self
    }

    /// Calls a function for each piece that has been handed to the connection. The progress
    /// starts from zero when the upload is sent again.
    #[must_use]
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.progress = ProgressCallback::new(report);
        self
    }

    /// The file name that is sent.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The length in bytes, when it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The media type: the one that was set, or else `documented` if it is a single one, or
    /// else the one that is guessed from the name.
    #[must_use]
    pub fn media_type(&self, documented: Option<&str>) -> String {
        let is_single = |media_type: &&str| !media_type.contains(['*', ',']);
        match (&self.media_type, documented.filter(is_single)) {
            (Some(media_type), _) => media_type.clone(),
            (None, Some(media_type)) => media_type.to_owned(),
            (None, None) => {
                let name = Path::new(self.file_name.as_deref().unwrap_or_default());
                mime_guess::from_path(name).first_or_octet_stream().to_string()
            }
        }
    }

    /// Whether it can be sent again.
    #[must_use]
    pub fn can_replay(&self) -> bool {
        !matches!(self.source, Source::Once(_))
    }

    /// The same upload once more; `None` when it can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self {
            source: self.source.try_clone()?,
            file_name: self.file_name.clone(),
            media_type: self.media_type.clone(),
            length: self.length,
            progress: self.progress.clone(),
            failure: Failure::default(),
        })
    }

    /// Opens it for an attempt.
    pub(crate) async fn open(&mut self) -> io::Result<(Chunks, Option<u64>)> {
        self.failure.take();
        let (chunks, length) = self.source.open(self.length).await?;
        let counting = CountingChunks::new(chunks, length, self.progress.clone(), self.failure.clone());
        Ok((Box::pin(counting), length))
    }

    /// The error of the source while it was being sent.
    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }
}

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileUpload")
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// A file as the whole body.
#[derive(Debug)]
struct WholeFile {
    file: FileUpload,
    media_type: String,
}

impl BodySource for WholeFile {
    fn content_type(&self) -> &str {
        &self.media_type
    }

    fn can_replay(&self) -> bool {
        self.file.can_replay()
    }

    #[cfg(feature = "repeats")]
    fn try_clone(&self) -> Option<Box<dyn BodySource>> {
        let file = self.file.try_clone()?;
        Some(Box::new(Self { file, media_type: self.media_type.clone() }))
    }

    fn open(&mut self) -> OpeningBody<'_> {
        Box::pin(async {
            let (chunks, length) = self.file.open().await.map_err(Error::body)?;
            Ok(OutgoingBody::from_chunks(chunks, length))
        })
    }

    fn whole(&self) -> Option<Bytes> {
        self.file.source.in_memory()
    }

    fn take_failure(&mut self) -> Option<io::Error> {
        self.file.take_failure()
    }
}

impl RequestBody {
    /// A file as the whole body, which the API's document gives this media type.
    pub(crate) fn file(file: FileUpload, documented: &str) -> Self {
        let media_type = file.media_type(Some(documented));
        Self::Source(Box::new(WholeFile { file, media_type }))
    }
}

impl From<Bytes> for FileUpload {
    fn from(bytes: Bytes) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for FileUpload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<&'static [u8]> for FileUpload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from_bytes(bytes)
    }
}

/// An open file, from where it stands to its end. It can be sent only once.
impl From<File> for FileUpload {
    fn from(mut file: File) -> Self {
        let length = rest_of(&mut file);
        Self { length, ..Self::from_reader(tokio::fs::File::from_std(file)) }
    }
}

impl From<String> for FileUpload {
    fn from(text: String) -> Self {
        Self::from_bytes(text)
    }
}

impl From<&'static str> for FileUpload {
    fn from(text: &'static str) -> Self {
        Self::from_bytes(text)
    }
}

/// A file name and the content of the file.
impl<N: Into<String>, B: Into<Bytes>> From<(N, B)> for FileUpload {
    fn from((name, bytes): (N, B)) -> Self {
        Self::from_bytes(bytes).with_file_name(name)
    }
}

/// The error of a source. The HTTP client only reports that the body could not be
/// sent.
#[derive(Clone, Default)]
pub(crate) struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    pub(crate) fn set(&self, error: io::Error) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
