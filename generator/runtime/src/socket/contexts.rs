//! Messages that belong together by a property, each group as a stream of its own.

use super::driver::Command;
use super::link::Link;
use super::message::{ReceiveMessage, SendMessage};
use super::raw::RawMessage;
use super::typed::{Socket, SocketReceiver, SocketSender};
use crate::codec::from_slice;
use crate::error::{ErrorKind, Result};
use futures_core::Stream;
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context as TaskContext, Poll};
use tokio::sync::mpsc;

/// A socket whose received messages are told apart by the value of a property. Clones share the socket, which closes
/// once these and all of its contexts are dropped.
///
/// A message without the property, such as an error that concerns all, goes to each open context. One whose context
/// is not open goes to [`rest`](Self::rest), or is dropped if nobody wants that. A context that is not read holds the
/// others up once its queue is full: drop it instead.
pub struct Contexts<S, R> {
    sender: SocketSender<S>,
    shared: Arc<SharedRoutes>,
    received: PhantomData<fn() -> R>,
}

/// The messages of one context. Dropping it ends its part of the routing and sends nothing.
pub struct Context<R> {
    receiver: SocketReceiver<R>,
    shared: Arc<SharedRoutes>,
    key: ContextKey,
}

/// A context's id; `None` for messages of contexts that are not open.
type ContextKey = Option<String>;

struct SharedRoutes {
    routes: Mutex<BTreeMap<ContextKey, mpsc::Sender<RawMessage>>>,
    commands: mpsc::Sender<Command>,
    link: Arc<Link>,
    room: usize,
}

/// The routes of an ended socket are taken away, so that their receivers see the end.
struct Router {
    shared: std::sync::Weak<SharedRoutes>,
    property: &'static str,
}

impl<S, R> Socket<S, R> {
    /// Tells received messages apart by the value of a property, such as `context_id`.
    pub fn contexts(self, property: &'static str) -> Contexts<S, R> {
        let room = self.receive_queue();
        let (sender, receiver) = self.split();
        let (received, commands, link) = receiver.into_parts();
        let runtime = link.runtime.clone();
        let routes = Mutex::new(BTreeMap::new());
        let shared = Arc::new(SharedRoutes { routes, commands, link, room });
        let router = Router { shared: Arc::downgrade(&shared), property };
        runtime.spawn(router.run(received));
        Contexts { sender, shared, received: PhantomData }
    }
}

impl<S, R> Contexts<S, R> {
    /// Opens a context here: from now on, messages with this id go to it. Nothing is sent.
    ///
    /// # Errors
    /// An id that is open already.
    pub fn open(&self, id: &str) -> Result<Context<R>> {
        self.register(Some(id.to_owned()))
    }

    /// The messages of contexts that are not open.
    ///
    /// # Errors
    /// Somebody has them already.
    pub fn rest(&self) -> Result<Context<R>> {
        self.register(None)
    }

    fn register(&self, key: ContextKey) -> Result<Context<R>> {
        let SharedRoutes { commands, link, room, .. } = &*self.shared;
        let (route, received) = mpsc::channel(*room);
        {
            let mut routes = self.shared.routes();
            if routes.contains_key(&key) {
                let message = format!("the context {key:?} is open already");
                return Err(link.error(ErrorKind::InvalidParameter, message));
            }
            // The end of an ended socket is seen by dropping the route.
            if link.end.get().is_none() {
                routes.insert(key.clone(), route);
            }
        }
        let receiver = SocketReceiver::from_parts(received, commands.clone(), link.clone());
        Ok(Context { receiver, shared: self.shared.clone(), key })
    }

    /// The half that sends.
    pub fn sender(&self) -> &SocketSender<S> {
        &self.sender
    }
}

impl<S: SendMessage, R> Contexts<S, R> {
    /// Queues a message; see [`Socket::send`].
    ///
    /// # Errors
    /// Those of [`Socket::send`].
    pub async fn send(&self, message: &S) -> Result<()> {
        self.sender.send(message).await
    }
}

impl<R> Context<R> {
    /// The id; empty for the rest.
    pub fn id(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }
}

impl<R: ReceiveMessage> Context<R> {
    /// The next message of the context; `None` or an error at the end of the socket, as by [`Socket::next`].
    pub async fn next(&mut self) -> Option<Result<R>> {
        self.receiver.next().await
    }
}

impl<R: ReceiveMessage> Stream for Context<R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.receiver).poll_next(cx)
    }
}

impl<R> Drop for Context<R> {
    fn drop(&mut self) {
        self.shared.routes().remove(&self.key);
    }
}

impl SharedRoutes {
    fn routes(&self) -> std::sync::MutexGuard<'_, BTreeMap<ContextKey, mpsc::Sender<RawMessage>>> {
        self.routes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a message with a key goes.
    fn of(&self, key: &ContextKey) -> Vec<mpsc::Sender<RawMessage>> {
        let routes = self.routes();
        match key {
            None => routes.values().cloned().collect(),
            Some(_) => routes.get(key).or_else(|| routes.get(&None)).cloned().into_iter().collect(),
        }
    }
}

impl Router {
    async fn run(self, mut received: mpsc::Receiver<RawMessage>) {
        while let Some(message) = poll_fn(|cx| received.poll_recv(cx)).await {
            let Some(shared) = self.shared.upgrade() else { return };
            let routes = shared.of(&key(&message, self.property));
            // A router that held them would keep the socket open.
            drop(shared);
            for route in routes {
                // A context that was dropped meanwhile wants nothing.
                let _ = route.send(message.clone()).await;
            }
        }
        if let Some(shared) = self.shared.upgrade() {
            shared.routes().clear();
        }
    }
}

/// The value of the property: a text, or what another value is as JSON.
fn key(message: &RawMessage, property: &str) -> ContextKey {
    let json = message.property(property).filter(|it| *it != "null")?;
    Some(from_slice(json.as_bytes()).unwrap_or_else(|_| json.to_owned()))
}

impl<S, R> Clone for Contexts<S, R> {
    fn clone(&self) -> Self {
        let (sender, shared) = (self.sender.clone(), self.shared.clone());
        Self { sender, shared, received: PhantomData }
    }
}

impl<S, R> fmt::Debug for Contexts<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contexts")
            .field("address", &self.shared.link.address)
            .finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for Context<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("id", &self.key).finish_non_exhaustive()
    }
}
