//! A clock that does not wait.

use crate::future::BoxFuture;
use crate::timer::Timer;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A clock for tests: waiting takes no time, advances the clock and is recorded. Random numbers are
/// 0.5 unless set otherwise.
///
/// Limits on time do not fire with it while the transport responds at once; [`hang`](super::hang)
/// makes them fire.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<Mutex<ClockState>>);

#[derive(Debug)]
struct ClockState {
    now: Instant,
    /// The time of day, if it was set.
    wall: Option<SystemTime>,
    waits: Vec<Duration>,
    random: f64,
}

impl Default for TestClock {
    fn default() -> Self {
        let state = ClockState { now: Instant::now(), wall: None, waits: Vec::new(), random: 0.5 };
        Self(Arc::new(Mutex::new(state)))
    }
}

impl TestClock {
    /// A clock that gives this number, from 0 to below 1, for chance.
    #[must_use]
    pub fn with_random(random: f64) -> Self {
        let clock = Self::default();
        clock.change(|it| it.random = random);
        clock
    }

    /// Sets the time of day, as the time since 1970 began; waits advance it. It is the real one by default.
    pub fn set_time_of_day(&self, since_1970: Duration) {
        self.change(|it| it.wall = SystemTime::UNIX_EPOCH.checked_add(since_1970));
    }

    /// The waits that ended, in order.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.change(|it| it.waits.clone())
    }

    fn change<T>(&self, change: impl FnOnce(&mut ClockState) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Timer for TestClock {
    fn now(&self) -> Instant {
        self.change(|it| it.now)
    }

    fn wall(&self) -> SystemTime {
        self.change(|it| it.wall).unwrap_or_else(SystemTime::now)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            clock.change(|it| {
                // A wait beyond the end of time ends nowhere.
                it.now = it.now.checked_add(duration).unwrap_or(it.now);
                it.wall = it.wall.map(|wall| wall.checked_add(duration).unwrap_or(wall));
                it.waits.push(duration);
            });
        })
    }

    fn random(&self) -> f64 {
        self.change(|it| it.random)
    }
}
