//! One line on a terminal that tells how far downloads have come.

use std::collections::BTreeMap;
use std::iter;
use std::time::{Duration, Instant};

use crate::edge::output::Console;
use crate::item::SafeText;
use crate::remote::Progress;
use crate::screen::fit;

/// How often the line is drawn.
const STEP: Duration = Duration::from_millis(100);
/// How many cells the bar has.
const BAR: u64 = 20;

/// One line on a terminal that is drawn over and over, and leaves nothing behind. A crate for it would bring more code
/// than these few lines are.
pub struct ProgressLine {
    /// The width of the terminal in cells; `None` where nobody looks.
    width: Option<u16>,
    /// What is known of the downloads that go on, by their order.
    running: BTreeMap<usize, (SafeText, Progress)>,
    drawn: Option<Instant>,
}

impl ProgressLine {
    /// A line for a terminal of this width; none at all where there is no terminal.
    pub fn new(width: Option<u16>) -> Self {
        Self { width, running: BTreeMap::new(), drawn: None }
    }

    /// Takes note of how far a download is, and draws the line if it is time.
    pub fn show(&mut self, at: usize, label: &SafeText, progress: Progress, console: &mut Console<'_>) {
        let Some(width) = self.width else { return };
        self.running.insert(at, (label.clone(), progress));
        if self.drawn.is_some_and(|drawn| drawn.elapsed() < STEP) {
            return;
        }
        self.drawn = Some(Instant::now());
        // A terminal goes on to the next line when its last cell is written to.
        let line = self.line(usize::from(width).saturating_sub(1));
        console.draw(&line);
    }

    /// Takes note that a download has ended.
    pub fn done(&mut self, at: usize) {
        self.running.remove(&at);
    }

    /// Removes the line from the terminal.
    pub fn clear(&mut self, console: &mut Console<'_>) {
        if self.drawn.take().is_some() {
            console.wipe();
        }
    }

    /// The first of the downloads that go on, and how many there are beside it. Where there is too little room, the bar
    /// is left out, then the time and the rate, then the others.
    fn line(&self, room: usize) -> SafeText {
        let Some((label, progress)) = self.running.values().next() else { return SafeText::default() };
        let more = match self.running.len().saturating_sub(1) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let numbers = progress.line();
        let numbers = if numbers.is_empty() { "asking the server".to_owned() } else { numbers };
        let shorter = iter::successors(Some(numbers.as_str()), |longer| Some(longer.rsplit_once(" · ")?.0));
        let bytes = shorter.clone().last().unwrap_or_default();
        let mut lines = iter::once(format!("{label}{more}: {}{numbers}", bar(progress)))
            .chain(shorter.map(|numbers| format!("{label}{more}: {numbers}")))
            .chain(iter::once(format!("{label}: {bytes}")));
        SafeText::new(&lines.find(|line| fit(line, room) == *line).unwrap_or_else(|| fit(label, room)))
    }
}

/// A bar of what is there, where it is known how much there will be.
fn bar(progress: &Progress) -> String {
    let Some(total) = progress.total.filter(|total| *total > 0) else { return String::new() };
    let filled = u128::from(progress.bytes.min(total)) * u128::from(BAR) / u128::from(total);
    let bar: String = (0..u128::from(BAR)).map(|cell| if cell < filled { '#' } else { '-' }).collect();
    format!("[{bar}] ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written to standard error.
    fn said(act: impl FnOnce(&mut Console<'_>)) -> String {
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        act(&mut Console::new(&mut out, &mut talk));
        String::from_utf8(talk).unwrap()
    }

    fn half() -> Progress {
        Progress { bytes: 20_000, total: Some(40_000), ..Progress::default() }
    }

    #[test]
    fn a_line_is_drawn_on_a_terminal_and_leaves_nothing_behind() {
        let mut line = ProgressLine::new(Some(200));
        let drawn = said(|console| {
            line.show(0, &SafeText::new("health.zip"), half(), console);
            line.drawn = None;
            line.show(1, &SafeText::new("other.zip"), Progress::default(), console);
            line.clear(console);
            line.clear(console);
        });
        let bar = "[##########----------] 20.0 of 40.0 kB";
        let expected =
            format!("\rhealth.zip: {bar}\u{1b}[K\rhealth.zip (and 1 more): {bar}\u{1b}[K\r\u{1b}[K");
        assert_eq!(drawn, expected);
    }

    #[test]
    fn where_there_is_little_room_the_bar_goes_first_and_no_number_is_cut() {
        let left = Some(Duration::from_secs(9));
        let progress = Progress { bytes: 1_500, total: Some(9_900), rate: 950.0, left, retries: 0 };
        let running = [(0, (SafeText::new("health"), progress))].into();
        let mut line = ProgressLine { width: Some(0), running, drawn: None };
        let cases = [
            (80, "health: [###-----------------] 1.5 of 9.9 kB · 950 bytes/s · 9 s left"),
            (60, "health: 1.5 of 9.9 kB · 950 bytes/s · 9 s left"),
            (40, "health: 1.5 of 9.9 kB · 950 bytes/s"),
            (22, "health: 1.5 of 9.9 kB"),
            (10, "health"),
            (4, "hea…"),
        ];
        for (room, expected) in cases {
            assert_eq!(line.line(room).as_str(), expected, "{room}");
        }
        line.running.insert(1, (SafeText::new("other"), progress));
        assert_eq!(line.line(34).as_str(), "health (and 1 more): 1.5 of 9.9 kB");
        assert_eq!(line.line(30).as_str(), "health: 1.5 of 9.9 kB");
    }

    #[test]
    fn where_nobody_looks_nothing_is_drawn_and_no_line_is_broken() {
        let mut nobody = ProgressLine::new(None);
        let drawn = said(|console| {
            nobody.show(0, &SafeText::new("health.zip"), half(), console);
            nobody.clear(console);
        });
        assert_eq!(drawn, "");
        let mut narrow = ProgressLine::new(Some(12));
        let drawn = said(|console| narrow.show(0, &SafeText::new("health.zip"), half(), console));
        assert_eq!(drawn, "\rhealth.zip\u{1b}[K");
    }
}
