//! Sets quoted blocks behind a bar.

use crate::article::document::Block;
use crate::article::row::{Row, Span};
use crate::article::set;

/// Sets quoted blocks.
pub(super) fn set(quoted: &[Block], width: usize, depth: usize) -> Vec<Row> {
    let (indent, inner) = set::indent_blocks(2, width, quoted);
    let mut rows = set::blocks(quoted, inner, depth);
    if indent > 0 {
        for row in &mut rows {
            let bar = if row.spans.is_empty() { "│" } else { "│ " };
            row.prefix(Span::furniture(bar));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::row::Style;

    #[test]
    fn the_bar_does_not_end_between_paragraphs() {
        let paragraph = |text| Block::Paragraph(vec![Span::new(text, Style::default())]);
        let rows = set(&[paragraph("one"), Block::Quote(vec![paragraph("two")])], 20, 0);
        let text: Vec<String> = rows.iter().map(Row::text).collect();
        assert_eq!(text, ["│ one", "│", "│ │ two"]);
    }
}
