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
    pub all: Vec<Chunk<'a>>,
    /// The number of the first line after a blank one that cannot belong to front matter, if there is one. Where the
    /// end of the front matter is missing, the body may begin here.
    pub prose: Option<u32>,
    /// Whether a line at the margin holds a key in a form that is not taken apart here, such as `? key`. Only a parser
    /// knows what it is called.
    pub has_odd_key: bool,
}

/// Cuts a front matter at every line that begins with a key. Lines before the first key are left out.
pub(super) fn chunks(front: &str) -> Chunks<'_> {
    let mut found = Chunks::default();
    let mut open: Option<(&str, Line<'_>)> = None;
    let mut long_values = LongValues::default();
    let mut after_blank = false;
    let mut lines = Lines::new(front);
    while let Some(line) = lines.next() {
        if line.text.trim_start().is_empty() {
            after_blank = true;
            continue;
        }
        let value = if let Some((key, value)) = key_of(line.text) {
            found.close(open.replace((key, line)), front, line.start);
            value
        } else {
            found.has_odd_key |= is_odd_key(line.text);
            if after_blank && found.prose.is_none() && is_prose(line.text) {
                found.prose = Some(line.number);
            }
            inner_value(line.text)
        };
        if let Some(end) = long_values.end_of(front, line, value) {
            skip_lines(&mut lines, end);
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
            self.all.push(Chunk { key, text, line: line.number });
        }
    }
}

/// The longest key that stands on a line with its value, in characters (YAML 1.2, 7.4.2: implicit keys).
const KEY_LIMIT: usize = 1024;

/// The key of a line that begins with one, and what follows its colon. As in YAML, the colon is the first that white
/// space or the end of the line follows, so `og:image: x` has the key `og:image`; dashes, colons and question marks
/// begin a key where no white space follows them.
pub(super) fn key_of(line: &str) -> Option<(&str, &str)> {
    let line = without_properties(line);
    let mut bytes = line.bytes();
    let (first, second) = (bytes.next()?, bytes.next());
    let stands_alone = second.is_none_or(|second| second.is_ascii_whitespace());
    match first {
        b' ' | b'\t' | b'#' | b'[' | b']' | b'{' | b'}' | b',' | b'>' | b'|' | b'%' => return None,
        b'-' | b'?' | b':' if stands_alone => return None,
        _ => {}
    }
    let (key, value) = match first {
        b'"' | b'\'' => {
            let (key, rest) =
                line.get(1..)?.split_once(char::from(first)).filter(|(key, _)| !key.contains('\\'))?;
            (key, rest.trim_start_matches(' ').strip_prefix(':')?)
        }
        _ => {
            let end = key_end(line)?;
            (line.get(..end)?, line.get(end.checked_add(1)?..)?)
        }
    };
    let parted = value.is_empty() || value.starts_with([' ', '\t', '\r', '\n']);
    let key = key.trim_end();
    (parted && key.len() <= KEY_LIMIT && !key.contains(['\n', '\r'])).then_some((key, value))
}

/// The byte of the colon behind a key without quotation marks.
fn key_end(line: &str) -> Option<usize> {
    let mut bytes = line.bytes().take(KEY_LIMIT.saturating_add(2)).enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, next)| *next);
        if byte == b':' && next.is_none_or(|next| next.is_ascii_whitespace()) {
            return Some(at);
        }
        if matches!(byte, b'\n' | b'\r') {
            return None;
        }
    }
    None
}

/// A line without an anchor or a tag before its key, as in `&base title: x`.
fn without_properties(line: &str) -> &str {
    let mut rest = line;
    while rest.starts_with(['&', '!']) {
        match rest.split_once(' ') {
            Some((property, behind)) if !property.ends_with(':') => rest = behind.trim_start_matches(' '),
            Some(_) | None => return line,
        }
    }
    rest
}

/// Whether a line at the margin, on which [`key_of`] finds none, holds a key all the same.
fn is_odd_key(line: &str) -> bool {
    line == "?" || line.starts_with("? ") || (line.starts_with(['"', '\'']) && line.contains(':'))
}

