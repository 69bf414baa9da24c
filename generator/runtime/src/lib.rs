//! What every generated client links against: transport, retries, paging, streams, errors, and the
//! JSON codec. Generated code only describes calls; this crate makes them.
//!
//! This page is for those who use a generated client. Its examples use the client of an API called
//! `acme`; every generated client has the same shape. A client re-exports this crate, so what is
//! named here is found in yours as `client_runtime::…`.
//!
//! # Authentication
//!
//! `Client::from_env()` takes keys from the environment; the page of your client names the
//! variables, and so does the error if none is set. `Client::builder()` takes them from you. What
//! the builder is not told comes from the environment.
//!
//! ```
//! # mod acme {
//! #     use client_runtime::{Scheme, Service};
//! #     client_runtime::client!(SERVICE); static SERVICE: Service = Service::new("acme", "https://api.acme.example")
//! #         .schemes(&[Scheme::bearer("key").variable("ACME_API_KEY")]);
//! #     impl ClientBuilder {
//! #         pub fn api_key(self, key: &str) -> Self { Self(self.0.credential("key", key)) }
//! #     }
//! # }
//! let client = acme::Client::builder().api_key("secret").build()?;
//! assert!(!format!("{client:?}").contains("secret"));
//! # Ok::<_, client_runtime::Error>(())
//! ```
//!
//! A key shows in no `Debug`, no error and no trace. It goes to the host of the base URL, and while
//! that is the document's own, to the other hosts that the document names; any other has to be named
//! by `trust_host`. Plain http is refused except on this machine, unless `allow_http(true)` permits it.
//!
//! A token that changes comes from a [`TokenSource`], given to `token_source` of the builder. It is
//! asked before each try, and once more after a 401.
//!
//! ```
//! use client_runtime::{BoxError, BoxFuture, Secret, TokenSource};
//! use std::sync::Mutex;
//!
//! struct Tokens(Mutex<Option<Secret>>);
//!
//! impl TokenSource for Tokens {
//!     fn token<'a>(
//!         &'a self,
//!         rejected: Option<&'a Secret>,
//!     ) -> BoxFuture<'a, Result<Secret, BoxError>> {
//!         Box::pin(async move {
//!             let kept = self.0.lock().unwrap().clone();
//!             if let Some(token) = kept.filter(|it| Some(it) != rejected) {
//!                 return Ok(token);
//!             }
//!             let fresh = Secret::from("from wherever tokens come from");
//!             *self.0.lock().unwrap() = Some(fresh.clone());
//!             Ok(fresh)
//!         })
//!     }
//! }
//! ```
//!
//! # Calls
//!
//! A client has a handle for each resource, and a handle a method for each operation. What a path
//! needs and the body are arguments; everything else is a setter. Nothing is sent before a terminal,
//! and dropping its future ends the request.
//!
//! ```no_run
//! # mod acme {
//! #     use client_runtime::{Core, Json, Method, Operation, Service};
//! #     client_runtime::client!(SERVICE); static SERVICE: Service = Service::new("acme", "https://api.acme.example");
//! #     static GET: Operation = Operation::new("get", Method::Get, "/datasets/{id}"); pub struct Datasets(Core);
//! #     impl Client { pub fn datasets(&self) -> Datasets { Datasets(self.core.clone()) } }
//! #     impl Datasets { pub fn get(&self, id: &str) -> Get { Get(self.0.call(&GET).path("id", &id)) } }
//! #     client_runtime::operation!(Get for Datasets::get -> json Json);
//! # }
//! use std::time::Duration;
//!
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = acme::Client::from_env()?;
//!
//! let dataset = client.datasets().get("ds_1").send().await?;
//!
//! let answer = client.datasets().get("ds_1").send_with_meta().await?;
//! println!("{} after {} tries: {:?}", answer.status(), answer.attempts(), answer.request_id());
//!
//! let raw = client.datasets().get("ds_1").send_raw().await?;
//! println!("{}: {}", raw.status(), raw.text());
//!
//! let slow = client.datasets().get("ds_1")
//!     .with_timeout(Duration::from_secs(5))
//!     .with_max_retries(0)
//!     .with_header("x-trace", "42")
//!     .with_query("expand", &"owner")
//!     .send();
//! # Ok(()) }
//! ```
//!
//! | terminal | gives |
//! |---|---|
//! | `send` | the value; a status that is no success is an error |
//! | `send_with_meta` | the value as [`WithMeta`]: with status, headers and the number of tries |
//! | `send_raw` | status, headers and bytes of any answer, as a [`RawResponse`] |
//! | `send_events` | the answer as a stream, where an operation has both forms |
//! | `pages`, `items` | a list, where an operation comes in pages |
//! | `send_blocking`, `pages_blocking`, `items_blocking` | the same without async, under feature `blocking` |
//!
//! Options of a call start with `with_`, so that no parameter of an API can take their names:
//! `with_timeout`, `with_total_timeout`, `with_max_retries`, `with_retry`, `with_header`,
//! `with_query`, `with_body_field`, `with_idempotency_key`. The rarer ones are methods of [`Call`],
//! reached by `with_call(|call| call.with_stall_timeout(…))`.
//!
//! What a document does not describe, `client.request(method, path)` sends, with the same
//! authentication, retries and limits; it gives a [`Call`] whose `send` brings untyped [`Json`].
//!
//! Enums and unions have a variant `Unknown`, which keeps what this version of the client does not
//! know. Properties that no field takes are passed over. A date-time is a
//! [`Timestamp`], which keeps its text. In the body of a PATCH, a property that can be cleared is a
//! [`Patch`]: absent, null, or a value. Types of a client implement `serde::Serialize` and
//! `serde::Deserialize`.
//!
//! # Paging
//!
//! `send` gives one [`Page`], which derefs to what the server sent. [`Pages`] and [`Items`] ask for
//! more as they are read. They are `futures_core::Stream`s, and their own `next` needs no other crate.
//!
//! ```no_run
//! # mod acme {
//! #     use client_runtime::{Core, Json, Method, Next, Operation, Paged, Paging, Service};
//! #     client_runtime::client!(SERVICE); static SERVICE: Service = Service::new("acme", "https://api.acme.example");
//! #     static LIST: Operation =
//! #         Operation::new("list", Method::Get, "/datasets").paging(Paging::token("page_token"));
//! #     pub struct Datasets(Core);
//! #     impl Client { pub fn datasets(&self) -> Datasets { Datasets(self.core.clone()) } }
//! #     impl Datasets { pub fn list(&self) -> List { List(self.0.call(&LIST)) } }
//! #     client_runtime::operation!(List for Datasets::list -> pages Json);
//! #     impl Paged for List {
//! #         type Page = Json;
//! #         type Item = Json;
//! #         fn items(page: Json) -> Vec<Json> { Self::peek(&page).to_vec() }
//! #         fn peek(page: &Json) -> &[Json] { page["data"].as_array().map_or(&[], Vec::as_slice) }
//! #         fn next(page: &Json) -> Next { Next::token(page["next"].as_str()) }
//! #     }
//! # }
//! # async fn run(client: acme::Client) -> client_runtime::Result<()> {
//! let mut datasets = client.datasets().list().items();
//! while let Some(dataset) = datasets.next().await {
//!     println!("{}", dataset?);
//! }
//!
//! let page = client.datasets().list().send().await?;
//! if let Some(next) = page.next_page() {
//!     println!("{:?}", next.await?);
//! }
//! # Ok(()) }
//! ```
//!
//! A walk over pages always ends. A cursor that came before, a page that is empty and yet not the
//! last, and a server that pays no heed to an offset give an error of kind [`ErrorKind::Paging`]. The
//! other parameters of the first call are sent with each page.
//!
//! # Errors
//!
//! There is one [`Error`], a pointer wide. It says what kind it is, and keeps status, headers and
//! body of the answer. A body that is not what was declared is [`ErrorKind::Decode`]: the error names
//! the place in it, and has all of it.
//!
//! ```
//! use client_runtime::{Error, ErrorKind};
//!
//! fn explain(error: &Error) -> String {
//!     match error.kind() {
//!         ErrorKind::Status if error.status().is_some_and(|it| it == 404) => "not there".to_owned(),
//!         ErrorKind::Status => format!("{error} (request {:?})", error.request_id()),
//!         ErrorKind::Decode => format!("unexpected at {:?}: {:?}", error.path(), error.body()),
//!         _ if error.is_retryable() => format!("later, perhaps: {error}"),
//!         _ => error.to_string(),
//!     }
//! }
//! ```
//!
//! [`Error::body_as`] reads the body as a type that the document declares for errors.
//! [`Error::retry_after`] is the wait that the server asks for, [`Error::attempts`] the tries that
//! failed. `Display` shows the start of the body in one line, without credentials.
//!
//! # Retries and limits
//!
//! A failed call is repeated twice by default: after connect errors, timeouts, broken connections,
//! 408, 409, 429 and 5xx, as far as that is safe. GET, PUT, DELETE and other idempotent methods
//! always are; POST and PATCH only where the server cannot have acted: no connection, 429, or 503
//! with `Retry-After`. The server's `x-should-retry` overrules this. An idempotency key makes every
//! call safe to repeat, if the server knows it.
//!
//! Waits are those that the server asks for, up to 60 s; otherwise 0.5 s, doubled up to 8 s, less up
//! to a quarter by chance. All calls of a client share a budget of ten retries, to which a success
//! gives back a tenth, so that an outage is not multiplied.
//!
//! | limit | default | setter of the builder | of a call |
//! |---|---|---|---|
//! | each try | 60 s | `timeout` | `with_timeout` |
//! | connecting | 5 s | `connect_timeout` | |
//! | all tries and waits | none | `total_timeout` | `with_total_timeout` |
//! | between two pieces of a stream | 60 s | `stall_timeout` | [`Call::with_stall_timeout`] |
//! | an answer, after decompression | 64 MiB | `max_response_bytes` | [`Call::with_max_response_bytes`] |
//! | one event or line | 8 MiB | `max_event_bytes` | |
//!
//! ```
//! use client_runtime::RetryPolicy;
//! use std::time::Duration;
//!
//! // For `retry` of the builder, or `with_retry` of a call.
//! let patient = RetryPolicy::default()
//!     .max_retries(5)
//!     .backoff(Duration::from_millis(100), Duration::from_secs(20))
//!     .max_retry_after(Duration::from_secs(120));
//! # assert_ne!(patient, RetryPolicy::none());
//! ```
//!
//! # Streams, files and uploads
//!
//! An operation that answers with events gives [`Events`]: server-sent events or lines of JSON, each
//! read as a type. It ends where the server ends it, at the API's sentinel such as `[DONE]`, and
//! after an error. One that answers with bytes gives a [`Download`]. Dropping either closes the
//! connection.
//!
//! ```no_run
//! use client_runtime::{Download, Events, Json, RequestBody, Result};
//!
//! async fn print(mut events: Events<Json>) -> Result<()> {
//!     while let Some(event) = events.next().await {
//!         println!("{}", event?);
//!     }
//!     Ok(())
//! }
//!
//! async fn save(speech: Download) -> Result<u64> {
//!     speech.save("speech.wav").await
//! }
//!
//! // A body is bytes, a file that is read while it is sent, or a stream.
//! fn recording() -> RequestBody {
//!     RequestBody::file("voice.wav")
//! }
//! ```
//!
//! Bytes and files are sent again if a try fails. A stream is sent once, unless it comes from
//! [`RequestBody::streams`]. A form with files is a struct whose parts are [`FilePart`]s.
//! [`Call::with_progress`] is told how much was sent.
//!
//! # Layers and transports
//!
//! What carries requests is a [`Transport`]: reqwest by default, with HTTP/1.1 and the proxies of the
//! environment. It follows no redirect and repeats nothing. `reqwest_client` takes a client of your
//! own, `transport` anything else. A [`Layer`] sees each try after authentication, and each answer;
//! the one that was added last is the outermost.
//!
//! ```
//! use client_runtime::{BoxFuture, Request, Response, Transport, TransportError};
//! use std::sync::Arc;
//!
//! struct Log(Arc<dyn Transport>);
//!
//! impl Transport for Log {
//!     fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
//!         let (inner, path) = (self.0.clone(), request.uri().path().to_owned());
//!         Box::pin(async move {
//!             let answer = inner.send(request).await;
//!             println!("{path}: {:?}", answer.as_ref().map(|it| it.status()));
//!             answer
//!         })
//!     }
//! }
//!
//! // For `layer` of the builder.
//! fn log(inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
//!     Arc::new(Log(inner))
//! }
//! # fn is_layer(_: impl client_runtime::Layer) {}
//! # is_layer(log);
//! ```
//!
//! # Testing
//!
//! Under feature `testing` the module `testing` has a transport that answers from a script and keeps
//! what was sent, a layer that records, and a clock that does not wait.
//!
//! ```
//! # #[cfg(feature = "testing")] mod with_testing { pub mod acme {
//! #     use client_runtime::{Scheme, Service};
//! #     client_runtime::client!(SERVICE); static SERVICE: Service = Service::new("acme", "https://api.acme.example");
//! # }
//! # use client_runtime::Method;
//! use client_runtime::testing::{Scripted, TestClock, answer};
//!
//! # pub async fn run() -> client_runtime::Result<()> {
//! let server = Scripted::new([
//!     answer(429).header("retry-after", "2"),
//!     answer(200).json(r#"{"name": "Voices"}"#),
//! ]);
//! let clock = TestClock::default();
//! let client =
//!     acme::Client::builder().transport(server.clone()).timer(clock.clone()).build()?;
//!
//! let dataset = client.request(Method::Get, "/datasets/ds_1").send().await?;
//! assert_eq!(dataset["name"], "Voices");
//! assert_eq!(server.requests().len(), 2);
//! assert_eq!(server.requests()[1].target(), "/datasets/ds_1");
//! assert_eq!(clock.waits().len(), 1);
//! # Ok(()) } }
//! # #[cfg(feature = "testing")]
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(with_testing::run()).unwrap();
//! ```
//!
//! # Features
//!
//! TLS is one of `rustls` (the default: with ring and the platform's certificates; wants a C
//! compiler), `native-tls`, and `rustls-no-provider` (the program installs the cryptography). `http2`
//! and `gzip` are what reqwest is built with. `blocking` adds calls without async, `testing` the
//! module of that name, `tracing` a span per call with OpenTelemetry's names and an event per retry,
//! without keys, bodies or values of parameters. A generated client has the same features.
//!
//! Calls need tokio's timers and I/O: run them on a runtime with both enabled.

