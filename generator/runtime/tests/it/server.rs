//! A raw TCP server: each connection is handed to a script, requests and bytes are counted.

use crate::setup::Setup;
use client_runtime::codec::Json;
use client_runtime::{Builder, Core, Method, Operation, RetryPolicy, SecurityScheme, Service};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) static SERVICE: Service = Service::new("example", "https://api.example.com")
    .schemes(&[SecurityScheme::bearer("Token")])
    .sentinels(&["[DONE]"]);
static GET: Operation = Operation::new("get", Method::Get, "/x").security(&[&["Token"]]);
static POST: Operation = Operation::new("post", Method::Post, "/x").security(&[&["Token"]]);

/// The actions of a server on its connections.
#[derive(Clone)]
pub(crate) struct Fault {
    /// Written after the head of a request has come; each after the pause.
    pub(crate) writes: Vec<Vec<u8>>,
    pub(crate) pause: Duration,
    pub(crate) end: End,
    /// The bytes of a request's body read at a time, and the pause between reads.
    pub(crate) pace: (usize, Duration),
}

const NO_PACE: (usize, Duration) = (16 * 1024, Duration::ZERO);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Stays open for the next request.
    KeepAlive,
    Close,
    Reset,
    /// Writes the last chunk again and again.
    Repeat,
    Hang,
    /// Resets without reading.
    ResetAtOnce,
    /// Closes after the head of a request, whose body is not read.
    CloseUnread,
}

pub(crate) struct Server {
    pub(crate) address: std::net::SocketAddr,
    requests: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    written: Arc<AtomicUsize>,
    bytes_in: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

pub(crate) fn respond(text: &str) -> Fault {
    Fault { writes: vec![text.as_bytes().to_vec()], ..silent() }
}

/// No response: the connection is closed.
pub(crate) fn silent() -> Fault {
    Fault { writes: Vec::new(), pause: Duration::ZERO, end: End::Close, pace: NO_PACE }
}

pub(crate) fn ok(body: &str) -> Fault {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    Fault { end: End::KeepAlive, ..respond(&head) }
}

impl Fault {
    pub(crate) fn then(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.writes.push(bytes.into());
        self
    }