/// What a line below a key has for a value: behind the dashes of a list, and behind a key of its own.
fn inner_value(line: &str) -> &str {
    let mut value = line.trim_start_matches([' ', '\t']);
    while let Some(entry) = value.strip_prefix("- ") {
        value = entry.trim_start_matches(' ');
    }
    key_of(value).map_or(value, |(_, value)| value)
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

/// The place of brackets among the marks that may be [endless](LongValues::endless).
const BRACKETS: usize = 2;

/// Finds the ends of values in quotation marks or brackets that run over several lines. Those lines may begin at the left
/// margin and look like keys.
#[derive(Debug, Default)]
struct LongValues {
    /// A mark that was once found to have no end is not looked for again, which keeps the search linear.
    endless: [bool; 3],
}

impl LongValues {
    /// The byte of `front` behind a value that begins in `value`, on this line, and ends on a later one.
    fn end_of(&mut self, front: &str, line: Line<'_>, value: &str) -> Option<usize> {
        let value = value.trim_start_matches([' ', '\t']);
        let mark = value.bytes().next()?;
        let (kind, length): (usize, fn(&str) -> Option<usize>) = match mark {
            b'\'' => (0, |text| closing_mark(text, b'\'')),
            b'"' => (1, |text| closing_mark(text, b'"')),
            b'[' | b'{' => (BRACKETS, closing_bracket),
            _ => return None,
        };
        let start = line.start.checked_add(line.text.len())?.checked_sub(value.len())?;
        let endless = self.endless.get_mut(kind)?;
        if *endless || length(value).is_some() {
            return None;
        }
        let end = length(front.get(start..)?).and_then(|length| start.checked_add(length));
        let is_alone = |end: &usize| {
            let behind = front.get(*end..).and_then(|behind| behind.split(['\n', '\r']).next());
            behind.map(str::trim).is_some_and(|behind| behind.is_empty() || behind.starts_with('#'))
        };
        *endless = end.is_none() || (kind == BRACKETS && !end.as_ref().is_some_and(is_alone));
        end.filter(is_alone)
    }
}

/// The length of the value in brackets that a text begins with, both brackets included.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth: usize = 0;
    let mut at: usize = 0;
    let mut before = b' ';
    while let Some(byte) = text.as_bytes().get(at).copied() {
        // A quotation mark within a word is an apostrophe.
        let opens = before.is_ascii_whitespace() || matches!(before, b'[' | b'{' | b',' | b':');
        match byte {
            b'"' | b'\'' if opens => {
                at = at.checked_add(closing_mark(text.get(at..)?, byte)?)?.checked_sub(1)?;
            }
            b'#' if before.is_ascii_whitespace() => {
                at = at.checked_add(text.get(at..)?.find('\n')?)?;
            }
            b'[' | b'{' => depth = depth.checked_add(1)?,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        before = byte;
        at = at.checked_add(1)?;
        if depth == 0 {
            return Some(at);
        }
    }
    None
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
        chunks(front).all.iter().map(|chunk| (chunk.key, chunk.line)).collect()
    }

    #[test]
    fn every_key_at_the_margin_begins_a_chunk() {
        let front = "# comment\ntitle: One\nlist:\n- a: 1\n- b\nmap:\n  inner: 2\n\n\"quoted key\": 3\nempty:\nwith space : 4\n";
        assert_eq!(
            keys(front),
            [("title", 2), ("list", 3), ("map", 6), ("quoted key", 9), ("empty", 10), ("with space", 11)]
        );
        let list = chunks(front).all[1];
        assert_eq!((list.text, list.value()), ("list:\n- a: 1\n- b\n", "\n- a: 1\n- b\n"));
    }

    #[test]
    fn what_only_looks_like_a_key_begins_none() {
        assert_eq!(keys("url:http://x\n: x\n- a: 1\n#b: 2\n  c: 3\nhttp://x:y\n? d: 4\n%e: 5"), []);
    }

    #[test]
    fn a_colon_or_a_dash_may_belong_to_a_key() {
        let long_key = "k".repeat(400);
        let long = format!("{long_key}: 1");
        let cases = [
            ("og:image: x", "og:image", " x"),
            ("article:published_time:", "article:published_time", ""),
            ("http://x: y", "http://x", " y"),
            ("a:: b", "a:", " b"),
            ("-a: 1", "-a", " 1"),
            ("?a: 1", "?a", " 1"),
            (":a: 1", ":a", " 1"),
            ("\"a: b\": c", "a: b", " c"),
            ("&x !!str title: T", "title", " T"),
            (&long, &long_key, " 1"),
        ];
        for (line, key, value) in cases {
            assert_eq!(key_of(line), Some((key, value)), "{line}");
        }
    }

    #[test]
    fn a_list_or_a_map_in_brackets_may_run_on_at_the_margin() {
        let front = "link: {\ntitle: \"no }\",\noriginal: it's, # }\n}\ntags: [a,\nb: c\n]\ntitle: x\n";
        assert_eq!(keys(front), [("link", 1), ("tags", 5), ("title", 8)]);
        assert_eq!(keys("tags:\n- \"one\ntitle: two\"\nslug: x"), [("tags", 1), ("slug", 4)]);
        assert_eq!(keys("a: [never\nb: closed\nc: 1"), [("a", 1), ("b", 2), ("c", 3)]);
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
