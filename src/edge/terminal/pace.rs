//! When the next frame may be written, so that no more is on its way to the terminal than it takes in a moment.
//!
//! Between Rounds and the terminal there is room for thousands of bytes: in the pseudo-terminal, in SSH, in the network.
//! Over a thin line, frames would wait there for seconds, and what is seen would be that much behind what was typed. So
//! a frame ends with a question (DSR, `CSI 5 n`), which every terminal answers when it has come so far. Where answers
//! are quick, as they nearly always are, frames are never held back. Where they are slow, a question alone tells what of
//! it is distance and what is bandwidth, and frames are cut to what the line takes in a moment.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// What asks the terminal whether it is there. It answers `CSI 0 n`.
pub const QUESTION: &[u8] = b"\x1b[5n";

/// An answer that comes within this time is quick.
const QUICK: Duration = Duration::from_millis(150);
/// What may be on its way is what the line takes in this time.
const WORTH: Duration = Duration::from_millis(100);
/// How many bytes may always be on their way: about a row.
const WINDOW_MIN: usize = 96;
/// From how many bytes on there is no limit any more: more than any frame has.
const WINDOW_MAX: usize = 1 << 16;
/// How long to wait for the first answer of a terminal, which may be one that never answers.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// How long to wait for an answer of a terminal that answers. One that is lost must not keep the screen still for long; one
/// that comes later counts all the same.
const WAIT: Duration = Duration::from_secs(1);
/// After so long without a frame, nothing can be on its way, and the next frame asks nothing.
const REST: Duration = Duration::from_millis(500);
/// How long to wait for answers at most before another program gets the terminal.
const LAST_WAIT: Duration = Duration::from_millis(800);

/// A question that has not been answered.
#[derive(Debug, Clone, Copy)]
struct Question {
    asked: Instant,
    /// How many bytes went with it.
    bytes: usize,
    /// How many bytes were on their way when it had been asked.
    on_their_way: usize,
}

/// Whether the terminal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// It has never been known to.
    Unknown,
    /// It does.
    Yes,
    /// It did not when it was waited for. It is not asked any more, but a late answer counts.
    No,
}

/// Watches what is on its way.
#[derive(Debug)]
pub struct Pace {
    answers: Answers,
    questions: VecDeque<Question>,
    /// How many bytes may be on their way.
    window: usize,
    /// How long a question takes with nothing else on the way, once that has been measured.
    distance: Option<Duration>,
    /// An answer that was not quick: how long it took, and how many bytes were on their way. The distance is measured
    /// because of it.
    slow: Option<(Duration, usize)>,
    last: Option<Instant>,
}

impl Pace {
    pub fn new() -> Self {
        Self {
            answers: if cfg!(unix) { Answers::Unknown } else { Answers::No },
            questions: VecDeque::new(),
            window: WINDOW_MAX,
            distance: None,
            slow: None,
            last: None,
        }
    }

