//! A socket that is about to be opened: parameters, credentials and limits.

use super::channel::Channel;
use super::limits::SocketLimits;
use crate::call::Call;
use crate::client::Core;
use crate::codec::Encode;
use crate::param::Style;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A socket to open. Generated code wraps one per channel.
///
/// It is opened as a call is sent: with the client's credentials, headers, proxies, certificates and time limits, and
/// it is tried again as a call is (see [`RetryPolicy`](crate::RetryPolicy)).
#[derive(Clone)]
#[must_use = "a socket does nothing until it is connected"]
pub struct Connect {
    pub(super) call: Call,
    pub(super) channel: &'static Channel,
    pub(super) limits: SocketLimits,
    pub(super) keeps_unacknowledged: bool,
}

impl Core {
    /// Starts to open a socket.
    pub fn channel(&self, channel: &'static Channel) -> Connect {
        let operation = &channel.operation;
        let path = Cow::Borrowed(operation.path);
        let call = Call::new(self.clone(), operation, operation.method, path);
        Connect { call, channel, limits: SocketLimits::default(), keeps_unacknowledged: false }
    }
}

impl Connect {
    /// Sets a parameter of the path.
    pub fn path(self, name: &'static str, value: &dyn Encode) -> Self {
        self.with_call(|it| it.path(name, value))
    }

    /// Sets a parameter of the path in a style.
    pub fn path_as(self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        self.with_call(|it| it.path_as(name, value, style))
    }

    /// Sets a query parameter: form style, exploded. Null and empty lists leave it out.
    pub fn query(self, name: &'static str, value: &dyn Encode) -> Self {
        self.with_call(|it| it.query(name, value))
    }

    /// Sets a query parameter in a style.
    pub fn query_as(self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        self.with_call(|it| it.query_as(name, value, style))
    }

    /// Sets a header of the handshake. Null leaves it out.
    pub fn header(self, name: &'static str, value: &dyn Encode) -> Self {
        self.with_call(|it| it.header(name, value))
    }

    /// Sets a header of the handshake in a style.
    pub fn header_as(self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        self.with_call(|it| it.header_as(name, value, style))
    }

    /// The call that opens the socket.
    #[doc(hidden)]
    #[cfg(feature = "testing")]
    pub fn into_call(self) -> Call {
        self.call
    }

    /// Changes the call that opens the socket: its time limits, retries, headers and query.
    pub fn with_call(mut self, change: impl FnOnce(Call) -> Call) -> Self {
        self.call = change(self.call);
        self
    }

    /// Limits the size of a received message, in bytes; 64 MiB by default. A larger one ends the socket.
    pub fn with_max_message_bytes(mut self, limit: usize) -> Self {
        self.limits.max_message_bytes = limit;
        self
    }

    /// Limits the size of a received frame, of which a message may have several, in bytes; 16 MiB by default. A
    /// larger one ends the socket.
    pub fn with_max_frame_bytes(mut self, limit: usize) -> Self {
        self.limits.max_frame_bytes = limit;
        self
    }

    /// Limits how many messages wait to be sent; 32 by default, at least 1. Sending another one waits.
    pub fn with_send_queue(mut self, messages: usize) -> Self {
        self.limits.send_queue = messages;
        self
    }

    /// Limits how many received messages wait to be read; 32 by default, at least 1. Nothing is received while as
    /// many wait, which the server comes to notice.
    pub fn with_receive_queue(mut self, messages: usize) -> Self {
        self.limits.receive_queue = messages;
        self
    }

    /// Sets the time between two pings; 20 s by default, `None` for no pings.
    pub fn with_ping_interval(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.limits.ping_interval = interval.into();
        self
    }

    /// Limits the time in which nothing arrives after a ping; 20 s by default. Time in which the caller does not read
    /// what has arrived is not counted.
    pub fn with_pong_timeout(mut self, limit: Duration) -> Self {
        self.limits.pong_timeout = limit;
        self
    }

    /// Limits the time between two received messages, pings and pongs aside; no limit by default.
    pub fn with_idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.idle_timeout = limit.into();
        self
    }

    /// Limits the time in which the server takes none of the bytes that are to be sent; 60 s by default, `None` for
    /// no limit.
    pub fn with_send_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.limits.send_timeout = limit.into();
        self
    }

    /// Limits how long a close waits for the server's, or for its next message before that; 5 s by default.
    pub fn with_close_timeout(mut self, limit: Duration) -> Self {
        self.limits.close_timeout = limit;
        self
    }

    /// Keeps each message until a pong shows that the server has read it, so that
    /// [`Socket::reconnect`](super::Socket::reconnect) can hand back those that may be lost; off by default. Pings then also follow each MiB
    /// that is sent.
    pub fn with_reconnect(mut self, keeps: bool) -> Self {
        self.keeps_unacknowledged = keeps;
        self
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connect")
            .field("channel", &self.channel.operation.id)
            .field("path", &self.channel.operation.path)
            .finish_non_exhaustive()
    }
}
