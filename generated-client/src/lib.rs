//! Clients of these APIs, one module and one feature each:
//!
//! - `cartesia`: Cartesia API
//! - `fireworks`: Gateway REST API
//!
//! # Authentication
//!
//! `Client::from_env()` takes from the environment what a client needs, `Client::builder()` takes
//! it from you. A key shows in no `Debug`, error or log, and goes to the API's own host only.
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
//! A client has a handle for each resource, and a handle a method for each operation. What a path
//! needs and the body are arguments, everything else is a setter. Nothing is sent before `send`;
//! `send_with_meta` gives status and headers too, `send_raw` a response as it came.
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
//! `send` gives one [`Page`](client_runtime::Page) of a list. `pages` and `items` ask for the next
//! ones as they are read. They always end: a cursor that comes twice is an error, and so are too many empty pages.
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
//! There is one [`Error`](client_runtime::Error). It keeps status, headers and body, names the
//! place of what does not fit, and reads the body as a type by `body_as`.
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
//!         _ => println!("{error}, after {} tries", error.attempts().len()),
//!     }
//! }
//! # Ok(()) } }
//! ```
//!
//! # Retries and limits
//!
//! Two retries by default, where they are safe: idempotent methods, and others only if the server
//! cannot have acted. `Retry-After` is kept, and a budget of the client keeps retries from
//! multiplying an outage. Options of one call start with `with_`.
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
//! An operation that answers with events gives [`Events`](client_runtime::Events), each read as a
//! type; one that answers with bytes a [`Download`](client_runtime::Download), to be read piece by
//! piece or saved to a file. Dropping either closes the connection. What is sent can be a stream
//! or a file too: see [`RequestBody`](client_runtime::RequestBody).
//!
//! # Testing
//!
//! Under feature `testing` a client answers from a script, without a network:
//! `client_runtime::testing`.
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
//! Layers, transports, proxies, idempotency keys, waiting and all other features are described in
//! [`client_runtime`].
// @generated by generator/src/emit/krate.rs and guide.rs: `cargo xtask regen`.

/// Cartesia API
#[cfg(feature = "cartesia")]
pub mod cartesia;

/// Gateway REST API
#[cfg(feature = "fireworks")]
pub mod fireworks;

pub use client_runtime;
