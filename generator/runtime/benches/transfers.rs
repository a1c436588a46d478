//! Large files up and down, beside bare `reqwest`: how fast, and in how much memory.
//!
//! `TRANSFER_MIB` says how large the file is; without it, it is 256 MiB.

mod support;

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use sdk_runtime::runtime::{Call, Client, FileUpload, Method, Operation, Sdk, Style};
use support::{Server, Zeros};
use tokio::io::AsyncWriteExt as _;
use tokio::runtime::Runtime;

const MIB: u64 = 1024 * 1024;

static SDK: Sdk = Sdk { name: "bench", user_agent: "bench/1", ..Sdk::DEFAULT };

static UPLOAD: Operation =
    Operation { id: "upload", method: Method::POST, path: "/files", ..Operation::DEFAULT };

static DOWNLOAD: Operation = Operation { id: "download", path: "/zeros/{length}", ..Operation::DEFAULT };

fn main() {
    if support::serve_if_asked_to() {
        return;
    }
    let size = std::env::var("TRANSFER_MIB").ok().and_then(|size| size.parse().ok()).unwrap_or(256);
    let mut criterion = Criterion::default().configure_from_args();
    Transfers::new(size * MIB).run(&mut criterion);
    criterion.final_summary();
}

/// What the transfers have in common.
struct Transfers {
    server: Server,
    executor: Runtime,
    folder: tempfile::TempDir,
    length: u64,
    client: Client,
    bare: reqwest::Client,
}

impl Transfers {
    fn new(length: u64) -> Self {
        let server = Server::start();
        let client = Client::builder_of(&SDK).base_url(&server.url).build().expect("the settings are fine");
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("there is a place for files");
        let transfers = Self {
            executor: support::executor(),
            folder,
            length,
            client,
            bare: reqwest::Client::new(),
            server,
        };
        let file = fs::File::create(transfers.source()).expect("it can be made");
        io::copy(&mut io::repeat(b'x').take(length), &mut io::BufWriter::with_capacity(1 << 20, file))
            .expect("there is room for the file");
        transfers
    }

    fn source(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("target")
    }

    fn run(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(format!("file of {} MiB", self.length / MIB));
        group.throughput(Throughput::Bytes(self.length)).sample_size(10).sampling_mode(SamplingMode::Flat);
        group.measurement_time(Duration::from_secs(10));
        self.measure(&mut group, "upload, reqwest", async || self.bare_upload().await);
        self.measure(&mut group, "upload from memory, reqwest", async || self.upload_of_nothing().await);
        self.measure(&mut group, "upload, sdk", async || self.upload().await);
        self.measure(&mut group, "download, reqwest", async || self.bare_download().await);
        self.measure(&mut group, "download, sdk", async || self.download().await);
        self.measure(&mut group, "download to a file, reqwest", async || {
            self.bare_save(&self.target()).await
        });
        self.measure(&mut group, "download to a file, sdk", async || self.save(&self.target()).await);
        group.finish();
    }

    /// Measures the memory of one transfer, and the time of some.
    fn measure(&self, group: &mut BenchmarkGroup<'_, WallTime>, name: &str, transfer: impl AsyncFn() -> u64) {
        let transfer = || assert_eq!(self.executor.block_on(transfer()), self.length);
        group.bench_function(name, |bencher| bencher.iter(transfer));
        forget_peak();
        transfer();
        let peak = peak().map_or_else(|| "not known on this system".to_owned(), |peak| format!("{peak} MiB"));
        writeln!(io::stdout(), "{name}: peak memory {peak}").expect("somebody is listening");
    }

    async fn bare_upload(&self) -> u64 {
        let file = tokio::fs::File::open(self.source()).await.expect("it was made");
        let request = self.bare.post(format!("{}/files", self.server.url));
        let request = request.header("content-length", self.length).body(file);
        request.send().await.and_then(reqwest::Response::error_for_status).expect("it is taken");
        self.length
    }

    /// What there is to gain at most: nothing has to be read.
    async fn upload_of_nothing(&self) -> u64 {
        let request = self.bare.post(format!("{}/files", self.server.url));
        let request = request.body(reqwest::Body::wrap(Zeros(self.length)));
        request.send().await.and_then(reqwest::Response::error_for_status).expect("it is taken");
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

    async fn bare_answer(&self) -> reqwest::Response {
        let request = self.bare.get(format!("{}/zeros/{}", self.server.url, self.length));
        request.send().await.and_then(reqwest::Response::error_for_status).expect("it is there")
    }

    async fn bare_download(&self) -> u64 {
        let mut answer = self.bare_answer().await;
        let mut length = 0;
        while let Some(piece) = answer.chunk().await.expect("nothing breaks") {
            length += piece.len() as u64;
        }
        length
    }

    async fn answer(&self) -> sdk_runtime::runtime::Download {
        let mut call = Call::new(&self.client, &DOWNLOAD);
        call.path("length", Style::Simple, &self.length);
        call.send_download().await.expect("it is there").into_value()
    }

    async fn download(&self) -> u64 {
        let mut stream = self.answer().await.stream();
        let mut length = 0;
        while let Some(piece) = stream.next().await {
            length += piece.expect("nothing breaks").len() as u64;
        }
        length
    }

    /// Promises what the SDK does: a new file in place of the old, once it is on the disk.
    async fn bare_save(&self, path: &Path) -> u64 {
        let part = path.with_extension("part");
        let mut answer = self.bare_answer().await;
        let mut file = tokio::fs::File::create(&part).await.expect("it can be made");
        while let Some(piece) = answer.chunk().await.expect("nothing breaks") {
            file.write_all(&piece).await.expect("there is room");
        }
        file.flush().await.expect("there is room");
        file.sync_all().await.expect("there is room");
        tokio::fs::rename(part, path).await.expect("it can be renamed");
        self.length
    }

    async fn save(&self, path: &Path) -> u64 {
        self.answer().await.save_to(path).await.expect("there is room")
    }
}

/// Lets the peak be what is used now, where the system can do that.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that this process held at a time, in MiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib.div_ceil(1024))
}
