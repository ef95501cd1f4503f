//! Text in columns of terminal cells.

use crate::article::cells::cells;

/// Text followed by blanks up to `width` cells.
pub fn cell(text: &str, width: usize) -> String {
    let mut cell = text.to_owned();
    cell.extend(std::iter::repeat_n(' ', width.saturating_sub(cells(text))));
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_line_up_whatever_the_width_of_the_characters() {
        assert_eq!(cells(&cell("漢字", 6)), 6);
        assert_eq!(cell("abc", 6), "abc   ");
        assert_eq!(cell("overlong", 6), "overlong");
    }
}