#![warn(missing_docs)]

mod auth;
mod base64;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod call;
mod client;
pub mod codec;
mod download;
mod error;
mod events;
pub mod form;
mod operation;
mod operation_macro;
mod outcome;
mod page;
mod param;
mod patch;
mod path;
mod reply;
mod required;
mod retry;
mod send;
mod sending;
mod service;
mod stall;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod timer;
mod timestamp;
mod trace;
mod transport;

pub use auth::{Secret, TokenSource};
pub use body::{FilePart, IntoMultipart, Multipart, RequestBody};
pub use call::Call;
pub use client::{Builder, Core};
pub use codec::{
    Base64, Boxed, Decode, Encode, Int64String, Json, List, Map, Nullable, NumberString, Plain,
    Reader, Record, UnknownInt, UnknownLiteral, UnknownValue, Writer, coded,
};
pub use download::Download;
pub use error::{Attempt, BoxError, Error, ErrorKind, Result};
pub use events::Events;
pub use operation::{Method, Operation, Paging};
pub use outcome::{Answer, Outcome};
pub use page::{Items, Next, Page, Paged, Pages};
pub use param::Style;
pub use patch::Patch;
pub use reply::{RawResponse, Reply, WithMeta};
pub use required::missing_fields;
pub use retry::RetryPolicy;
pub use sending::Sending;
pub use service::{ClientParam, FixedHeader, Scheme, ServerVariable, Service};
pub use timer::{Timer, TokioTimer};
pub use timestamp::Timestamp;
pub use transport::{
    Body, BoxFuture, ByteStream, Layer, Request, Response, Transport, TransportError,
    TransportErrorKind,
};

pub use bytes;
pub use bytes::Bytes;
pub use http;

#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "reqwest")]
    pub use crate::transport::ReqwestClient;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
