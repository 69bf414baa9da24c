//! For tests of programs that use a generated client: no network, no waiting.
//!
//! ```
//! use client_runtime::testing::{Scripted, answer};
//!
//! let server = Scripted::new([answer(200).json(r#"{"id":"ds_1"}"#)]);
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
pub use recorder::{Recorded, Recorder};
pub use scripted::{Answer, Scripted, answer, fault, hang};
#[cfg(feature = "websocket")]
pub use socket::ScriptedSocket;
