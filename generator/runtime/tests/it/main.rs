//! Calls over real sockets to a server on loopback that misbehaves (limits of 50–300 ms).

mod connection;
mod features;
mod limits;
mod load;
#[cfg(feature = "rustls")]
mod proxies;
mod resume;
mod sends;
mod server;
mod streams;
#[cfg(feature = "rustls")]
mod tls;
