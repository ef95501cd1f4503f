//! Drawing text into an area: cut with `…` where it does not fit, never outside.

use std::ops::Range;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::reader::Area;

/// What stands at the place where a text was cut.
const CUT: &str = "…";

/// The buffer of a frame, with the theme that everything is drawn in.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// The theme.
    pub theme: &'a Theme,
    /// Where the terminal's own cursor belongs, where text is being typed.
    pub cursor: Option<(u16, u16)>,
}

impl<'a> Canvas<'a> {
    /// A canvas on a buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self { buffer, theme, cursor: None }
    }

    /// Draws a text from a column of a row on, cut to fit into the area. The first column after it comes back.
    pub fn text(&mut self, area: Area, column: u16, row: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(area.width.saturating_sub(column));
        if row >= area.height || room == 0 {
            return column;
        }
        let (x, y) = (area.x.saturating_add(column), area.y.saturating_add(row));
        if !self.buffer.area.contains((x, y).into()) {
            return column;
        }
        let fitting = fit(text, room);
        let (end, _) = self.buffer.set_stringn(x, y, &fitting, room, style);
        if !fitting.is_ascii() {
            self.mark_covered(x..end, y);
        }
        end.saturating_sub(area.x)
    }

    /// Marks the cells that wide characters cover, so that whatever takes their place in a later frame is written.
    ///
    /// Without that, a blank would not be: the buffer has blanks there, and ratatui trusts the terminal to take the
    /// second half of a character away with the first. Of a letter with a vowel sign beside it (`हि`) or a flag,
    /// which many terminals draw as two characters, the second would stay.
    fn mark_covered(&mut self, columns: Range<u16>, y: u16) {
        let mut covered = 0;
        for x in columns {
            let Some(cell) = self.buffer.cell_mut((x, y)) else { return };
            if covered > 0 {
                covered -= 1;
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            } else {
                covered = cells(cell.symbol()).saturating_sub(1);
            }
        }
    }

    /// Draws a text so that it ends with the area's row. The column that it begins at comes back.
    pub fn text_right(&mut self, area: Area, row: u16, text: &str, style: Style) -> u16 {
        let column = area.width.saturating_sub(cells(text));
        self.text(area, column, row, text, style);
        column
    }

    /// Takes away whatever is drawn in an area.
    pub fn clear(&mut self, area: Area) {
        let area = Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// Changes the style of a whole row, whatever is drawn on it.
    pub fn restyle(&mut self, area: Area, row: u16, style: Style) {
        if row < area.height {
            let row = Rect::new(area.x, area.y.saturating_add(row), area.width, 1);
            self.buffer.set_style(row.intersection(self.buffer.area), style);
        }
    }

    /// Draws a rule across a row of an area.
    pub fn rule(&mut self, area: Area, row: u16) {
        let rule = "─".repeat(usize::from(area.width));
        self.text(area, 0, row, &rule, self.theme.rule);
    }

    /// Draws a rule down the first column of an area.
    pub fn rule_down(&mut self, area: Area) {
        for row in 0..area.height {
            self.text(area, 0, row, "│", self.theme.rule);
        }
    }
}

/// The width of a text in cells.
pub fn cells(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// As much of a text as fits into some cells; what is cut ends with `…`.
pub fn fit(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut fitting = String::with_capacity(text.len().min(room.saturating_mul(4)));
    let mut used = CUT.width();
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used > room {
            break;
        }
        fitting.push_str(cluster);
    }
    if room > 0 {
        fitting.truncate(fitting.trim_end().len());
        fitting.push_str(CUT);
    }
    fitting
}

/// As much of the end of a text as fits into some cells; what is cut begins with `…`.
pub fn fit_end(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let backwards: String = text.graphemes(true).rev().collect();
    fit(&backwards, room).graphemes(true).rev().collect()
}

/// Breaks a text into rows of some cells, at its blanks.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut rows: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(row) = rows.last_mut() else { break };
        if !row.is_empty() && row.width() + 1 + word.width() > room {
            rows.push(word.to_owned());
        } else {
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_marked_and_fits() {
        for (text, room, fitting) in [
            ("Precision Medicine", 18, "Precision Medicine"),
            ("Precision Medicine", 17, "Precision Medici…"),
            ("Precision Medicine", 11, "Precision…"),
            ("日本語の記事", 5, "日本…"),
            ("日本語の記事", 4, "日…"),
            ("e\u{301}te\u{301}s", 2, "e\u{301}…"),
            ("any", 1, "…"),
            ("any", 0, ""),
        ] {
            assert_eq!(fit(text, room), fitting);
        }
    }
}
