//! A text as tokens: what the index is fed with, what a search is made of, and what is highlighted. Because all
//! three take a text apart here, they agree.
//!
//! A token is a run of letters and digits, folded. Three rules need a reason:
//!
//! - **Apostrophes** part words, so that `hopital` finds `l’hôpital` and `brien` finds `O’Brien`; but those of the
//!   English endings `’s ’t ’d ’m ’ll ’re ’ve` are left out. `clinician's` and `clinician’s` are the token
//!   `clinicians`, and each of `clinician`, `clinicians` and `clinician's` finds all three of them.
//! - **Scripts without blanks between words** (Chinese, kana, Thai, Lao, Burmese, Khmer): each letter is a token by
//!   itself, for words cannot be told without a dictionary. Several of them in a row are looked for as a phrase,
//!   which finds a word anywhere in running text, and sometimes finds its letters where two words meet.
//! - **Hyphens** and all other signs part tokens: `follow-up` is two of them, and so is `follow up`.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::fold_character;

/// The longest token, in bytes when folded. Of longer ones, which no language has, only the beginning counts.
pub(super) const LONGEST_TOKEN: usize = 128;

/// What may follow an apostrophe in an English word.
const ENDINGS: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

/// One word, or one letter of a script that has no blanks between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
    /// The token, folded: lower-case letters and digits only.
    pub folded: String,
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut reader = TokenReader::new(text);
    std::iter::from_fn(move || {
        let mut folded = String::new();
        let Range { start, end } = reader.read(&mut folded)?;
        Some(Token { start, end, folded })
    })
}

/// Appends the tokens of a text, folded, with a blank behind each. The only ASCII in it is lower-case letters, digits
/// and those blanks, so that an index which parts words at blanks only sees these tokens and no others.
pub fn indexable(text: &str, index: &mut String) {
    index.reserve(text.len());
    let mut reader = TokenReader::new(text);
    while reader.read(index).is_some() {
        index.push(' ');
    }
}

/// Whether a character belongs to a script that has no blanks between words.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        // Thai and Lao; Burmese; Khmer.
        0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff
        // Chinese characters and kana in all their blocks, without Hangul, which has blanks.
        | 0x3005..=0x312f | 0x3190..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f
        | 0x1b000..=0x1b16f | 0x20000..=0x3ffff)
}

/// Reads the tokens of a text one by one, into memory of the caller's.
pub(super) struct TokenReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TokenReader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Appends the next token, folded, and says where it stands in the text.
    pub(super) fn read(&mut self, folded: &mut String) -> Option<Range<usize>> {
        let mut token = Folded { begin: folded.len(), text: folded };
        loop {
            self.skip_signs();
            let start = self.at;
            self.read_letters(&mut token);
            if self.at == start {
                return None;
            }
            if !token.is_empty() {
                token.shorten();
                return Some(start..self.at);
            }
        }
    }

    /// Goes to the next letter or digit, or to the end.
    fn skip_signs(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut bytes = rest.bytes().enumerate();
        let skipped = loop {
            match bytes.next() {
                Some((at, byte)) if byte.is_ascii_alphanumeric() => break at,
                Some((_, 0..0x80)) => {}
                Some((at, _)) => {
                    let beyond = rest.get(at..).unwrap_or_default();
                    break at + beyond.find(|c| is_letter(c) && !is_silent(c)).unwrap_or(beyond.len());
                }
                None => break rest.len(),
            }
        };
        self.at += skipped;
    }

    /// Reads letters and digits as far as one token goes.
    fn read_letters(&mut self, token: &mut Folded<'_>) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let run = ascii_run(rest);
            if !run.is_empty() {
                token.push_ascii(run);
                self.at += run.len();
                continue;
            }
            let Some(character) = rest.chars().next() else { return };
            let length = character.len_utf8();
            if is_silent(character) {
                self.at += length;
            } else if is_apostrophe(character) {
                if token.is_empty() || !rest.get(length..).is_some_and(begins_with_ending) {
                    return;
                }
                self.at += length;
            } else if !is_letter(character) {
                return;
            } else if is_unspaced(character) {
                if token.is_empty() {
                    token.push_alone(character);
                    self.at += length;
                    self.skip_silent();
                }
                return;
            } else {
                token.push(character);
                self.at += length;
            }
        }
    }

    fn skip_silent(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|c| !is_silent(c)).unwrap_or(rest.len());
    }
}

/// A token that is being folded, at the end of a longer text.
struct Folded<'a> {
    text: &'a mut String,
    begin: usize,
}

impl Folded<'_> {
    fn length(&self) -> usize {
        self.text.len() - self.begin
    }

    fn is_empty(&self) -> bool {
        self.length() == 0
    }

    fn push_ascii(&mut self, run: &str) {
        let at = self.text.len();
        let room = LONGEST_TOKEN.saturating_sub(self.length());
        self.text.push_str(run.get(..room).unwrap_or(run));
        if let Some(pushed) = self.text.get_mut(at..) {
            pushed.make_ascii_lowercase();
        }
    }

    fn push(&mut self, character: char) {
        if self.length() < LONGEST_TOKEN {
            // The compatibility form of a letter may hold signs: `⑴` is `(1)`.
            fold_character(character, |part| {
                if is_letter(part) {
                    self.text.push(part);
                }
            });
        }
    }

    /// Adds a letter that is a token by itself. Of the few that are ligatures of two such letters (`ໜ`, `ゟ`), the
    /// first stands for both.
    fn push_alone(&mut self, character: char) {
        let at = self.text.len();
        self.push(character);
        let first = self.text.get(at..).and_then(|pushed| pushed.chars().next());
        if let Some(first) = first.filter(|first| is_unspaced(*first)) {
            self.text.truncate(at + first.len_utf8());
        }
    }

    fn shorten(&mut self) {
        let mut end = self.text.len().min(self.begin + LONGEST_TOKEN);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.truncate(end);
    }
}

