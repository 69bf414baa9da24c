//! Calls over real sockets to a server on loopback that misbehaves (limits of 50–300 ms).

#[cfg(feature = "rustls")]
mod connecting;
mod connection;
#[cfg(feature = "rustls")]
mod default_only;
mod features;
#[cfg(all(feature = "hyper", feature = "preserve-order"))]
mod key_order;
mod limits;
mod load;
#[cfg(feature = "rustls")]
mod proxies;
mod resume;
mod sends;
mod server;
mod setup;
#[cfg(all(feature = "rustls", feature = "websocket"))]
mod sockets;
mod streams;
#[cfg(feature = "rustls")]
mod tls;
#[path = "transports/hyper.rs"]
mod transport;
