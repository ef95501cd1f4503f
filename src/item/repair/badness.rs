//! Whether a text holds a sequence of characters that is a certain sign of damage.

use std::sync::LazyLock;

use super::category::Category;

/// Which characters fit one place of a sign: those of some categories, and some named ones.
#[derive(Debug, Clone, Copy)]
struct Place(Category, &'static str);

impl Place {
    fn fits(self, (character, category): (char, Category)) -> bool {
        self.0.meets(category) || (!self.1.is_empty() && self.1.contains(character))
    }
}

/// The characters of some categories.
const fn of(category: Category) -> Place {
    Place(category, "")
}

/// Named characters.
const fn one(characters: &'static str) -> Place {
    Place(Category::NONE, characters)
}

const BAD: Category = Category::BAD;
const LOWER: Category = Category::LOWER_ACCENTED;
const UPPER: Category = Category::UPPER_ACCENTED;
const ACCENTED: Category = LOWER.and(UPPER);
const BOX: Category = Category::BOX;
const OPENING: Category = Category::OPENING;
const CLOSING: Category = Category::CLOSING;
const QUOTING: Category = OPENING.and(CLOSING);
const CURRENCY: Category = Category::CURRENCY;
const NUMERIC: Category = Category::NUMERIC;
const LAW: Category = Category::LAW;
const ALPHABET: Category = Category::LOWER_COMMON.and(Category::UPPER_COMMON);
const SIGNS: Category = CURRENCY.and(NUMERIC).and(LAW);
const BESIDE_BAD: Category = ACCENTED.and(BOX).and(QUOTING).and(SIGNS);
const C1_OR_SIGN: Category = Category::C1.and(BAD).and(QUOTING).and(CURRENCY);

/// Arabic read as Windows-1252 has these behind `Ø` and `Ù`.
const BEHIND_ARABIC: Place =
    Place(Category::COMMON.and(CURRENCY).and(BAD).and(NUMERIC).and(OPENING), "ŸŠ®°µ»");

/// The signs of damage: sequences of characters that do not stand beside each other in text that is not damaged.
const SIGNS_OF_DAMAGE: &[&[Place]] = &[
    &[of(Category::C1)],
    &[of(BESIDE_BAD.and(BAD)), of(BAD)],
    &[of(Category::ASCII_LOWER.and(Category::ASCII_UPPER)), of(ALPHABET), of(BAD)],
    &[of(BAD), of(BESIDE_BAD)],
    &[of(LOWER.and(Category::LOWER_COMMON).and(BOX).and(CLOSING).and(CURRENCY).and(NUMERIC)), of(UPPER)],
    &[of(BOX.and(CLOSING).and(CURRENCY).and(NUMERIC)), of(LOWER)],
    &[of(LOWER.and(BOX).and(CLOSING)), of(CURRENCY)],
    &[of(Category::SPACE), of(UPPER), of(CURRENCY)],
    &[of(UPPER.and(BOX)), of(NUMERIC.and(LAW))],
    &[of(ACCENTED.and(BOX).and(CURRENCY).and(CLOSING)), of(OPENING), of(NUMERIC)],
    &[of(ACCENTED.and(BOX).and(SIGNS)), of(CLOSING), of(OPENING)],
    &[of(CURRENCY.and(NUMERIC).and(BOX)), of(OPENING)],
    &[of(Category::ASCII_LOWER), of(UPPER), of(OPENING.and(CURRENCY))],
    &[of(BOX), of(Category::FACE)],
    &[of(ACCENTED.and(SIGNS).and(QUOTING)), of(BOX)],
    &[of(BOX), of(CLOSING)],
    &[of(ACCENTED), of(QUOTING), of(Category::WORD)],
    &[one("Œœ"), of(Category::NOT_ASCII_LETTER)],
    &[of(UPPER), one("°")],
    // Windows-1252: two characters.
    &[one("ÂÃÎÐ"), Place(QUOTING, "€œŠš¢£Ÿž\u{a0}\u{ad}®©°·»–—´")],
    &[one("×"), one("²³")],
    // Arabic needs four characters, since the ones in it are common.
    &[one("ØÙ"), BEHIND_ARABIC, one("ØÙ"), BEHIND_ARABIC],
    // Alphabets of South Asia.
    &[one("à"), one("²µ¹¼½¾")],
    // Macintosh.
    &[one("√"), one("±∂†≠®™´≤≥¥µø")],
    &[one("≈"), one("°¢")],
    &[one("‚"), one("Ä"), one("ìîïòôúùû†°¢π")],
    &[one("‚"), one("âó"), one("àä°ê")],
    // Windows-1251: punctuation from U+2000 on, Latin-1 and Cyrillic, and Windows-1251 upon Windows-1252.
    &[one("в"), one("Ђ")],
    &[one("ВГРС"), Place(C1_OR_SIGN, "°µ"), one("ВГРС")],
    &[
        one("Г"),
        one("ў"),
        one("В"),
        one("Ђ"),
        one("В"),
        of(Category::ANY),
        Place(Category::ASCII_LOWER.and(Category::ASCII_UPPER), " "),
    ],
    // Windows-1252: à and á, and the no-break space before or behind a word.
    &[one("Ã"), one("\u{a0}¡")],
    &[of(Category::ASCII_LOWER), one("ÃÂ"), one(" ")],
    &[of(Category::ASCII_LOWER), of(Category::SPACE), one("ÃÂ"), one(" ")],
    &[of(Category::ASCII_LOWER.and(Category::STOP).and(CLOSING)), one("Â"), Place(QUOTING, " ")],
    // Windows-1253: punctuation from U+2000 on, Latin-1 and Greek.
    &[one("β"), one("€"), one("™\u{a0}Ά\u{ad}®°")],
    &[one("ΒΓΞΟ"), Place(C1_OR_SIGN, "°"), one("ΒΓΞΟ")],
    // Windows-1257: punctuation from U+2000 on.
    &[one("ā"), one("€")],
];

/// Whether a text holds a certain sign of damage. Text in ASCII is passed over at the speed of memory.
pub(super) fn is_bad(text: &str) -> bool {
    if text.starts_with("Ã ") || text.starts_with("Â ") {
        return true;
    }
    let bytes = text.as_bytes();
    let mut at: usize = 0;
    while let Some(length) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| !byte.is_ascii())) {
        let start = at.saturating_add(length);
        let run = bytes.get(start..).unwrap_or_default();
        let length = run.iter().position(u8::is_ascii).unwrap_or(run.len());
        at = start.saturating_add(length);
        if is_bad_run(text, start, at) {
            return true;
        }
    }
    false
}

