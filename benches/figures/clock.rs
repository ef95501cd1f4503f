//! Measuring times, and saying one thing of many of them.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How long something took.
pub fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}

/// For how long this thread has been at work so far, whatever else the machine did meanwhile.
pub fn work_here() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    let nanoseconds = u32::try_from(spent.tv_nsec).unwrap_or_default();
    Duration::new(spent.tv_sec.cast_unsigned(), nanoseconds)
}

/// The middle one of some times, in seconds.
pub fn median(times: &mut [Duration]) -> f64 {
    percentile(times, 50)
}

/// The time that so many of a hundred do not exceed, in seconds.
pub fn percentile(times: &mut [Duration], of_hundred: usize) -> f64 {
    times.sort_unstable();
    let index = times.len().saturating_mul(of_hundred).div_ceil(100).saturating_sub(1);
    times.get(index).map_or(f64::NAN, Duration::as_secs_f64)
}
