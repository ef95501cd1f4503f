//! Sets a table too wide for its rows as records, one for each of them.

use crate::article::document::{Block, Flow, Part, Table, text_of};
use crate::article::row::{Role, Row, Span, Style};
use crate::article::set::{self, flow};

/// Sets a table as one record for each of its rows: the head of each column, and below it or beside it the cell.
pub(super) fn set(table: &Table, width: usize, depth: usize) -> Vec<Row> {
    let labels: Vec<Flow> = (0..table.columns).map(|column| label(table, column)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for record in table.rows.iter().filter(|row| row.part != Part::Head) {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        for cell in record.cells.iter().filter(|cell| !cell.blocks.is_empty()) {
            let label = labels.get(cell.column).map(Vec::as_slice).unwrap_or_default();
            rows.extend(field(label, &cell.blocks, width, depth));
        }
    }
    rows
}

/// What the head says of a column, in bold.
fn label(table: &Table, column: usize) -> Flow {
    let mut label = Flow::new();
    let head = table.rows.iter().filter(|row| row.part == Part::Head).flat_map(|row| &row.cells);
    for cell in head.filter(|cell| (cell.column..cell.column + cell.column_span).contains(&column)) {
        for block in &cell.blocks {
            if let Block::Paragraph(text) | Block::Heading(_, text) = block {
                if !label.is_empty() {
                    label.push(Span::new(" ", Style::default().bold()));
                }
                label.extend(text.iter().cloned());
            }
        }
    }
    label
}

fn field(label: &[Span], blocks: &[Block], width: usize, depth: usize) -> Vec<Row> {
    if label.is_empty() {
        return set::blocks(blocks, width, depth);
    }
    let mut label = label.to_vec();
    let colon = if text_of(&label).ends_with(':') { " " } else { ": " };
    label.push(Span::new(colon, Style::of(Role::Text).bold()));
    let (indent, inner) = set::indent(2, width);
    let ([Block::Paragraph(_), rest @ ..] | rest) = blocks;
    if let Some(Block::Paragraph(text)) = blocks.first() {
        label.extend(text.iter().cloned());
    }
    let mut rows = hanging(&label, width, indent, inner);
    rows.extend(set::prefixed(set::blocks(rest, inner, depth), &" ".repeat(indent)));
    rows
}

/// Sets a flow whose first row sticks out to the left.
fn hanging(text: &[Span], width: usize, indent: usize, inner: usize) -> Vec<Row> {
    let rows = flow::set(text, width);
    if rows.len() < 2 || indent == 0 {
        return rows;
    }
    let mut rows = flow::set(text, inner).into_iter();
    let first = rows.next().unwrap_or_default();
    std::iter::once(first).chain(set::prefixed(rows.collect(), &" ".repeat(indent))).collect()
}
