//! Sets the blocks of a document one below the other.

mod code;
mod extent;
pub(super) mod flow;
mod list;
mod quote;
mod table;

use crate::article::document::Block;
use crate::article::row::{Row, Span};

/// Text is not indented any further when less than this many cells would be left for it.
const NARROWEST_TEXT: usize = 10;

/// Sets blocks in rows of at most `width` cells. `depth` counts the lists around them.
pub(super) fn blocks(blocks: &[Block], width: usize, depth: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        let set = one(block, width, depth);
        if set.is_empty() {
            continue;
        }
        match previous {
            // Taken over whole, for a thousand rows may stand a hundred quotes deep.
            None => rows = set,
            Some(previous) => {
                rows.extend(std::iter::repeat_n(Row::default(), gap(previous, block, depth)));
                rows.extend(set);
            }
        }
        previous = Some(block);
    }
    rows
}

fn one(block: &Block, width: usize, depth: usize) -> Vec<Row> {
    match block {
        Block::Paragraph(text) | Block::Term(text) | Block::Caption(text) => flow::set(text, width),
        Block::Heading(level, text) => heading(*level, text, width),
        Block::List(items) => list::set(items, width, depth),
        Block::Indented(inner) => {
            let (indent, width) = indent_blocks(2, width, inner);
            prefixed(blocks(inner, width, depth), &" ".repeat(indent))
        }
        Block::Quote(inner) => quote::set(inner, width, depth),
        Block::Preformatted(typed) => code::set(typed, width),
        Block::Table(table) => table::set(table, width, depth),
        Block::Rule => vec![rule(width)],
    }
}

/// How many empty rows part two blocks. In a list, a list further in follows its item closely.
fn gap(previous: &Block, next: &Block, depth: usize) -> usize {
    match (previous, next) {
        (Block::Paragraph(_), Block::List(_)) if depth > 0 => 0,
        (_, Block::Caption(_))
        | (Block::Term(_), Block::Indented(_) | Block::Term(_))
        | (Block::Heading(1 | 2, _), _) => usize::from(matches!(next, Block::Heading(..))),
        _ => 1,
    }
}

fn heading(level: u8, text: &[Span], width: usize) -> Vec<Row> {
    let mut rows = flow::set(text, width);
    let widest = rows.iter().map(Row::cells).max().unwrap_or(0);
    match level {
        1 => rows.push(Row::from(Span::furniture("━".repeat(widest)))),
        2 => rows.push(Row::from(Span::furniture("─".repeat(widest)))),
        _ => {}
    }
    rows
}

/// A thin line from edge to edge.
pub(super) fn rule(width: usize) -> Row {
    Row::from(Span::furniture("─".repeat(width)))
}

/// How far text may really be indented at a width, and what is left for it.
pub(super) fn indent(wanted: usize, width: usize) -> (usize, usize) {
    if width >= wanted + NARROWEST_TEXT { (wanted, width - wanted) } else { (0, width) }
}

/// The same for blocks that are known: short words may stand in a narrow column.
pub(super) fn indent_blocks(wanted: usize, width: usize, blocks: &[Block]) -> (usize, usize) {
    match indent(wanted, width) {
        (0, _) if width > wanted && extent::fits(blocks, width - wanted) => (wanted, width - wanted),
        indented => indented,
    }
}

/// Puts furniture before each row.
pub(super) fn prefixed(mut rows: Vec<Row>, prefix: &str) -> Vec<Row> {
    for row in &mut rows {
        if !row.spans.is_empty() {
            row.prefix(Span::furniture(prefix));
        }
    }
    rows
}
