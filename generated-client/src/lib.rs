//! Clients of these APIs, one module and one feature each:
//!
//! - `cartesia`: Cartesia API
//! - `fireworks`: Gateway REST API
//!
//! # Authentication
//!
//! `Client::from_env()` reads credentials and settings from the environment; `Client::builder()`
//! takes them from your code. Keys never appear in `Debug` output, errors or logs, and are sent to
//! the API's own host only.
//!
//! `cartesia` reads `CARTESIA_API_KEY`.
//!
//! `fireworks` reads `FIREWORKS_API_KEY`, `FIREWORKS_ACCOUNT_ID`.
//!
//! ```no_run
//! # #[cfg(feature = "cartesia")]
//! # fn example() -> generated_client::client_runtime::Result<()> {
//! use generated_client::cartesia::Client;
//!
//! let client = Client::from_env()?;
//! let client = Client::builder().api_key("secret").build()?;
//! # Ok(()) }
//! ```
//!
//! # Calls
//!
//! Each resource has a handle, such as `client.files()`, with a method for each of its operations.
//! Path parameters and the body are arguments; all other parameters have setters. Nothing is sent
//! before `send`. `send_with_meta` also returns status and headers, and `send_raw` returns the
//! response unread.
//!
//! ```no_run
//! # #[cfg(feature = "cartesia")] mod example {
//! # use generated_client::client_runtime as runtime;
//! # use generated_client::cartesia::Client;
//! # async fn example(client: Client) -> runtime::Result<()> {
//! let response = client.datasets().get("id").send().await?;
//!
//! let response = client.datasets().get("id").send_with_meta().await?;
//! println!("{}, request {:?}", response.status(), response.request_id());
//! # Ok(()) } }
//! ```
//!
//! # Paging
//!
//! `send` returns one [`Page`](client_runtime::Page) of a list. `pages` and `items` fetch the next
//! pages as they are read. They always end: a repeated cursor is an error, and so are too many
//! empty pages in a row.
//!
//! ```no_run
//! # #[cfg(feature = "cartesia")] mod example {
//! # use generated_client::client_runtime as runtime;
//! # use generated_client::cartesia::Client;
//! # async fn example(client: Client) -> runtime::Result<()> {
//! let mut items = client.datasets().list().items();
//! while let Some(item) = items.next().await {
//!     println!("{:?}", item?);
//! }
//! # Ok(()) } }
//! ```
//!
//! # Errors
//!
//! All errors have one type, [`Error`](client_runtime::Error). It keeps the status, headers and
//! body of the response, says where a body does not fit its type, and reads the body as a type of
//! yours with `body_as`.
//!
//! ```no_run
//! # #[cfg(feature = "cartesia")] mod example {
//! # use generated_client::client_runtime as runtime;
//! # use generated_client::cartesia::Client;
//! # async fn example(client: Client) -> runtime::Result<()> {
//! use generated_client::client_runtime::ErrorKind;
//!
//! if let Err(error) = client.datasets().get("id").send().await {
//!     match error.kind() {
//!         ErrorKind::Status => println!("{:?}: {:?}", error.status(), error.body()),
//!         ErrorKind::Decode => println!("unexpected at {:?}", error.path()),
//!         _ => println!("{error}, after {} attempts", error.attempts().len()),
//!     }
//! }
//! # Ok(()) } }
//! ```
//!
//! # Retries and limits
//!
//! A call is retried up to twice by default, and only where that is safe: idempotent methods, and
//! others if the server cannot have acted. `Retry-After` is respected, and the client's retry
//! budget keeps retries from multiplying an outage. Options of a single call start with `with_`.
//!
//! ```no_run
//! # #[cfg(feature = "cartesia")] mod example {
//! # use generated_client::client_runtime as runtime;
//! # use generated_client::cartesia::Client;
//! # async fn example(client: Client) -> runtime::Result<()> {
//! use generated_client::client_runtime::RetryPolicy;
//! use std::time::Duration;
//!
//! let client = Client::builder()
//!     .api_key("secret")
//!     .timeout(Duration::from_secs(20))
//!     .retry(RetryPolicy::default().max_retries(5))
//!     .build()?;
//!
//! let call = client.datasets().get("id");
//! call.with_timeout(Duration::from_secs(2)).with_max_retries(0).send().await?;
//! # Ok(()) } }
//! ```
//!
//! # Streaming
//!
//! Operations that respond with events return [`Events`](client_runtime::Events), a stream of typed
//! values. Operations that respond with bytes return a [`Download`](client_runtime::Download), read
//! chunk by chunk or saved to a file. Dropping either closes the connection. A request body can be
//! a stream or a file too: see [`RequestBody`](client_runtime::RequestBody).
//!
//! # Testing
//!
//! With the feature `testing`, `client_runtime::testing` has a transport that responds from a script,
//! without a network.
//!
//! ```no_run
//! # #[cfg(all(feature = "cartesia", feature = "testing"))] mod example {
//! # use generated_client::client_runtime as runtime;
//! # use generated_client::cartesia::Client;
//! # async fn example(client: Client) -> runtime::Result<()> {
//! use generated_client::client_runtime::testing::{Scripted, response};
//!
//! let server = Scripted::new([response(404).json(r#"{"message": "no such thing"}"#)]);
//! let client = Client::builder().api_key("secret").transport(server.clone()).build()?;
//! let error = client.datasets().get("id").send().await.unwrap_err();
//! assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
//! assert_eq!(server.requests().len(), 1);
//! # Ok(()) } }
//! ```
//!
//! For layers, transports, proxies, idempotency keys, waiting and all other features, see
//! [`client_runtime`].
// @generated by generator/src/emit/krate.rs and guide.rs: `cargo xtask regen`.

/// Cartesia API
#[cfg(feature = "cartesia")]
pub mod cartesia;

/// Gateway REST API
#[cfg(feature = "fireworks")]
pub mod fireworks;

pub use client_runtime;
