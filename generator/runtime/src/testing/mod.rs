//! For tests of programs that use a generated client: no network, no waiting.
//!
//! ```
//! use client_runtime::testing::{Scripted, response};
//!
//! let server = Scripted::new([response(200).json(r#"{"id":"ds_1"}"#)]);
//! // client: `Client::builder().transport(server.clone()).build()`, then
//! assert!(server.requests().is_empty());
//! ```

mod clock;
mod recorder;
mod scripted;
#[cfg(feature = "websocket")]
mod socket;
pub mod wire;

pub use clock::TestClock;
pub use recorder::{RecordedRequest, Recorder};
pub use scripted::{MockResponse, Scripted, fault, hang, response};
#[cfg(feature = "websocket")]
pub use socket::ScriptedSocket;
