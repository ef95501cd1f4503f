//! How far a download has come, and how fast it goes.

use std::time::Duration;

use crate::item::ByteCount;

/// How far a download has come.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Progress {
    /// How many bytes have come over the wire, with those of an earlier try that this one goes on from.
    pub bytes: u64,
    /// How many there are in all, when the server says so.
    pub total: Option<u64>,
    /// How many bytes come in a second, smoothed over the last few. 0 until that is known.
    pub rate: f64,
    /// How long it will take until all is there, when that can be told.
    pub left: Option<Duration>,
    /// How often it was tried again.
    pub retries: u32,
}

impl Progress {
    /// The progress as a line, such as `12.3 of 40.1 MB · 1.2 MB/s · 23 s left`; empty while there is nothing to tell.
    pub fn line(&self) -> String {
        let nth = self.retries.saturating_add(1);
        let mut line = match self.total {
            None if self.bytes == 0 && self.retries == 0 => return String::new(),
            None if self.bytes == 0 => return format!("no answer yet, try {nth}"),
            Some(total) => ByteCount(self.bytes).of(ByteCount(total)),
            None => ByteCount(self.bytes).to_string(),
        };
        if self.rate >= 1.0 {
            line.push_str(" · ");
            line.push_str(&ByteCount(whole(self.rate)).to_string());
            line.push_str("/s");
        }
        if let Some(left) = self.left {
            line.push_str(" · ");
            line.push_str(&time(left));
            line.push_str(" left");
        }
        if self.retries > 0 {
            line.push_str(" · try ");
            line.push_str(&nth.to_string());
        }
        line
    }
}

/// Measures how fast bytes come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meter {
    progress: Progress,
    started: Duration,
    /// When the rate was last worked out, and how many bytes have come since.
    measured: Duration,
    since: u64,
}

impl Meter {
    /// How long bytes are gathered before the rate is worked out anew.
    const STEP: Duration = Duration::from_millis(250);
    /// How much time the rate is smoothed over.
    const MEMORY: f64 = 4.0;
    /// How long it takes until a rate is worth telling the time left from.
    const SURE: Duration = Duration::from_secs(1);

    /// Begins to measure at a point in time, with nothing there.
    pub(super) fn new(now: Duration) -> Self {
        Self { progress: Progress::default(), started: now, measured: now, since: 0 }
    }

    /// Takes note that so many bytes of so many are there, without any having come now: a download begins, goes on,
    /// or starts over.
    pub(super) fn begin(&mut self, bytes: u64, total: Option<u64>) {
        self.progress.bytes = bytes;
        self.progress.total = total;
    }

    /// Takes note that it is tried again.
    pub(super) fn retry(&mut self, retries: u32) {
        self.progress.retries = retries;
    }

    /// Takes note that bytes have come.
    pub(super) fn add(&mut self, bytes: u64) {
        self.progress.bytes = self.progress.bytes.saturating_add(bytes);
        self.since = self.since.saturating_add(bytes);
    }

    /// How far the download has come by now.
    pub(super) fn progress(&mut self, now: Duration) -> Progress {
        let passed = now.saturating_sub(self.measured);
        if passed >= Self::STEP {
            let rate = float(self.since) / passed.as_secs_f64();
            let told = self.progress.rate;
            // The first rate is taken as it is; later ones weigh by the time that they were measured over.
            let weight = if told == 0.0 { 1.0 } else { 1.0 - (-passed.as_secs_f64() / Self::MEMORY).exp() };
            self.progress.rate = told + (rate - told) * weight;
            self.measured = now;
            self.since = 0;
        }
        self.progress.left = self.left(now);
        self.progress
    }

    fn left(&self, now: Duration) -> Option<Duration> {
        let missing = self.progress.total?.checked_sub(self.progress.bytes)?;
        let sure = now.saturating_sub(self.started) >= Self::SURE && self.progress.rate >= 1.0;
        sure.then(|| Duration::from_secs(whole((float(missing) / self.progress.rate).ceil())))
    }
}