    /// How many bytes may be written now; `None` when there must be none, and [`usize::MAX`] when there is no limit.
    pub fn room(&mut self, now: Instant) -> Option<usize> {
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            self.answers = Answers::No;
            self.forget();
        }
        let Some(oldest) = self.questions.front() else { return Some(self.limit(0)) };
        let is_late =
            now.duration_since(oldest.asked) > QUICK.saturating_add(self.distance.unwrap_or_default());
        let room = self.limit(self.on_their_way());
        (self.answers == Answers::Yes && !is_late && self.slow.is_none() && room > 0).then_some(room)
    }

    /// When frames are no longer held back, though nothing has been answered.
    pub fn deadline(&self) -> Option<Instant> {
        let wait = if self.answers == Answers::Yes { WAIT } else { FIRST_WAIT };
        self.questions.front()?.asked.checked_add(wait)
    }

    /// Whether what is written now must end with a [`QUESTION`].
    pub fn asks(&self, now: Instant) -> bool {
        let has_rested = self.last.is_none_or(|last| now.duration_since(last) > REST);
        let is_free = self.answers == Answers::Yes && self.window == WINDOW_MAX && self.questions.is_empty();
        self.answers != Answers::No && !(has_rested && is_free)
    }

    /// So many bytes have been written, with a question at their end or without.
    pub fn written(&mut self, bytes: usize, with_question: bool, now: Instant) {
        self.last = Some(now);
        if with_question {
            let on_their_way = self.on_their_way().saturating_add(bytes);
            self.questions.push_back(Question { asked: now, bytes, on_their_way });
        }
    }

    /// The oldest question has been answered. Returns whether to ask once more at once, with nothing else.
    pub fn answered(&mut self, now: Instant) -> bool {
        self.answers = if cfg!(unix) { Answers::Yes } else { self.answers };
        let Some(question) = self.questions.pop_front() else { return false };
        let took = now.saturating_duration_since(question.asked);
        if question.on_their_way == 0 {
            self.distance = Some(took);
            if let Some((took, bytes)) = self.slow.take() {
                self.fit(took, bytes);
            }
            return false;
        }
        if self.distance.is_none() && took > QUICK {
            self.slow = Some((took, question.on_their_way));
        }
        if self.slow.is_none() {
            self.fit(took, question.on_their_way);
        }
        self.slow.is_some() && self.questions.is_empty()
    }

    /// Fits the window to how long it took until so many bytes were there.
    fn fit(&mut self, took: Duration, bytes: usize) {
        self.distance = self.distance.map(|distance| distance.min(took));
        let excess = took.saturating_sub(self.distance.unwrap_or_default());
        if excess > QUICK {
            if self.window == WINDOW_MIN && bytes <= 2 * WINDOW_MIN {
                // Not even a row comes through: the way may have become longer.
                self.distance = None;
            }
            let worth = bytes as u128 * WORTH.as_micros() / excess.as_micros().max(1);
            self.window = usize::try_from(worth).unwrap_or(WINDOW_MAX).clamp(WINDOW_MIN, WINDOW_MAX);
        } else if excess < WORTH / 2 && bytes >= self.window / 2 {
            self.window = self.window.saturating_mul(2).min(WINDOW_MAX);
        }
    }

    /// Until when to wait for answers before another program gets the terminal, which would read them; `None` when there
    /// are none to come.
    pub fn last_wait(&self, now: Instant) -> Option<Instant> {
        Some(self.deadline()?.min(now.checked_add(LAST_WAIT)?))
    }

    /// Forgets what has been asked: another program has had the terminal.
    pub fn forget(&mut self) {
        self.questions.clear();
        self.slow = None;
    }

    fn on_their_way(&self) -> usize {
        self.questions.iter().map(|question| question.bytes).sum()
    }

    fn limit(&self, on_their_way: usize) -> usize {
        if self.window == WINDOW_MAX { usize::MAX } else { self.window.saturating_sub(on_their_way) }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    /// What a key changes, in bytes.
    const FRAME: usize = 250;
    /// How many bytes at least are written where there is any room.
    const ROW: usize = 120;
    /// Between two keys while one is held down.
    const KEY: Duration = Duration::from_millis(33);

    /// A line to a terminal that answers as soon as a question gets there.
    struct Line {
        bytes_per_second: usize,
        /// The way there and back.
        distance: Duration,
        free: Instant,
        answers: VecDeque<Instant>,
        frames: usize,
    }

    impl Line {
        fn new(bytes_per_second: usize, distance: u64, now: Instant) -> Self {
            let distance = Duration::from_millis(distance);
            Self { bytes_per_second, distance, free: now, answers: VecDeque::new(), frames: 0 }
        }

        fn write(&mut self, bytes: usize, asks: bool, now: Instant) {
            let time = Duration::from_micros((bytes * 1_000_000 / self.bytes_per_second) as u64);
            self.free = self.free.max(now) + time;
            if asks {
                self.answers.push_back(self.free + self.distance);
            }
        }

        /// Writes as the loop does: takes answers, and then writes a frame as far as there is room for it.
        fn step(&mut self, pace: &mut Pace, left: &mut usize, now: Instant) {
            while self.answers.front().is_some_and(|at| *at <= now) {
                let at = self.answers.pop_front().unwrap();
                if pace.answered(at) {
                    self.write(QUESTION.len(), true, now);
                    pace.written(0, true, now);
                }
            }
            let Some(room) = pace.room(now).filter(|_| *left > 0) else { return };
            let bytes = (*left).min(room.max(ROW));
            let asks = pace.asks(now);
            self.write(bytes, asks, now);
            pace.written(bytes, asks, now);
            *left -= bytes;
            self.frames += 1;
        }
    }

    /// Holds a key down for so many milliseconds. Returns how long after that the last frame is there, and how many frames
    /// or parts of them there were.
    fn hold(line: &mut Line, pace: &mut Pace, milliseconds: u64, start: Instant) -> (Duration, usize) {
        let before = line.frames;
        let mut left = 0;
        let mut key = start;
        let end = start + Duration::from_millis(milliseconds);
        let mut now = start;
        while now < end || left > 0 {
            if key <= now && now < end {
                left = FRAME;
                key += KEY;
            }
            line.step(pace, &mut left, now);
            now += Duration::from_millis(1);
        }
        (line.free.saturating_duration_since(end), line.frames - before)
    }

    #[test]
    fn over_a_thin_line_little_is_on_its_way_and_over_a_long_one_nothing_is_held_back() {
        let table = [
            // Bytes a second, the way there and back, frames in three seconds at least, the longest lag.
            (1_200, 5, 15, 450),
            (1_200, 80, 10, 450),
            (3_000, 40, 25, 300),
            (10_000, 40, 60, 200),
            (1_000_000, 1, 90, 5),
            (1_000_000, 140, 90, 5),
            (1_000_000, 600, 60, 5),
            (100_000_000, 0, 90, 1),
        ];
        for (bytes_per_second, distance, frames_min, lag_max) in table {
            let start = Instant::now();
            let mut line = Line::new(bytes_per_second, distance, start);
            let mut pace = Pace::new();
            // The first screen, and then some time to read it.
            let mut whole = 3_000;
            line.step(&mut pace, &mut whole, start);
            let (_, first) = hold(&mut line, &mut pace, 3_000, start + Duration::from_secs(10));
            let (lag, frames) = hold(&mut line, &mut pace, 3_000, start + Duration::from_secs(20));
            let lag = lag.as_millis();
            let what = format!(
                "{bytes_per_second} B/s, {distance} ms: {first}, then {frames} frames, {lag} ms behind"
            );
            println!("{what}");
            assert!(frames >= frames_min && lag <= lag_max, "{what}");
        }
    }

    #[test]
    fn a_terminal_that_never_answers_is_waited_for_once() {
        let start = Instant::now();
        let mut pace = Pace::new();
        assert!(pace.room(start).is_some() && pace.asks(start));
        pace.written(3_000, true, start);
        let soon = start + Duration::from_millis(20);
        assert_eq!(pace.room(soon), None);
        let later = pace.deadline().unwrap();
        assert!(later <= start + Duration::from_secs(1));
        for further in 0..100 {
            let now = later + KEY * further;
            assert_eq!(pace.room(now), Some(usize::MAX));
            assert!(!pace.asks(now));
            pace.written(FRAME, false, now);
        }
        assert_eq!(pace.last_wait(later), None, "nothing is worth waiting for at the end");
    }

    #[test]
    fn frames_far_apart_ask_nothing() {
        let start = Instant::now();
        let mut pace = Pace::new();
        pace.written(3_000, true, start);
        assert!(!pace.answered(start + Duration::from_millis(1)));
        let later = start + Duration::from_secs(2);
        assert!(!pace.asks(later));
        pace.written(FRAME, false, later);
        assert!(pace.asks(later + KEY));
    }

    #[test]
    fn answers_to_nothing_are_passed_over() {
        let start = Instant::now();
        let mut pace = Pace::new();
        for _ in 0..10 {
            assert!(!pace.answered(start));
        }
        assert_eq!((pace.room(start), pace.deadline()), (Some(usize::MAX), None));
    }
}
