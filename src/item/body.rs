//! The body of an item, as text of a known kind.

use super::markup::{Element, Token, tokens, without_boilerplate, without_short_codes};

/// What the body of an item is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// HTML with block elements.
    Html,
    /// HTML with inline elements only; empty lines part its paragraphs. Files are read as Markdown instead.
    Fragment,
    /// Markdown, perhaps with HTML in it.
    Markdown,
    /// Plain paragraphs parted by empty lines: what is said in the place of a file that cannot be read.
    Plain,
    /// Nothing to read.
    Empty,
}

/// The body of an item: decoded, told apart, and repaired where it was certainly damaged.
///
/// It is not safe to draw yet: the `article` ring makes it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// What it is written in.
    pub kind: BodyKind,
    /// The body as the file has it, decoded to Unicode and otherwise untouched.
    pub raw: String,
    /// The repaired text where a repair was needed.
    pub repaired: Option<String>,
    /// The line of the file on which the body begins, counted from 1.
    pub first_line: u32,
}

impl Body {
    /// The text to set: repaired where that was needed.
    pub fn text(&self) -> &str {
        self.repaired.as_deref().unwrap_or(&self.raw)
    }
}

impl BodyKind {
    /// Tells what a body is written in, by the name of its file and by what is in it. What holds no block of HTML is
    /// Markdown, however little of it there is; what does is Markdown only where it has signs that HTML has not.
    pub(super) fn of(path: &str, body: &str) -> Self {
        if body.trim().is_empty() {
            return Self::Empty;
        }
        let tags = Tags::of(body);
        if !tags.shows_something {
            return Self::Empty;
        }
        let has_suffix = |suffix: &str| {
            let at = path.len().saturating_sub(suffix.len());
            path.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
        };
        if has_suffix(".html") || has_suffix(".htm") || (tags.blocks && !has_markdown(body)) {
            return Self::Html;
        }
        Self::Markdown
    }
}

/// Which tags there are in a body.
#[derive(Debug, Default)]
struct Tags {
    blocks: bool,
    /// There is text, or a picture, or the like.
    shows_something: bool,
}

impl Tags {
    fn of(body: &str) -> Self {
        let mut tags = Self::default();
        for token in tokens(body) {
            match token {
                Token::Text(text) => tags.shows_something |= is_visible(text),
                Token::Tag(tag) => {
                    tags.blocks |= tag.element == Element::Block;
                    tags.shows_something |= matches!(
                        &*tag.name,
                        "img" | "iframe" | "video" | "audio" | "embed" | "object" | "svg"
                    );
                }
            }
            if tags.blocks && tags.shows_something {
                break;
            }
        }
        // What a short code shows we cannot know, but there is something.
        tags.shows_something |= body.contains("{{") || body.contains("{%");
        tags
    }
}

/// Whether a text holds more than blanks and no-break spaces, spelt as entities or not.
fn is_visible(text: &str) -> bool {
    let is_seen = |c: char| !c.is_whitespace() && c != '\u{200b}' && c != '\u{feff}';
    match text.trim_start_matches(|c| !is_seen(c)) {
        "" => false,
        text if text.starts_with('&') => text.replace("&nbsp;", " ").replace("&#160;", " ").contains(is_seen),
        _ => true,
    }
}

/// Whether a body has signs of Markdown that neither HTML nor plain text has: a heading, a fence, a link, a picture, a
/// table, emphasis, or a list of two entries.
fn has_markdown(body: &str) -> bool {
    if has_markdown_link(body) || has_strong_emphasis(body) {
        return true;
    }
    let mut entries: u8 = 0;
    let mut above = "";
    for line in body.lines() {
        let indent = line.len().saturating_sub(line.trim_start_matches(' ').len());
        let line = line.trim();
        if indent < 4 {
            if begins_as_markdown(line) || (is_underline(line) && is_paragraph(above)) {
                return true;
            }
            entries = entries.saturating_add(u8::from(is_list_entry(line)));
            if entries >= 2 {
                return true;
            }
        }
        above = line;
    }
    false
}

