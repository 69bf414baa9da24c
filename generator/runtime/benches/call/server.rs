//! A server in a process of its own, so that its work and its allocations are not counted.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Barrier;

/// Connections that wait to be accepted.
const BACKLOG: u32 = 4096;

/// A server that runs as long as this is there.
pub(crate) struct Server {
    child: Child,
    pub(crate) base: String,
}

impl Server {
    /// Starts a server that responds as soon as so many requests are there.
    pub(crate) fn start(together: usize) -> Self {
        let program = std::env::current_exe().expect("the program knows its place");
        let mut command = Command::new(program);
        command.args(["serve", &together.to_string()]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program can be run");
        let mut base = String::new();
        let output = child.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut base).expect("the server says where it is");
        Self { child, base: base.trim_end().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().expect("the server is ours");
        self.child.wait().expect("the server was started");
    }
}

/// Answers every request with a page of 20 items, so many of them at a time.
pub(crate) async fn serve(together: usize) {
    let socket = TcpSocket::new_v4().expect("there are sockets");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("the system picks the port");
    let listener = socket.listen(BACKLOG).expect("the socket is bound");
    println!("http://{}", listener.local_addr().expect("the socket is bound"));
    let body = serde_json::to_string(&crate::shape::page(20)).expect("plain data");
    let len = body.len();
    let response: Rc<str> = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len}\r\n\r\n{body}"
    )
    .into();
    let barrier = Rc::new(Barrier::new(together));
    let local = tokio::task::LocalSet::new();
    let accept = async {
        loop {
            let (stream, _) = listener.accept().await.expect("there are enough open files");
            stream.set_nodelay(true).expect("the socket is open");
            tokio::task::spawn_local(connection(stream, Rc::clone(&response), Rc::clone(&barrier)));
        }
    };
    local.run_until(accept).await;
}

async fn connection(mut stream: TcpStream, response: Rc<str>, barrier: Rc<Barrier>) {
    let mut head = Vec::with_capacity(1024);
    while stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
        // None of the requests has a body.
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            barrier.wait().await;
            if stream.write_all(response.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}
