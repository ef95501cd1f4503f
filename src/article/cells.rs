//! How many terminal cells text takes, and cutting text by cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A blank at which no line is broken.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';

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
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut filled = 0;
    for (cluster, needed) in clusters(text).filter(|(_, needed)| *needed <= width) {
        if filled + needed > width {
            pieces.push(std::mem::take(&mut piece));
            filled = 0;
        }
        piece.push_str(cluster);
        filled += needed;
    }
    pieces.push(piece);
    pieces
}

/// Cuts a text into pieces, behind a blank where one stands behind the first quarter of a piece, so that words
/// stay whole. No blank is lost. The first piece may be of another width than the others.
pub(super) fn cut_at_blanks(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut filled, mut width) = (0, first);
    for (cluster, needed) in clusters(text).filter(|(_, needed)| *needed <= first.min(rest)) {
        let Some(piece) = pieces.last_mut() else { break };
        if filled + needed <= width {
            piece.push_str(cluster);
            filled += needed;
            continue;
        }
        let blank = piece.rfind(' ').filter(|&blank| {
            let (kept, carried) = piece.split_at_checked(blank + 1).unwrap_or_default();
            cells(kept) > width / 4 && cells(carried) + needed <= rest
        });
        let carried = blank.map(|blank| piece.split_off(blank + 1)).unwrap_or_default() + cluster;
        (filled, width) = (cells(&carried), rest);
        pieces.push(carried);
    }
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

    #[test]
    fn cuts_behind_a_blank_when_one_is_near() {
        assert_eq!(cut_at_blanks("let dose = 12 mg", 10, 8), ["let dose ", "= 12 mg"]);
        assert_eq!(cut_at_blanks("a bcdefghijklm", 6, 4), ["a bcde", "fghi", "jklm"]);
        assert_eq!(cut_at_blanks("ab 患者患", 7, 5), ["ab 患者", "患"], "what is carried over must fit");
    }
}
