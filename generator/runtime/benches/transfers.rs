//! Large files up and down, beside bare `reqwest`: how fast, and in how much memory.
//!
//! `TRANSFER_MIB` says how large the file is; without it, it is 1 GiB. Each transfer
//! is made in a process of its own, whose memory is that of nothing else.

mod support;

use std::cell::Cell;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::process::Command;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use futures_core::Stream;
use sdk_runtime::runtime::{Call, Client, FileUpload, Method, Operation, Sdk, Style};
use support::Server;
use support::compare::{compare, say};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const MIB: u64 = 1024 * 1024;

static SDK: Sdk = Sdk { user_agent: "bench/1", ..Sdk::DEFAULT };

static UPLOAD: Operation =
    Operation { id: "upload", method: Method::POST, path: "/files", ..Operation::DEFAULT };

static DOWNLOAD: Operation = Operation { id: "download", path: "/zeros/{length}", ..Operation::DEFAULT };

fn main() {
    if support::serve_if_asked_to() || transfer_if_asked_to() {
        return;
    }
    let size = std::env::var("TRANSFER_MIB").ok().and_then(|size| size.parse().ok()).unwrap_or(1024);
    let mut criterion = Criterion::default().configure_from_args();
    Transfers::new(size * MIB).run(&mut criterion);
    criterion.final_summary();
}

/// What the transfers have in common.
struct Transfers {
    server: Server,
    folder: tempfile::TempDir,
    length: u64,
}

impl Transfers {
    fn new(length: u64) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("there is a place for files");
        let file = fs::File::create(folder.path().join(SOURCE)).expect("it can be made");
        io::copy(&mut io::repeat(b'x').take(length), &mut io::BufWriter::with_capacity(1 << 20, file))
            .expect("there is room for the file");
        Self { server: Server::start(), folder, length }
    }

    fn run(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(format!("file of {} MiB", self.length / MIB));
        group.throughput(Throughput::Bytes(self.length)).sample_size(10).sampling_mode(SamplingMode::Flat);
        group.measurement_time(Duration::from_secs(10));
        for (ours, reference) in [
            ("upload", "upload by reqwest of a stream of the file"),
            ("upload", "upload by reqwest of the file"),
            ("download", "download by reqwest"),
            ("download to a file", "download to a file by reqwest"),
        ] {
            self.compare(&mut group, ours, reference);
        }
        group.finish();
    }

    fn compare(&self, group: &mut BenchmarkGroup<'_, WallTime>, ours: &str, reference: &str) {
        let peaks = [Cell::new(0), Cell::new(0)];
        let measured = |what: &str, peak: &Cell<u64>| {
            let (time, memory) = self.measure(what);
            peak.set(peak.get().max(memory));
            time
        };
        let name = format!("{ours} beside {reference}");
        let [own, other] = &peaks;
        compare(group, &name, || measured(ours, own), || measured(reference, other));
        if own.get() > 0 {
            say(&format!("{name}: {} MiB of memory at most to {} MiB", own.get(), other.get()));
        }
    }

    /// Makes a transfer in another process: how long it takes, and in how many MiB.
    fn measure(&self, what: &str) -> (Duration, u64) {
        let program = std::env::current_exe().expect("a program knows where it is");
        let mut command = Command::new(program);
        command.args([TRANSFER, what, &self.server.url, &self.length.to_string()]).arg(self.folder.path());
        let output = command.output().expect("it ran once already");
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        let line = String::from_utf8_lossy(&output.stdout);
        let (time, memory) = line.trim().split_once(' ').expect("it says two numbers");
        let number = |text: &str| text.parse().expect("it is a number");
        (Duration::from_nanos(number(time)), number(memory))
    }
}

/// The argument that makes this program one transfer.
const TRANSFER: &str = "transfer";

/// The name of the file that is sent.
const SOURCE: &str = "source";

/// Makes a transfer, if that is what this process is for.
fn transfer_if_asked_to() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [asked, what, url, length, folder] = &arguments[..] else { return false };
    if asked != TRANSFER {
        return false;
    }
    let length = length.parse().expect("it is a number");
    let transfer = Transfer {
        url: url.clone(),
        folder: folder.into(),
        length,
        client: Client::builder_of(&SDK).base_url(url).build().expect("the settings are fine"),
        bare: reqwest::Client::new(),
    };
    let executor = support::executor();
    let start = Instant::now();
    let transferred = executor.block_on(transfer.make(what));
    let time = start.elapsed();
    assert_eq!(transferred, length, "all of it went over");
    say(&format!("{} {}", time.as_nanos(), peak().unwrap_or_default()));
    true
}

