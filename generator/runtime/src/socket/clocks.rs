//! The limits on time of an open socket, on tokio's clock.

use super::limits::SocketLimits;
use super::metered::Metered;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// The thing that it is time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    Ping,
    /// Nothing arrived after a ping.
    NoPong,
    /// No message arrived.
    NoMessage,
    /// The server takes nothing.
    NoProgress,
    /// A close was not confirmed.
    NoClose,
}

pub(super) struct Clocks {
    bytes_read: u64,
    bytes_written: u64,
    last_read: Instant,
    last_written: Instant,
    last_message: Instant,
    last_ping: Instant,
    awaits_pong: bool,
    /// True while what has arrived waits for the caller, who may take any time.
    is_paused: bool,
    pub(super) is_write_blocked: bool,
    closing: Option<Instant>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Clocks {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            bytes_read: 0,
            bytes_written: 0,
            last_read: now,
            last_written: now,
            last_message: now,
            last_ping: now,
            awaits_pong: false,
            is_paused: false,
            is_write_blocked: false,
            closing: None,
            sleep: None,
        }
    }

    /// Notes whether bytes have moved.
    pub(super) fn note_bytes(&mut self, connection: &Metered) {
        if connection.read != self.bytes_read {
            self.bytes_read = connection.read;
            self.last_read = Instant::now();
            self.awaits_pong = false;
        }
        if connection.written != self.bytes_written || !self.is_write_blocked {
            self.bytes_written = connection.written;
            self.last_written = Instant::now();
        }
    }

    /// Notes a message; it may put off the limit on a close.
    pub(super) fn note_message(&mut self, extends_close: bool) {
        self.last_message = Instant::now();
        if extends_close && self.closing.is_some() {
            self.closing = Some(self.last_message);
        }
    }

    pub(super) fn note_ping(&mut self) {
        self.last_ping = Instant::now();
        self.awaits_pong = true;
    }

    /// Time in which the caller does not read is not counted.
    pub(super) fn pause(&mut self, is_paused: bool) {
        if self.is_paused && !is_paused {
            let now = Instant::now();
            (self.last_read, self.last_message) = (now, now);
        }
        self.is_paused = is_paused;
    }

    pub(super) fn start_close(&mut self) {
        self.closing.get_or_insert_with(Instant::now);
    }

    pub(super) fn poll(&mut self, limits: &SocketLimits, cx: &mut Context<'_>) -> Poll<Due> {
        let Some((at, due)) = self.next(limits) else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(cx).map(|()| due)
    }

    fn next(&self, limits: &SocketLimits) -> Option<(Instant, Due)> {
        let is_open = self.closing.is_none();
        let after = |start: Instant, limit: Option<Duration>, due| {
            limit.and_then(|it| start.checked_add(it)).map(|at| (at, due))
        };
        let listens = is_open && !self.is_paused;
        let pings = is_open && !self.awaits_pong && !self.is_write_blocked;
        let pinged = self.last_read.max(self.last_ping);
        let all = [
            pings.then(|| after(self.last_ping, limits.ping_interval, Due::Ping)),
            (listens && self.awaits_pong)
                .then(|| after(pinged, Some(limits.pong_timeout), Due::NoPong)),
            listens.then(|| after(self.last_message, limits.idle_timeout, Due::NoMessage)),
            self.is_write_blocked
                .then(|| after(self.last_written, limits.send_timeout, Due::NoProgress)),
            self.closing.map(|it| after(it, Some(limits.close_timeout), Due::NoClose)),
        ];
        all.into_iter().flatten().flatten().min_by_key(|it| it.0)
    }
}
