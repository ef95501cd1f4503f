//! How many terminal cells text takes, and cutting text by cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of a text in terminal cells: the sum of the widths of its visible characters, which is how
/// terminals count.
pub(super) fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The visible characters of a text with their widths.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|cluster| (cluster, cluster.width()))
}

/// Cuts a text into pieces of at most `width` cells. A character that is wider than that is left out, for
/// there is no place to show it.
pub(super) fn cut(text: &str, width: usize) -> Vec<String> {
    cut_hanging(text, width, width)
}

/// Cuts a text into a first piece and shorter (or longer) ones after it.
pub(super) fn cut_hanging(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut filled = 0;
    let mut width = first;
    for (cluster, needed) in clusters(text) {
        if needed > first.min(rest) {
            continue;
        }
        if filled + needed > width {
            pieces.push(std::mem::take(&mut piece));
            (filled, width) = (0, rest);
        }
        piece.push_str(cluster);
        filled += needed;
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_a_terminal_shows() {
        for (text, expected) in
            [("", 0), ("dose", 4), ("naïve", 5), ("患者", 4), ("e\u{301}", 1), ("👩‍⚕️", 2), ("❤️", 2)]
        {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn cuts_without_losing_a_character_that_fits() {
        assert_eq!(cut("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(cut("a患者b", 3), ["a患", "者b"]);
        assert_eq!(cut("a患b", 1), ["a", "b"], "a wide character has no place in one cell");
        assert_eq!(cut("", 3), [""]);
    }
}
