//! What a service is doing: enough for the log to say what Rounds waited for at its end, and for a test to step the
//! services one by one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counters that a service and those who use it share. Each only grows, so a look at them is never half right.
#[derive(Debug, Clone, Default)]
pub struct Activity(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    /// Messages that were put into the inbox.
    received: AtomicU64,
    /// Messages that were dealt with, and one more: the service was ready for its first one.
    settled: AtomicU64,
    /// Facts that the service began to hand over.
    offered: AtomicU64,
    /// Facts that were taken.
    taken: AtomicU64,
    /// Whether it takes messages while it waits for facts to be taken.
    listens: AtomicBool,
    /// Whether it cannot begin before another service has prepared something.
    is_held: AtomicBool,
}

impl Activity {
    pub(super) fn receives(&self) {
        self.0.received.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn takes_back(&self) {
        self.0.received.fetch_sub(1, Ordering::SeqCst);
    }

    pub(super) fn is_ready_for(&self, settled: u64) {
        self.0.settled.store(settled.saturating_add(1), Ordering::SeqCst);
    }

    pub(super) fn offers(&self) {
        self.0.offered.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn is_relieved(&self) {
        self.0.taken.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn set_held(&self, is_held: bool) {
        self.0.is_held.store(is_held, Ordering::SeqCst);
    }

    pub(super) fn withdraws(&self) {
        self.0.offered.fetch_sub(1, Ordering::SeqCst);
    }

    pub(super) fn set_listening(&self, listens: bool) {
        self.0.listens.store(listens, Ordering::SeqCst);
    }

    /// Whether it has dealt with everything in its inbox, or cannot begin yet.
    pub fn is_idle(&self) -> bool {
        let is_held = self.0.is_held.load(Ordering::SeqCst);
        is_held || self.0.settled.load(Ordering::SeqCst) > self.0.received.load(Ordering::SeqCst)
    }

    /// Whether it does nothing before something is sent to it or taken from it.
    #[cfg(test)]
    pub fn is_settled(&self) -> bool {
        self.is_idle() || (self.handed_over().1 && !self.0.listens.load(Ordering::SeqCst))
    }

    /// How many facts were taken from it, and whether it waits for another one to be taken.
    #[cfg(test)]
    pub fn handed_over(&self) -> (u64, bool) {
        let taken = self.0.taken.load(Ordering::SeqCst);
        (taken, self.0.offered.load(Ordering::SeqCst) > taken)
    }
}
