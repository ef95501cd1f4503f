//! Text in columns of terminal cells.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Text cut to at most `width` cells, with `…` where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = width.saturating_sub(1);
    for cluster in text.graphemes(true) {
        match room.checked_sub(cluster.width()) {
            Some(left) => room = left,
            None => break,
        }
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end().len());
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// Text followed by blanks up to `width` cells.
pub fn cell(text: &str, width: usize) -> String {
    let mut cell = text.to_owned();
    cell.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_never_too_wide() {
        let cases = [
            ("short", 10, "short"),
            ("exactly", 7, "exactly"),
            ("too long for it", 9, "too long…"),
            ("漢字漢字", 6, "漢字…"),
            ("漢字漢字", 5, "漢字…"),
            ("e\u{301}te\u{301}s", 3, "e\u{301}t…"),
            ("anything", 1, "…"),
            ("anything", 0, ""),
        ];
        for (text, width, expected) in cases {
            assert_eq!(cut(text, width), expected);
            assert!(cut(text, width).width() <= width);
        }
    }

    #[test]
    fn cells_line_up_whatever_the_width_of_the_characters() {
        assert_eq!(cell("漢字", 6).width(), 6);
        assert_eq!(cell("abc", 6), "abc   ");
        assert_eq!(cell("overlong", 6), "overlong");
    }
}
