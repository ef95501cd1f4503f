//! What the characters that occur in damaged text are when they occur in text that is not.

/// A set of categories of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Category(u32);

impl Category {
    pub(super) const NONE: Self = Self(0);
    /// Occurs in so many places that it says little.
    pub(super) const COMMON: Self = Self(1);
    /// The control characters from U+0080 to U+009F, which nobody uses.
    pub(super) const C1: Self = Self(1 << 1);
    /// Nearly only seen in damaged text.
    pub(super) const BAD: Self = Self(1 << 2);
    /// Signs of lawyers.
    pub(super) const LAW: Self = Self(1 << 3);
    pub(super) const CURRENCY: Self = Self(1 << 4);
    /// Punctuation that stands before a word.
    pub(super) const OPENING: Self = Self(1 << 5);
    /// Punctuation that stands behind a word.
    pub(super) const CLOSING: Self = Self(1 << 6);
    pub(super) const NUMERIC: Self = Self(1 << 7);
    /// Letters and signs that faces are drawn with, `(ò_ó)`, and that therefore stand in odd places.
    pub(super) const FACE: Self = Self(1 << 8);
    pub(super) const UPPER_ACCENTED: Self = Self(1 << 9);
    pub(super) const LOWER_ACCENTED: Self = Self(1 << 10);
    /// Capital letters of alphabets in which whole words are written, and so no sign of damage.
    pub(super) const UPPER_COMMON: Self = Self(1 << 11);
    pub(super) const LOWER_COMMON: Self = Self(1 << 12);
    /// Lines and blocks that frames are drawn with.
    pub(super) const BOX: Self = Self(1 << 13);
    pub(super) const ASCII_LOWER: Self = Self(1 << 14);
    pub(super) const ASCII_UPPER: Self = Self(1 << 15);
    pub(super) const SPACE: Self = Self(1 << 16);
    /// A letter, a digit or a low line.
    pub(super) const WORD: Self = Self(1 << 17);
    /// Anything but an ASCII letter.
    pub(super) const NOT_ASCII_LETTER: Self = Self(1 << 18);
    /// Anything but a line feed.
    pub(super) const ANY: Self = Self(1 << 19);

    /// A mark that ends a sentence or a part of one.
    pub(super) const STOP: Self = Self(1 << 20);

    /// Both sets together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set without what does not tell characters apart: being a letter, or being no ASCII letter, or being any.
    pub(super) fn named(self) -> Self {
        Self(self.0 & !(Self::WORD.0 | Self::NOT_ASCII_LETTER.0 | Self::ANY.0))
    }

    /// Whether the sets have a category in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The categories of a character.
    pub(super) fn of(character: char) -> Self {
        let mut found = if character == '\n' { Self::NONE } else { Self::ANY };
        let mut add = |is_in: bool, category: Self| {
            if is_in {
                found = found.and(category);
            }
        };
        add(character.is_ascii_lowercase(), Self::ASCII_LOWER);
        add(character.is_ascii_uppercase(), Self::ASCII_UPPER);
        add(matches!(character, '.' | ',' | '?' | '!'), Self::STOP);
        add(!character.is_ascii_alphabetic(), Self::NOT_ASCII_LETTER);
        add(character.is_whitespace(), Self::SPACE);
        add(character.is_alphanumeric() || character == '_', Self::WORD);
        if !character.is_ascii() {
            for (category, contains) in CATEGORIES {
                add(contains(character), *category);
            }
        }
        found
    }
}

/// A category and the test for it.
type Test = (Category, fn(char) -> bool);

