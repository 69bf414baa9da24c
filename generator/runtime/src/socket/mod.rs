//! Sockets: connections on which both sides send messages at any time (WebSocket, RFC 6455).
//!
//! A [`Socket`] is driven by a task of its own, which sends what is queued, responds to pings and watches the
//! limits; its clock is tokio's. A method that is dropped while it waits has done nothing: no message is lost or
//! sent in part.

#[cfg(feature = "blocking")]
mod blocking;
mod channel;
mod clocks;
mod connect;
mod contexts;
mod driver;
mod end;
mod handshake;
mod limits;
mod link;
mod macros;
mod message;
mod metered;
mod open;
mod raw;
mod room;
#[cfg(test)]
mod tests;
mod trace;
mod typed;

pub use channel::Channel;
pub use connect::Connect;
pub use contexts::{Context, Contexts};
pub use message::{ReceiveMessage, SendMessage};
pub use raw::RawMessage;
pub use typed::{Socket, SocketReceiver, SocketSender};
