//! Webhooks that arrive: whose they are, and what they say.
//!
//! ```
//! use client_runtime::http::HeaderMap;
//! use client_runtime::webhooks::{Verifier, WebhookError};
//! use client_runtime::Json;
//!
//! fn receive(headers: &HeaderMap, body: &[u8]) -> Result<Json, WebhookError> {
//!     let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//!     verifier.verify_and_parse(headers, body)
//! }
//! # assert!(receive(&HeaderMap::new(), b"{}").is_err());
//! ```

mod error;
mod mac;
mod scheme;
#[cfg(test)]
mod tests;
mod verifier;

pub use error::{WebhookError, WebhookErrorKind};
pub use scheme::{SignatureAlgorithm, SignatureEncoding, SignatureScheme};
pub use verifier::Verifier;
