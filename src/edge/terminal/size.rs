//! How large the terminal is, within bounds.

use std::io;

/// The largest screen that is drawn on, in cells. A terminal can call itself larger than memory has room for; what is
/// beyond this stays empty.
const COLUMNS_MAX: u16 = 1000;
const ROWS_MAX: u16 = 500;

/// The columns and rows of the terminal. Either may be 0.
pub(super) fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size().map(bounded)
}

/// As much of a size as is used.
pub(super) fn bounded((columns, rows): (u16, u16)) -> (u16, u16) {
    (columns.min(COLUMNS_MAX), rows.min(ROWS_MAX))
}
