//! The task that drives an open socket.

use super::clocks::{Clocks, Due};
use super::end::{End, NORMAL, read_failed};
use super::limits::SocketLimits;
use super::link::Link;
use super::metered::Metered;
use super::raw::{RawMessage, data};
use super::room::Room;
use super::trace;
use crate::error::ErrorKind;
use crate::transport::Upgraded;
use futures_core::Stream;
use futures_sink::Sink;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

/// A request of a sender.
pub(super) enum Command {
    Send(RawMessage),
    Close { code: u16, reason: String, reads_on: bool },
}

/// Bytes after which a ping asks how far the server has read, where that matters: 1 MiB.
const ACKNOWLEDGED: usize = 1 << 20;

pub(super) struct Driver {
    socket: WebSocketStream<Metered>,
    queue: mpsc::Receiver<Command>,
    room: Room,
    link: Arc<Link>,
    limits: SocketLimits,
    clocks: Clocks,
    state: DriverState,
    /// The messages that were handed to the connection, and those of them that the server has read.
    sent: u64,
    acknowledged: u64,
    /// The bytes sent since the last ping.
    since_ping: usize,
    received: u64,
    is_flushed: bool,
    /// True if the caller wants what arrives after a close of ours, so that it may take its time.
    reads_on: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DriverState {
    Open,
    /// Our close is sent, the server's is awaited.
    Closing,
    /// The end is known; what remains is to say goodbye.
    Over,
}

impl Driver {
    pub(super) async fn new(
        connection: Upgraded,
        queue: mpsc::Receiver<Command>,
        room: mpsc::Sender<RawMessage>,
        link: Arc<Link>,
        limits: SocketLimits,
    ) -> Self {
        let connection = Metered::new(connection);
        let config = Some(limits.config());
        Self {
            socket: WebSocketStream::from_raw_socket(connection, Role::Client, config).await,
            queue,
            room: Room::Unknown(room),
            link,
            limits,
            clocks: Clocks::new(),
            state: DriverState::Open,
            sent: 0,
            acknowledged: 0,
            since_ping: 0,
            received: 0,
            is_flushed: true,
            reads_on: false,
        }
    }

    /// Drives the socket to its end.
    pub(super) async fn run(mut self) {
        poll_fn(|cx| self.poll(cx)).await;
        trace::ended(&self.link, self.sent, self.received);
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            self.poll_write(cx);
            let is_read_over = self.poll_read(cx).is_ready();
            self.poll_flush(cx);
            self.clocks.note_bytes(self.socket.get_ref());
            if is_read_over && (self.is_flushed || self.clocks.is_write_blocked) {
                return Poll::Ready(());
            }
            let due = ready!(self.clocks.poll(&self.limits, cx));
            if self.act(due) {
                return Poll::Ready(());
            }
        }
    }

    /// Sends what is queued, as long as the connection takes it.
    fn poll_write(&mut self, cx: &mut Context<'_>) {
        while self.state == DriverState::Open {
            match Pin::new(&mut self.socket).poll_ready(cx) {
                Poll::Ready(Ok(())) => self.clocks.is_write_blocked = false,
                Poll::Ready(Err(_)) => return self.clocks.start_close(),
                Poll::Pending => {
                    self.clocks.is_write_blocked = true;
                    return;
                }
            }
            if self.link.unacknowledged.is_some() && self.since_ping >= ACKNOWLEDGED {
                self.ping();
                continue;
            }
            match self.queue.poll_recv(cx) {
                Poll::Ready(Some(Command::Send(message))) => {
                    self.sent += 1;
                    self.since_ping += message.len();
                    self.write(message.into());
                }
                Poll::Ready(Some(Command::Close { code, reason, reads_on })) => {
                    self.reads_on = reads_on;
                    self.close(code, &reason);
                }
                Poll::Ready(None) => self.close(NORMAL, ""),
                Poll::Pending => return,
            }
        }
    }

    /// A failed write does not end the socket yet: the server may have sent a reason for closing.
    fn write(&mut self, message: Message) {
        self.is_flushed = false;
        if Pin::new(&mut self.socket).start_send(message).is_err() {
            self.clocks.start_close();
        }
    }