/// A time in the two units that matter, such as `23 s`, `4 min 10 s` or `2 h 5 min`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = |large: u64, large_name: &str, small: u64, small_name: &str| match small {
        0 => format!("{large} {large_name}"),
        _ => format!("{large} {large_name} {small} {small_name}"),
    };
    match seconds {
        0 if !time.is_zero() => format!("{} ms", time.subsec_millis().max(1)),
        0..60 => format!("{seconds} s"),
        60..3600 => units(seconds / 60, "min", seconds % 60, "s"),
        _ => units(seconds / 3600, "h", seconds % 3600 / 60, "min"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 15 digits")]
fn float(number: u64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and no number here is negative"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_says_what_is_known_and_no_more() {
        let seconds = Duration::from_secs;
        let cases = [
            (
                12_345_678,
                Some(40_100_000),
                1_230_000.0,
                Some(seconds(23)),
                "12.3 of 40.1 MB · 1.2 MB/s · 23 s left",
            ),
            (999, None, 0.0, None, "999 bytes"),
            (0, Some(0), 0.0, None, "0 of 0 bytes"),
            (5_000, Some(2_000_000_000), 800.0, None, "0.0 of 2.0 GB · 800 bytes/s"),
            (1_500, Some(9_900), 950.5, Some(seconds(9)), "1.5 of 9.9 kB · 950 bytes/s · 9 s left"),
            (1, Some(2_000_000), 1.0, Some(seconds(3_599)), "0.0 of 2.0 MB · 1 byte/s · 59 min 59 s left"),
            (1, Some(2_000_000), 1.0, Some(seconds(7_500)), "0.0 of 2.0 MB · 1 byte/s · 2 h 5 min left"),
        ];
        for (bytes, total, rate, left, line) in cases {
            assert_eq!(Progress { bytes, total, rate, left, retries: 0 }.line(), line);
        }
    }

    #[test]
    fn a_line_says_when_it_is_tried_again() {
        let tried = |bytes, retries| Progress { bytes, retries, ..Progress::default() }.line();
        assert_eq!(tried(0, 0), "");
        assert_eq!(tried(0, 2), "no answer yet, try 3");
        assert_eq!(tried(1_500, 1), "1.5 kB · try 2");
    }

    #[test]
    fn a_steady_download_shows_its_rate_and_when_it_ends() {
        let mut meter = Meter::new(Duration::ZERO);
        meter.begin(0, Some(10_000_000));
        let mut shown = Progress::default();
        for step in 1..=20 {
            meter.add(50_000);
            shown = meter.progress(Duration::from_millis(step * 100));
        }
        assert!((shown.rate - 500_000.0).abs() < 1.0, "{shown:?}");
        assert_eq!(shown.left, Some(Duration::from_secs(18)));
    }

    #[test]
    fn what_an_earlier_try_brought_does_not_make_this_one_look_fast() {
        let mut meter = Meter::new(Duration::ZERO);
        meter.begin(9_000_000, Some(10_000_000));
        meter.add(1_000);
        let shown = meter.progress(Duration::from_secs(1));
        assert_eq!((shown.bytes, shown.rate), (9_001_000, 1_000.0));
    }

    #[test]
    fn a_pause_slows_the_rate_down_little_by_little() {
        let mut meter = Meter::new(Duration::ZERO);
        meter.begin(0, Some(10_000_000));
        meter.add(1_000_000);
        let before = meter.progress(Duration::from_secs(1)).rate;
        let after = meter.progress(Duration::from_secs(2)).rate;
        assert!(before / 2.0 < after && after < before, "{before} {after}");
    }

    proptest! {
        #[test]
        fn any_numbers_make_a_short_line(bytes: u64, total: Option<u64>, rate in 0.0..1e300, left: Option<u64>,
            retries: u32) {
            let line = Progress { bytes, total, rate, left: left.map(Duration::from_secs), retries }.line();
            prop_assert!(line.chars().count() < 100, "{}", line);
        }

        #[test]
        fn the_measure_is_never_less_than_nothing(
            steps in proptest::collection::vec((any::<u64>(), 0_u64..100_000), 0..40), total: Option<u64>,
        ) {
            let mut meter = Meter::new(Duration::ZERO);
            meter.begin(0, total);
            let mut now = Duration::ZERO;
            for (bytes, millis) in steps {
                meter.add(bytes);
                now += Duration::from_millis(millis);
                let shown = meter.progress(now);
                prop_assert!(shown.rate.is_finite() && shown.rate >= 0.0, "{:?}", shown);
            }
        }
    }
}