/// The ASCII letters and digits that a text begins with.
fn ascii_run(text: &str) -> &str {
    let length = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}

/// Whether a character can be in a token. A fraction is a sign: `2½` must not be found as 212.
fn is_letter(character: char) -> bool {
    let is_fraction = matches!(character, '¼'..='¾' | '⅐'..='⅟' | '↉');
    character.is_alphanumeric() && !is_fraction && !is_apostrophe(character)
}

/// Whether a character is passed over where it stands in a word, because readers do not see it there as a letter:
/// accents, joiners, invisible marks, and the voice marks of half-width kana.
pub(super) fn is_silent(character: char) -> bool {
    match character {
        '\0'..='\u{ac}' => false,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | 'ﾞ' | 'ﾟ' => true,
        _ => is_combining_mark(character),
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '＇')
}

/// Whether an English ending, and then no letter, stands at the beginning of a text.
fn begins_with_ending(text: &str) -> bool {
    let run = ascii_run(text);
    let is_ending = ENDINGS.iter().any(|ending| run.eq_ignore_ascii_case(ending));
    let next = text.get(run.len()..).and_then(|rest| rest.chars().next());
    is_ending && !next.is_some_and(|next| is_letter(next) || is_silent(next))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::fold;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.folded).collect()
    }

    #[test]
    fn a_text_is_found_by_the_words_that_readers_see_in_it() {
        for (text, expected) in [
            ("", vec![]),
            (" — !", vec![]),
            ("Precision medicine, today.", vec!["precision", "medicine", "today"]),
            ("Le Café Médical", vec!["le", "cafe", "medical"]),
            ("cafe\u{301}s", vec!["cafes"]),
            ("soft\u{ad}hyphen", vec!["softhyphen"]),
            ("می\u{200c}خواهم", vec!["میخواهم"]),
            ("ﬁrst ＦＵＬＬ H₂O 10⁹ İ Weiß", vec!["first", "full", "h2o", "109", "i", "weiss"]),
            ("2½ mg Rounds™", vec!["2", "mg", "rounds"]),
            ("COVID-19 follow-up", vec!["covid", "19", "follow", "up"]),
            ("1.5 mg/dl, R&D", vec!["1", "5", "mg", "dl", "r", "d"]),
            ("हिन्दी में", vec!["हनद", "म"]),
            ("한글 문서", vec!["한글", "문서"]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(fold).collect();
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn apostrophes_part_words_but_not_english_endings() {
        for (text, expected) in [
            ("clinician's clinician’s clinicians’", vec!["clinicians"; 3]),
            ("don't they’re WE'VE", vec!["dont", "theyre", "weve"]),
            ("l’hôpital d'une O'Brien l'IA", vec!["l", "hopital", "d", "une", "o", "brien", "l", "ia"]),
            ("'quoted' rock'n'roll '70s", vec!["quoted", "rock", "n", "roll", "70s"]),
            ("здоров'я здоровʼя", vec!["здоров", "я", "здоров", "я"]),
            ("clinician'sé it's’", vec!["clinician", "se", "its"]),
        ] {
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn scripts_without_blanks_are_found_letter_by_letter() {
        for (text, expected) in [
            ("糖尿病のAI診断", vec!["糖", "尿", "病", "の", "ai", "診", "断"]),
            ("ｶﾞン\u{3099}", vec!["カ", "ン"]),
            ("วัคซีน", vec!["ว", "ค", "ซ", "น"]),
        ] {
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_token_says_where_it_stands_with_its_accents() {
        let text = "– cafe\u{301}’s ｶﾞ";
        let found: Vec<&str> = tokens(text).map(|token| text.get(token.start..token.end).unwrap()).collect();
        assert_eq!(found, ["cafe\u{301}’s", "ｶﾞ"]);
    }

    #[test]
    fn a_flood_of_letters_is_one_short_token() {
        for flood in ["a".repeat(100_000), "é".repeat(50_000), "한".repeat(30_000)] {
            let found: Vec<Token> = tokens(&flood).collect();
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].start, found[0].end), (0, flood.len()));
            assert!(found[0].folded.len() <= LONGEST_TOKEN);
        }
    }

    #[test]
    fn every_letter_there_is_stays_the_same_token_when_it_is_read_again() {
        for character in '\0'..='\u{3ffff}' {
            let once = folded(character.encode_utf8(&mut [0; 4]));
            assert_eq!(folded(&once.join(" ")), once, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_folded_text_in_order_and_stay_as_they_are(
            text in "(\\PC|[a-z0-9 '’é\u{301}糖ﾞ한\u{200d}]){0,60}"
        ) {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(end <= token.start && token.start < token.end, "{token:?}");
                prop_assert!(text.get(token.start..token.end).is_some(), "{token:?}");
                prop_assert!(!token.folded.is_empty() && token.folded.chars().all(char::is_alphanumeric));
                prop_assert_eq!(fold(&token.folded), token.folded.as_str());
                end = token.end;
            }
            let mut index = String::new();
            indexable(&text, &mut index);
            prop_assert_eq!(index.split_terminator(' ').collect::<Vec<_>>(), folded(&text));
            prop_assert_eq!(folded(&index), folded(&text));
        }
    }
}
