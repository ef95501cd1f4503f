//! Rows that are on the screen already, some rows further up or down, as when a list scrolls.
//!
//! They are moved by deleting rows at one end of them and inserting as many at the other. Margins (DECSTBM) would do
//! the same, but if a frame is cut short, they stay behind. Rows are moved in their whole width: what stands
//! beside a list is written again, and a shift is made only where it saves bytes all the same.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

use super::row::Row;
use super::writer::Writer;

/// How many rows at least must be there already.
const ROWS_MIN: usize = 4;

/// How many columns must have changed in a row for it to say anything.
const COLUMNS_MIN: usize = 8;

/// Some neighbouring rows, and where they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// The first of the rows that change.
    top: u16,
    /// The row after the last of them.
    end: u16,
    /// By how many rows they move.
    by: u16,
    is_up: bool,
}

impl Shift {
    /// Looks for rows that are wanted where others are.
    pub fn find(shown: &Buffer, wanted: &Buffer) -> Option<Self> {
        let mut found: BTreeMap<(u16, bool), Vec<u16>> = BTreeMap::new();
        let rows = wanted.area.height;
        for number in 0..rows {
            let row = Row { number, shown: row(shown, number), wanted: row(wanted, number) };
            let Some((first, last)) = row.extent().filter(|(first, last)| last - first >= COLUMNS_MIN) else {
                continue;
            };
            let part = |row| symbols(row, first, last);
            for other in (0..rows).filter(|other| *other != number) {
                if part(row.wanted).eq(part(self::row(shown, other))) {
                    found.entry((other.abs_diff(number), other > number)).or_default().push(number);
                }
            }
        }
        let ((by, is_up), rows) = found.into_iter().max_by_key(|(_, rows)| rows.len())?;
        let (first, last) = (*rows.first()?, *rows.last()?);
        let (top, last) = if is_up { (first, last.checked_add(by)?) } else { (first.checked_sub(by)?, last) };
        (rows.len() >= ROWS_MIN).then_some(Self { top, end: last.saturating_add(1), by, is_up })
    }

    /// The rows that change.
    pub fn rows(self) -> Range<u16> {
        self.top..self.end
    }

    /// Moves the rows on the screen.
    pub fn write(self, writer: &mut Writer) {
        let at_the_end = self.end.saturating_sub(self.by);
        if self.is_up {
            writer.delete_rows(self.top, self.by);
            writer.insert_rows(at_the_end, self.by);
        } else {
            writer.delete_rows(at_the_end, self.by);
            writer.insert_rows(self.top, self.by);
        }
    }

    /// What is on the screen when they have been moved.
    pub fn of(self, shown: &Buffer) -> Buffer {
        let mut shifted = shown.clone();
        for number in self.rows() {
            let from = if self.is_up { number.checked_add(self.by) } else { number.checked_sub(self.by) };
            let from = from.filter(|from| self.rows().contains(from)).map(|from| row(shown, from));
            let to = row_mut(&mut shifted, number);
            match from {
                Some(from) => to.clone_from_slice(from),
                None => to.fill(Cell::EMPTY),
            }
        }
        shifted
    }
}

/// The cells of a row; none below the last one.
pub fn row(buffer: &Buffer, number: u16) -> &[Cell] {
    let columns = usize::from(buffer.area.width);
    let first = columns.saturating_mul(number.into());
    buffer.content.get(first..first.saturating_add(columns)).unwrap_or_default()
}

/// The cells of a row, to be changed.
pub fn row_mut(buffer: &mut Buffer, number: u16) -> &mut [Cell] {
    let columns = usize::from(buffer.area.width);
    let first = columns.saturating_mul(number.into());
    buffer.content.get_mut(first..first.saturating_add(columns)).unwrap_or_default()
}

fn symbols(row: &[Cell], first: usize, last: usize) -> impl Iterator<Item = &str> {
    row.iter().take(last.saturating_add(1)).skip(first).map(Cell::symbol)
}
