//! An open socket with typed messages, and its two halves.

use super::connect::Connect;
use super::driver::Command;
use super::end::{End, NORMAL};
use super::link::Link;
use super::message::{ReceiveMessage, SendMessage};
use super::open::Opened;
use super::raw::RawMessage;
use crate::error::{Error, ErrorKind, Result};
use futures_core::Stream;
use http::HeaderMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc;

/// An open socket, on which `S` is sent and `R` received. Dropping it sends what is queued and closes it.
pub struct Socket<S, R> {
    sender: SocketSender<S>,
    receiver: SocketReceiver<R>,
    connect: Box<Connect>,
}

/// The half of a socket that sends. Clones share the socket.
pub struct SocketSender<S> {
    queue: mpsc::Sender<Command>,
    link: Arc<Link>,
    sent: PhantomData<fn(S)>,
}

/// The half of a socket that receives. The socket closes once all of its halves are dropped.
pub struct SocketReceiver<R> {
    received: mpsc::Receiver<RawMessage>,
    /// Keeps the socket open while somebody receives.
    queue: mpsc::Sender<Command>,
    link: Arc<Link>,
    has_ended: bool,
    read: PhantomData<fn() -> R>,
}

impl Connect {
    /// Opens the socket.
    ///
    /// # Errors
    /// Those of a call: a server that refuses causes [`ErrorKind::Status`] with the body of its
    /// response. A transport of your own that cannot upgrade connections.
    pub async fn connect<S, R>(self) -> Result<Socket<S, R>> {
        let opened = self.clone().open().await?;
        Ok(Socket::new(opened, self))
    }
}

impl<S, R> Socket<S, R> {
    pub(super) fn new(opened: Opened, connect: Connect) -> Self {
        let (sender, receiver) = halves(opened);
        Self { sender, receiver, connect: Box::new(connect) }
    }

    /// The two halves, which may be used in different tasks.
    pub fn split(self) -> (SocketSender<S>, SocketReceiver<R>) {
        (self.sender, self.receiver)
    }

    /// The headers of the response that opened the socket.
    pub fn headers(&self) -> &HeaderMap {
        &self.receiver.link.headers
    }

    /// The code that the server has closed the socket with; 1005 means that there was none.
    pub fn close_code(&self) -> Option<u16> {
        self.receiver.close_code()
    }

    pub(super) fn receive_queue(&self) -> usize {
        self.connect.limits.receive_queue.max(1)
    }

    /// Sends a message that is written already.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_raw(&self, message: RawMessage) -> Result<()> {
        self.sender.send_raw(message).await
    }

    /// Closes the socket after what is queued, and waits for the server to do the same; returns the
    /// server's code. Messages that arrive until then are dropped: to read them, use
    /// [`SocketSender::close`].
    ///
    /// # Errors
    /// A socket that has failed, or a server that does not respond within the limit.
    pub async fn close(self) -> Result<u16> {
        let Self { sender, mut receiver, .. } = self;
        sender.command_close(NORMAL, "", false).await?;
        while poll_fn(|cx| receiver.received.poll_recv(cx)).await.is_some() {}
        match receiver.link.end.get() {
            Some(End::Closed { code, .. }) => Ok(*code),
            Some(end @ End::Failed { .. }) => Err(receiver.link.error_of(end)),
            None => Err(receiver.link.is_over()),
        }
    }

    /// Opens the socket again, as it was opened before, and hands back the messages of which no pong says that the
    /// server has read them, oldest first. None of them is sent again: the caller knows which of them still make
    /// sense on a new connection. On an error this socket stays as it was.
    ///
    /// # Errors
    /// Those of [`Connect::connect`]; a configuration error unless [`Connect::with_reconnect`] was set.
    pub async fn reconnect(&mut self) -> Result<Vec<RawMessage>> {
        if !self.connect.keeps_unacknowledged {
            let message = "sockets are opened again only if `with_reconnect` was set before";
            let error = Error::new(ErrorKind::Configuration, message);
            return Err(error.with_operation(self.receiver.link.operation));
        }
        let opened = self.connect.as_ref().clone().open().await?;
        let old = self.receiver.link.clone();
        (self.sender, self.receiver) = halves(opened);
        Ok(old.take_unacknowledged())
    }
}

impl<S: SendMessage, R> Socket<S, R> {
    /// Queues a message, and waits while the queue is full. A call that is dropped while it waits sends nothing.
    ///
    /// # Errors
    /// A message that cannot be written; a socket that is closed or has failed, with the reason.
    pub async fn send(&self, message: &S) -> Result<()> {
        self.sender.send(message).await
    }
}

impl<S, R: ReceiveMessage> Socket<S, R> {
    /// The next message; `None` once the socket is closed normally: with code 1000 or none, or from here.
    ///
    /// A message that is not what was declared is an error of kind [`ErrorKind::Decode`] that holds it in its body;
    /// the socket stays open. Any other error is the last item. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<R>> {
        self.receiver.next().await
    }
}

