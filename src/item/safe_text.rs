//! Text that no terminal can mistake for a command.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::cleaner::Cleaner;

/// One line of text that is safe to draw: no control characters, no direction overrides, no invisible
/// characters, no pile of marks on one letter, and no white space but single blanks.
///
/// Every way to make one cleans the text, so code that holds one need not check again. What other programs and
/// crates say (an error, a path, what was typed) becomes one of these before it becomes part of a message.
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

    /// Makes what a value displays safe, such as an error of another crate.
    pub fn of(words: impl fmt::Display) -> Self {
        Self::new(&words.to_string())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&Self> for SafeText {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl From<fmt::Arguments<'_>> for SafeText {
    fn from(words: fmt::Arguments<'_>) -> Self {
        Self::of(words)
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
