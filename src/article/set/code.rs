//! Sets text as it was typed.

use crate::article::cells::{cells, cut_at_blanks};
use crate::article::row::{Role, Row, Span, Style};
use crate::article::set;

/// Marks a row that goes on with the line above it.
const GOES_ON: &str = "↪ ";

/// Sets typed text, indented a little. Lines that are too long go on in the next row, marked.
pub(super) fn set(typed: &str, width: usize) -> Vec<Row> {
    let (indent, inner) = set::indent(2, width);
    let mut rows = Vec::new();
    for line in typed.split('\n') {
        set_line(line.trim_end(), inner, &mut rows);
    }
    set::prefixed(rows, &" ".repeat(indent))
}

fn set_line(line: &str, width: usize, rows: &mut Vec<Row>) {
    let code = |text: String| Span::new(text, Style::of(Role::Code));
    if line.is_empty() {
        rows.push(Row::default());
        return;
    }
    if cells(line) <= width {
        rows.push(Row::from(code(line.to_owned())));
        return;
    }
    let mark = if width > 2 * cells(GOES_ON) { GOES_ON } else { "" };
    for (index, piece) in cut_at_blanks(line, width, width - cells(mark)).into_iter().enumerate() {
        let mut row = Row::from(code(piece));
        row.prefix(Span::furniture(if index > 0 { mark } else { "" }));
        rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(typed: &str, width: usize) -> Vec<String> {
        set(typed, width).iter().map(Row::text).collect()
    }

    #[test]
    fn long_lines_go_on_marked() {
        assert_eq!(
            text("let dose = 12;\nabcdefghijklmnopqrst", 14),
            ["  let dose = ", "  ↪ 12;", "  abcdefghijkl", "  ↪ mnopqrst"]
        );
    }
}