fn halves<S, R>(opened: Opened) -> (SocketSender<S>, SocketReceiver<R>) {
    let Opened { link, queue, received } = opened;
    let sender = SocketSender { queue: queue.clone(), link: link.clone(), sent: PhantomData };
    (sender, SocketReceiver::from_parts(received, queue, link))
}

impl<S> SocketSender<S> {
    /// Sends a message that is written already.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_raw(&self, message: RawMessage) -> Result<()> {
        let permit = self.queue.reserve().await.map_err(|_| self.link.is_over())?;
        let kept = message.clone();
        self.link.keep(&kept, || permit.send(Command::Send(message)));
        Ok(())
    }

    /// Closes the socket after what is queued, with code 1000. The other half still gets what the server sends until
    /// it closes too.
    ///
    /// # Errors
    /// Those of [`close_with`](Self::close_with).
    pub async fn close(&self) -> Result<()> {
        self.close_with(NORMAL, "").await
    }

    /// Closes the socket after what is queued, with a code and a reason of at most 123 bytes.
    ///
    /// # Errors
    /// A code that no client may send; a socket that has failed.
    pub async fn close_with(&self, code: u16, reason: &str) -> Result<()> {
        let is_allowed = matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999);
        if !is_allowed || reason.len() > 123 {
            let message = format!("no socket can be closed with code {code} and such a reason");
            return Err(self.link.error(ErrorKind::InvalidParameter, message));
        }
        self.command_close(code, reason, true).await
    }

    async fn command_close(&self, code: u16, reason: &str, reads_on: bool) -> Result<()> {
        match self.queue.reserve().await {
            Ok(permit) => {
                let reason = reason.to_owned();
                permit.send(Command::Close { code, reason, reads_on });
            }
            // Whoever closes what is closed has what they want.
            Err(_) if self.link.end.get().is_none_or(End::is_normal) => {}
            Err(_) => return Err(self.link.is_over()),
        }
        Ok(())
    }
}

impl<S: SendMessage> SocketSender<S> {
    /// Queues a message, and waits while the queue is full. A call that is dropped while it waits sends nothing.
    ///
    /// # Errors
    /// A message that cannot be written; a socket that is closed or has failed, with the reason.
    pub async fn send(&self, message: &S) -> Result<()> {
        let raw = message.to_raw().map_err(|error| {
            let message = format!("the message cannot be written: {error}");
            self.link.error(ErrorKind::InvalidParameter, message)
        })?;
        self.send_raw(raw).await
    }
}

impl<R> SocketReceiver<R> {
    /// The code that the server has closed the socket with; 1005 means that there was none.
    pub fn close_code(&self) -> Option<u16> {
        match self.link.end.get()? {
            End::Closed { code, .. } => Some(*code),
            End::Failed { .. } => None,
        }
    }

    /// The next message as it came.
    pub(super) fn poll_raw(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<RawMessage>>> {
        if let Some(raw) = ready!(self.received.poll_recv(cx)) {
            return Poll::Ready(Some(Ok(raw)));
        }
        let is_first = !std::mem::replace(&mut self.has_ended, true);
        let failed = match self.link.end.get() {
            Some(end) if end.is_normal() => false,
            Some(_) | None => is_first,
        };
        Poll::Ready(failed.then(|| Err(self.link.is_over())))
    }

    /// The queues of messages and of commands.
    pub(super) fn into_parts(
        self,
    ) -> (mpsc::Receiver<RawMessage>, mpsc::Sender<Command>, Arc<Link>) {
        (self.received, self.queue, self.link)
    }

    pub(super) fn from_parts(
        received: mpsc::Receiver<RawMessage>,
        queue: mpsc::Sender<Command>,
        link: Arc<Link>,
    ) -> Self {
        Self { received, queue, link, has_ended: false, read: PhantomData }
    }
}

impl<R: ReceiveMessage> SocketReceiver<R> {
    /// The next message; see [`Socket::next`].
    pub async fn next(&mut self) -> Option<Result<R>> {
        poll_fn(|cx| self.poll_message(cx)).await
    }

    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<R>>> {
        let raw = match ready!(self.poll_raw(cx)) {
            Some(Ok(raw)) => raw,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some(R::from_raw(&raw).map_err(|it| self.link.undecodable(&raw, it))))
    }
}

impl<R: ReceiveMessage> Stream for SocketReceiver<R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_message(cx)
    }
}

impl<S, R: ReceiveMessage> Stream for Socket<S, R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.receiver.poll_message(cx)
    }
}

impl<S> Clone for SocketSender<S> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone(), link: self.link.clone(), sent: PhantomData }
    }
}

impl<S, R> fmt::Debug for Socket<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("Socket", &self.receiver.link, f)
    }
}

impl<S> fmt::Debug for SocketSender<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("SocketSender", &self.link, f)
    }
}

impl<R> fmt::Debug for SocketReceiver<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("SocketReceiver", &self.link, f)
    }
}

fn debug(name: &str, link: &Link, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).field("address", &link.address).finish_non_exhaustive()
}
