//! Sets running text at a width. html2text fills the lines; around it stands what it lacks: places where a long
//! word or a Chinese sentence may be broken, characters whose width it miscounts, and styles.

use std::iter::Peekable;

use html2text::config;

use crate::article::cells::NO_BREAK_SPACE;
use crate::article::cells::{cells, clusters, cut};
use crate::article::row::{Row, Span, Style};

/// In rows narrower than this hardly any word fits, and wide characters may not fit at all.
const NARROWEST_FILLED: usize = 4;
/// Stands for a character of one cell that html2text would count wrongly: taken from those that Unicode leaves
/// to private use.
const NARROW_STAND_IN: char = '\u{e000}';
/// The same for two cells: the mark that Japanese typesetters put where a character is missing.
const WIDE_STAND_IN: char = '〓';
/// Tells html2text that a line may end here; it leaves the character itself out.
const MAY_BREAK: char = '\u{200b}';

/// Sets a flow in rows of at most `width` cells.
pub(in crate::article) fn set(flow: &[Span], width: usize) -> Vec<Row> {
    lines(flow).iter().flat_map(|line| set_line(line, width)).collect()
}

/// The lines of a flow before any wrapping, parted at forced line ends.
pub(super) fn lines(flow: &[Span]) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    for span in flow {
        for (index, text) in span.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(Span::new(text, span.style));
            }
        }
    }
    lines
}

fn set_line(line: &[Span], width: usize) -> Vec<Row> {
    let needed: usize = line.iter().map(|span| cells(&span.text)).sum();
    if needed <= width {
        return vec![finished(Row { spans: line.to_vec(), goes_on: false })];
    }
    let filled = if width < NARROWEST_FILLED { None } else { filled(line, width) };
    filled.unwrap_or_else(|| hard_wrapped(line, width))
}

/// Lets html2text fill the lines. `None` when it could not, or lost a character, or made a row too wide.
fn filled(line: &[Span], width: usize) -> Option<Vec<Row>> {
    let encoded = encoded(line, width);
    let text = config::plain_no_decorate().string_from_read(encoded.as_bytes(), width).ok()?;
    let mut pieces = Pieces::of(line);
    let rows: Vec<Row> = text.lines().filter(|row| !row.is_empty()).map(|row| pieces.take_row(row)).collect();
    let is_whole = pieces.left.next().is_none();
    (is_whole && rows.iter().all(|row| row.cells() <= width)).then_some(rows)
}

/// The visible characters of a line, given out as html2text has parted them into rows: its text has the same
/// characters in the same order, or stand-ins for them.
struct Pieces<'a> {
    left: Peekable<std::vec::IntoIter<Piece<'a>>>,
}

/// One visible character, its width in cells, and its look.
type Piece<'a> = (&'a str, usize, Style);

impl<'a> Pieces<'a> {
    fn of(line: &'a [Span]) -> Self {
        let pieces = line
            .iter()
            .flat_map(|span| clusters(&span.text).map(|(cluster, needed)| (cluster, needed, span.style)));
        Self { left: pieces.collect::<Vec<_>>().into_iter().peekable() }
    }

    /// Takes as many characters as a row of html2text has, and the blanks around them.
    fn take_row(&mut self, set: &str) -> Row {
        let mut wanted = set.chars().filter(|c| !c.is_whitespace()).count();
        let mut row = Row::default();
        while let Some(piece) = self.left.next_if(|piece| wanted > 0 || stands_for(piece) == 0) {
            wanted = wanted.saturating_sub(stands_for(&piece));
            row.push(piece.0, piece.2);
        }
        finished(row)
    }
}

/// How many characters html2text is given for one that readers see.
fn stands_for((cluster, needed, _): &Piece) -> usize {
    match *needed {
        _ if cluster.trim().is_empty() => 0,
        0..=2 => *needed.min(&1),
        more => more - 1,
    }
}

/// A row without blanks at its end, its no-break spaces made ordinary now that no line is broken any more.
fn finished(mut row: Row) -> Row {
    for span in &mut row.spans {
        if span.text.contains(NO_BREAK_SPACE) {
            span.text = span.text.replace(NO_BREAK_SPACE, " ");
        }
    }
    while let Some(last) = row.spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        row.spans.pop();
    }
    row
}

