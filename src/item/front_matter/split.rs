//! Where the front matter of a file ends and its body begins.

/// The longest front matter that is read, in bytes. A YAML scanner takes time for every byte, and a curated item
/// needs some six thousand of them.
pub(in crate::item) const FRONT_MATTER_LIMIT: usize = 256 * 1024;

/// What a front matter is written in, by the line it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Whether a front matter has an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It has.
    Closed,
    /// The file ends first.
    Missing,
    /// There is none before [`FRONT_MATTER_LIMIT`].
    TooFar,
}

/// A file split at the end of its front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split<'a> {
    /// What the front matter is written in.
    pub format: Format,
    /// Its lines, without the ones that mark its beginning and its end. Without an end, all the rest of the file.
    pub front: &'a str,
    /// The byte of the file at which `front` begins.
    pub front_start: usize,
    /// The line of the file on which `front` begins, counted from 1.
    pub front_line: u32,
    /// Whether it has an end.
    pub end: End,
    /// What follows it; empty when it has no end.
    pub body: &'a str,
    /// The line of the file on which `body` begins, counted from 1.
    pub body_line: u32,
}

/// Splits a file that begins with front matter; blank lines may stand before it. `None` when there is none.
pub(super) fn split(text: &str) -> Option<Split<'_>> {
    let mut lines = Lines::new(text);
    let first = lines.by_ref().find(|line| !line.text.trim_matches(is_blank).is_empty())?;
    let first = first.text.trim_start_matches('\u{feff}');
    let format = match marker(without_comment(first)) {
        Some(b'-') => Format::Yaml,
        Some(b'+') => Format::Toml,
        _ => return None,
    };
    let (front_start, front_line) = (lines.offset, lines.number);
    let mut end = End::Missing;
    for line in lines.by_ref() {
        if line.start.saturating_sub(front_start) > FRONT_MATTER_LIMIT {
            end = End::TooFar;
            break;
        }
        if ends(format, line.text) {
            let front = text.get(front_start..line.start)?;
            let body = text.get(lines.offset..)?;
            return Some(Split {
                format,
                front,
                front_start,
                front_line,
                end: End::Closed,
                body,
                body_line: lines.number,
            });
        }
    }
    let front = text.get(front_start..)?;
    Some(Split { format, front, front_start, front_line, end, body: "", body_line: lines.number })
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

/// The character of a line of at least three dashes or of three pluses, and nothing else but white space behind.
fn marker(line: &str) -> Option<u8> {
    let line = line.trim_end().as_bytes();
    match line {
        b"+++" => Some(b'+'),
        [b'-', b'-', b'-', rest @ ..] if rest.iter().all(|byte| *byte == b'-') => Some(b'-'),
        _ => None,
    }
}

/// The first line of front matter without the comment that YAML allows behind its dashes.
fn without_comment(line: &str) -> &str {
    line.split_once(" #").map_or(line, |(marker, _)| marker)
}

fn ends(format: Format, line: &str) -> bool {
    match (format, line.as_bytes().first()) {
        (Format::Yaml, Some(b'-')) => marker(line) == Some(b'-'),
        (Format::Yaml, Some(b'.')) => line.trim_end() == "...",
        (Format::Toml, Some(b'+')) => marker(line) == Some(b'+'),
        _ => false,
    }
}

/// A line of a text, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its text.
    pub text: &'a str,
    /// The byte of the text at which it begins.
    pub start: usize,
    /// Its number, counted from 1.
    pub number: u32,
}

/// The lines of a text, parted by line feeds with or without a carriage return before them; by carriage returns
/// alone, as on old machines, when the text has no line feed at all.
#[derive(Debug, Clone)]
pub(super) struct Lines<'a> {
    text: &'a str,
    separator: char,
    /// The byte at which the next line begins.
    pub offset: usize,
    /// The number of the next line.
    pub number: u32,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let separator = if text.contains('\n') { '\n' } else { '\r' };
        Self { text, separator, offset: 0, number: 1 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.offset..).filter(|rest| !rest.is_empty())?;
        let (text, end) = match rest.split_once(self.separator) {
            Some((line, _)) => (line, line.len().saturating_add(1)),
            None => (rest, rest.len()),
        };
        let text = match text.as_bytes() {
            [line @ .., b'\r'] => text.get(..line.len()).unwrap_or(text),
            _ => text,
        };
        let line = Line { text, start: self.offset, number: self.number };
        self.offset = self.offset.saturating_add(end);
        self.number = self.number.saturating_add(1);
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_however_its_ends_are_written() {
        let cases = [
            ("---\na: 1\n---\nbody", "a: 1\n", "body", 4),
            ("\u{feff}---\na: 1\n---\nbody", "a: 1\n", "body", 4),
            ("\n \n---\na: 1\n---\nbody", "a: 1\n", "body", 6),
            ("--- \t\na: 1\n---  \nbody", "a: 1\n", "body", 4),
            ("--- # of the ward\na: 1\n---\nbody", "a: 1\n", "body", 4),
            ("----\na: 1\n-----\nbody", "a: 1\n", "body", 4),
            ("---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", "body\r\n", 4),
            ("---\ra: 1\r---\rbody", "a: 1\r", "body", 4),
            ("---\na: 1\n...\nbody\n---\nmore", "a: 1\n", "body\n---\nmore", 4),
            ("---\na: 1\n---\n\nTitle\n---\ntext", "a: 1\n", "\nTitle\n---\ntext", 4),
            ("---\n---\nbody", "", "body", 3),
            ("---\n---", "", "", 3),
        ];
        for (text, front, body, body_line) in cases {
            let split = split(text).expect(text);
            assert_eq!((split.front, split.body, split.body_line), (front, body, body_line), "{text:?}");
            assert_eq!((split.format, split.end), (Format::Yaml, End::Closed), "{text:?}");
        }
    }

    #[test]
    fn other_beginnings_are_no_front_matter() {
        for text in
            ["", "\n\n", "text\n---\na: 1\n---", "--\na: 1\n--", "---a\n---", "- --\n", " ---\na: 1\n---"]
        {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_missing_end_is_told_from_one_that_is_too_far() {
        assert_eq!(split("---\na: 1\n\nbody").unwrap().end, End::Missing);
        let far = format!("---\n{}---\nbody", "a: 1\n".repeat(FRONT_MATTER_LIMIT / 5 + 2));
        assert_eq!(split(&far).unwrap().end, End::TooFar);
    }

    #[test]
    fn pluses_mark_toml() {
        let split = split("+++\na = 1\n+++\nbody\n---\n").unwrap();
        assert_eq!((split.format, split.front, split.body), (Format::Toml, "a = 1\n", "body\n---\n"));
    }
}
