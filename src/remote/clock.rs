//! Time as a fetch needs it: how long something took, and waiting.

use std::thread;
use std::time::{Duration, Instant};

/// Where a fetch takes its time from. A test has one that does not wait.
pub trait Clock: Send + Sync {
    /// How long this clock has run.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The clock of this machine.
#[derive(Debug)]
pub struct MachineClock(Instant);

impl Default for MachineClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for MachineClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}
