//! Tests of requests and responses by samples, for the tests that the generator emits.

#[cfg(feature = "websocket")]
mod channel;
mod check;
mod exchange;
mod multipart;
mod record;
mod request;
#[cfg(test)]
mod tests;
mod trips;

#[cfg(feature = "websocket")]
pub use channel::{SocketExchange, binary, bytes, json_of, text, text_of};
pub use exchange::Exchange;
pub use request::ExpectedRequest;
pub use trips::RoundTrips;

use super::Scripted;
use crate::codec::{Decode, ReadAs, from_slice, from_slice_as};

/// Whom a client of a test talks to.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a client of a test is made for each of the two")]
pub enum Wire {
    /// A script.
    Scripted(Scripted),
    /// The server at a URL.
    Server(String),
}

/// Reads a sample.
///
/// # Panics
/// If the JSON does not fit the type.
#[must_use]
pub fn sample<T: Decode>(json: &str) -> T {
    from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{error}, in this sample: {json}"))
}

/// Reads a sample of another wire form than its type's.
///
/// # Panics
/// If the JSON is not in this form.
#[must_use]
pub fn sample_as<C: ReadAs<T>, T: Send>(json: &str) -> T {
    let read = from_slice_as::<C, T>(json.as_bytes());
    read.unwrap_or_else(|error| panic!("{error}, in this sample: {json}"))
}
