//! Keeps an eye on a fetch: tells how far it has come, and ends it when a person or a limit says so.

use std::ops::ControlFlow;
use std::time::Duration;

use super::clock::Clock;
use super::error::Failure;
use super::progress::{Meter, Progress};

/// How long anything is waited for before the person is asked again. So a stop is heard at once.
pub(super) const TICK: Duration = Duration::from_millis(50);

/// Watches over one fetch, with all its retries.
pub(super) struct Watch<'a> {
    clock: &'a dyn Clock,
    whole: Duration,
    started: Duration,
    meter: Meter,
    on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl<'a> Watch<'a> {
    /// Begins to watch a fetch that may take as long as `whole`.
    pub(super) fn new(
        clock: &'a dyn Clock,
        whole: Duration,
        on_progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Self {
        let started = clock.now();
        Self { clock, whole, started, meter: Meter::new(started), on_progress }
    }

    /// What time it is.
    pub(super) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Takes note that a download begins, goes on or starts over with so many bytes of so many there.
    pub(super) fn begin(&mut self, bytes: u64, total: Option<u64>) {
        self.meter.begin(bytes, total);
    }

    /// Takes note that it is tried again.
    pub(super) fn retry(&mut self, retries: u32) {
        self.meter.retry(retries);
    }

    /// Takes note that bytes have come.
    pub(super) fn add(&mut self, bytes: u64) {
        self.meter.add(bytes);
    }

    /// Tells how far the fetch has come, and whether it may go on.
    pub(super) fn check(&mut self) -> Result<(), Failure> {
        let now = self.clock.now();
        if (self.on_progress)(self.meter.progress(now)).is_break() {
            return Err(Failure::Cancelled);
        }
        if now.saturating_sub(self.started) > self.whole { Err(Failure::TooSlow(self.whole)) } else { Ok(()) }
    }

    /// Whether there is time to wait so long.
    pub(super) fn has_time_for(&self, pause: Duration) -> bool {
        self.clock.now().saturating_sub(self.started).saturating_add(pause) < self.whole
    }

    /// Waits, unless a person stops it.
    pub(super) fn pause(&mut self, pause: Duration) -> Result<(), Failure> {
        let until = self.clock.now().saturating_add(pause);
        loop {
            self.check()?;
            let left = until.saturating_sub(self.clock.now());
            if left.is_zero() {
                return Ok(());
            }
            self.clock.sleep(left.min(TICK));
        }
    }
}
