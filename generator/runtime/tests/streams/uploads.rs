//! Uploads: every source arrives byte for byte, with its length when that is
//! known, and one that is not what it said is an error.

use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use sdk_runtime::runtime::{Call, Error, FileUpload, Progress};
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};

use crate::operations::{REPLACE, UPLOAD, accepting, client, pattern, send, stream, upload};
use crate::support::{Received, Reply, Server};

/// Several chunks, the last of them not full.
const LONG: usize = 1_000_003;

fn file_of(content: &[u8], name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("the folder is ours");
    (folder, path)
}

#[track_caller]
fn assert_whole(request: &Received, content: &[u8], length: Option<usize>) {
    assert!(request.body == content, "{} bytes came instead of {}", request.body.len(), content.len());
    assert_eq!(request.header("content-length").map(str::to_owned), length.map(|length| length.to_string()));
    assert_eq!(request.header("transfer-encoding"), length.is_none().then_some("chunked"));
}

#[tokio::test]
async fn a_file_arrives_whole_and_with_its_length() {
    // Around the edges of chunks, where reads that ask for one byte more matter.
    for length in [0, 1, 131_071, 131_072, 131_073, 262_144, LONG] {
        let content = pattern(length);
        let (_folder, path) = file_of(&content, "data.bin");
        let server = accepting().await;
        let file = FileUpload::from_path(&path).await.expect("it is there");
        assert_eq!((file.file_name(), file.length()), (Some("data.bin"), Some(length as u64)));
        send(&server, &UPLOAD, file).await.expect("all is well");
        assert_whole(&server.request(), &content, Some(length));
    }
}

#[tokio::test]
async fn bytes_arrive_whole_and_with_their_length() {
    let content = pattern(LONG);
    let sources: [FileUpload; 3] =
        [content.clone().into(), content.to_vec().into(), ("name", content.clone()).into()];
    for source in sources {
        let server = accepting().await;
        send(&server, &UPLOAD, source).await.expect("all is well");
        assert_whole(&server.request(), &content, Some(LONG));
    }
}

#[tokio::test]
async fn a_reader_arrives_whole_with_and_without_a_length() {
    let content = pattern(LONG);
    for length in [None, Some(LONG)] {
        let server = accepting().await;
        let mut file = FileUpload::from_reader(Cursor(content.clone()));
        if let Some(length) = length {
            file = file.with_length(length as u64);
        }
        send(&server, &UPLOAD, file).await.expect("all is well");
        assert_whole(&server.request(), &content, length);
    }
}

#[tokio::test]
async fn an_open_file_arrives_from_where_it_stands_with_its_length() {
    let content = pattern(LONG);
    let (_folder, path) = file_of(&content, "data.bin");
    for place in [0, 7] {
        let server = accepting().await;
        let mut file = std::fs::File::open(&path).expect("it is there");
        file.seek(SeekFrom::Start(place as u64)).expect("a file can be read from any place");
        send(&server, &UPLOAD, file.into()).await.expect("all is well");
        assert_whole(&server.request(), &content[place..], Some(LONG - place));
    }
}

#[tokio::test]
async fn a_stream_arrives_whole_with_and_without_a_length() {
    let content = pattern(LONG);
    for length in [None, Some(LONG)] {
        let server = accepting().await;
        let mut pieces: Vec<Result<Bytes, io::Error>> =
            content.chunks(70_001).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        // Empty pieces mean nothing; in a chunked body they would mean the end.
        pieces.insert(1, Ok(Bytes::new()));
        pieces.push(Ok(Bytes::new()));
        let mut file = FileUpload::from_stream(stream(pieces));
        if let Some(length) = length {
            file = file.with_length(length as u64);
        }
        send(&server, &UPLOAD, file).await.expect("all is well");
        assert_whole(&server.request(), &content, length);
    }
}

