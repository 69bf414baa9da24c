//! A channel, the request that opens its socket, and the messages that go over it.

use super::Wire;
use super::check::{describe, differences, same};
use super::request::ExpectedRequest;
use crate::codec::{Encode, Json, from_slice, measure_fit};
use crate::socket::{Connect, RawMessage, ReceiveMessage, SendMessage, Socket};
use crate::testing::{Scripted, ScriptedSocket, response};
use bytes::Bytes;
use std::fmt;

/// A channel and the request that opens its socket. Each message is sent over a socket that a server sends back as it
/// is.
///
/// With `WIRE_SOCKET_URL` in the environment all is done once more at that server, which must send back what it gets.
#[must_use = "what is wrong comes out in `finish`"]
pub struct SocketExchange<C> {
    operation: &'static str,
    request: ExpectedRequest,
    connect: fn(&Wire) -> C,
    open: Box<dyn Fn(&C) -> Connect>,
    runtime: tokio::runtime::Runtime,
    server: Option<String>,
    failures: Vec<String>,
}

impl<C> SocketExchange<C> {
    /// A channel: how it is opened, and the request that it must make.
    ///
    /// # Panics
    /// If no async runtime can be set up.
    pub fn new(
        operation: &'static str,
        request: ExpectedRequest,
        connect: fn(&Wire) -> C,
        open: impl Fn(&C) -> Connect + 'static,
    ) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let server = std::env::var("WIRE_SOCKET_URL").ok().filter(|it| !it.is_empty());
        let mut channel = Self {
            operation,
            request,
            connect,
            open: Box::new(open),
            runtime: runtime.expect("a thread can have a runtime"),
            server,
            failures: Vec::new(),
        };
        channel.handshake();
        channel
    }

    /// Says that the socket is at another server than the client's, and so not at a server of tests.
    pub fn stay_local(&mut self) {
        self.server = None;
    }

    /// Messages that the client sends, and each as it must be on the wire.
    pub fn sends<S: SendMessage>(&mut self, messages: &[(S, RawMessage)]) {
        let wanted: Vec<_> = messages.iter().map(|it| it.1.clone()).collect();
        let send = async |socket: &Socket<S, RawMessage>, index: usize| {
            socket.send(&messages[index].0).await
        };
        for echoed in self.echoes(&wanted, &send) {
            let Ok((wanted, sent)) = echoed else { continue };
            if !is_same(&wanted, &sent) {
                self.fail(format_args!("{} was sent as {}", shown(&wanted), shown(&sent)));
            }
        }
    }

    /// Messages that the server sends, which must be read with nothing that their type does not know, and be the same
    /// when they are written again.
    pub fn receives<R: ReceiveMessage>(
        &mut self,
        messages: &[RawMessage],
        again: impl Fn(&R) -> RawMessage,
    ) {
        let send = async |socket: &Socket<RawMessage, RawMessage>, index: usize| {
            socket.send(&messages[index]).await
        };
        for echoed in self.echoes(messages, &send) {
            let Ok((wanted, received)) = echoed else { continue };
            let (read, unknown) = measure_fit(|| R::from_raw(&received));
            match read {
                Err(error) => {
                    self.fail(format_args!("{} cannot be read: {error}", shown(&wanted)));
                }
                Ok(_) if unknown.unfamiliar() > 0 => self.fail(format_args!(
                    "{} has something that its type does not know",
                    shown(&wanted)
                )),
                Ok(value) => {
                    let written = again(&value);
                    if !is_same(&wanted, &written) {
                        self.fail(format_args!(
                            "{} was read as {}",
                            shown(&wanted),
                            shown(&written)
                        ));
                    }
                }
            }
        }
    }

    /// Ends the test.
    ///
    /// # Panics
    /// If anything was wrong.
    pub fn finish(self) {
        assert!(self.failures.is_empty(), "{}", self.failures.join("\n"));
    }

    /// Compares the request of the handshake.
    fn handshake(&mut self) {
        let script = Scripted::new([response(101).socket(&ScriptedSocket::new())]);
        let client = (self.connect)(&Wire::Scripted(script.clone()));
        let connect = (self.open)(&client);
        let opened = self.runtime.block_on(connect.connect::<RawMessage, RawMessage>());
        if let Err(error) = opened {
            self.fail(format_args!("handshake: {}", describe(&error)));
        }
        match &script.requests()[..] {
            [sent] => {
                for difference in differences(sent, &self.request) {
                    self.fail(format_args!("handshake: {difference}"));
                }
            }
            other => self.fail(format_args!("{} requests instead of one", other.len())),
        }
    }

    /// Sends messages over sockets at each server, and gives what comes back beside what was wanted.
    fn echoes<S>(
        &mut self,
        wanted: &[RawMessage],
        send: &impl AsyncFn(&Socket<S, RawMessage>, usize) -> crate::Result<()>,
    ) -> Vec<Result<(RawMessage, RawMessage), ()>> {
        let script = Scripted::new([response(101).socket(&ScriptedSocket::new().echoes())]);
        let servers = [Some(Wire::Scripted(script)), self.server.clone().map(Wire::Server)];
        let mut found = Vec::new();
        for server in servers.into_iter().flatten() {
            let client = (self.connect)(&server);
            let connect = (self.open)(&client);
            let talk = async {
                let mut socket = connect.connect::<S, RawMessage>().await?;
                let mut echoes = Vec::new();
                for index in 0..wanted.len() {
                    send(&socket, index).await?;
                    echoes.extend(socket.next().await.transpose()?);
                }
                socket.close().await?;
                crate::Result::Ok(echoes)
            };
            match self.runtime.block_on(talk) {
                Ok(echoes) if echoes.len() == wanted.len() => {
                    found.extend(wanted.iter().cloned().zip(echoes).map(Ok));
                }
                Ok(echoes) => {
                    self.fail(format_args!("{} of {} came back", echoes.len(), wanted.len()));
                }
                Err(error) => self.fail(format_args!("{server:?}: {}", describe(&error))),
            }
        }
        found
    }

    fn fail(&mut self, what: fmt::Arguments<'_>) {
        let failure = format!("{}: {what}", self.operation);
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }
}

