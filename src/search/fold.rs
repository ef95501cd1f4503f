//! Folding text, so that words are found however they are spelled: without case and without accents.

use memchr::memmem::Finder;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The text in lower case, with accents taken off, compatibility forms made plain, and letters that other keyboards
/// do not have spelled as they are typed there: `Weiß` is found as `weiss`, `Sørensen` as `sorensen`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a text into the place of another.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        for character in text.chars() {
            fold_character(character, |part| folded.push(part));
        }
    }
}

/// Gives out what one character is folded to.
pub(super) fn fold_character(character: char, mut push: impl FnMut(char)) {
    if character.is_ascii() {
        return push(character.to_ascii_lowercase());
    }
    // Normalisation also puts marks in order, but all marks are left out.
    decompose_compatible(character, |part| {
        if !is_combining_mark(part) {
            part.to_lowercase().for_each(|lower| spell(lower, &mut push));
        }
    });
}

/// Spells a letter that Unicode takes for one of its own, not for a letter with an accent, as those write it who
/// cannot type it. The final sigma and the dotless i are one with their upper cases, which have one form only.
fn spell(letter: char, push: &mut impl FnMut(char)) {
    let spelled = match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => return push(letter),
    };
    spelled.chars().for_each(push);
}

/// Words that a text must hold, in any order, each anywhere in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Takes the words of what somebody typed.
    pub fn new(typed: &str) -> Self {
        Self(fold(typed).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether nothing was typed, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words, folded.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// Whether each word, or each of its parts where it has signs in it, begins a word of the text, which must be
    /// folded already.
    pub fn all_begin_in(&self, folded: &str) -> bool {
        let begins = |part| parts(folded).any(|word| word.starts_with(part));
        self.0.iter().flat_map(|word| parts(word)).all(begins)
    }

    /// Looks for these words in many texts.
    pub fn finder(&self) -> WordFinder<'_> {
        WordFinder(self.0.iter().map(Finder::new).collect())
    }
}

/// Looks for words in many texts, and has prepared for that.
#[derive(Debug)]
pub struct WordFinder<'w>(Vec<Finder<'w>>);

impl WordFinder<'_> {
    /// How well a folded text fits that has each word somewhere in it: the number of words that begin a word of it.
    pub fn fit(&self, folded: &str) -> Option<usize> {
        let begins =
            |at: usize| !folded.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        self.0.iter().try_fold(0, |begun, word| {
            let mut places = word.find_iter(folded.as_bytes()).peekable();
            places.peek()?;
            Some(begun + usize::from(places.any(begins)))
        })
    }
}

/// The parts of a text between its signs and white space.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_without_case_or_accents() {
        for (typed, text, found) in [
            ("statistical data", "Data Interpretation, Statistical", true),
            ("DATA stat", "Data Interpretation, Statistical", true),
            ("cafe", "Le Café Médical", true),
            ("médical", "le cafe medical", true),
            ("fi 한글", "ﬁrst steps in 한글", true),
            ("sorensen grossmann", "Sørensen, Großmann", true),
            ("istanbul", "İSTANBUL", true),
            ("ΟΔΟΣ", "οδός", true),
            ("", "anything", true),
            ("data genomics", "Data Interpretation, Statistical", false),
        ] {
            assert_eq!(Words::new(typed).finder().fit(&fold(text)).is_some(), found, "{typed:?} in {text:?}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for character in '\0'..='\u{3ffff}' {
            let folded = fold(character.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&folded), folded, "{character:?}");
        }
    }

    #[test]
    fn a_topic_is_named_by_the_beginnings_of_its_words() {
        for (typed, text, named) in [
            ("ai", "AI", true),
            ("ai", "Email claims", false),
            ("precision med", "Healthcare IT News: Precision Medicine", true),
            ("healthcareitnews.com", "healthcareitnews.com", true),
            ("itnews", "healthcareitnews.com", false),
            ("", "anything", true),
        ] {
            assert_eq!(Words::new(typed).all_begin_in(&fold(text)), named, "{typed:?} in {text:?}");
        }
    }

    #[test]
    fn beginnings_of_words_fit_better_than_their_middles() {
        let words = Words::new("data");
        let words = words.finder();
        assert!(words.fit("data interpretation") > words.fit("metadata"));
        assert_eq!(words.fit("metadata and data"), Some(1));
    }
}
