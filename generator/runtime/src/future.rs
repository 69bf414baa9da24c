//! Futures whose type is not named.

use std::future::Future;
use std::pin::Pin;

/// A future in a box, as transports, timers and token sources give it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
