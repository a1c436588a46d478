//! An HTTP/1.1 server that records requests as they came and responses as it is told.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::reply::{Reply, Step};

/// A request, as it came.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// The headers, in their order, as they were spelled.
    pub headers: Vec<(String, String)>,
    /// The body, chunks put together.
    pub body: Vec<u8>,
    /// The number of the connection that it came on, from 0.
    pub connection: usize,
}

impl Received {
    /// The values of a header.
    pub fn header_all(&self, name: &str) -> Vec<&str> {
        let same = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header that is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values = self.header_all(name);
        assert!(values.len() < 2, "{name} is there more than once: {values:?}");
        values.first().copied()
    }
}

/// What never comes is not waited for forever, so that it is a failure with a name.
pub const LONG: Duration = Duration::from_secs(120);

type Handler = Arc<dyn Fn(&Received, usize) -> Reply + Send + Sync>;

/// A server on the loopback interface, which ends when it is dropped.
pub struct Server {
    /// Its URL, without a slash at the end.
    pub url: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    handler: Handler,
    requests: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    open: watch::Sender<usize>,
}

impl Server {
    /// Responds to each request with what the function returns for the request and its number from 0.
    pub async fn new(handler: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let state = Arc::new(State {
            handler: Arc::new(handler),
            requests: Mutex::default(),
            connections: AtomicUsize::new(0),
            open: watch::Sender::new(0),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    shared.open.send_modify(|open| *open += 1);
                    // A client that goes away in the middle is what some tests are about.
                    let _ = serve(stream, number, &shared).await;
                    shared.open.send_modify(|open| *open -= 1);
                });
            }
        });
        Self { url: format!("http://{address}"), state, task }
    }

    /// Gives these responses, one after the other; the last one over and over.
    pub async fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::new(move |_, number| replies[number.min(replies.len() - 1)].clone()).await
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Received> {
        self.state.requests.lock().expect("no test panics with the lock").clone()
    }

    /// The one request there was.
    pub fn request(&self) -> Received {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.into_iter().next().expect("there is one")
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many connections there are.
    pub fn open_connections(&self) -> usize {
        *self.state.open.borrow()
    }

    /// Waits until no connection is open any more.
    pub async fn all_closed(&self) {
        all_closed(&self.state.open).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, connection: usize, state: &State) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(mut request) = read_request(&mut stream, &mut buffer).await? {
        request.connection = connection;
        let number = {
            let mut requests = state.requests.lock().expect("no test panics with the lock");
            requests.push(request.clone());
            requests.len() - 1
        };
        let reply = (state.handler)(&request, number);
        for step in reply.steps {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Close => return stream.shutdown().await,
                Step::Reset => return reset(stream),
                Step::Wait(go) => go.notified().await,
                Step::Stall(stalled) => {
                    stalled.notify_one();
                    return wait_for_end(&mut stream).await;
                }
                Step::Forever(bytes) => loop {
                    stream.write_all(&bytes).await?;
                },
            }
        }
    }
    Ok(())
}

/// Waits until none of the connections that are counted is open any more.
///
/// # Panics
///
/// When one is left behind.
pub async fn all_closed(open: &watch::Sender<usize>) {
    let mut open = open.subscribe();
    let closing = tokio::time::timeout(LONG, open.wait_for(|open| *open == 0)).await;
    closing.expect("no connection is left behind").expect("the server is there");
}

/// Waits until the other side is gone.
async fn wait_for_end(stream: &mut TcpStream) -> io::Result<()> {
    let mut scrap = vec![0; 4096];
    while stream.read(&mut scrap).await? > 0 {}
    Ok(())
}

fn reset(stream: TcpStream) -> io::Result<()> {
    stream.set_zero_linger()?;
    drop(stream);
    Ok(())
}

/// Reads a request; `None` when the other side has closed the connection.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Received>> {
    let end = loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            break end;
        }
        if fill(stream, buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    buffer.drain(..end + 4);
    let mut request = parse_head(&head);
    let length = request.header("content-length").map(|length| length.parse().expect("it is a number"));
    if let Some(length) = length {
        while buffer.len() < length {
            if fill(stream, buffer).await? == 0 {
                return Ok(None);
            }
        }
        request.body = buffer.drain(..length).collect();
    } else if request.header("transfer-encoding") == Some("chunked") {
        request.body = read_chunks(stream, buffer).await?;
    }
    Ok(Some(request))
}

fn parse_head(head: &str) -> Received {
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let mut next = || first.next().unwrap_or_default().to_owned();
    let (method, target) = (next(), next());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    Received { method, target, headers, ..Received::default() }
}

async fn read_chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = find(buffer, b"\r\n") {
                break end;
            }
            if fill(stream, buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let size = String::from_utf8_lossy(&buffer[..end]).into_owned();
        let size = usize::from_str_radix(size.trim(), 16).expect("it is a chunk's size");
        buffer.drain(..end + 2);
        while buffer.len() < size + 2 {
            if fill(stream, buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        body.extend(buffer.drain(..size));
        buffer.drain(..2);
        if size == 0 {
            return Ok(body);
        }
    }
}

async fn fill(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<usize> {
    buffer.reserve(16 * 1024);
    stream.read_buf(buffer).await
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