impl<C> fmt::Debug for SocketExchange<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SocketExchange").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// A message of text.
#[must_use]
pub fn text(text: &str) -> RawMessage {
    RawMessage::text(text)
}

/// A message of bytes.
#[must_use]
pub fn binary(bytes: &Bytes) -> RawMessage {
    RawMessage::binary(bytes.clone())
}

/// Bytes that are no text.
#[must_use]
pub fn bytes() -> Bytes {
    Bytes::from_static(b"\x00\xffbytes")
}

/// A value as a message of JSON.
///
/// # Panics
/// If it cannot be written.
pub fn json_of<T: Encode>(value: &T) -> RawMessage {
    RawMessage::json(value).expect("a value that was read can be written")
}

/// A value as a message of plain text.
///
/// # Panics
/// If it cannot be written.
pub fn text_of<T: Encode>(value: &T) -> RawMessage {
    RawMessage::bare_text(value).expect("a value that was read can be written")
}

/// A sample as it is, which messages of users are not shown as.
fn shown(message: &RawMessage) -> String {
    match (message.as_text(), message.as_binary()) {
        (Some(text), _) => text.to_owned(),
        (None, bytes) => format!("{bytes:?}"),
    }
}

/// Tells whether two messages are the same frame; JSON may be spelled otherwise.
fn is_same(one: &RawMessage, other: &RawMessage) -> bool {
    let json = |it: &RawMessage| from_slice::<Json>(it.as_text()?.as_bytes()).ok();
    match (one.as_binary(), other.as_binary()) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            one.as_text() == other.as_text()
                || json(one).zip(json(other)).is_some_and(|(one, other)| same(&one, &other))
        }
        _ => false,
    }
}
