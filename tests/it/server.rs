//! A raw server on loopback: it keeps each request and writes the bytes that it was given.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// The behavior of a server once a request has come.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// Writes these bytes and closes the connection.
    Response(String),
    /// Writes what it makes of the request, and closes the connection.
    By(fn(&str) -> String),
    /// Closes the connection.
    Close,
}

/// A request: its head, and the body if the head says its length.
struct Request {
    head: String,
    body: String,
}

/// A server that gives one turn per request, and the last of them from then on.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// The bytes of a response; the connection is closed after it.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> String {
    let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let headers = headers.collect::<Vec<_>>().concat();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n{headers}\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

impl Server {
    /// Listens until it is dropped; without any turn it does not listen at all.
    pub(crate) fn start(turns: impl IntoIterator<Item = Turn>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let (requests, stop) = (Arc::default(), Arc::default());
        let mut server = Self { address, requests, stop, thread: None };
        let turns: Vec<_> = turns.into_iter().collect();
        if !turns.is_empty() {
            let (requests, stop) = (server.requests.clone(), server.stop.clone());
            server.thread = Some(thread::spawn(move || serve(&listener, &turns, &requests, &stop)));
        }
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.all(|it| it.head.clone())
    }

    /// The bodies of the requests so far.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.all(|it| it.body.clone())
    }

    fn all(&self, part: fn(&Request) -> String) -> Vec<String> {
        self.requests.lock().expect("no thread panics").iter().map(part).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        self.stop.store(true, Ordering::SeqCst);
        // It waits for a connection: this is one.
        drop(TcpStream::connect(self.address));
        drop(thread.join());
    }
}

fn serve(
    listener: &TcpListener,
    turns: &[Turn],
    requests: &Mutex<Vec<Request>>,
    stop: &AtomicBool,
) {
    for stream in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        if let Ok(stream) = stream {
            // A client that goes away is a case of its own, and no failure of the server.
            drop(turn(stream, turns, requests));
        }
    }
}

fn turn(mut stream: TcpStream, turns: &[Turn], requests: &Mutex<Vec<Request>>) -> io::Result<()> {
    let head = head(&mut stream)?;
    let body = body(&mut stream, &head)?;
    let whole = format!("{head}{body}");
    let number = {
        let mut requests = requests.lock().expect("no thread panics");
        requests.push(Request { head, body });
        requests.len()
    };
    match &turns[(number - 1).min(turns.len() - 1)] {
        Turn::Response(text) => stream.write_all(text.as_bytes()),
        Turn::By(made) => stream.write_all(made(&whole).as_bytes()),
        Turn::Close => Ok(()),
    }
}

fn body(stream: &mut TcpStream, head: &str) -> io::Result<String> {
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn head(stream: &mut TcpStream) -> io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