/// Fills rows cell by cell, wherever words end. Every character that fits in a row of its own is kept.
pub(super) fn hard_wrapped(line: &[Span], width: usize) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    let mut filled = 0;
    for span in line {
        for (cluster, needed) in clusters(&span.text).filter(|(_, needed)| *needed <= width) {
            if filled + needed > width {
                rows.push(Row::default());
                filled = 0;
            }
            if let Some(row) = rows.last_mut().filter(|_| filled > 0 || !cluster.trim().is_empty()) {
                row.push(cluster, span.style);
                filled += needed;
            }
        }
    }
    rows.into_iter().map(finished).collect()
}

/// A line as the HTML that html2text sets.
fn encoded(line: &[Span], width: usize) -> String {
    let mut html = String::with_capacity(line.iter().map(|span| span.text.len()).sum());
    let mut long = LongWords::of(line, width);
    let mut before = None;
    for (cluster, needed) in
        line.iter().flat_map(|span| clusters(&span.text)).filter(|(_, needed)| *needed > 0)
    {
        let c = cluster.chars().next().unwrap_or(' ');
        if before.is_some_and(|before| long.may_break(before, c)) {
            html.push(MAY_BREAK);
        }
        long.pass(c);
        before = Some(c);
        match cluster {
            "&" => html.push_str("&amp;"),
            "<" => html.push_str("&lt;"),
            _ if is_counted_well(cluster) => html.push_str(cluster),
            _ => {
                html.push(if needed >= 2 { WIDE_STAND_IN } else { NARROW_STAND_IN });
                html.extend(std::iter::repeat_n(NARROW_STAND_IN, needed.saturating_sub(2)));
            }
        }
    }
    html
}

/// Whether html2text counts the cells of a visible character as terminals do: it is one character that neither
/// joins with others nor changes with what stands beside it, as those of Arabic, of Indic scripts and emoji do.
fn is_counted_well(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(' '..='~' | NO_BREAK_SPACE), None) => true,
        (Some(c), None) => {
            matches!(u32::from(c), 0xa1..=0x2ff | 0x370..=0x482 | 0x48a..=0x58f | 0x2010..=0x2027 | 0x2030..=0x205e)
                || is_ideographic(c)
        }
        _ => false,
    }
}

/// Knows which words of a line are longer than the row, for those may be broken where they can be read on.
struct LongWords {
    /// For each word, whether it is too long.
    words: Vec<bool>,
    at: usize,
}

impl LongWords {
    fn of(line: &[Span], width: usize) -> Self {
        let mut words = Vec::new();
        let mut length = 0;
        for span in line {
            for (index, piece) in span.text.split(' ').enumerate() {
                if index > 0 {
                    words.push(length > width);
                    length = 0;
                }
                length += cells(piece);
            }
        }
        words.push(length > width);
        Self { words, at: 0 }
    }

    fn pass(&mut self, c: char) {
        self.at += usize::from(c == ' ');
    }

    fn may_break(&self, before: char, after: char) -> bool {
        let in_long_word = self.words.get(self.at).copied().unwrap_or(false);
        let after_sign =
            matches!(before, '/' | '-' | '_' | '?' | '&' | '=' | '.' | ',' | '–' | '—' | '+' | '%');
        (in_long_word && after_sign && after.is_alphanumeric())
            || (is_ideographic(before)
                && !OPENING.contains(before)
                && !CLOSING.contains(after)
                && after != '[')
            || (is_ideographic(after)
                && !CLOSING.contains(after)
                && !OPENING.contains(before)
                && before != '[')
    }
}

/// Chinese characters, kana and their punctuation: scripts that part no words by blanks.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c), 0x3001..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

/// No line ends with one of these.
const OPENING: &str = "（「『【〔〈《([{“‘";
/// No line begins with one of these.
const CLOSING: &str = "、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}”’,.;:!?%";

/// Sets an address: it has no blanks to break at and must be readable in full.
pub(in crate::article) fn set_address(address: &str, style: Style, width: usize) -> Vec<Row> {
    let pieces = cut(address, width);
    let last = pieces.len().saturating_sub(1);
    let row = |(index, piece)| Row { spans: vec![Span::new(piece, style)], goes_on: index < last };
    pieces.into_iter().enumerate().map(row).collect()
}
