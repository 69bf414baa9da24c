//! The server's side of a socket, from a script.

use crate::socket::RawMessage;
use crate::transport::{Response, Upgraded};
use bytes::Bytes;
use futures_core::Stream;
use futures_sink::Sink;
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use http::{HeaderMap, HeaderValue};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::DuplexStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};

/// A server of one socket that follows a script, and keeps what it receives. Clones share what was received.
///
/// ```
/// use client_runtime::testing::{Scripted, ScriptedSocket, response};
///
/// let socket = ScriptedSocket::new().awaits(1).sends(r#"{"type":"done"}"#).closes(1000, "");
/// let server = Scripted::new([response(101).socket(&socket)]);
/// // client: `Client::builder().transport(server.clone()).build()`, then
/// assert!(socket.received().is_empty());
/// ```
///
/// After the last step the server reads on until the client closes. The bytes are those of a real socket.
#[derive(Clone, Debug, Default)]
pub struct ScriptedSocket {
    steps: Vec<ScriptStep>,
    state: Arc<Mutex<ReceivedMessages>>,
}

#[derive(Debug, Default)]
struct ReceivedMessages {
    received: Vec<RawMessage>,
    close_code: Option<u16>,
}

#[derive(Clone, Debug)]
enum ScriptStep {
    Send(RawMessage),
    Await(usize),
    Close(u16, String),
    Break,
    Echo,
    Hang,
    Pause(Duration),
}

type ServerStream = WebSocketStream<DuplexStream>;

/// Bytes on their way in each direction.
const PIPE: usize = 64 << 10;

impl ScriptedSocket {
    /// A server without steps: it receives.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a message of text.
    #[must_use]
    pub fn sends(self, text: &str) -> Self {
        self.then(ScriptStep::Send(RawMessage::text(text)))
    }

    /// Sends a message of bytes.
    #[must_use]
    pub fn sends_binary(self, bytes: impl Into<Bytes>) -> Self {
        self.then(ScriptStep::Send(RawMessage::binary(bytes)))
    }

    /// Waits for as many messages more.
    #[must_use]
    pub fn awaits(self, messages: usize) -> Self {
        self.then(ScriptStep::Await(messages))
    }

    /// Closes with a code and a reason.
    #[must_use]
    pub fn closes(self, code: u16, reason: &str) -> Self {
        self.then(ScriptStep::Close(code, reason.to_owned()))
    }

    /// Breaks the connection off.
    #[must_use]
    pub fn breaks(self) -> Self {
        self.then(ScriptStep::Break)
    }

    /// Sends back each message that it receives from here on.
    #[must_use]
    pub fn echoes(self) -> Self {
        self.then(ScriptStep::Echo)
    }

    /// Reads and sends nothing for a time.
    #[must_use]
    pub fn pauses(self, time: Duration) -> Self {
        self.then(ScriptStep::Pause(time))
    }

    /// Reads and sends nothing any more, and keeps the connection open.
    #[must_use]
    pub fn hangs(self) -> Self {
        self.then(ScriptStep::Hang)
    }

    fn then(mut self, step: ScriptStep) -> Self {
        self.steps.push(step);
        self
    }

    /// The messages that the client has sent so far, in order.
    #[must_use]
    pub fn received(&self) -> Vec<RawMessage> {
        self.state(|it| it.received.clone())
    }

    /// The code that the client has closed with; 1005 means that there was none.
    #[must_use]
    pub fn close_code(&self) -> Option<u16> {
        self.state(|it| it.close_code)
    }

    fn state<T>(&self, change: impl FnOnce(&mut ReceivedMessages) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Agrees to a request for a socket, and starts to follow the script.
    pub(super) fn accept(&self, request: &HeaderMap, response: &mut Response) {
        let key = request.get(SEC_WEBSOCKET_KEY).map_or(&b""[..], |it| it.as_bytes());
        let accept = HeaderValue::from_str(&derive_accept_key(key)).expect("it is base64");
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        headers.entry(SEC_WEBSOCKET_ACCEPT).or_insert(accept);
        let (client, server) = tokio::io::duplex(PIPE);
        Upgraded::new(client).attach(response);
        tokio::spawn(self.clone().follow(server));
    }

    async fn follow(self, connection: DuplexStream) {
        let mut server = WebSocketStream::from_raw_socket(connection, Role::Server, None).await;
        for step in self.steps.clone() {
            let is_open = match step {
                ScriptStep::Send(message) => send(&mut server, message.into()).await,
                ScriptStep::Await(count) => self.receive(&mut server, count).await,
                ScriptStep::Close(code, reason) => {
                    let frame = CloseFrame { code: code.into(), reason: reason.into() };
                    send(&mut server, Message::Close(Some(frame))).await
                }
                ScriptStep::Break => false,
                ScriptStep::Echo => self.echo(&mut server).await,
                ScriptStep::Pause(time) => {
                    tokio::time::sleep(time).await;
                    true
                }
                ScriptStep::Hang => std::future::pending().await,
            };
            if !is_open {
                return;
            }
        }
        self.receive(&mut server, usize::MAX).await;
    }

    /// Sends back what it receives, until the connection ends.
    async fn echo(&self, server: &mut ServerStream) -> bool {
        let mut is_open = true;
        while is_open {
            is_open = self.receive(server, 1).await;
            let last = self.state(|it| it.received.last().cloned());
            if let Some(message) = last.filter(|_| is_open) {
                is_open = send(server, message.into()).await;
            }
        }
        false
    }

    /// Receives as many messages; `false` at the end of the connection.
    async fn receive(&self, server: &mut ServerStream, count: usize) -> bool {
        let mut left = count;
        while left > 0 {
            let message = poll_fn(|cx| Pin::new(&mut *server).poll_next(cx)).await;
            match message {
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(1005, |it| it.code.into());
                    self.state(|it| it.close_code = Some(code));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Text(text))) => {
                    self.state(|it| it.received.push(RawMessage::text(text.as_str())));
                    left -= 1;
                }
                Some(Ok(Message::Binary(bytes))) => {
                    self.state(|it| it.received.push(RawMessage::binary(bytes)));
                    left -= 1;
                }
                Some(Err(_)) | None => return false,
            }
        }
        true
    }
}

async fn send(server: &mut ServerStream, message: Message) -> bool {
    let sent = async {
        poll_fn(|cx| Pin::new(&mut *server).poll_ready(cx)).await?;
        Pin::new(&mut *server).start_send(message)?;
        poll_fn(|cx| Pin::new(&mut *server).poll_flush(cx)).await
    };
    sent.await.is_ok()
}
