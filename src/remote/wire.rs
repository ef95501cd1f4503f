//! The body of an answer as it comes over the wire, within its limits.

use std::io::{self, BufRead, Read};
use std::time::Duration;

use super::cause::Circumstances;
use super::error::Failure;
use super::exchange::{Event, Exchange};
use super::limits::FetchLimits;
use super::watch::{TICK, Watch};

/// Reads the body of an answer. What went wrong is kept beside the error that a reader must give, since what reads
/// from it (a decoder) may make another error of that one.
pub(super) struct Wire<'a, 'w> {
    pub(super) exchange: &'a Exchange,
    pub(super) watch: &'a mut Watch<'w>,
    pub(super) circumstances: &'a Circumstances<'a>,
    chunk: Vec<u8>,
    /// How much of the chunk has been taken.
    taken: usize,
    /// How many bytes have come, with those of an earlier try.
    bytes: u64,
    total: Option<u64>,
    ended: bool,
    pace: Pace,
    failure: Option<Failure>,
}

/// Tells a download that stands still.
struct Pace {
    since: Duration,
    bytes: u64,
}

impl<'a, 'w> Wire<'a, 'w> {
    /// The body of the answer to `exchange`, which brings `total` bytes with the `bytes` that are there.
    pub(super) fn new(
        exchange: &'a Exchange,
        watch: &'a mut Watch<'w>,
        circumstances: &'a Circumstances<'a>,
        bytes: u64,
        total: Option<u64>,
    ) -> Self {
        watch.begin(bytes, total);
        let pace = Pace { since: watch.now(), bytes: 0 };
        let (chunk, taken, ended, failure) = (Vec::new(), 0, false, None);
        Self { exchange, watch, circumstances, chunk, taken, bytes, total, ended, pace, failure }
    }

    /// What went wrong, when reading gave an error.
    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    fn limits(&self) -> &'a FetchLimits {
        self.circumstances.limits
    }

    /// Waits for the next chunk.
    fn refill(&mut self) -> Result<(), Failure> {
        self.taken = 0;
        self.chunk.clear();
        while self.chunk.is_empty() && !self.ended {
            match self.exchange.next(TICK.min(self.limits().stall)) {
                Some(Event::Chunk(chunk)) => {
                    self.count(chunk.len() as u64)?;
                    self.chunk = chunk;
                }
                Some(Event::End) => self.ended = true,
                Some(Event::Failed(error)) => return Err(self.broken(error)),
                Some(Event::Head(_)) | None => {}
            }
            self.watch.check()?;
            self.check_pace()?;
        }
        Ok(())
    }

    fn count(&mut self, bytes: u64) -> Result<(), Failure> {
        self.bytes = self.bytes.saturating_add(bytes);
        self.pace.bytes = self.pace.bytes.saturating_add(bytes);
        self.watch.add(bytes);
        let limit = self.limits().wire_bytes;
        if self.bytes > limit { Err(Failure::WireBytes(limit)) } else { Ok(()) }
    }

    fn check_pace(&mut self) -> Result<(), Failure> {
        let now = self.watch.now();
        if self.pace.bytes >= FetchLimits::LEAST_BYTES {
            self.pace = Pace { since: now, bytes: 0 };
        }
        let stall = self.limits().stall;
        let stands = !self.ended && now.saturating_sub(self.pace.since) >= stall;
        if stands { Err(Failure::Stalled(stall)) } else { Ok(()) }
    }

    /// Why the body broke off.
    fn broken(&self, error: ureq::Error) -> Failure {
        match self.circumstances.failure(error) {
            Failure::Cut { .. } => Failure::Cut { bytes: self.bytes, total: self.total },
            other => other,
        }
    }
}

impl BufRead for Wire<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.chunk.len() && !self.ended {
            self.refill().map_err(|failure| {
                self.ended = true;
                let error = io::Error::other(failure.to_string());
                self.failure = Some(failure);
                error
            })?;
        }
        Ok(self.chunk.get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.taken = self.taken.saturating_add(count);
    }
}

impl Read for Wire<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut waiting = self.fill_buf()?;
        let count = waiting.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
