//! Sets a table too wide for its rows as records, one for each of them.

use crate::article::document::{Block, Flow, Part, Table, TableRow, text_of};
use crate::article::row::{Role, Row, Span, Style};
use crate::article::set::{self, flow};

/// Sets a table as one record for each of its rows: the head of each column, and below it or beside it the cell. What
/// spans all columns is a title of what is below it: it is set once, and has no head.
pub(super) fn set(table: &Table, width: usize, depth: usize) -> Vec<Row> {
    let labels: Vec<Flow> = (0..table.columns).map(|column| label(table, column)).collect();
    let (heads, records): (Vec<&TableRow>, Vec<&TableRow>) =
        table.rows.iter().partition(|row| row.part == Part::Head);
    let titles = heads.iter().flat_map(|row| &row.cells).filter(|cell| cell.spans_all(table));
    let titles = titles.map(|cell| set::blocks(&cell.blocks, width, depth));
    let records = records.into_iter().map(|record| {
        let cells = record.cells.iter().filter(|cell| !cell.blocks.is_empty());
        let fields = cells.map(|cell| {
            let label = labels.get(cell.column).filter(|_| !cell.spans_all(table));
            field(label.map(Vec::as_slice).unwrap_or_default(), &cell.blocks, width, depth)
        });
        fields.flatten().collect()
    });
    let parts: Vec<Vec<Row>> = titles.chain(records).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        // Pictures that say nothing, for one, leave nothing but the heads.
        return labels.iter().flat_map(|label| flow::set(label, width)).collect();
    }
    parts.join(&Row::default())
}

/// What the head says of a column, in bold.
fn label(table: &Table, column: usize) -> Flow {
    let mut label = Flow::new();
    let head = table.rows.iter().filter(|row| row.part == Part::Head).flat_map(|row| &row.cells);
    let head = head.filter(|cell| !cell.spans_all(table));
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
