//! The bytes that turn what is on the screen into what is wanted there.
//!
//! crossterm's backend for ratatui moves the cursor before every word that has changed and sets colours twice. termwiz
//! would save the moves (`BufferedTerminal`), but it brings 160 crates, wants a terminfo entry, and writes one sequence
//! for each attribute. So crossterm drives the terminal, and what is written into a frame is chosen here, by length.

mod pen;
mod row;
mod shift;
#[cfg(test)]
mod tests;
mod width;
mod writer;

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use row::{Row, is_covered};
use shift::Shift;
use width::cells;
use writer::Writer;

pub use writer::absolute;

/// From how many bytes on it is worth looking for rows that have moved.
const SHIFT_FROM: usize = 512;

/// A screen: what is on it, and what is wanted on it.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    wanted: Buffer,
    /// The rows in which the two may differ.
    changed: BTreeSet<u16>,
}

/// Rows that have been written, with their bytes.
struct Draft {
    writer: Writer,
    rows: Vec<u16>,
}

impl Screen {
    /// An empty screen that is to stay so.
    pub fn empty(area: Rect) -> Self {
        Self { shown: Buffer::empty(area), wanted: Buffer::empty(area), changed: BTreeSet::new() }
    }

    /// Whether everything that is wanted is on the screen.
    pub fn is_whole(&self) -> bool {
        self.changed.is_empty()
    }

    /// Wants something in a cell. What is behind a wide character is not seen.
    pub fn want(&mut self, column: u16, row: u16, cell: &Cell) {
        if self.wanted.cell((column, row)).is_none_or(is_covered) {
            return;
        }
        self.changed.insert(row);
        self.place(column, row, cell.clone());
        for further in 1..cells(cell) {
            let mut covered = cell.clone();
            covered.set_symbol("");
            self.place(column.saturating_add(further), row, covered);
        }
    }

    /// The bytes that make the screen so, as far as they fit into a limit, though at least a row; none when there is nothing
    /// to do. The rest comes with the next call. Where not all fits, what is selected comes first.
    pub fn next(&mut self, limit: usize) -> Vec<u8> {
        let start = Writer::new(self.wanted.area.width);
        let rows: Vec<u16> = self.changed.iter().copied().collect();
        let mut whole = self.draft(&self.shown, start.clone(), &rows, usize::MAX);
        let mut start = start;
        if let Some((shift, shifted)) = self.shifted(whole.writer.len()) {
            self.shown = shift.of(&self.shown);
            self.changed.extend(shift.rows());
            (start, whole) = shifted;
        }
        if whole.writer.len() > limit {
            let mut rows = whole.rows;
            rows.sort_by_key(|row| self.rank(*row));
            whole = self.draft(&self.shown, start, &rows, limit);
        }
        for row in whole.rows {
            self.changed.remove(&row);
            shift::row_mut(&mut self.shown, row).clone_from_slice(shift::row(&self.wanted, row));
        }
        whole.writer.finish()
    }

    /// The rows that go to another place, if it saves a quarter of so many bytes to move them: with what moves them, and
    /// with that and everything else.
    fn shifted(&self, bytes: usize) -> Option<(Shift, (Writer, Draft))> {
        if bytes < SHIFT_FROM {
            return None;
        }
        let shift = Shift::find(&self.shown, &self.wanted)?;
        let mut start = Writer::new(self.wanted.area.width);
        shift.write(&mut start);
        let rows: BTreeSet<u16> = shift.rows().chain(self.changed.iter().copied()).collect();
        let rows: Vec<u16> = rows.into_iter().collect();
        let draft = self.draft(&shift.of(&self.shown), start.clone(), &rows, usize::MAX);
        (draft.writer.len() < bytes - bytes / 4).then_some((shift, (start, draft)))
    }

    /// Writes rows, one after the other, until there are more bytes than the limit, though at least one that has changed.
    fn draft(&self, shown: &Buffer, writer: Writer, rows: &[u16], limit: usize) -> Draft {
        let begun = writer.len();
        let mut draft = Draft { writer, rows: Vec::new() };
        for &number in rows {
            if draft.writer.len() > begun && draft.writer.len() >= limit {
                break;
            }
            let (shown, wanted) = (shift::row(shown, number), shift::row(&self.wanted, number));
            Row { number, shown, wanted }.write(&mut draft.writer);
            draft.rows.push(number);
        }
        draft
    }

    /// What comes first when not all fits: a row that becomes the selected one, then one that has been it.
    fn rank(&self, row: u16) -> u8 {
        let is_reversed = |cell: &&Cell| cell.modifier.contains(Modifier::REVERSED);
        let reversed = |screen| shift::row(screen, row).iter().filter(is_reversed).count();
        match (reversed(&self.shown), reversed(&self.wanted)) {
            (_, 1..) => 0,
            (1.., 0) => 1,
            (0, 0) => 2,
        }
    }

    /// Puts something into a cell. What is left of a wide character is empty.
    fn place(&mut self, column: u16, row: u16, cell: Cell) {
        let Some(before) = self.wanted.cell_mut((column, row)) else { return };
        let before = std::mem::replace(before, cell);
        for further in 1..cells(&before) {
            if let Some(left) = self.wanted.cell_mut((column.saturating_add(further), row)) {
                *left = Cell::EMPTY;
            }
        }
    }
}