/// Whether there is a sign in the longest run of characters that are not ASCII from `start` to `end`, or in the two
/// characters before and behind it, which is as far as any sign reaches.
fn is_bad_run(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(run), Some(behind)) = (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return false;
    };
    let mut characters = run.chars();
    let lonely = characters.next().filter(|_| characters.next().is_none());
    if lonely.is_some_and(|character| !matches!(character, '\u{80}'..='\u{9f}' | 'Œ' | 'œ' | 'Ã' | 'Â')) {
        return false;
    }
    let mut context: Vec<char> = before.chars().rev().take(2).collect();
    context.reverse();
    let all = context.into_iter().chain(run.chars()).chain(behind.chars().take(2));
    let characters: Vec<(char, Category)> =
        all.map(|character| (character, Category::of(character))).collect();
    (0..characters.len()).filter_map(|at| characters.get(at..)).any(begins_with_sign)
}

/// Every sign, with the categories of the characters that it may begin with: most signs are ruled out by them.
static SIGNS_BY_BEGINNING: LazyLock<Vec<(Category, &[Place])>> = LazyLock::new(|| {
    let beginning = |sign: &[Place]| {
        let Place(category, named) = sign.first().copied().unwrap_or(one(""));
        named.chars().fold(category, |all, character| all.and(Category::of(character).named()))
    };
    SIGNS_OF_DAMAGE.iter().map(|sign| (beginning(sign), *sign)).collect()
});

fn begins_with_sign(characters: &[(char, Category)]) -> bool {
    let Some((_, first)) = characters.first() else { return false };
    SIGNS_BY_BEGINNING.iter().any(|(beginning, sign)| {
        beginning.meets(*first)
            && sign.len() <= characters.len()
            && sign.iter().zip(characters).all(|(place, character)| place.fits(*character))
    })
}
