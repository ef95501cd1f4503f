//! The window of rows that a cursor shows, with the selected one marked.

use std::ops::Range;

use super::canvas::Canvas;
use crate::reader::{Area, Cursor};

/// The mark of the selected row, which needs no colour to be seen.
const MARK: &str = "▌";

/// Draws the rows that a cursor shows, each by a function that knows how, and marks the selected one. Where the
/// keyboard is in this pane, its whole row stands out.
pub fn draw<T>(
    area: Area,
    cursor: Cursor,
    has_keyboard: bool,
    rows: &[T],
    canvas: &mut Canvas<'_>,
    draw_row: impl Fn(u16, &T, &mut Canvas<'_>),
) {
    let shown = rows.iter().enumerate().skip(cursor.top());
    for (down, (number, row)) in (0..area.height).zip(shown) {
        draw_row(down, row, canvas);
        if number == cursor.row() {
            mark_selected(area, down..down.saturating_add(1), has_keyboard, canvas);
        }
    }
}

/// Marks the rows of the selected entry. Where the keyboard is in this pane, they stand out.
pub fn mark_selected(area: Area, rows: Range<u16>, has_keyboard: bool, canvas: &mut Canvas<'_>) {
    for row in rows.take_while(|row| *row < area.height) {
        canvas.text(area, 0, row, MARK, canvas.theme.accent);
        if has_keyboard {
            canvas.restyle(area, row, canvas.theme.selected);
        }
    }
}