    pub(crate) fn end(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Reads so many bytes of the request at a time, with so many milliseconds between.
    pub(crate) fn reading(mut self, bytes: usize, millis: u64) -> Self {
        self.pace = (bytes, Duration::from_millis(millis));
        self
    }

    pub(crate) fn pause(mut self, millis: u64) -> Self {
        self.pause = Duration::from_millis(millis);
        self
    }
}

impl Server {
    /// Gives one fault per request, and the last of them from then on.
    pub(crate) async fn start(faults: Vec<Fault>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let new = || Arc::new(AtomicUsize::new(0));
        let server = Self {
            address,
            requests: new(),
            open: new(),
            written: new(),
            bytes_in: new(),
            heads: Arc::default(),
        };
        let (requests, open, written, bytes_in, heads) = (
            server.requests.clone(),
            server.open.clone(),
            server.written.clone(),
            server.bytes_in.clone(),
            server.heads.clone(),
        );
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (faults, requests, open, written, bytes_in, heads) = (
                    faults.clone(),
                    requests.clone(),
                    open.clone(),
                    written.clone(),
                    bytes_in.clone(),
                    heads.clone(),
                );
                tokio::spawn(async move {
                    open.fetch_add(1, Ordering::SeqCst);
                    let _ = serve(stream, &faults, &requests, &written, &bytes_in, &heads).await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// The heads of the requests, in small letters.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    pub(crate) fn written(&self) -> usize {
        self.written.load(Ordering::SeqCst)
    }

    /// Bytes of heads and bodies that came.
    pub(crate) fn bytes_in(&self) -> usize {
        self.bytes_in.load(Ordering::SeqCst)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn builder(&self) -> Builder {
        builder(&self.url()).timeout(Duration::from_millis(200))
    }

    pub(crate) fn client(&self) -> Core {
        self.builder().build().unwrap()
    }
}

/// A client of any server.
pub(crate) fn builder(url: &str) -> Builder {
    builder_with(url, &Setup::default())
}

/// The same with connections of a kind.
pub(crate) fn builder_with(url: &str, setup: &Setup) -> Builder {
    let builder = Builder::new(&SERVICE).environment(|_| None).credential("Token", "canary-7f3a");
    crate::transport::over(builder.base_url(url).retry(quick()), setup)
}

/// Reads whole requests; each gets its fault.
async fn serve(
    mut stream: TcpStream,
    faults: &[Fault],
    requests: &AtomicUsize,
    written: &AtomicUsize,
    bytes_in: &AtomicUsize,
    heads: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        let next = &faults[requests.load(Ordering::SeqCst).min(faults.len() - 1)];
        if next.end == End::ResetAtOnce {
            requests.fetch_add(1, Ordering::SeqCst);
            return reset(&stream);
        }
        let is_whole = next.end != End::CloseUnread;
        if !read_request(&mut stream, is_whole, next.pace, bytes_in, heads).await? {
            return Ok(());
        }
        let fault = &faults[requests.fetch_add(1, Ordering::SeqCst).min(faults.len() - 1)];
        for chunk in &fault.writes {
            tokio::time::sleep(fault.pause).await;
            stream.write_all(chunk).await?;
            written.fetch_add(chunk.len(), Ordering::SeqCst);
        }
        match fault.end {
            End::KeepAlive => {}
            End::Close => return stream.shutdown().await,
            End::CloseUnread => return Ok(()),
            End::Reset | End::ResetAtOnce => return reset(&stream),
            End::Repeat => loop {
                tokio::time::sleep(fault.pause).await;
                let chunk = &fault.writes[fault.writes.len() - 1];
                stream.write_all(chunk).await?;
                written.fetch_add(chunk.len(), Ordering::SeqCst);
            },
            End::Hang => {
                let _ = stream.read(&mut [0; 1024]).await;
                return Ok(());
            }
        }
    }
}

#[expect(deprecated, reason = "a linger of zero is how a reset is made; it does not block")]
fn reset(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_linger(Some(Duration::ZERO))
}

/// Reads a head and, if wanted, the body that its length announces; `false` at the end of the connection.
async fn read_request(
    stream: &mut TcpStream,
    is_whole: bool,
    pace: (usize, Duration),
    bytes_in: &AtomicUsize,
    heads: &Mutex<Vec<String>>,
) -> std::io::Result<bool> {
    let (mut head, mut space) = (Vec::new(), vec![0; pace.0]);
    loop {
        let read = stream.read(&mut space).await?;
        if read == 0 {
            return Ok(false);
        }
        bytes_in.fetch_add(read, Ordering::SeqCst);
        head.extend_from_slice(&space[..read]);
        let Some(end) = head.windows(4).position(|it| it == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&head[..end]).to_ascii_lowercase();
        let len: usize = text
            .split("content-length: ")
            .nth(1)
            .and_then(|it| it.lines().next()?.parse().ok())
            .unwrap_or(0);
        let mut left = (end + 4 + len).saturating_sub(head.len());
        while left > 0 && is_whole {
            if !pace.1.is_zero() {
                tokio::time::sleep(pace.1).await;
            }
            let read = stream.read(&mut space).await?;
            if read == 0 {
                return Ok(false);
            }
            bytes_in.fetch_add(read, Ordering::SeqCst);
            left = left.saturating_sub(read);
        }
        heads.lock().unwrap().push(text);
        return Ok(true);
    }
}

pub(crate) async fn get(core: &Core) -> client_runtime::Result<Json> {
    core.call(&GET).send().await
}

pub(crate) fn call(core: &Core) -> client_runtime::Call {
    core.call(&GET)
}

pub(crate) fn post(core: &Core) -> client_runtime::Call {
    core.call(&POST).json(&serde_json::json!({"a": 1}))
}

/// The default policy with waits of 1 to 8 ms.
fn quick() -> RetryPolicy {
    RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(8))
}
