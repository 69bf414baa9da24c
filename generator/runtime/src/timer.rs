//! The clock: what time it is, waiting, and chance.

use crate::future::BoxFuture;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// The clock of a client; give it another one in tests.
pub trait Timer: Send + Sync + 'static {
    /// A point in time that only ever grows, for limits.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// The time of day, for `Retry-After` as a date.
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// A random number from 0 to below 1, for the jitter of waits.
    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// tokio's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Runs a future; `None` if that takes longer than the limit.
pub(crate) async fn timeout<T>(
    timer: &dyn Timer,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let Some(limit) = limit else { return Some(work.await) };
    let mut work = pin!(work);
    let mut sleep = timer.sleep(limit);
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| None),
    })
    .await
}