    fn ping(&mut self) {
        self.since_ping = 0;
        self.clocks.note_ping();
        self.write(Message::Ping(self.sent.to_be_bytes().to_vec().into()));
    }

    fn close(&mut self, code: u16, reason: &str) {
        self.state = DriverState::Closing;
        self.queue.close();
        self.clocks.start_close();
        let frame = CloseFrame { code: code.into(), reason: reason.into() };
        self.write(Message::Close(Some(frame)));
    }

    /// Reads until the connection has nothing more, or the caller has no room for it; ready at the end.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let is_full = self.room.poll_ready(cx).is_pending();
            self.clocks.pause(is_full);
            if is_full {
                return Poll::Pending;
            }
            match ready!(Pin::new(&mut self.socket).poll_next(cx)) {
                Some(Ok(message)) => self.accept(message),
                Some(Err(error)) => self.read_failed(&error),
                None => {
                    self.end(End::failed(ErrorKind::Transport, "the connection ended"));
                    return Poll::Ready(());
                }
            }
        }
    }

    fn accept(&mut self, message: Message) {
        match message {
            Message::Text(_) | Message::Binary(_) => {
                self.clocks.note_message(self.reads_on && !self.room.is_closed());
                self.received += 1;
                if let Some(message) = data(message) {
                    self.room.deliver(message);
                }
            }
            // The pong is written by the next flush.
            Message::Ping(_) => self.is_flushed = false,
            Message::Pong(payload) => self.acknowledge(&payload),
            Message::Close(frame) => {
                self.is_flushed = false;
                self.end(End::closed(frame, self.state == DriverState::Closing));
            }
            Message::Frame(_) => {}
        }
    }

    /// The server has read all that was sent before a ping, whose payload says how much that is.
    fn acknowledge(&mut self, payload: &[u8]) {
        let Ok(count) = payload.try_into().map(u64::from_be_bytes) else { return };
        if (self.acknowledged..=self.sent).contains(&count) {
            let more = usize::try_from(count - self.acknowledged).unwrap_or(usize::MAX);
            self.acknowledged = count;
            self.link.acknowledge(more);
        }
    }

    fn read_failed(&mut self, error: &WsError) {
        let (end, code) = read_failed(error, self.limits.max_message_bytes);
        self.end(end);
        if let Some(code) = code {
            self.tell(code);
        }
    }

    /// Tells the server why the socket ends, if it still listens.
    fn tell(&mut self, code: CloseCode) {
        self.write(Message::Close(Some(CloseFrame { code, reason: "".into() })));
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) {
        if self.is_flushed {
            return;
        }
        match Pin::new(&mut self.socket).poll_flush(cx) {
            Poll::Ready(Ok(())) => (self.is_flushed, self.clocks.is_write_blocked) = (true, false),
            Poll::Ready(Err(_)) => {
                (self.is_flushed, self.clocks.is_write_blocked) = (true, false);
                self.clocks.start_close();
            }
            Poll::Pending => self.clocks.is_write_blocked = true,
        }
    }

    /// Tells both ends of the socket, once.
    fn end(&mut self, end: End) {
        self.state = DriverState::Over;
        self.clocks.start_close();
        let _ = self.link.end.set(end);
        self.room = Room::Closed;
        self.queue.close();
    }

    /// Does what it is time for; true if nothing is left to do.
    fn act(&mut self, due: Due) -> bool {
        let message = match due {
            Due::Ping => {
                self.ping();
                return false;
            }
            Due::NoPong => {
                format!("nothing arrived for {:?} after a ping", self.limits.pong_timeout)
            }
            Due::NoMessage => {
                let limit = self.limits.idle_timeout.unwrap_or_default();
                self.end(End::failed(
                    ErrorKind::Timeout,
                    format!("no message arrived for {limit:?}"),
                ));
                self.tell(CloseCode::Normal);
                return false;
            }
            Due::NoProgress => {
                let limit = self.limits.send_timeout.unwrap_or_default();
                format!("the server took nothing for {limit:?}")
            }
            Due::NoClose => {
                let limit = self.limits.close_timeout;
                format!("the close was not confirmed within {limit:?}")
            }
        };
        self.end(End::failed(ErrorKind::Timeout, message));
        true
    }
}
