//! A chaotic server: it does what is asked, or resets, stalls, refuses, cuts short and talks nonsense.

use std::collections::HashMap;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The items of the list, and the events of each stream.
pub const ITEMS: i64 = 25;
/// Longer than a try of the client may be silent.
const STALL: Duration = Duration::from_millis(900);
/// Acts are kept for longer than any call takes.
const KEPT: Duration = Duration::from_secs(60);

/// The acts that the server has done.
#[derive(Default)]
pub struct State {
    dice: AtomicU64,
    requests: AtomicU64,
    /// When each call that must not be done twice was done first, and how often.
    acts: Mutex<HashMap<i64, (Instant, u32)>>,
    twice: AtomicU64,
}

impl State {
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The number of acts that were done twice.
    pub fn twice(&self) -> u64 {
        self.twice.load(Ordering::Relaxed)
    }

    /// True if a call was done.
    pub fn has_done(&self, id: i64) -> bool {
        self.acts.lock().expect("no task panics").contains_key(&id)
    }

    /// Forgets what was done long ago.
    pub fn sweep(&self) {
        self.acts.lock().expect("no task panics").retain(|_, it| it.0.elapsed() < KEPT);
    }

    fn act(&self, id: i64) {
        let mut acts = self.acts.lock().expect("no task panics");
        let count = &mut acts.entry(id).or_insert((Instant::now(), 0)).1;
        *count += 1;
        if *count == 2 {
            self.twice.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A number below `bound`.
    fn below(&self, bound: u64) -> u64 {
        // SplitMix64: each number is a hash of its place in the sequence.
        let mut it = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % bound
    }
}

/// The ways in which a request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    /// Refused before anything is done, with a time to wait.
    Busy,
    /// Refused before anything is done, without one.
    Unavailable,
    /// An error after it was done.
    ErrorAfter,
    /// Reset before the request is read.
    ResetBefore,
    /// Reset after it was done.
    ResetAfter,
    /// Done, and then silence.
    StallHead,
    /// Silence in the middle of the body.
    StallBody,
    /// The body ends early.
    Cut,
    /// Each piece of the body is late, but not too late.
    Drip,
    /// A body that is no JSON, though it should be.
    Nonsense,
    /// An error whose body never ends.
    StallError,
}

const FAULTS: [Fault; 11] = [
    Fault::Busy,
    Fault::Unavailable,
    Fault::ErrorAfter,
    Fault::ResetBefore,
    Fault::ResetAfter,
    Fault::StallHead,
    Fault::StallBody,
    Fault::Cut,
    Fault::Drip,
    Fault::Nonsense,
    Fault::StallError,
];

pub async fn serve(listener: TcpListener, state: &'static State) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // A connection that breaks is what the server is for.
            tokio::spawn(async move { drop(connection(stream, state).await) });
        }
    }
}

pub struct Request {
    pub method: String,
    pub path: String,
    pub last_event_id: i64,
    pub body: Vec<u8>,
}

async fn connection(stream: TcpStream, state: &'static State) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let fault = match state.below(10) {
            0 => FAULTS[usize::try_from(state.below(11)).expect("it is small")],
            _ => Fault::None,
        };
        if fault == Fault::ResetBefore {
            stream.fill_buf().await?;
            return reset(&stream);
        }
        let Some(request) = read(&mut stream).await? else { return Ok(()) };
        state.requests.fetch_add(1, Ordering::Relaxed);
        let response = match fault {
            Fault::Busy => {
                let wait = format!("retry-after-ms: {}\r\n", 1 + state.below(20));
                Response::new([429, 503][usize::from(state.below(2) == 0)], &wait, "busy")
            }
            Fault::Unavailable => Response::new(503, "", "down"),
            _ => crate::routes::respond(&request, &|it| state.act(it)),
        };
        if !write(&mut stream, response, fault, state).await? {
            return Ok(());
        }
    }
}

/// Closes a connection so that the other side sees a reset, not an end.
fn reset(stream: &BufReader<TcpStream>) -> io::Result<()> {
    stream.get_ref().set_zero_linger()
}

async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut request = Request { method, path, last_event_id: -1, body: Vec::new() };
    let (mut len, mut is_chunked) = (0, false);
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(": ") {
            Some(("content-length", it)) => len = it.parse().unwrap_or_default(),
            Some(("transfer-encoding", _)) => is_chunked = true,
            Some(("last-event-id", it)) => request.last_event_id = it.parse().unwrap_or(-1),
            Some(_) => {}
            None => break,
        }
    }
    while is_chunked {
        line.clear();
        stream.read_line(&mut line).await?;
        let size = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        let start = request.body.len();
        request.body.resize(start + size + 2, 0);
        stream.read_exact(&mut request.body[start..]).await?;
        request.body.truncate(start + size);
        is_chunked = size > 0;
    }
    if len > 0 {
        request.body = vec![0; len];
        stream.read_exact(&mut request.body).await?;
    }
    Ok(Some(request))
}

/// A response before something goes wrong with it.
pub struct Response {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Response {
    pub fn new(status: u16, headers: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: headers.to_owned(), body: body.into() }
    }
}

/// Writes a response, and says whether the connection takes another request.
async fn write(
    stream: &mut BufReader<TcpStream>,
    mut it: Response,
    fault: Fault,
    state: &State,
) -> io::Result<bool> {
    match fault {
        Fault::ErrorAfter | Fault::StallError => it = Response::new(500, "", vec![b'e'; 2000]),
        Fault::Nonsense if it.headers.contains("json") => it.body = b"<html>".to_vec(),
        Fault::ResetAfter => return reset(stream).map(|()| false),
        Fault::StallHead => tokio::time::sleep(STALL).await,
        _ => {}
    }
    let Response { status, headers, body } = it;
    let is_chunked = state.below(2) == 0;
    let framing = match is_chunked {
        true => "transfer-encoding: chunked".to_owned(),
        false => format!("content-length: {}", body.len()),
    };
    let is_last = state.below(10) == 0;
    let close = if is_last { "connection: close\r\n" } else { "" };
    let head = format!("HTTP/1.1 {status} X\r\n{headers}{close}{framing}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let size = body.len().div_ceil(if fault == Fault::Drip { 8 } else { 2 }).max(1);
    for (at, piece) in body.chunks(size).enumerate() {
        if at > 0 {
            match fault {
                Fault::StallBody | Fault::StallError => tokio::time::sleep(STALL).await,
                Fault::Cut => return Ok(false),
                Fault::Drip => tokio::time::sleep(STALL / 12).await,
                _ => {}
            }
        }
        if is_chunked {
            stream.write_all(format!("{:x}\r\n", piece.len()).as_bytes()).await?;
        }
        stream.write_all(piece).await?;
        stream.write_all(if is_chunked { b"\r\n" } else { b"" }).await?;
        stream.flush().await?;
    }
    stream.write_all(if is_chunked { b"0\r\n\r\n" } else { b"" }).await?;
    stream.flush().await?;
    Ok(!is_last)
}
