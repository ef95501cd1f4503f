//! Sets tables of data: columns as wide as their text needs, no boxes, one rule below the head. What does not
//! fit side by side is set as records, one below the other.

mod columns;
mod grid;
mod records;

use super::{extent, flow};
use crate::article::document::{Part, Table};
use crate::article::row::{Row, Span};
use columns::Columns;
use grid::Grid;

/// Cells between two columns.
const GUTTER: usize = 2;
/// A narrow cell taller than this is tiring to read.
const TALLEST_CELL: usize = 8;

/// Sets a table and its caption.
pub(super) fn set(table: &Table, width: usize, depth: usize) -> Vec<Row> {
    let columns = Columns::of(table, width);
    let mut rows = match columns.and_then(|columns| side_by_side(table, &columns, depth)) {
        Some(rows) => rows,
        None => records::set(table, width, depth),
    };
    if !table.caption.is_empty() {
        let caption = flow::set(&table.caption, width);
        rows.splice(0..0, caption.into_iter().chain([Row::default()]));
    }
    rows
}

/// Sets a table in columns. `None` when that makes cells so tall that records are easier to read.
fn side_by_side(table: &Table, columns: &Columns, depth: usize) -> Option<Vec<Row>> {
    let grid = Grid::of(table, columns, depth);
    if grid.tallest_narrow_cell() > TALLEST_CELL {
        return None;
    }
    let mut rows = Vec::new();
    // The part that the row above belongs to, and whether it takes several rows of text.
    let mut above: Option<(Part, bool)> = None;
    for (index, row) in table.rows.iter().enumerate() {
        let is_tall = grid.height(index) > 1;
        match above {
            Some((part, _)) if part != row.part => rows.push(rules(columns)),
            Some((Part::Body, above_is_tall)) if above_is_tall || is_tall => rows.push(Row::default()),
            _ => {}
        }
        rows.extend((0..grid.height(index)).map(|line| grid.line(columns, index, line)));
        above = Some((row.part, is_tall));
    }
    Some(rows)
}

/// The rule below the head: one piece for each column.
fn rules(columns: &Columns) -> Row {
    let pieces: Vec<String> =
        columns.widths.iter().filter(|&&width| width > 0).map(|&width| "─".repeat(width)).collect();
    Row::from(Span::furniture(pieces.join(&" ".repeat(GUTTER))))
}
