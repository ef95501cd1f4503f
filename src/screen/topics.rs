//! The tree of topics.

use super::canvas::{Canvas, cells, fit};
use super::rows;
use crate::library::{Counts, View};
use crate::reader::{Area, Pane, Reader, TreeRow};

/// Draws the tree.
pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let topics = &reader.topics;
    let has_keyboard = reader.focus() == Pane::Topics;
    rows::draw(area, topics.cursor, has_keyboard, &topics.rows, canvas, |row, tree_row, canvas| {
        draw_row(reader, area, row, tree_row, canvas);
    });
}

fn draw_row(reader: &Reader, area: Area, row: u16, tree_row: &TreeRow, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let counts = reader.counts(tree_row.view);
    let left = draw_counts(area, row, counts, canvas).saturating_sub(1);
    let fold = match tree_row.folded {
        Some(true) => "▸ ",
        Some(false) => "▾ ",
        None if matches!(tree_row.view, View::Search(_)) => "/ ",
        None => "  ",
    };
    let column = canvas.text(area, tree_row.fold_column(), row, fold, theme.secondary);
    let label = short(reader.library.label(tree_row.view), usize::from(left.saturating_sub(column)));
    let style = if counts.unread > 0 { theme.text } else { theme.secondary };
    canvas.text(area, column, row, &label, style);
    canvas.end_column(area, column..left, row);
}

/// As much of a name as fits. One that does not, but ends with its own abbreviation, gives way to that:
/// `MeSH` for `Medical Subject Headings (MeSH)`.
fn short(label: &str, room: usize) -> String {
    let abbreviation =
        label.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).map(|(_, short)| short);
    match abbreviation {
        Some(abbreviation) if usize::from(cells(label)) > room && !abbreviation.is_empty() => {
            fit(abbreviation, room)
        }
        _ => fit(label, room),
    }
}

/// Draws at the right edge how many items are unread; where none is, how many there are: `(37)`. The column that it begins
/// at comes back.
pub fn draw_counts(area: Area, row: u16, counts: Counts, canvas: &mut Canvas<'_>) -> u16 {
    let theme = canvas.theme;
    let (text, style) = match counts {
        Counts { unread: 0, total } => (format!("({total})"), theme.secondary),
        // The digits stand below each other, before the bracket.
        Counts { unread, .. } => (format!("{unread} "), theme.text),
    };
    canvas.text_right(area, row, &text, style)
}
