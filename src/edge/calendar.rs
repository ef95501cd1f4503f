//! Which day it is, when the next one begins, and what the clock on the wall says.

use std::time::{Duration, Instant};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::item::Clock;

/// The day, where this machine is.
pub fn today() -> Date {
    Zoned::now().date()
}

/// The moment at which the next day begins; `None` where no next day can be worked out.
pub fn next_midnight() -> Option<Instant> {
    let now = Zoned::now();
    let midnight = now.tomorrow().ok()?.start_of_day().ok()?;
    let left = Duration::try_from(now.duration_until(&midnight)).ok()?;
    Instant::now().checked_add(left)
}

/// How long is waited at most for a moment: a machine that sleeps meanwhile stops the clock by which it is waited.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// When to look at the clock again, to be there at a moment.
pub fn not_after(moment: Timestamp) -> Instant {
    let left = Duration::try_from(moment.duration_since(Timestamp::now())).unwrap_or_default();
    Instant::now() + left.min(LONGEST_WAIT)
}

/// The time, and that of the newest thing that is known here.
pub fn clock(newest: Option<Timestamp>) -> Clock {
    Clock { now: Timestamp::now(), newest }
}

/// A moment by the clock on the wall here.
pub fn here(moment: Timestamp) -> DateTime {
    moment.to_zoned(TimeZone::system()).datetime()
}
