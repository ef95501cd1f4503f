//! Text that no terminal can mistake for a command.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_normalization::char::is_combining_mark;

/// How many combining marks may stand on one letter; real languages need four at most.
const MARK_LIMIT: u8 = 8;

/// How many joiners may stand in one character. A family of four has three.
const JOINED_LIMIT: u8 = 4;

/// One line of text that is safe to draw: no control characters, no direction overrides, no invisible
/// characters, no pile of marks on one letter, and no white space but single blanks.
///
/// The only way to make one is [`SafeText::new`], so whoever holds one need not check again.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(Box<str>);

impl SafeText {
    /// Makes any text safe: what is dangerous is dropped, runs of white space become one blank, and the
    /// ends are trimmed. Text that is safe already is kept byte for byte.
    pub fn new(text: &str) -> Self {
        if is_plain_line(text) {
            return Self(text.into());
        }
        Self(Cleaner::new(text.len(), true).read(text).into_boxed_str())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Drops from a text of several lines everything that [`SafeText`] drops, but leaves its white space
/// (blanks, tabs, line ends) as it is, except that every line end becomes a line feed. Clean text is borrowed,
/// not copied.
pub fn drawable(text: &str) -> Cow<'_, str> {
    if is_plain(text) && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let safe = Cleaner::new(text.len(), false).read(text);
    if safe == text { Cow::Borrowed(text) } else { Cow::Owned(safe) }
}

/// Whether a text is only printable ASCII, tabs and line ends, as most is. Without an early exit within a block,
/// the compiler looks at many bytes at once.
pub(super) fn is_plain(text: &str) -> bool {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    text.as_bytes().chunks(64).all(|block| block.iter().fold(true, |all, byte| all & plain(byte)))
}

/// Whether a text is a line of printable ASCII with single blanks, which most are.
fn is_plain_line(text: &str) -> bool {
    let mut last = b' ';
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && last == b' ') {
            return false;
        }
        last = byte;
    }
    last != b' ' || text.is_empty()
}

/// Whether a character is never drawn: it controls the terminal or the direction of the text, or it is invisible,
/// or it is none. White space and the two joiners are judged by where they stand, not here.
pub(super) fn is_dropped(character: char) -> bool {
    match character {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers, Mongolian selectors.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
        // Zero-width blank, direction marks, embeddings, overrides, isolates, invisible operators, deprecated.
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Variation selectors: terminals disagree on the width of what they select. (More are among the tags.)
        | '\u{fe00}'..='\u{fe0f}'
        // Byte-order mark, interlinear annotations, format controls of single scripts, tags.
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => character.is_control() || is_noncharacter(character),
    }
}

