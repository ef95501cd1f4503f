//! Repairs text that was certainly damaged, and leaves all other text as it is.
//!
//! The damage is *mojibake*: text in UTF-8 that was once read in a one-byte encoding, so that `’` became `â€™`. Which
//! sequences are certain signs of it, and in which order the encodings are tried, follows the heuristic published
//! with the Python library `ftfy` (<https://ftfy.readthedocs.io>, Apache-2.0), whose `fix_encoding` this module
//! is meant to agree with; the code is our own.

mod badness;
mod bytes;
mod category;
mod code_page;
mod run;

use std::borrow::Cow;

use self::badness::is_bad;
use self::code_page::{CODE_PAGES, CodePage, windows_1252};

/// How often text is repaired that was damaged several times over. Every layer of damage doubles the length of a
/// letter, so that more layers than this do not occur.
const PASS_LIMIT: usize = 16;

/// Undoes the damage in a text. Text without damage is borrowed, not copied.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let mut repaired = Cow::Borrowed(text);
    for _ in 0..PASS_LIMIT {
        match repair_once(&repaired) {
            Some(better) if better != *repaired => repaired = Cow::Owned(better),
            _ => break,
        }
    }
    repaired
}

/// Takes away one layer of damage. `None` when there is none, or none that can be undone.
fn repair_once(text: &str) -> Option<String> {
    if !is_bad(text) {
        return None;
    }
    let whole = CODE_PAGES.iter().find_map(|page| read_as_utf8(page, text));
    whole.or_else(|| run::repair_runs(text)).or_else(|| without_c1(text))
}

/// The text that the bytes were meant to be, if they were UTF-8 and had been read with this code page.
fn read_as_utf8(page: &CodePage, text: &str) -> Option<String> {
    let mut encoded = page.encode(text)?;
    if page.restores_blanks {
        encoded = bytes::restore_no_break_spaces(encoded);
    }
    if page.is_sloppy {
        encoded = bytes::replace_lost_bytes(encoded);
    }
    bytes::decode_utf8(encoded)
}

/// Control characters from U+0080 to U+009F, which nobody means, as the characters that Windows-1252 has there.
fn without_c1(text: &str) -> Option<String> {
    let is_c1 = |character: char| matches!(character, '\u{80}'..='\u{9f}');
    text.contains(is_c1).then(|| {
        let page = windows_1252();
        text.chars()
            .map(|character| if is_c1(character) { page.decode_latin1(character) } else { character })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn damaged_text_is_repaired() {
        let cases = [
            ("simplify cliniciansâ€™ documentation", "simplify clinicians’ documentation"),
            ("â€œCareâ€\u{9d} â€“ for all", "“Care” – for all"),
            ("CafÃ© MÃ¼nchen", "Café München"),
            ("a tempÃ©rature of 37Â °C", "a température of 37\u{a0}°C"),
            ("naÃƒÂ¯ve", "naïve"),
            ("doctorÃ¢â‚¬â„¢s orders", "doctor’s orders"),
            ("tripleÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢s", "triple’s"),
            ("It\u{92}s \u{93}care\u{94} \u{96} now\u{85}", "It’s “care” – now…"),
            ("voilÃ  le travail", "voilà le travail"),
            ("clean “quotes”, then cliniciansâ€™ own", "clean “quotes”, then clinicians’ own"),
            ("Ð\u{9c}Ð¾Ñ\u{81}ÐºÐ²Ð°", "Москва"),
            ("doctorвЂ™s", "doctor’s"),
            ("don‚Äôt", "don’t"),
            ("na├»ve", "naïve"),
            ("donâ€™t \u{fffd} â€œquoteâ€\u{fffd}", "don’t \u{fffd} “quote\u{fffd}"),
            ("ðŸ˜€ smile", "😀 smile"),
        ];
        for (damaged, text) in cases {
            assert_eq!(repair(damaged), text, "{damaged}");
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        let cases = [
            "",
            "plain",
            "Clinicians’ “documentation” – 37 °C, ±2 % — naïve café… €5, £3, §4, ©2021 ®™",
            "São Paulo, Ålesund, Łódź, Kraków, Ærø, Ñandú, Õ",
            "Ελληνικά και Русский текст",
            "日本語のテキスト、中文，한국어",
            "ÀÉÎÕÜ ŒUVRE œuvre",
            "1 × 2 ÷ 3 ≠ 4 ≤ 5 µg/mL β-blocker α1",
            "(╯°□°)╯",
            "\u{feff}bom and \u{200d} joiner",
        ];
        for text in cases {
            assert!(matches!(repair(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn repaired_text_needs_no_repair(text in "[a-z ’“”éàüÃÂâ€™œ¢Ð\u{80}-\u{9f}\u{a0}-\u{ff}\u{fffd}]{0,40}") {
            let once = repair(&text).into_owned();
            prop_assert_eq!(repair(&once), once.as_str());
        }

        #[test]
        fn what_was_read_as_windows_1252_comes_back(text in "[A-Z][a-z]{1,8} (“[a-z]{1,6}”|[a-z]{1,4}’s|[a-z]{2,5}é[a-z]{2}) – [a-z]{1,9}") {
            let damaged: String = text.bytes().map(|byte| if byte.is_ascii() { char::from(byte) } else { windows_1252().decode_latin1(char::from(byte)) }).collect();
            prop_assert_eq!(repair(&damaged), text);
        }
    }
}
