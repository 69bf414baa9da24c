//! Sockets without async: they are driven by the runtime that all blocking calls share.

use super::connect::Connect;
use super::message::{ReceiveMessage, SendMessage};
use super::typed::{Socket, SocketReceiver, SocketSender};
use crate::blocking::wait;
use crate::error::Result;

impl Connect {
    /// Opens the socket and waits for that.
    ///
    /// # Errors
    /// Those of [`connect`](Self::connect); a configuration error inside of an async runtime.
    pub fn connect_blocking<S, R>(self) -> Result<Socket<S, R>> {
        wait(self.connect())
    }
}

impl<S: SendMessage, R> Socket<S, R> {
    /// Queues a message, and waits while the queue is full.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub fn send_blocking(&self, message: &S) -> Result<()> {
        wait(self.send(message))
    }
}

impl<S, R: ReceiveMessage> Socket<S, R> {
    /// The next message, waited for; `None` once the socket is closed normally.
    pub fn next_blocking(&mut self) -> Option<Result<R>> {
        wait(async { self.next().await.transpose() }).transpose()
    }
}

impl<S, R> Socket<S, R> {
    /// Closes the socket and waits for the server to do the same; returns the server's code.
    ///
    /// # Errors
    /// Those of [`close`](Self::close).
    pub fn close_blocking(self) -> Result<u16> {
        wait(self.close())
    }
}

impl<S: SendMessage> SocketSender<S> {
    /// Queues a message, and waits while the queue is full.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub fn send_blocking(&self, message: &S) -> Result<()> {
        wait(self.send(message))
    }
}

impl<R: ReceiveMessage> SocketReceiver<R> {
    /// The next message, waited for; `None` once the socket is closed normally.
    pub fn next_blocking(&mut self) -> Option<Result<R>> {
        wait(async { self.next().await.transpose() }).transpose()
    }
}
