//! Front matter cut into its top-level keys, so that each can be read on its own and only when it is asked for.

use super::split::{Line, Lines};

/// A top-level key with the lines of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The key, without quotation marks.
    pub key: &'a str,
    /// Its lines, the one with the key included.
    pub text: &'a str,
    /// The line of the front matter on which it begins, counted from 1.
    pub line: u32,
}

impl<'a> Chunk<'a> {
    /// What stands behind the colon, to the end of the last line.
    pub(super) fn value(&self) -> &'a str {
        key_of(self.text).map_or("", |(_, value)| value)
    }
}

/// The chunks of a front matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chunks<'a> {
    /// Them, in order.
    pub chunks: Vec<Chunk<'a>>,
    /// The number of the first line after a blank one that cannot belong to front matter, if there is one. Where the
    /// end of the front matter is missing, the body may begin here.
    pub prose: Option<u32>,
}

/// Cuts a front matter at every line that begins with a key. Lines before the first key are left out.
pub(super) fn chunks(front: &str) -> Chunks<'_> {
    let mut found = Chunks::default();
    let mut open: Option<(&str, Line<'_>)> = None;
    let mut quotes = Quotes::default();
    let mut after_blank = false;
    let mut lines = Lines::new(front);
    while let Some(line) = lines.next() {
        if line.text.trim_start().is_empty() {
            after_blank = true;
            continue;
        }
        if let Some((key, value)) = key_of(line.text) {
            found.close(open.replace((key, line)), front, line.start);
            if let Some(end) = quotes.end_of_long_scalar(front, line, value) {
                skip_lines(&mut lines, end);
            }
        } else if after_blank && found.prose.is_none() && is_prose(line.text) {
            found.prose = Some(line.number);
        }
        after_blank = false;
    }
    found.close(open, front, front.len());
    found
}

impl<'a> Chunks<'a> {
    fn close(&mut self, open: Option<(&'a str, Line<'a>)>, front: &'a str, end: usize) {
        if let Some((key, line)) = open
            && let Some(text) = front.get(line.start..end)
        {
            self.chunks.push(Chunk { key, text, line: line.number });
        }
    }
}

/// The longest key that is taken for one, in bytes.
const KEY_LIMIT: usize = 100;

/// The key of a line that begins with one, and what follows its colon.
pub(super) fn key_of(line: &str) -> Option<(&str, &str)> {
    let first = *line.as_bytes().first()?;
    if matches!(
        first,
        b' ' | b'\t' | b'-' | b'#' | b'[' | b']' | b'{' | b'}' | b',' | b':' | b'>' | b'|' | b'%'
    ) {
        return None;
    }
    let (key, value) = match first {
        b'"' | b'\'' => {
            let (key, rest) = line.get(1..)?.split_once(char::from(first))?;
            (key, rest.trim_start_matches(' ').strip_prefix(':')?)
        }
        _ => line.split_once(':')?,
    };
    let parted = value.is_empty() || value.starts_with([' ', '\t', '\r', '\n']);
    let key = key.trim_end();
    (parted && key.len() <= KEY_LIMIT && !key.contains(['\n', '\r'])).then_some((key, value))
}

/// Whether a line at the left margin is running text: not a key, a list entry, a comment or a bracket.
fn is_prose(line: &str) -> bool {
    line.starts_with(|first: char| {
        !matches!(first, ' ' | '\t' | '-' | '#' | ']' | '}' | '[' | '{' | '%' | '"' | '\'')
    })
}

fn skip_lines(lines: &mut Lines<'_>, end: usize) {
    while lines.offset < end && lines.next().is_some() {}
}

/// Finds the ends of quoted scalars that run over several lines. Those lines may begin at the left margin and look
/// like keys.
#[derive(Debug, Default)]
struct Quotes {
    /// A mark that was once found to have no end is not looked for again, which keeps the search linear.
    endless: [bool; 2],
}

impl Quotes {
    /// The byte of `front` behind a scalar that begins in `value`, on this line, and ends on a later one.
    fn end_of_long_scalar(&mut self, front: &str, line: Line<'_>, value: &str) -> Option<usize> {
        let scalar = value.trim_start_matches([' ', '\t']);
        let mark = scalar.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = line.start.checked_add(line.text.len())?.checked_sub(scalar.len())?;
        let endless = self.endless.get_mut(usize::from(mark == b'"'))?;
        if *endless || closing_mark(scalar, mark).is_some() {
            return None;
        }
        let Some(length) = closing_mark(front.get(start..)?, mark) else {
            *endless = true;
            return None;
        };
        let end = start.checked_add(length)?;
        let rest_of_line = front.get(end..)?.split(['\n', '\r']).next()?.trim();
        (rest_of_line.is_empty() || rest_of_line.starts_with('#')).then_some(end)
    }
}

/// The length of the quoted scalar that a text begins with, both marks included.
fn closing_mark(text: &str, mark: u8) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' && mark == b'"' {
            bytes.next();
        } else if byte == mark {
            if mark == b'\'' && bytes.next_if(|(_, next)| *next == mark).is_some() {
                continue;
            }
            return at.checked_add(1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(front: &str) -> Vec<(&str, u32)> {
        chunks(front).chunks.iter().map(|chunk| (chunk.key, chunk.line)).collect()
    }

    #[test]
    fn every_key_at_the_margin_begins_a_chunk() {
        let front = "# comment\ntitle: One\nlist:\n- a: 1\n- b\nmap:\n  inner: 2\n\n\"quoted key\": 3\nempty:\nwith space : 4\n";
        assert_eq!(
            keys(front),
            [("title", 2), ("list", 3), ("map", 6), ("quoted key", 9), ("empty", 10), ("with space", 11)]
        );
        let list = chunks(front).chunks[1];
        assert_eq!((list.text, list.value()), ("list:\n- a: 1\n- b\n", "\n- a: 1\n- b\n"));
    }

    #[test]
    fn what_only_looks_like_a_key_begins_none() {
        assert_eq!(keys("url:http://x\n: x\n-a: 1\n#b: 2\n  c: 3\nhttp://x: y"), []);
    }

    #[test]
    fn a_quoted_scalar_may_run_on_at_the_margin() {
        let front = "excerpt: \"One\ntwo: three\n\n\\\"four\\\": five.\"\ntitle: x\n";
        assert_eq!(keys(front), [("excerpt", 1), ("title", 5)]);
        assert_eq!(keys("a: 'it''s\nb: on'\nc: d"), [("a", 1), ("c", 3)]);
    }

    #[test]
    fn a_quotation_mark_without_an_end_swallows_nothing() {
        assert_eq!(keys("a: \"open\nb: 1\nc: 2"), [("a", 1), ("b", 2), ("c", 3)]);
        assert_eq!(keys("a: \"one\" and\nb: \"two\""), [("a", 1), ("b", 2)]);
        assert_eq!(keys("a: \"one\nb: two\" and\nc: 3"), [("a", 1), ("b", 2), ("c", 3)]);
    }

    #[test]
    fn running_text_after_a_blank_line_is_noticed() {
        assert_eq!(chunks("a: 1\n\nb: 2\n").prose, None);
        assert_eq!(chunks("a: 1\nrunning on\n").prose, None);
        assert_eq!(chunks("a: 1\n\nIt was a dark night.\n\nb: 2\n").prose, Some(3));
    }
}
