//! The same over a `reqwest::Client` of the program's own.
//!
//! `default_only` is left out: it holds what such a client cannot do, or what its owner has to see to.

mod connecting;
mod connection;
mod features;
mod limits;
mod load;
mod proxies;
mod resume;
mod server;
mod setup;
mod streams;
mod tls;
#[path = "transports/reqwest.rs"]
mod transport;