/// A transfer: from where to where, and with what.
struct Transfer {
    url: String,
    folder: PathBuf,
    length: u64,
    client: Client,
    bare: reqwest::Client,
}

impl Transfer {
    async fn make(&self, what: &str) -> u64 {
        match what {
            "upload" => self.upload().await,
            "upload by reqwest of a stream of the file" => {
                let file = tokio::fs::File::open(self.source()).await.expect("it was made");
                self.bare_upload(reqwest::Body::wrap_stream(Pieces { file, buffer: BytesMut::new() })).await
            }
            "upload by reqwest of the file" => {
                let file = tokio::fs::File::open(self.source()).await.expect("it was made");
                self.bare_upload(file.into()).await
            }
            "download" => self.download().await,
            "download by reqwest" => self.bare_download().await,
            "download to a file" => self.save(&self.target()).await,
            "download to a file by reqwest" => self.bare_save(&self.target()).await,
            other => unreachable!("{other} is no transfer"),
        }
    }

    fn source(&self) -> PathBuf {
        self.folder.join(SOURCE)
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    async fn bare_upload(&self, body: reqwest::Body) -> u64 {
        let request = self.bare.post(format!("{}/files", self.url)).header("content-length", self.length);
        request.body(body).send().await.and_then(reqwest::Response::error_for_status).expect("it is taken");
        self.length
    }

    async fn upload(&self) -> u64 {
        let mut call = Call::new(&self.client, &UPLOAD);
        let file = FileUpload::from_path(self.source()).await.expect("it was made");
        let length = file.length().expect("it is a file");
        call.bytes("application/octet-stream", file);
        call.send_empty().await.expect("it is taken");
        length
    }

    async fn bare_response(&self) -> reqwest::Response {
        let request = self.bare.get(format!("{}/zeros/{}", self.url, self.length));
        request.send().await.and_then(reqwest::Response::error_for_status).expect("it is there")
    }

    async fn bare_download(&self) -> u64 {
        let mut response = self.bare_response().await;
        let mut length = 0;
        while let Some(piece) = response.chunk().await.expect("nothing breaks") {
            length += piece.len() as u64;
        }
        length
    }

    async fn response(&self) -> sdk_runtime::runtime::Download {
        let mut call = Call::new(&self.client, &DOWNLOAD);
        call.path("length", Style::Simple, &self.length);
        call.send_download().await.expect("it is there").into_value()
    }

    async fn download(&self) -> u64 {
        let mut stream = self.response().await.stream();
        let mut length = 0;
        while let Some(piece) = stream.next().await {
            length += piece.expect("nothing breaks").len() as u64;
        }
        length
    }

    /// Promises what the SDK does: a new file in place of the old, once it is on the disk.
    async fn bare_save(&self, path: &Path) -> u64 {
        let part = path.with_extension("part");
        let mut response = self.bare_response().await;
        let mut file = tokio::fs::File::create(&part).await.expect("it can be made");
        while let Some(piece) = response.chunk().await.expect("nothing breaks") {
            file.write_all(&piece).await.expect("there is room");
        }
        file.flush().await.expect("there is room");
        file.sync_all().await.expect("there is room");
        tokio::fs::rename(part, path).await.expect("it can be renamed");
        let folder = tokio::fs::File::open(&self.folder).await.expect("it is there");
        folder.sync_all().await.expect("it is on a disk");
        self.length
    }

    async fn save(&self, path: &Path) -> u64 {
        self.response().await.save_to(path).await.expect("there is room")
    }
}

/// A file in pieces of a quarter of a MiB: as fast as `tokio` reads one.
struct Pieces {
    file: tokio::fs::File,
    buffer: BytesMut,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        const PIECE: usize = 256 * 1024;
        let this = self.get_mut();
        this.buffer.reserve(PIECE);
        let read = ready!(pin!(this.file.read_buf(&mut this.buffer)).poll(context))?;
        Poll::Ready((read > 0).then(|| Ok(this.buffer.split().freeze())))
    }
}

/// The most memory that this process held at a time, in MiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib.div_ceil(1024))
}
