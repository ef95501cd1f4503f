//! One row, with as few bytes as there can be.

use ratatui::buffer::Cell;

use super::pen::Pen;
use super::width::{cells, is_uncertain};
use super::writer::Writer;

/// How many unchanged cells between two that have changed may be written again rather than jumped over. In more there is
/// nothing to be saved: to jump takes six bytes at most.
const REWRITTEN_MAX: usize = 8;

/// How many bytes it takes to empty cells in the middle of a row, and to jump over them.
const ERASE_AND_JUMP: usize = 10;

/// A row as it is on the screen and as it is wanted. The cells behind a wide character hold nothing.
pub struct Row<'a> {
    /// Its number, from the top.
    pub number: u16,
    /// What is on the screen.
    pub shown: &'a [Cell],
    /// What is wanted there.
    pub wanted: &'a [Cell],
}

impl Row<'_> {
    /// Writes what has changed.
    pub fn write(&self, writer: &mut Writer) {
        let changed = self.changed();
        let mut column = 0;
        while let Some(cell) = self.wanted.get(column) {
            let width = usize::from(cells(cell));
            if !any(&changed, column, width) {
                column += width;
                continue;
            }
            let spaces = self.wanted.iter().skip(column).take_while(|cell| is_empty(cell)).count();
            // How many of them must be written: up to the last that has changed.
            let written = (0..spaces).rev().find(|further| any(&changed, column + further, 1));
            let written = written.map_or(0, |last| last + 1);
            if column + spaces == self.wanted.len() && written > b"\x1b[K".len() {
                self.reach(writer, column);
                writer.erase_to_end();
                return;
            }
            if written > ERASE_AND_JUMP {
                self.reach(writer, column);
                writer.erase(narrow(written));
                column += written;
                continue;
            }
            self.reach(writer, column);
            self.put(writer, column, cell);
            column += width;
        }
    }

    /// The first and the last column that have changed.
    pub fn extent(&self) -> Option<(usize, usize)> {
        let changed = self.changed();
        let first = changed.iter().position(|changed| *changed)?;
        let last = changed.iter().rposition(|changed| *changed)?;
        Some((first, last))
    }

    /// Which cells must be written: those that look different, and from the first character on of which terminals do not
    /// agree how wide it is, the rest of the row.
    fn changed(&self) -> Vec<bool> {
        let mut is_astray = false;
        let pairs = self.shown.iter().zip(self.wanted);
        pairs
            .map(|(shown, wanted)| {
                let is_different = shown != wanted
                    && (shown.symbol() != wanted.symbol() || Pen::seen(shown) != Pen::seen(wanted));
                is_astray |= is_different && is_uncertain(wanted.symbol());
                is_different || is_astray
            })
            .collect()
    }

    /// Takes the cursor to a column: over what has not changed, or by writing that again.
    fn reach(&self, writer: &mut Writer, column: usize) {
        let mut moved = writer.fork();
        moved.move_to(narrow(column), self.number);
        let from = writer.column_on(self.number).map(usize::from).filter(|from| *from < column);
        if let (Some(from), Some(cell)) = (from, self.wanted.get(column)) {
            let between = self.wanted.get(from..column).unwrap_or_default();
            let mut rewritten = writer.fork();
            between.iter().filter(|cell| !is_covered(cell)).for_each(|cell| rewritten.put(cell));
            let is_there = rewritten.column_on(self.number) == Some(narrow(column));
            let lengths = [&rewritten, &moved].map(|way| {
                let mut there = way.clone();
                there.put(cell);
                there.len()
            });
            if between.len() <= REWRITTEN_MAX && is_there && lengths[0] < lengths[1] {
                moved = rewritten;
            }
        }
        writer.adopt(&moved);
    }

    /// Writes a character at its column. Where terminals disagree on its width, all its cells are emptied first.
    fn put(&self, writer: &mut Writer, column: usize, cell: &Cell) {
        if is_uncertain(cell.symbol()) {
            let mut empty = cell.clone();
            empty.set_symbol(" ");
            (0..cells(cell)).for_each(|_| writer.put(&empty));
            writer.move_to(narrow(column), self.number);
        }
        writer.put(cell);
    }
}

/// Whether a cell is behind a wide character.
pub fn is_covered(cell: &Cell) -> bool {
    cell.symbol().is_empty()
}

/// Whether nothing is seen of a cell but the terminal's background.
fn is_empty(cell: &Cell) -> bool {
    cell.symbol() == " " && Pen::seen(cell) == Pen::default()
}

fn any(changed: &[bool], column: usize, width: usize) -> bool {
    changed.iter().skip(column).take(width).any(|changed| *changed)
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