fn begins_as_markdown(line: &str) -> bool {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading =
        (1..=6).contains(&hashes) && line.get(hashes..).is_some_and(|rest| rest.starts_with(' '));
    let is_rule_of_table =
        line.starts_with('|') && line.contains("--") && line.bytes().all(|byte| b"|:- ".contains(&byte));
    is_heading
        || is_rule_of_table
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.starts_with("> ")
}

/// Whether a line of dashes or equals signs makes the line above it a heading.
fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn is_paragraph(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('<')
}

fn is_list_entry(line: &str) -> bool {
    let behind_number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let is_numbered = behind_number.len() < line.len()
        && (behind_number.starts_with(". ") || behind_number.starts_with(") "));
    is_numbered || ["* ", "- ", "+ "].iter().any(|bullet| line.starts_with(bullet))
}

/// `[text](address)` or a reference to an address below.
fn has_markdown_link(body: &str) -> bool {
    let has_link = |line: &str| {
        line.split_once('[')
            .and_then(|(_, text)| text.split_once("]("))
            .is_some_and(|(_, address)| !address.starts_with(' '))
    };
    (body.contains("](") && body.lines().any(has_link)) || body.contains("]: http")
}

/// `**word**`, `__word__`, `~~word~~` or `` `word` `` on one line.
fn has_strong_emphasis(body: &str) -> bool {
    let is_marked = |mark: &str| {
        body.lines().any(|line| {
            line.split_once(mark).and_then(|(_, behind)| behind.split_once(mark)).is_some_and(|(inner, _)| {
                !inner.is_empty() && !inner.starts_with([' ', '*', '_']) && !inner.ends_with(' ')
            })
        })
    };
    ["**", "__", "~~", "`"].into_iter().any(|mark| body.contains(mark) && is_marked(mark))
}

/// How fast a reader reads words, per minute.
const WORDS_A_MINUTE: usize = 230;
/// How fast a reader reads Chinese and Japanese, in characters per minute.
const IDEOGRAPHS_A_MINUTE: usize = 500;

/// How long a body takes to read, in minutes, rounded up; 0 when there is nothing to read.
pub(super) fn reading_minutes(body: &str) -> u16 {
    let (words, ideographs) = count(&without_boilerplate(&without_short_codes(body)));
    let words = words.saturating_mul(IDEOGRAPHS_A_MINUTE);
    let ideographs = ideographs.saturating_mul(WORDS_A_MINUTE);
    let minutes = words.saturating_add(ideographs).div_ceil(WORDS_A_MINUTE * IDEOGRAPHS_A_MINUTE);
    u16::try_from(minutes).unwrap_or(u16::MAX)
}

/// The words of the text that is seen, and apart from them the characters of scripts that part no words.
fn count(body: &str) -> (usize, usize) {
    let mut count = Count::default();
    for token in tokens(body) {
        match token {
            Token::Text(text) => count.add(text),
            Token::Tag(tag) => count.in_word &= tag.element != Element::Block && tag.name != "br",
        }
    }
    (count.words, count.ideographs)
}

#[derive(Debug, Default)]
struct Count {
    words: usize,
    ideographs: usize,
    in_word: bool,
}

impl Count {
    fn add(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            let (ascii, behind) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
            self.add_ascii(ascii.as_bytes());
            let other = behind.bytes().position(|byte| byte.is_ascii()).unwrap_or(behind.len());
            let (other, behind) = behind.split_at_checked(other).unwrap_or((behind, ""));
            self.add_other(other);
            rest = behind;
        }
    }

    /// Counts the letters and digits that stand where words begin. Looking at pairs of bytes alone, it needs no
    /// memory of what came before, and the compiler can look at many at once: all bodies go through here.
    fn add_ascii(&mut self, text: &[u8]) {
        /// So few bytes that their words can be counted in one byte.
        const BLOCK: usize = 128;
        let (Some((first, behind)), Some((last, before))) = (text.split_first(), text.split_last()) else {
            return;
        };
        let parts = |byte: &u8| byte.is_ascii_whitespace() | matches!(byte, b'(' | b'[' | b'"' | b'*' | b'>');
        let begins = |before: &u8, byte: &u8| u8::from(parts(before) & byte.is_ascii_alphanumeric());
        let blocks = before.chunks(BLOCK).zip(behind.chunks(BLOCK));
        let inside = blocks.map(|(before, behind)| {
            let words: u8 = before.iter().zip(behind).map(|(before, byte)| begins(before, byte)).sum();
            usize::from(words)
        });
        let inside: usize = inside.sum();
        let at_start = usize::from(!self.in_word && first.is_ascii_alphanumeric());
        self.words = self.words.saturating_add(inside).saturating_add(at_start);
        self.in_word = !parts(last);
    }

    fn add_other(&mut self, text: &str) {
        for character in text.chars() {
            if is_ideograph(character) {
                self.ideographs = self.ideographs.saturating_add(1);
                self.in_word = false;
            } else if character.is_alphanumeric() {
                self.words = self.words.saturating_add(usize::from(!self.in_word));
                self.in_word = true;
            } else if !matches!(character, '’' | '‐' | '‑') {
                self.in_word = false;
            }
        }
    }
}

fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_told_by_what_is_in_it() {
        use BodyKind::{Empty, Html, Markdown};
        let cases = [
            ("a.md", "", Empty),
            ("a.md", " \n\t\n", Empty),
            ("a.md", "<p>&nbsp;</p>\n<!-- nothing -->", Empty),
            ("a.md", "<p>One.</p>", Html),
            ("a.md", "<p>One.</p>\n\n<p>Two.</p>", Html),
            ("a.md", "<P ALIGN=left>One.\n<BR>Two.", Html),
            ("a.html", "Just words", Html),
            ("a.md", "<figure><img src=x></figure>", Html),
            ("a.md", "One <b>bold</b> word<br>and more", Markdown),
            ("a.md", "See <a href=\"https://example.org/a_b\">this</a>.\n\nAnd that.", Markdown),
            ("a.md", "Some *light* words", Markdown),
            ("a.md", "Above\n\n<!--more-->\n\nBelow", Markdown),
            ("a.md", &format!("<style>{}</style><p>Text</p>", "p{}".repeat(40_000)), Html),
            ("a.html", &format!("<!--{}-->Text", "x".repeat(80_000)), Html),
            ("a.md", "## Heading\n\nText<br>more", Markdown),
            ("a.md", "Text with a [link](https://example.org).", Markdown),
            ("a.md", "Text\n\n* one\n* two", Markdown),
            ("a.md", "1. one\n2. two", Markdown),
            ("a.md", "Some **strong** words", Markdown),
            ("a.md", "Title\n=====\n\nText", Markdown),
            ("a.md", "<p>One.</p>\n\n## Two\n\nThree.", Markdown),
            ("a.md", "<p>One.</p>\n\nGive ~~10 mg~~ 1 mg.", Markdown),
            ("a.md", "| a | b |\n|---|---|\n| 1 | 2 |", Markdown),
            ("a.md", "> quoted", Markdown),
            ("a.md", "```\ncode\n```", Markdown),
            ("a.md", "{{< youtube x >}}", Markdown),
            ("a.md", "Just words.\n\nAnd more words - with a dash.", Markdown),
            ("a.md", "a < b and b > c, 3 * 4 * 5, #1 of 2", Markdown),
            ("a.md", "- a lone dash begins this line", Markdown),
        ];
        for (path, body, kind) in cases {
            assert_eq!(BodyKind::of(path, body), kind, "{body:?}");
        }
    }

    #[test]
    fn reading_takes_as_long_as_the_words_that_are_seen() {
        assert_eq!(reading_minutes(""), 0);
        assert_eq!(reading_minutes("<script>var words = 1;</script><!-- more -->"), 0);
        assert_eq!(reading_minutes("One word."), 1);
        assert_eq!(reading_minutes(&"word ".repeat(230)), 1);
        assert_eq!(reading_minutes(&"word ".repeat(231)), 2);
        assert_eq!(reading_minutes(&"<p class='x y z'>word</p>".repeat(230)), 1);
        assert_eq!(reading_minutes(&"字".repeat(501)), 2);
        assert_eq!(count("W<b>or</b>d – and “an other”<br>one don’t well-known, (or) **so**"), (9, 0));
    }
}
