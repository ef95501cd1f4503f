//! Sets lists: markers hang in the margin, and short items stand close together.

use crate::article::cells::cells;
use crate::article::document::{Block, ListItem, Marker};
use crate::article::row::{Row, Span};
use crate::article::set;

/// The bullets of a list, of a list in it, and of all lists further in.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

/// Sets a list that is inside `depth` others.
pub(super) fn set(items: &[ListItem], width: usize, depth: usize) -> Vec<Row> {
    let labels: Vec<&str> = items.iter().map(|item| label(item, depth)).collect();
    let margin = labels.iter().map(|label| cells(label) + 1).max().unwrap_or(0);
    let (margin, inner) = match set::indent(margin, width) {
        (0, _) if items.iter().all(|item| set::indent_blocks(margin, width, &item.blocks).0 > 0) => {
            (margin, width - margin)
        }
        margins => margins,
    };
    let is_loose = items.iter().any(|item| blocks_of_text(item) > 1);
    let mut rows = Vec::new();
    for (item, label) in items.iter().zip(labels) {
        if is_loose && !rows.is_empty() {
            rows.push(Row::default());
        }
        let set = set::blocks(&item.blocks, inner, depth + 1);
        rows.extend(if margin > 0 { hung(set, label, margin) } else { headed(set, label, width) });
    }
    rows
}

fn label(item: &ListItem, depth: usize) -> &str {
    match &item.marker {
        Marker::Bullet => BULLETS.get(depth).or(BULLETS.last()).copied().unwrap_or_default(),
        Marker::Label(label) => label,
        Marker::None => "",
    }
}

/// How many blocks an item has besides the lists in it.
fn blocks_of_text(item: &ListItem) -> usize {
    item.blocks.iter().filter(|block| !matches!(block, Block::List(_) | Block::Caption(_))).count()
}

/// Puts a label before the first row, and as many blanks before the others. Numbers end at the same cell.
fn hung(mut rows: Vec<Row>, label: &str, margin: usize) -> Vec<Row> {
    for (index, row) in rows.iter_mut().enumerate() {
        if index == 0 {
            row.prefix(Span::furniture(format!("{label:>width$} ", width = margin - 1)));
        } else if !row.spans.is_empty() {
            row.prefix(Span::furniture(" ".repeat(margin)));
        }
    }
    rows
}

/// Without room for a margin a label stands on a row of its own.
fn headed(rows: Vec<Row>, label: &str, width: usize) -> Vec<Row> {
    let fits = cells(label) <= width && !label.is_empty();
    let head = fits.then(|| Row::from(Span::furniture(label)));
    head.into_iter().chain(rows).collect()
}
