//! Calls over real sockets to a server on loopback that misbehaves (limits of 50–300 ms).

mod connection;
mod features;
mod limits;
mod load;
mod sends;
mod server;
mod streams;