const CATEGORIES: &[Test] = &[
    (Category::COMMON, |c| matches!(c, '\u{a0}' | '\u{ad}' | '·' | '´' | '–' | '—' | '―' | '…' | '’')),
    (Category::C1, |c| matches!(c, '\u{80}'..='\u{9f}')),
    (Category::BAD, is_bad_sign),
    (Category::LAW, |c| matches!(c, '¶' | '§')),
    (Category::CURRENCY, |c| matches!(c, '¢' | '£' | '¥' | '₧' | '€')),
    (Category::OPENING, |c| {
        matches!(c, '¡' | '«' | '¿' | '©' | '΄' | '΅' | '‘' | '‚' | '“' | '„' | '•' | '‹' | '\u{f8ff}')
    }),
    (Category::CLOSING, |c| matches!(c, '®' | '»' | '˝' | '”' | '›' | '™')),
    (Category::NUMERIC, is_numeric),
    (
        Category::FACE,
        |c| matches!(c, 'Ò'..='Ö' | 'Ù'..='Ü' | 'ò'..='ö' | 'ø'..='ü' | 'Ő' | 'Ō' | 'Ū' | 'Ų' | '°'),
    ),
    (Category::UPPER_ACCENTED, is_upper_accented),
    (Category::LOWER_ACCENTED, is_lower_accented),
    (
        Category::UPPER_COMMON,
        |c| matches!(c, 'Þ' | 'Ά' | 'Έ' | 'Ή' | 'Ί' | 'Ό' | 'Ύ' | 'Ώ' | 'Α'..='Ϋ' | 'Ё'..='Я'),
    ),
    (Category::LOWER_COMMON, |c| matches!(c, 'ά'..='ώ' | 'а'..='џ')),
    (
        Category::BOX,
        |c| matches!(c, '│' | '┌' | '┐' | '┘' | '├' | '┤' | '┬' | '┼' | '═'..='╬' | '▀' | '▄' | '█' | '▌' | '▐'..='▓'),
    ),
];

fn is_bad_sign(character: char) -> bool {
    matches!(
        character,
        '¦' | '¤'
            | '¨'
            | '¬'
            | '¯'
            | '¸'
            | 'ƒ'
            | 'ˆ'
            | 'ˇ'
            | '˘'
            | '˛'
            | '˜'
            | '†'
            | '‡'
            | '‰'
            | '⌐'
            | '◊'
            | '\u{fffd}'
            | 'ª'
            | 'º'
    )
}

fn is_numeric(character: char) -> bool {
    matches!(
        character,
        '²' | '³'
            | '¹'
            | '±'
            | '¼'
            | '½'
            | '¾'
            | '×'
            | 'µ'
            | '÷'
            | '⁄'
            | '∂'
            | '∆'
            | '∏'
            | '∑'
            | '√'
            | '∞'
            | '∩'
            | '∫'
            | '≈'
            | '≠'
            | '≡'
            | '≤'
            | '≥'
            | '№'
    )
}

fn is_upper_accented(character: char) -> bool {
    matches!(
        character,
        'À'..='Ñ'
            | 'Ø'
            | 'Ü'
            | 'Ý'
            | 'Ă'
            | 'Ā'
            | 'Ą'
            | 'Ć'
            | 'Č'
            | 'Ď'
            | 'Đ'
            | 'Ę'
            | 'Ě'
            | 'Ē'
            | 'Ė'
            | 'Ğ'
            | 'Ģ'
            | 'İ'
            | 'Ī'
            | 'Ķ'
            | 'Ĺ'
            | 'Ľ'
            | 'Ł'
            | 'Ļ'
            | 'Ń'
            | 'Ň'
            | 'Ņ'
            | 'Œ'
            | 'Ř'
            | 'Ś'
            | 'Ş'
            | 'Š'
            | 'Ţ'
            | 'Ť'
            | 'Ů'
            | 'Ű'
            | 'Ÿ'
            | 'Ź'
            | 'Ż'
            | 'Ž'
            | 'Ґ'
    )
}

fn is_lower_accented(character: char) -> bool {
    matches!(
        character,
        'ß'..='ñ'
            | 'ü'
            | 'ă'
            | 'ą'
            | 'ā'
            | 'ć'
            | 'č'
            | 'ď'
            | 'đ'
            | 'ę'
            | 'ě'
            | 'ē'
            | 'ė'
            | 'ğ'
            | 'ģ'
            | 'į'
            | 'ī'
            | 'ķ'
            | 'ĺ'
            | 'ľ'
            | 'ł'
            | 'ļ'
            | 'œ'
            | 'ŕ'
            | 'ś'
            | 'ş'
            | 'š'
            | 'ť'
            | 'ź'
            | 'ż'
            | 'ž'
            | 'ґ'
            | 'ﬁ'
            | 'ﬂ'
    )
}
