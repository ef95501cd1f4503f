//! Bytes for the terminal, with what they do to its cursor and to the look of what is written next.
//!
//! There are only sequences here that xterm, the Linux console, GNU screen, tmux and mosh understand alike: CUP, CUF, EL,
//! ECH, IL, DL, SGR, carriage return and line feed. Left out are HPA and VPA (never shorter here than those), REP, SU and
//! SD, which the Linux console does not know, and tabs, which may stand anywhere.

use std::io::Write as _;

use ratatui::buffer::Cell;

use super::pen::Pen;
use super::width::{cells, leaves_the_cursor_known};

/// From how many rows above a line feed for each is tried.
const LINE_FEEDS_MAX: u16 = 8;

/// Writes for a screen of so many columns.
#[derive(Debug, Clone)]
pub struct Writer {
    columns: u16,
    bytes: Vec<u8>,
    pen: Pen,
    /// The column and the row; `None` when terminals disagree on it.
    cursor: Option<(u16, u16)>,
}

impl Writer {
    /// A writer that knows nothing of the cursor yet. Nothing but the default look is set.
    pub fn new(columns: u16) -> Self {
        Self { columns, bytes: Vec::new(), pen: Pen::default(), cursor: None }
    }

    /// A writer that goes on from here on its own: its bytes are only what it adds.
    pub fn fork(&self) -> Self {
        Self { bytes: Vec::new(), ..*self }
    }

    /// Goes on from where a fork of this has got.
    pub fn adopt(&mut self, fork: &Self) {
        self.bytes.extend_from_slice(&fork.bytes);
        self.pen = fork.pen;
        self.cursor = fork.cursor;
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The column of the cursor, if it is known to be on this row.
    pub fn column_on(&self, row: u16) -> Option<u16> {
        self.cursor.filter(|(_, at)| *at == row).map(|(column, _)| column)
    }

    /// Sets the default look, and hands over the bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.set_pen(Pen::default());
        self.bytes
    }

    /// Moves the cursor in the shortest way that is safe.
    pub fn move_to(&mut self, column: u16, row: u16) {
        if self.cursor == Some((column, row)) {
            return;
        }
        let mut way = absolute(column, row);
        if let Some((from, above)) = self.cursor {
            let (right, down) = (column.checked_sub(from), row.checked_sub(above));
            let returned = down.filter(|down| *down <= LINE_FEEDS_MAX).map(|down| {
                let line_feeds = std::iter::repeat_n(b'\n', down.into());
                std::iter::once(b'\r').chain(line_feeds).chain(forward(column)).collect()
            });
            let forward = right.filter(|_| down == Some(0)).map(forward);
            for other in [forward, returned].into_iter().flatten() {
                if other.len() < way.len() {
                    way = other;
                }
            }
        }
        self.bytes.extend(way);
        self.cursor = Some((column, row));
    }

    /// Writes what a cell holds where the cursor is.
    pub fn put(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        if cell.symbol() != " " || self.pen.on_spaces() != pen.on_spaces() {
            self.set_pen(pen);
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let columns = self.columns;
        self.cursor = self
            .cursor
            .filter(|_| leaves_the_cursor_known(cell))
            .map(|(column, row)| (column.saturating_add(cells(cell)), row))
            // Behind the last column, some terminals stay on it and some do not.
            .filter(|(column, _)| *column < columns);
    }

    /// Empties so many cells from the cursor on.
    pub fn erase(&mut self, count: u16) {
        self.take_pen_for_erasing();
        self.control(count, b'X');
    }

    /// Empties the rest of the row.
    pub fn erase_to_end(&mut self) {
        self.take_pen_for_erasing();
        self.bytes.extend_from_slice(b"\x1b[K");
    }

    /// Puts so many empty rows above this one; those at the end of the screen are lost.
    pub fn insert_rows(&mut self, row: u16, count: u16) {
        self.change_rows(row, count, b'L');
    }

    /// Takes so many rows away from this one on; empty ones come at the end of the screen.
    pub fn delete_rows(&mut self, row: u16, count: u16) {
        self.change_rows(row, count, b'M');
    }

    fn change_rows(&mut self, row: u16, count: u16, last: u8) {
        self.take_pen_for_erasing();
        self.move_to(0, row);
        self.control(count, last);
        // Some terminals leave the cursor in its column, some take it to the first one.
        self.cursor = None;
    }

    /// Terminals fill what is emptied with the background that is set, and some with more of what is set.
    fn take_pen_for_erasing(&mut self) {
        if self.pen.on_spaces() != Pen::default() {
            self.set_pen(Pen::default());
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        self.pen.change_to(pen, &mut self.bytes);
        self.pen = pen;
    }

    fn control(&mut self, count: u16, last: u8) {
        self.bytes.extend(sequence(count, last));
    }
}

/// The sequence that moves the cursor to a place, counted from 0.
pub fn absolute(column: u16, row: u16) -> Vec<u8> {
    let mut bytes = b"\x1b[".to_vec();
    // Writing into a vector cannot fail.
    let _ = match (column, row) {
        (0, 0) => Ok(()),
        (0, row) => write!(bytes, "{}", row.saturating_add(1)),
        (column, row) => write!(bytes, "{};{}", row.saturating_add(1), column.saturating_add(1)),
    };
    bytes.push(b'H');
    bytes
}

/// The sequence that moves the cursor so many columns to the right.
fn forward(columns: u16) -> Vec<u8> {
    if columns == 0 { Vec::new() } else { sequence(columns, b'C') }
}

/// A control sequence with a count, which is left out when it is 1.
fn sequence(count: u16, last: u8) -> Vec<u8> {
    let mut bytes = b"\x1b[".to_vec();
    if count != 1 {
        // Writing into a vector cannot fail.
        let _ = write!(bytes, "{count}");
    }
    bytes.push(last);
    bytes
}
