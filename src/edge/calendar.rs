//! Which day it is, and when the next one begins.

use std::time::{Duration, Instant};

use jiff::Zoned;
use jiff::civil::Date;

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
