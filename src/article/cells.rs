//! How many terminal cells text takes, and cutting text by cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Vowel signs and marks that stand beside their letter and have a cell of their own in every terminal that was tried
/// (`நா` is two cells), although Unicode counts them among the marks that extend a letter and so unicode-width does not
/// count them: those of general category `Mc` with the property `Other_Grapheme_Extend`, of the scripts of South and
/// South-East Asia.
const BESIDE: [char; 41] = [
    '\u{9be}',
    '\u{9d7}',
    '\u{b3e}',
    '\u{b57}',
    '\u{bbe}',
    '\u{bd7}',
    '\u{cc0}',
    '\u{cc2}',
    '\u{cc7}',
    '\u{cc8}',
    '\u{cca}',
    '\u{ccb}',
    '\u{cd5}',
    '\u{cd6}',
    '\u{d3e}',
    '\u{d57}',
    '\u{dcf}',
    '\u{ddf}',
    '\u{1715}',
    '\u{1734}',
    '\u{1b35}',
    '\u{1b3b}',
    '\u{1b3d}',
    '\u{1b43}',
    '\u{1b44}',
    '\u{1baa}',
    '\u{1bf2}',
    '\u{1bf3}',
    '\u{a953}',
    '\u{a9c0}',
    '\u{111c0}',
    '\u{11235}',
    '\u{1133e}',
    '\u{1134d}',
    '\u{11357}',
    '\u{114b0}',
    '\u{114bd}',
    '\u{115af}',
    '\u{116b6}',
    '\u{11930}',
    '\u{1193d}',
];

/// A blank at which no line is broken.
pub(super) const NO_BREAK_SPACE: char = '\u{a0}';

/// The width of a text in terminal cells: the sum of the widths of its visible characters, which is how
/// terminals count.
pub(crate) fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { clusters(text).map(|(_, width)| width).sum() }
}

/// The visible characters of a text with their widths.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (cluster, behind) = rest.split_at_checked(cluster_length(rest)?)?;
        rest = behind;
        Some((cluster, width(cluster)))
    })
}

/// The length of the visible character that a text begins with, in bytes. Most are told at a glance: a character of
/// ASCII before another one is never a part of a longer one.
fn cluster_length(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b' '..=b'~'] => Some(1),
        [b' '..=b'~', next, ..] if next.is_ascii() => Some(1),
        _ => text.graphemes(true).next().map(str::len),
    }
}

/// The width of one visible character.
fn width(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    if let Some(first) = joined_picture(cluster) {
        return first.width();
    }
    let beside = cluster.chars().filter(|character| BESIDE.binary_search(character).is_ok()).count();
    cluster.width().max(cluster.chars().filter_map(UnicodeWidthChar::width).sum::<usize>() + beside)
}

/// The first picture of several that are joined to one (`👩‍⚕`, `👍🏽`). Terminals disagree on how wide the whole is, from two
/// cells to eight, but not on the first.
pub(crate) fn joined_picture(cluster: &str) -> Option<&str> {
    let is_joint = |character| matches!(character, '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}');
    let mut characters = cluster.chars();
    let first = characters.next().filter(|first| !first.is_alphanumeric() && *first > '\u{2000}')?;
    characters.any(is_joint).then(|| cluster.get(..first.len_utf8()))?
}

/// Cuts a text into pieces of at most `width` cells. A character that is wider than that is left out, for
/// there is no place to show it.
pub(crate) fn cut(text: &str, width: usize) -> Vec<String> {
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
        for (text, expected) in [
            ("", 0),
            ("dose", 4),
            ("naïve", 5),
            ("患者", 4),
            ("e\u{301}", 1),
            ("👩‍⚕️", 2),
            ("❤️", 2),
            ("👍🏽", 2),
            ("🇨🇭", 2),
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn signs_beside_a_letter_have_cells_of_their_own() {
        // One cell for each letter and each mark beside it, as terminals count by the cursor's position.
        for (word, expected) in [("பாதுகாப்பு", 9), ("বাংলা", 5), ("കാലം", 4), ("ಕೂ", 2), ("නා", 2), ("हिन्दी", 5)]
        {
            assert_eq!(cells(word), expected, "{word}");
        }
        assert!(BESIDE.is_sorted());
    }

    #[test]
    fn of_joined_pictures_there_is_a_first_one() {
        for (cluster, first) in [
            ("👩\u{200d}⚕", Some("👩")),
            ("👍🏽", Some("👍")),
            ("👍", None),
            ("क\u{94d}\u{200d}ष", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(joined_picture(cluster), first, "{cluster}");
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
