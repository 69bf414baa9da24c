//! Durations: by the wall's clock, and in time of the processor.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Runs from when it was started.
pub struct Clock {
    start: Instant,
    cpu: Duration,
}

/// Readings of a clock.
#[derive(Clone, Copy)]
pub struct Elapsed {
    pub wall: Duration,
    /// Of all threads of this process; zero where the system does not tell.
    pub cpu: Duration,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now(), cpu: cpu() }
    }

    pub fn elapsed(&self) -> Elapsed {
        Elapsed { wall: self.start.elapsed(), cpu: cpu().saturating_sub(self.cpu) }
    }
}

/// The time since it was first asked for: the generator has no clock of its own.
pub fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(unix)]
fn cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

#[cfg(not(unix))]
fn cpu() -> Duration {
    Duration::ZERO
}
