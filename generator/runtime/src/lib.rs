//! The runtime of every generated client: transport, retries, paging, streams, errors, and the
//! JSON codec. Generated code only describes calls; this crate makes them.

#![doc = include_str!("manual.md")]
#![warn(missing_docs)]

mod auth;
mod base64;
mod beyond;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod call;
mod client;
pub mod codec;
mod download;
#[cfg(feature = "drift")]
mod drift;
mod error;
mod events;
mod future;
mod oauth;
mod operation;
mod operation_macro;
mod options;
mod page;
mod param;
mod patch;
mod path;
mod redact;
mod required;
mod response;
mod response_enum;
pub mod response_format;
mod response_future;
pub mod response_headers;
mod response_kind;
mod retry;
mod secret;
mod send;
mod service;
#[cfg(feature = "websocket")]
pub mod socket;
#[cfg(feature = "sources")]
pub mod sources;
mod terminals;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod timeouts;
mod timer;
mod timestamp;
mod trace;
mod transport;
mod uri;
mod wait;
mod wait_policy;
#[cfg(feature = "webhooks")]
pub mod webhooks;

pub use auth::TokenSource;
pub use beyond::ExtraAs;
pub use body::{FilePart, IntoMultipart, IntoParts, Multipart, PartEncoding, RequestBody};
pub use call::{Call, OrNull};
pub use client::{Builder, Core};
pub use codec::{
    AsJson, AsText, Base64, Base64Url, Boxed, Decode, Encode, Int64String, Json, List, Map,
    Nullable, NumberString, Reader, Record, Same, UnknownInt, UnknownLiteral, UnknownValue, Writer,
    coded,
};
pub use download::Download;
#[cfg(feature = "drift")]
pub use drift::Drift;
pub use error::{Attempt, BoxError, Error, ErrorKind, Result};
pub use events::{Event, Events};
pub use future::BoxFuture;
pub use oauth::{IssuedTokens, OAuth};
pub use operation::{Method, Operation, Paging};
pub use page::{Items, NextPage, Page, Paged, Pages, cursor};
pub use param::Style;
pub use patch::Patch;
pub use required::missing_fields;
pub use response::{RawResponse, ReceivedResponse, WithMeta};
pub use response_enum::{ResponseEnum, UnreadResponse};
pub use response_future::{LenientFuture, ResponseFuture};
pub use response_headers::HasHeaders;
pub use response_kind::{ResponseKind, Setting, Terminal};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use service::{ClientParam, FixedHeader, OAuthFlow, SecurityScheme, ServerVariable, Service};
pub use timer::{Timer, TokioTimer};
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub use timestamp::TimestampError;
pub use timestamp::{AsTimestamp, Timestamp};
#[cfg(feature = "websocket")]
pub use transport::Upgraded;
pub use transport::{
    Body, ByteStream, Layer, Request, Response, Transport, TransportError, TransportErrorKind,
};
pub use wait::Stateful;
pub use wait_policy::WaitPolicy;

pub use bytes;
pub use bytes::Bytes;
pub use http;
pub use serde::Serialize;
#[doc(no_inline)]
pub use serde_json::json;

#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "reqwest")]
    pub use crate::transport::ReqwestClient;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
