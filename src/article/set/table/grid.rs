//! Puts the cells of a table, set, where they belong.

use std::rc::Rc;

use super::columns::Columns;
use crate::article::document::{Align, Table};
use crate::article::row::{Row, Style};
use crate::article::set::{self, extent::LONGEST_WORD};

/// All cells of a table, set, and where they stand.
pub(super) struct Grid {
    /// For each row of the table, the cells that cover it, from left to right.
    covering: Vec<Vec<Rc<SetCell>>>,
    /// For each row of the table, and for its end, how many rows of text stand above it.
    tops: Vec<usize>,
}

impl Grid {
    /// Sets all cells of a table.
    pub(super) fn of(table: &Table, columns: &Columns, depth: usize) -> Self {
        let set = set_cells(table, columns, depth);
        let rows = table.rows.len();
        let tops = tops(&set, rows);
        let mut covering = vec![Vec::new(); rows];
        for cell in set.into_iter().filter(|cell| cell.width > 0).map(Rc::new) {
            for row in covering.iter_mut().take(cell.last + 1).skip(cell.first) {
                row.push(Rc::clone(&cell));
            }
        }
        for row in &mut covering {
            row.sort_by_key(|cell| cell.column);
        }
        Self { covering, tops }
    }

    /// How many rows of text the tallest of its narrow cells has.
    pub(super) fn tallest_narrow_cell(&self) -> usize {
        let narrow = self.covering.iter().flatten().filter(|cell| cell.width < LONGEST_WORD);
        narrow.map(|cell| cell.rows.len()).max().unwrap_or(0)
    }

    fn top(&self, row: usize) -> usize {
        self.tops.get(row).copied().unwrap_or_default()
    }

    /// How many rows of text a row of the table takes.
    pub(super) fn height(&self, row: usize) -> usize {
        self.top(row + 1).saturating_sub(self.top(row))
    }

    /// One row of text of a row of the table.
    pub(super) fn line(&self, columns: &Columns, row: usize, line: usize) -> Row {
        let mut set = Row::default();
        let mut at = 0;
        for cell in self.covering.get(row).into_iter().flatten() {
            let within = self.top(row) + line - self.top(cell.first);
            let Some(text) = cell.rows.get(within).filter(|text| !text.spans.is_empty()) else { continue };
            let spare = cell.width.saturating_sub(text.cells());
            let indent = match cell.align {
                Align::Left => 0,
                Align::Center => spare / 2,
                Align::Right => spare,
            };
            let blanks = (columns.start(cell.column) + indent).saturating_sub(at);
            set.push(&" ".repeat(blanks), Style::default());
            set.spans.extend(text.spans.iter().cloned());
            at += blanks + text.cells();
        }
        set
    }
}

/// Where each row of a table begins. A cell over several rows makes the last of them taller where it must.
fn tops(set: &[SetCell], rows: usize) -> Vec<usize> {
    let mut ending: Vec<Vec<&SetCell>> = vec![Vec::new(); rows];
    for cell in set {
        if let Some(row) = ending.get_mut(cell.last) {
            row.push(cell);
        }
    }
    let mut tops = vec![0];
    for cells in ending {
        let top = tops.last().copied().unwrap_or_default();
        let ends = cells.iter().map(|cell| tops.get(cell.first).copied().unwrap_or(top) + cell.rows.len());
        tops.push(ends.fold(top, usize::max));
    }
    tops
}

/// One cell, set, and the rows of the table that it covers.
struct SetCell {
    rows: Vec<Row>,
    column: usize,
    width: usize,
    align: Align,
    first: usize,
    last: usize,
}

fn set_cells(table: &Table, columns: &Columns, depth: usize) -> Vec<SetCell> {
    let rows = table.rows.iter().enumerate();
    rows.flat_map(|(index, row)| row.cells.iter().map(move |cell| (index, cell)))
        .map(|(index, cell)| {
            let width = columns.width(cell);
            SetCell {
                rows: if width > 0 { set::blocks(&cell.blocks, width, depth) } else { Vec::new() },
                column: cell.column,
                width,
                align: columns.align(cell),
                first: index,
                last: index + cell.row_span - 1,
            }
        })
        .collect()
}
