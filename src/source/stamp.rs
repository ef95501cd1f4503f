//! By what a file is known again.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use siphasher::sip::SipHasher13;

/// By what a file is known to be the one that was read before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970, as the file system says; [`Stamp::UNSURE`] when
    /// that does not tell whether it was changed again.
    pub modified: i64,
    /// A digest of its bytes.
    pub hash: u64,
}

/// How old a change must be before the time of it tells it from the next one. File systems count time in steps
/// of up to two seconds (FAT), and the clocks of file servers are not quite ours.
const TIME_TELLS: Duration = Duration::from_secs(3);

impl Stamp {
    /// The time of change of a file that had been changed just before it was read, so that another change may
    /// bear the same time, and of what has no time at all. Such a file is looked into the next time.
    pub const UNSURE: i64 = i64::MIN;

    /// The stamp of a file that was read when it was `now`, from what the file system said before.
    pub(super) fn of(metadata: &Metadata, bytes: &[u8], now: SystemTime) -> Self {
        let size = metadata.len();
        Self { size, modified: modified(metadata, Some(now)), hash: digest(bytes) }
    }

    /// The stamp of bytes that have no time.
    pub(super) fn timeless(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, modified: Self::UNSURE, hash: digest(bytes) }
    }

    /// Whether a file is the one that was read before, as far as can be told without looking into it.
    pub(super) fn fits(self, metadata: &Metadata) -> bool {
        self.modified != Self::UNSURE
            && self.size == metadata.len()
            && self.modified == modified(metadata, None)
    }
}

/// When a file was last changed, in nanoseconds since 1970; `None` when that does not tell whether it was changed again.
/// A file that is never changed in its place needs no `now`.
pub(super) fn sure_time(metadata: &Metadata, now: Option<SystemTime>) -> Option<i64> {
    Some(modified(metadata, now)).filter(|time| *time != Stamp::UNSURE)
}

/// When a file was last changed; unsure when that is too near to `now`.
fn modified(metadata: &Metadata, now: Option<SystemTime>) -> i64 {
    let Ok(time) = metadata.modified() else { return Stamp::UNSURE };
    let away = |now: SystemTime| now.duration_since(time).unwrap_or_else(|before| before.duration());
    if now.is_some_and(|now| away(now) < TIME_TELLS) {
        return Stamp::UNSURE;
    }
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()),
        Err(before) => i64::try_from(before.duration().as_nanos()).map(|nanoseconds| -nanoseconds),
    };
    nanoseconds.unwrap_or(Stamp::UNSURE)
}

/// A digest of the bytes of a file, which tells all but malice apart, and malice would only deceive itself.
fn digest(bytes: &[u8]) -> u64 {
    SipHasher13::new().hash(bytes)
}