/// The code points that Unicode will never assign.
fn is_noncharacter(character: char) -> bool {
    let number = u32::from(character);
    (0xfdd0..=0xfdef).contains(&number) || number & 0xfffe == 0xfffe
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// The skin tones, which change the person before them.
fn is_skin_tone(character: char) -> bool {
    ('\u{1f3fb}'..='\u{1f3ff}').contains(&character)
}

/// Copies the harmless part of a text, character by character.
struct Cleaner {
    output: String,
    /// White space becomes single blanks; otherwise it is kept and line ends become line feeds.
    one_line: bool,
    /// The last character of the output; a line feed at its beginning.
    last: char,
    /// How many marks stand on the last letter.
    marks: u8,
    /// A joiner that waits to see what it would join.
    joiner: Option<char>,
    /// How many joiners there are in the character that is being put together.
    joined: u8,
    /// White space that waits for something to part.
    blank: bool,
    /// How many bytes of the text lie behind the place up to which no control string ends. Without it, every
    /// introducer on a line would look through the rest of the line.
    endless: Option<usize>,
}

impl Cleaner {
    fn new(capacity: usize, one_line: bool) -> Self {
        let output = String::with_capacity(capacity);
        let (last, marks, joiner, joined) = ('\n', 0, None, 0);
        Self { output, one_line, last, marks, joiner, joined, blank: false, endless: None }
    }

    fn read(mut self, text: &str) -> String {
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            match character {
                '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => {
                    let sequence = self.terminal_sequence(character, rest.as_str());
                    rest = rest.as_str().get(sequence..).unwrap_or_default().chars();
                }
                '\r' if rest.as_str().starts_with('\n') => {}
                _ if is_dropped(character) => {}
                _ if is_joiner(character) => self.joiner = Some(character),
                _ if character.is_whitespace() => self.white_space(character),
                _ => self.visible(character),
            }
        }
        self.output
    }

    fn white_space(&mut self, character: char) {
        self.joiner = None;
        self.marks = 0;
        if self.one_line {
            self.blank = true;
        } else {
            let line_end = matches!(character, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            self.push(if line_end { '\n' } else { character });
        }
    }

    fn visible(&mut self, character: char) {
        if is_combining_mark(character) {
            // A mark with no letter before it would be drawn on whatever stands to the left of the text.
            if self.marks >= MARK_LIMIT || self.last == '\n' {
                return;
            }
            self.marks = self.marks.saturating_add(1);
        } else {
            self.marks = 0;
        }
        if std::mem::take(&mut self.blank) && !self.output.is_empty() {
            self.push(' ');
        }
        self.join(character);
        self.push(character);
    }

    /// Keeps the joiner before a character where it joins something, and does not make one character of many.
    fn join(&mut self, character: char) {
        let joiner = self.joiner.take().filter(|_| {
            !self.last.is_ascii()
                && !self.last.is_whitespace()
                && !character.is_ascii()
                && self.joined < JOINED_LIMIT
        });
        match joiner {
            Some(joiner) => {
                self.joined = self.joined.saturating_add(1);
                self.push(joiner);
            }
            None if is_combining_mark(character) || is_skin_tone(character) => {}
            None => self.joined = 0,
        }
    }

    fn push(&mut self, character: char) {
        self.output.push(character);
        self.last = character;
    }

    /// The length in bytes of what follows `introducer` and belongs to the terminal sequence that it begins
    /// (ECMA-48, section 5.4 and 8.3). A sequence that has no end on its own line is no sequence: only its
    /// introducer is dropped, so that a stray byte cannot swallow a text.
    fn terminal_sequence(&mut self, introducer: char, rest: &str) -> usize {
        let mut characters = rest.chars();
        match introducer {
            '\u{1b}' => match characters.next() {
                Some('[') => 1 + control_sequence(characters.as_str()),
                Some(']' | 'P' | 'X' | '^' | '_') => 1 + self.control_string(characters.as_str()),
                Some(' '..='/') => escape_with_intermediates(rest),
                Some('0'..='~') => 1,
                _ => 0,
            },
            // As one character they are more often damaged text than a command: take only what is surely one.
            '\u{9b}' if rest.starts_with(|c: char| matches!(c, '0'..='?')) => control_sequence(rest),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => self.control_string(rest),
            _ => 0,
        }
    }

    /// The length in bytes of the payload of a control string and its terminator: BEL, ST as one character, or `ESC \`.
    fn control_string(&mut self, rest: &str) -> usize {
        if self.endless.is_some_and(|behind| rest.len() >= behind) {
            return 0;
        }
        let stop = |c: char| {
            matches!(c, '\u{7}' | '\u{9c}' | '\u{1b}' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
        };
        let at = rest.find(stop).unwrap_or(rest.len());
        let (payload, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let terminators = ["\u{7}", "\u{9c}", "\u{1b}\\"];
        let Some(terminator) = terminators.into_iter().find(|terminator| tail.starts_with(terminator)) else {
            self.endless = Some(tail.len());
            return 0;
        };
        payload.len().saturating_add(terminator.len())
    }
}

/// `ESC` with intermediate bytes and a final one, such as the choice of a character set.
fn escape_with_intermediates(rest: &str) -> usize {
    let intermediates = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'/')).count();
    let ends = rest.as_bytes().get(intermediates).is_some_and(|byte| matches!(byte, b'0'..=b'~'));
    if ends { intermediates.saturating_add(1) } else { 0 }
}