#[tokio::test]
async fn a_source_that_is_not_as_long_as_it_said_is_an_error() {
    let content = pattern(LONG);
    for (said, reason) in [
        (LONG as u64 + 1, "it ended after 1000003 of 1000004 bytes"),
        (LONG as u64 - 1, "it yields more than the 1000002 bytes that were announced"),
        (131_072, "it yields more than the 131072 bytes that were announced"),
    ] {
        let server = accepting().await;
        let file = FileUpload::from_reader(Cursor(content.clone())).with_length(said);
        let error = upload(&server, &UPLOAD, file).await.expect_err("it lied");
        assert!(matches!(error, Error::Body(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("reading or writing the body failed: {reason} (POST /files)"));
        assert_eq!(server.requests().len(), 0, "the server must not get what looks like a whole request");
    }
}

#[tokio::test]
async fn a_reader_with_a_length_is_not_waited_for_beyond_it() {
    // A connection that stays open has no end to wait for.
    let (mut sender, receiver) = tokio::io::duplex(64);
    let server = accepting().await;
    let sending = tokio::spawn(async move {
        tokio::io::AsyncWriteExt::write_all(&mut sender, b"12345678").await.expect("it is read");
        sender
    });
    send(&server, &UPLOAD, FileUpload::from_reader(receiver).with_length(8)).await.expect("all is well");
    assert_whole(&server.request(), b"12345678", Some(8));
    drop(sending.await);
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_an_error() {
    for (change, reason) in [
        (LONG as u64 / 2, "the file got shorter while it was sent"),
        (LONG as u64 * 2, "the file got longer while it was sent"),
    ] {
        let (_folder, path) = file_of(&pattern(LONG), "data.bin");
        let changed = path.clone();
        let file = FileUpload::from_path(&path).await.expect("it is there").on_progress(move |_| {
            let file = std::fs::File::options().write(true).open(&changed).expect("it is there");
            file.set_len(change).expect("it is ours");
        });
        let server = accepting().await;
        let error = upload(&server, &UPLOAD, file).await.expect_err("it changed");
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(server.requests().len(), 0, "the server must not get what looks like a whole request");
    }
}

#[tokio::test]
async fn a_file_that_grew_before_it_is_sent_is_sent_as_it_is() {
    let (_folder, path) = file_of(b"short", "log.txt");
    let file = FileUpload::from_path(&path).await.expect("it is there");
    std::fs::File::options()
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(b"er"))
        .expect("it is ours");
    let server = accepting().await;
    send(&server, &UPLOAD, file).await.expect("all is well");
    assert_whole(&server.request(), b"shorter", Some(7));
}

#[tokio::test]
async fn what_the_caller_s_stream_fails_with_comes_out_as_it_was() {
    let pieces = vec![
        Ok(Bytes::from(vec![0; 100_000])),
        Err(io::Error::new(io::ErrorKind::NotConnected, "unplugged")),
    ];
    let server = accepting().await;
    let error =
        upload(&server, &UPLOAD, FileUpload::from_stream(stream(pieces))).await.expect_err("it failed");
    let Error::Body(body) = &error else { panic!("{error:?}") };
    assert_eq!(body.io_error().kind(), io::ErrorKind::NotConnected);
    assert_eq!(error.to_string(), "reading or writing the body failed: unplugged (POST /files)");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn what_is_not_there_or_is_a_folder_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let missing = folder.path().join("missing.txt");
    let error = FileUpload::from_path(&missing).await.expect_err("it is not there");
    assert!(error.to_string().contains("missing.txt"), "{error}");
    let error = FileUpload::from_path(folder.path()).await.expect_err("it is a folder");
    assert!(error.to_string().contains("is a directory"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_gone_when_it_is_sent_is_an_error() {
    let (folder, path) = file_of(b"here", "data.bin");
    let file = FileUpload::from_path(&path).await.expect("it is there");
    drop(folder);
    let server = accepting().await;
    let error = upload(&server, &UPLOAD, file).await.expect_err("it is gone");
    let Error::Body(body) = &error else { panic!("{error:?}") };
    assert_eq!(body.io_error().kind(), io::ErrorKind::NotFound);
    assert_eq!(server.connections(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_has_no_length_and_no_second_reading() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status().expect("every Unix has it");
    assert!(made.success());
    let content = pattern(LONG);
    let (target, source) = (path.clone(), content.clone());
    let writing = std::thread::spawn(move || std::fs::write(target, source));
    let file = FileUpload::from_path(&path).await.expect("it is there");
    assert_eq!((file.file_name(), file.length(), file.can_replay()), (Some("pipe"), None, false));
    let server = accepting().await;
    send(&server, &UPLOAD, file).await.expect("all is well");
    assert_whole(&server.request(), &content, None);
    writing.join().expect("it does not panic").expect("all of it was read");
}

#[tokio::test]
async fn what_can_be_opened_again_is_sent_again() {
    let content = pattern(LONG);
    let (_folder, path) = file_of(&content, "data.bin");
    let opened = Arc::new(AtomicUsize::new(0));
    let (count, source) = (Arc::clone(&opened), content.clone());
    let reopened = FileUpload::from_opener(move || {
        count.fetch_add(1, Ordering::SeqCst);
        let source = source.clone();
        async move { Ok(Cursor(source)) }
    });
    let path = FileUpload::from_path(path).await.expect("it is there");
    for file in [path, content.clone().into(), reopened.with_length(LONG as u64)] {
        let server =
            Server::replying([Reply::bare(503, &[]), Reply::bare(503, &[]), Reply::bare(204, &[])]).await;
        let response = send(&server, &REPLACE, file).await.expect("the third time it works");
        assert_eq!(response.attempts(), 3);
        for request in server.requests() {
            assert_whole(&request, &content, Some(LONG));
        }
    }
    assert_eq!(opened.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn what_can_be_read_once_is_sent_once_and_the_error_says_so() {
    let pieces: Vec<io::Result<Bytes>> = vec![Ok(pattern(10))];
    for file in [
        FileUpload::from_reader(Cursor(pattern(10))),
        FileUpload::from_stream(stream(pieces)).with_length(10),
    ] {
        let server = Server::replying([Reply::json(503, r#"{"message":"busy"}"#)]).await;
        let error = send(&server, &REPLACE, file).await.expect_err("it is busy");
        assert_eq!(server.request().body, pattern(10));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
        assert!(error.to_string().contains("its body cannot be sent again"), "{error}");
    }
}

#[tokio::test]
async fn progress_is_told_up_to_the_end_and_starts_again_with_each_attempt() {
    let content = pattern(LONG);
    let (_folder, path) = file_of(&content, "data.bin");
    let path = FileUpload::from_path(path).await.expect("it is there");
    let source = content.clone();
    let opened = FileUpload::from_opener(move || {
        let source = source.clone();
        async move { Ok(Cursor(source)) }
    });
    for file in [content.into(), path, opened.with_length(LONG as u64)] {
        let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
        let record = Arc::clone(&seen);
        let file = file.on_progress(move |progress| {
            record.lock().expect("no test panics with the lock").push(progress);
        });
        let server = Server::replying([Reply::bare(503, &[]), Reply::bare(204, &[])]).await;
        upload(&server, &REPLACE, file).await.expect("the second time it works");
        let seen = seen.lock().expect("no test panics with the lock");
        assert!(seen.iter().all(|progress| progress.total == Some(LONG as u64)));
        let ends: Vec<_> = seen.iter().filter(|progress| progress.fraction() == Some(1.0)).collect();
        assert_eq!(ends.len(), 2, "once for each attempt");
        let attempts: Vec<_> = seen.chunk_by(|one, next| one.transferred < next.transferred).collect();
        assert_eq!(attempts.len(), 2, "it grows, and starts again once");
        assert!(attempts[0].len() > 2, "it is told piece by piece");
    }
}

#[tokio::test]
async fn an_upload_waits_for_a_server_that_is_slow() {
    const READ: u64 = 1024 * 1024;
    // More than the buffers of both sockets and all there is in between.
    const SLACK: u64 = 24 * 1024 * 1024;
    const TOTAL: u64 = 256 * 1024 * 1024;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let made = Arc::new(AtomicU64::new(0));
    let source = FileUpload::from_reader(Zeros(Arc::clone(&made))).with_length(TOTAL);
    let client =
        sdk_runtime::runtime::Client::builder().base_url(url).api_key("k").build().expect("it is fine");
    let mut call = Call::new(&client, &UPLOAD);
    call.part_file("file", source);
    let reading = async {
        let (mut stream, _) = listener.accept().await.expect("the client connects");
        let mut buffer = vec![0; 64 * 1024];
        let mut read = 0;
        while read < READ {
            read += stream.read(&mut buffer).await.expect("the client sends") as u64;
        }
        made.load(Ordering::SeqCst)
    };
    tokio::select! {
        made = reading => assert!(made < READ + SLACK, "{made} bytes were made of which {READ} were read"),
        result = call.send_empty() => panic!("nobody answered, and yet there is {result:?}"),
    }
}

#[tokio::test]
async fn an_upload_can_be_shared_between_threads_and_calls() {
    fn is_sync<T: Send + Sync>(value: T) -> T {
        value
    }
    let file = is_sync(FileUpload::from_bytes("content").with_file_name("a.txt").with_media_type("text/x"));
    let again = file.try_clone().expect("bytes can be sent as often as one likes");
    assert_eq!((again.file_name(), again.media_type(None)), (Some("a.txt"), "text/x".to_owned()));
    assert!(FileUpload::from_reader(tokio::io::empty()).try_clone().is_none());
    let server = accepting().await;
    let client = client(&server);
    let call = is_sync(Call::new(&client, &UPLOAD));
    drop(call);
}

/// A reader of bytes that yields them in pieces of awkward sizes, and is pending in between.
struct Cursor(Bytes);

impl AsyncRead for Cursor {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let remaining = self.0.len();
        if remaining % 7 == 3 && remaining % 2 == 1 {
            context.waker().wake_by_ref();
            let _ = self.0.first();
            let step = self.0.len().min(1).min(buffer.remaining());
            buffer.put_slice(&self.0.split_to(step));
            return Poll::Ready(Ok(()));
        }
        let step = remaining.min(9_999).min(buffer.remaining());
        buffer.put_slice(&self.0.split_to(step));
        Poll::Ready(Ok(()))
    }
}

/// A reader without end that counts what it has made.
struct Zeros(Arc<AtomicU64>);

impl AsyncRead for Zeros {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let length = buffer.initialize_unfilled().len();
        buffer.advance(length);
        self.0.fetch_add(length as u64, Ordering::SeqCst);
        Poll::Ready(Ok(()))
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_says_it_is_empty_and_is_not_is_sent_without_a_length() {
    let path = "/proc/self/cmdline";
    let content = std::fs::read(path).expect("this system has it");
    let file = FileUpload::from_path(path).await.expect("it is there");
    assert_eq!((file.length(), file.can_replay()), (None, true));
    let server = accepting().await;
    send(&server, &UPLOAD, file).await.expect("all is well");
    assert_whole(&server.request(), &content, None);
}
