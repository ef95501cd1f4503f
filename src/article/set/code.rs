//! Sets text as it was typed.

use crate::article::cells::{cells, cut_at_blanks};
use crate::article::row::{Role, Row, Span, Style};
use crate::article::set;

/// Marks a row that goes on with the line above it.
const GOES_ON: &str = "↪ ";

/// Sets typed text, indented a little unless lines fit only without that. Lines that are too long go on in the next
/// row, marked.
pub(super) fn set(typed: &str, width: usize) -> Vec<Row> {
    let fitting = |width| typed.split('\n').filter(|line| cells(line.trim_end()) <= width).count();
    let (indent, inner) = match set::indent(2, width) {
        (_, inner) if fitting(inner) < fitting(width) => (0, width),
        indented => indented,
    };
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
    fn no_line_goes_on_for_the_sake_of_the_indent() {
        assert_eq!(text("dose:\n120 mg once a day", 17), ["dose:", "120 mg once a day"]);
        assert_eq!(text("dose:\n120 mg once a day", 19), ["  dose:", "  120 mg once a day"]);
    }

    #[test]
    fn long_lines_go_on_marked() {
        assert_eq!(
            text("let dose = 12;\nabcdefghijklmnopqrst", 13),
            ["  let dose = ", "  ↪ 12;", "  abcdefghijk", "  ↪ lmnopqrst"]
        );
    }
}