/// Parameters, intermediates and the final byte of a control sequence.
fn control_sequence(rest: &str) -> usize {
    let parameters = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'?')).count();
    let ends = rest.as_bytes().get(parameters).is_some_and(|byte| matches!(byte, b'@'..=b'~'));
    if ends { parameters.saturating_add(1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    #[test]
    fn one_line_of_text_is_safe_to_draw() {
        let cases = [
            ("", ""),
            ("Clinicians’ documentation", "Clinicians’ documentation"),
            ("  two\t blanks \n", "two blanks"),
            ("a\u{a0}b\u{3000}c\u{2028}d\u{85}e", "a b c d e"),
            ("red \u{1b}[31;1mtext\u{1b}[0m", "red text"),
            ("set\u{1b}]0;title\u{7} title", "set title"),
            ("copy\u{1b}]52;c;ZWNobw==\u{1b}\\!", "copy!"),
            ("link\u{9d}8;;http://x\u{9c}ed", "linked"),
            ("c1 \u{9b}31mred", "c1 red"),
            ("c1 \u{9b}quoted\u{8b}", "c1 quoted"),
            ("charset\u{1b}(0x\u{1b}c", "charsetx"),
            ("open\u{1b}]0;no end", "open0;no end"),
            ("end\u{1b}", "end"),
            ("evil\u{202e}txt.exe\u{202c}", "eviltxt.exe"),
            ("soft\u{ad}hyphen zero\u{200b}width \u{feff}bom", "softhyphen zerowidth bom"),
            ("heart \u{2764}\u{fe0f} text", "heart \u{2764} text"),
            ("tag\u{e0041}\u{e007f} filler\u{3164}\u{115f}", "tag filler"),
            ("no\u{fffe}n\u{fdd0}e\u{1ffff}", "none"),
            ("bell\u{7}del\u{7f}nul\0", "belldelnul"),
            ("\u{301}first", "first"),
        ];
        for (text, safe) in cases {
            assert_eq!(&*SafeText::new(text), safe, "{text:?}");
        }
    }

    /// With a search through the rest of the line for every one of them, this would take minutes.
    #[test]
    fn half_a_megabyte_of_control_strings_without_an_end_is_read_once() {
        for introducer in ["\u{90}", "\u{9d}x", "\u{1b}]", "\u{9e}\u{1b}[", "\u{9b}1;"] {
            let text = format!("before {}\nafter", introducer.repeat(500_000 / introducer.len()));
            let safe = SafeText::new(&text);
            assert!(safe.starts_with("before ") && safe.ends_with("after"), "{introducer:?}");
            assert_eq!(safe.as_str(), SafeText::new(&drawable(&text)).as_str(), "{introducer:?}");
        }
    }

    #[test]
    fn a_control_string_without_an_end_does_not_hide_the_end_of_the_next() {
        let cases = [
            ("a\u{9d}b\u{9d}c\nd\u{9d}e\u{9c}f", "abc df"),
            ("a\u{90}b\u{1b}[0m\u{90}c\u{7}d", "abd"),
            ("a\u{9d}b\u{9d}c\u{7}d\u{9d}e", "ade"),
        ];
        for (text, safe) in cases {
            assert_eq!(&*SafeText::new(text), safe, "{text:?}");
        }
    }

    #[test]
    fn joiners_stay_where_they_join_and_nowhere_else() {
        let family = "👩\u{200d}👧";
        let persian = "می\u{200c}خواهم";
        assert_eq!(&*SafeText::new(family), family);
        assert_eq!(&*SafeText::new(persian), persian);
        assert_eq!(&*SafeText::new("pay\u{200d}pal \u{200d} \u{200c}é\u{200c}"), "paypal é");
        assert_eq!(&*SafeText::new("❤\u{fe0f}\u{200d}🔥"), "❤\u{200d}🔥");
        assert_eq!(&*SafeText::new("é\u{200d}\u{200d}\u{200d}é"), "é\u{200d}é");
    }

    #[test]
    fn marks_are_kept_but_not_piled_up() {
        let vietnamese = "Vie\u{323}\u{302}t";
        assert_eq!(&*SafeText::new(vietnamese), vietnamese);
        let pile = format!("Z{}x", "\u{30d}".repeat(100));
        assert_eq!(SafeText::new(&pile).chars().count(), 10);
        let crowd = SafeText::new(&"👩🏽\u{200d}".repeat(3000));
        let longest = crowd.graphemes(true).map(|cluster| cluster.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= 3 * 5), "{longest:?}");
        let joined = format!("नि{}", "\u{200d}\u{941}".repeat(100));
        assert!(SafeText::new(&joined).chars().count() < 20);
    }

    #[test]
    fn several_lines_keep_their_white_space_and_clean_text_is_borrowed() {
        assert!(matches!(drawable("plain\n\ttext"), Cow::Borrowed(_)));
        assert!(matches!(drawable("“clean”\n\n  text – ok\u{a0}!"), Cow::Borrowed(_)));
        assert_eq!(drawable("a\r\nb\rc\u{2028}d\u{2029}e\u{c}f"), "a\nb\nc\nd\ne\nf");
        assert_eq!(drawable("  a\u{1b}[2J \u{202e} b"), "  a  b");
        assert_eq!(drawable("line\u{1b}]0;open\nnext"), "line0;open\nnext");
    }

    fn hostile_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            3 => any::<char>(),
            2 => prop::char::range('\0', '\u{a0}'),
            2 => prop::char::range('\u{2000}', '\u{2070}'),
            1 => prop::char::range('\u{300}', '\u{36f}'),
            1 => prop::char::range('\u{fe00}', '\u{ffff}'),
            1 => prop::sample::select(vec!['\u{1b}', '[', ']', 'm', '\\', '\u{7}', '\u{9b}', '\u{9d}', '\u{9c}', '\u{200d}']),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.into_iter().collect())
    }

    /// A second statement of the promise: no code point that is harmful by its general category.
    fn is_harmful(character: char) -> bool {
        character.is_control()
            || matches!(u32::from(character),
                0xad | 0x61c | 0x115f | 0x1160 | 0x180e | 0x200b | 0x200e | 0x200f | 0x2028..=0x202e
                | 0x2060..=0x206f | 0x3164 | 0xfdd0..=0xfdef | 0xfe00..=0xfe0f | 0xfeff | 0xffa0
                | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
            || u32::from(character) & 0xffff >= 0xfffe
    }

    proptest! {
        #[test]
        fn any_text_becomes_safe_and_stays_as_it_is_then(text in hostile_text()) {
            let safe = SafeText::new(&text);
            prop_assert!(!safe.chars().any(is_harmful), "{:?}", safe);
            prop_assert!(!safe.chars().any(|c| c.is_whitespace() && c != ' '));
            prop_assert!(!safe.contains("  ") && safe.trim() == &*safe);
            prop_assert_eq!(&SafeText::new(&safe), &safe);
        }

        #[test]
        fn any_lines_become_drawable_and_stay_as_they_are_then(text in hostile_text()) {
            let safe = drawable(&text);
            prop_assert!(!safe.chars().any(|c| is_harmful(c) && !matches!(c, '\n' | '\t')), "{:?}", safe);
            prop_assert!(matches!(drawable(&safe), Cow::Borrowed(_)));
        }

        #[test]
        fn clean_text_is_kept_byte_for_byte(text in "[a-zA-Z0-9äöüéà’“”–—.,;:!?()čşżαβγдежש日本]{0,30}( [a-zA-Zäéß漢]{1,9}){0,6}") {
            let text = text.trim();
            prop_assert_eq!(&*SafeText::new(text), text);
            prop_assert!(drawable(text) == text);
        }
    }
}
