//! For tests of programs that use a generated client: no network, no waiting.
//!
//! ```
//! use client_runtime::testing::{Scripted, response};
//!
//! let server = Scripted::new([response(200).json(r#"{"id":"ds_1"}"#)]);
//! // client: `Client::builder().transport(server.clone()).build()`, then
//! assert!(server.requests().is_empty());
//! ```

mod by_operation;
mod clock;
mod mock_response;
mod operation_responses;
mod recorder;
mod scripted;
#[cfg(feature = "websocket")]
mod socket;
pub mod wire;

#[cfg(feature = "websocket")]
pub use by_operation::SocketFormat;
pub use by_operation::{MockedCall, MockedFormat, MockedJson, OperationScript};
pub use clock::TestClock;
pub use mock_response::{MockResponse, fault, hang, response};
pub use recorder::{RecordedRequest, Recorder};
pub use scripted::Scripted;
#[cfg(feature = "websocket")]
pub use socket::ScriptedSocket;
