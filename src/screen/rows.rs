//! The window of rows that a cursor shows, with the selected one marked.

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
    draw_tall(area, cursor, has_keyboard, (rows, 1), canvas, draw_row);
}

/// Draws rows as [`draw`] does, each of which takes so many rows of the screen. Of the selected one, the first
/// stands out, and all are marked.
pub fn draw_tall<T>(
    area: Area,
    cursor: Cursor,
    has_keyboard: bool,
    (rows, height): (&[T], u16),
    canvas: &mut Canvas<'_>,
    draw_row: impl Fn(u16, &T, &mut Canvas<'_>),
) {
    let shown = rows.iter().enumerate().skip(cursor.top());
    for (down, (number, row)) in (0..area.height).step_by(usize::from(height.max(1))).zip(shown) {
        draw_row(down, row, canvas);
        if number == cursor.row() {
            for row in (down..down.saturating_add(height)).take_while(|row| *row < area.height) {
                canvas.text(area, 0, row, MARK, canvas.theme.accent);
            }
            if has_keyboard {
                canvas.restyle(area, down, canvas.theme.selected);
            }
        }
    }
}
