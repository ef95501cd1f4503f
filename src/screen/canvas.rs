//! Drawing text into an area: cut with `…` where it does not fit, never outside.

use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::Theme;
use crate::article::cells::{cells as width, clusters, cut, joined_picture};
use crate::reader::Area;

/// Takes up no cell, and tells terminals that what follows goes from left to right.
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

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
        if fitting.is_ascii() {
            let (end, _) = self.buffer.set_stringn(x, y, &fitting, room, style);
            return end.saturating_sub(area.x);
        }
        self.place((x, y), &fitting, style).saturating_sub(area.x)
    }

    /// Puts each visible character into its cell. How many cells it covers is said by [`clusters`], which knows terminals
    /// better than ratatui does. The first column after the text comes back.
    fn place(&mut self, (mut x, y): (u16, u16), text: &str, style: Style) -> u16 {
        for (cluster, cells) in clusters(text) {
            let cells = u16::try_from(cells).unwrap_or(u16::MAX);
            let after = x.saturating_add(cells);
            let Some(width) = NonZeroU16::new(cells).filter(|_| after <= self.buffer.area.right()) else {
                continue;
            };
            for column in x..after {
                let Some(cell) = self.buffer.cell_mut((column, y)) else { return after };
                if column == x {
                    cell.set_symbol(joined_picture(cluster).unwrap_or(cluster)).set_style(style);
                    cell.set_diff_option(CellDiffOption::None);
                    if cell.cell_width() != cells {
                        cell.set_diff_option(CellDiffOption::ForcedWidth(width));
                    }
                } else {
                    cover(cell);
                    cell.set_style(style);
                }
            }
            x = after;
        }
        x
    }

    /// Ends a column of a row, from one column of the area to another, so that what stands to its right stays there. Some
    /// terminals set text that is written from right to left in that direction, and the number after it too.
    pub fn end_column(&mut self, area: Area, columns: Range<u16>, row: u16) {
        let y = area.y.saturating_add(row);
        let columns = columns.start.saturating_add(area.x)..columns.end.saturating_add(area.x);
        let symbol = |x| self.buffer.cell((x, y)).map_or(" ", Cell::symbol);
        if !columns.clone().any(|x| symbol(x).chars().any(is_right_to_left)) {
            return;
        }
        let last = columns.rev().find(|x| symbol(*x) != " ");
        if let Some(cell) = last.and_then(|x| self.buffer.cell_mut((x, y))) {
            let ended = format!("{}{LEFT_TO_RIGHT_MARK}", cell.symbol());
            cell.set_symbol(&ended);
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

/// Whether a character is of a script that is written from right to left: the blocks that Unicode has set aside for them.
fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Makes a cell one that a wide character covers, so that whatever takes its place in a later frame is written.
///
/// Without that, a space would not be: the buffer has spaces there, and ratatui trusts the terminal to take the second half
/// of a character away with the first. Of a letter with a vowel sign beside it (`हि`) or a flag, which many terminals draw
/// as two characters, the second would stay.
fn cover(cell: &mut Cell) {
    cell.reset();
    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
}

/// The width of a text in cells.
pub fn cells(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// As much of a text as fits into some cells; what is cut ends with `…`.
pub fn fit(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut fitting = String::with_capacity(text.len().min(room.saturating_mul(4)));
    let mut used = width(CUT);
    for (cluster, cells) in clusters(text) {
        used += cells;
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
    if width(text) <= room {
        return text.to_owned();
    }
    let backwards: String = text.graphemes(true).rev().collect();
    fit(&backwards, room).graphemes(true).rev().collect()
}

/// Breaks a text into rows of some cells, at its spaces; a word that is longer than a row, such as a link, goes on in the
/// next one.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut rows: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(row) = rows.last_mut() else { break };
        if !row.is_empty() && width(row) + 1 + width(word) <= room {
            row.push(' ');
            row.push_str(word);
            continue;
        }
        let mut pieces = cut(word, room).into_iter();
        if row.is_empty() {
            row.extend(pieces.next());
        }
        rows.extend(pieces);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::theme::Palette;
    use super::*;

    /// The symbols of the cells of a row after a text was drawn in it, and how wide the first of them is taken for.
    fn drawn(text: &str) -> (Vec<String>, u16) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let theme = Theme::new(Palette::default());
        let mut canvas = Canvas::new(&mut buffer, &theme);
        let area = Area { x: 0, y: 0, width: 8, height: 1 };
        canvas.text(area, 0, 0, text, Style::new());
        canvas.end_column(area, 0..6, 0);
        let width = buffer.content[0].cell_width();
        (buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect(), width)
    }

    #[test]
    fn each_cluster_has_the_cells_that_terminals_give_it() {
        let cells = |text| drawn(text).0;
        assert_eq!(drawn("நாx"), (["நா", " ", "x", " ", " ", " ", " ", " "].map(str::to_owned).to_vec(), 2));
        assert_eq!(cells("👩\u{200d}⚕x")[..3], ["👩", " ", "x"], "of pictures that are joined, the first");
        assert_eq!(cells("患x")[..3], ["患", " ", "x"]);
        assert_eq!(cells("e\u{301}x")[..2], ["e\u{301}", "x"]);
    }

    #[test]
    fn a_column_that_goes_from_right_to_left_ends_where_it_ends() {
        assert_eq!(drawn("עבר 2").0.concat(), "עבר 2\u{200e}   ");
        assert_eq!(drawn("abc 2").0.concat(), "abc 2   ");
    }

    #[test]
    fn rows_break_at_spaces_and_a_word_that_is_too_long_goes_on() {
        for (text, room, rows) in [
            ("Copied: https://a.example/b", 10, &["Copied:", "https://a.", "example/b"] as &[&str]),
            ("one two", 7, &["one two"]),
            ("one two", 6, &["one", "two"]),
            ("abcdef", 3, &["abc", "def"]),
            ("", 3, &[""]),
        ] {
            assert_eq!(wrap(text, room), rows, "{text} in {room}");
        }
    }

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
