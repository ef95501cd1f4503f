//! A line of text with what a search has found in it, cut so that this is seen.

use std::ops::Range;

use crate::article::cells::cells;
use ratatui::style::Style;

use super::canvas::{Canvas, fit};
use crate::reader::Area;

/// What stands at the place where a text was cut.
const CUT: &str = "…";

/// A text that fits into a line, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// Ranges of its bytes, in order.
    found: Vec<Range<usize>>,
}

impl Line {
    /// The beginning of a text, in so many cells.
    pub fn beginning(text: &str, found: &[Range<usize>], room: usize) -> Self {
        let fitting = fit(text, room);
        let kept = if fitting == text { text.len() } else { fitting.len().saturating_sub(CUT.len()) };
        let found = found.iter().filter(|range| range.start < kept);
        let found = found.map(|range| range.start..range.end.min(kept)).collect();
        Self { text: fitting, found }
    }

    /// The part of a text in which the first that was found is seen, with some words before it, in so many cells.
    pub fn around(text: &str, found: &[Range<usize>], room: usize) -> Self {
        let first = found.first().cloned().unwrap_or_default();
        let begin = if text.get(..first.end).is_none_or(|seen| cells(seen) < room) {
            0
        } else {
            lead(text.get(..first.start).unwrap_or_default(), room / 3)
        };
        let Some(rest) = text.get(begin..).filter(|_| begin > 0) else {
            return Self::beginning(text, found, room);
        };
        let moved = |at: usize| at.saturating_sub(begin).saturating_add(CUT.len());
        let found: Vec<_> = found.iter().map(|range| moved(range.start)..moved(range.end)).collect();
        Self::beginning(&format!("{CUT}{rest}"), &found, room)
    }

    /// Draws it from a column of a row on.
    pub fn draw(&self, area: Area, column: u16, row: u16, style: Style, canvas: &mut Canvas<'_>) {
        let (mut column, mut drawn) = (column, 0);
        for range in &self.found {
            let before = self.text.get(drawn..range.start).unwrap_or_default();
            column = canvas.text(area, column, row, before, style);
            let words = self.text.get(range.clone()).unwrap_or_default();
            column = canvas.text(area, column, row, words, style.patch(canvas.theme.found));
            drawn = range.end;
        }
        canvas.text(area, column, row, self.text.get(drawn..).unwrap_or_default(), style);
    }
}

/// Where the last words of a text begin that fit into some cells.
fn lead(text: &str, room: usize) -> usize {
    let words = text.char_indices().filter(|(_, character)| *character == ' ').map(|(blank, _)| blank + 1);
    let fits = |begin: &usize| text.get(*begin..).is_some_and(|words| cells(words) < room);
    words.into_iter().find(fits).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_seen_however_narrow_the_line_is() {
        let text = "Who should know what is connected on this ward? Clinical engineering does.";
        let found = [48..56, 57..68];
        for (room, shown, words) in [
            (80, text, vec!["Clinical", "engineering"]),
            (60, "Who should know what is connected on this ward? Clinical en…", vec!["Clinical", "en"]),
            (40, "…this ward? Clinical engineering does.", vec!["Clinical", "engineering"]),
            (30, "…ward? Clinical engineering d…", vec!["Clinical", "engineering"]),
            (12, "…Clinical e…", vec!["Clinical", "e"]),
            (5, "…Cli…", vec!["Cli"]),
            (0, "", vec![]),
        ] {
            let line = Line::around(text, &found, room);
            let seen: Vec<&str> =
                line.found.iter().filter_map(|range| line.text.get(range.clone())).collect();
            assert_eq!((line.text.as_str(), seen), (shown, words), "{room}");
        }
    }

    #[test]
    fn a_title_that_is_cut_keeps_what_is_left_of_what_was_found() {
        let line = Line::beginning("Far from ready for clinical practice", &[0..3, 19..27, 28..36], 24);
        assert_eq!(line, Line { text: "Far from ready for clin…".to_owned(), found: vec![0..3, 19..23] });
    }

    #[test]
    fn wide_and_combined_characters_are_not_cut_apart() {
        let text = format!("{}敗血症の治療", "重症感染症".repeat(10));
        let begin = "重症感染症".len() * 10;
        let found = begin..begin + "敗血症".len();
        for room in 0..40 {
            let found = std::slice::from_ref(&found);
            let line = Line::around(&text, found, room);
            assert!(cells(&line.text) <= room, "{room}: {line:?}");
            assert!(
                line.found.iter().all(|range| line.text.get(range.clone()).is_some()),
                "{room}: {line:?}"
            );
        }
    }
}
