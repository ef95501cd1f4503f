//! The ways in which what is looked for may be written: `covid19`, `COVID-19` and `COVID 19`, `oedema` and `edema`, `β` and
//! `beta`. The index holds every word as it stands in its text. A search asks for all spellings of its own words, and they
//! are what is highlighted, so that both find the same.
//!
//! - **Letters and digits** that stand together or next to each other are found either way: `il6`, `IL-6`, `400 mg`. The
//!   number is found whole: `il6` is not `IL-60`. Two numbers are never joined, and no number to a vowel by itself, which is a
//!   word in many languages: `a1` is not `a 1-year study`.
//! - **Words with a hyphen** are found without it: `follow-up` as `followup`. The other way there is no telling where a word
//!   could be parted, so those that are known are in a [table](super::variants).
//! - **Spellings of two countries, and Greek letters**, are in that table as well.

use std::cmp::Ordering;

use super::Term;
use super::tokens::{LONGEST_TOKEN, is_unspaced};
use super::variants::{COMPOUNDS, SAME, SPELLINGS};

/// At how many places a term is taken together and apart in every combination. With more of them it is taken together at all
/// of them or at none.
const MOST_JOINTS: usize = 3;

/// A word that was put together from parts may have more letters behind it only where it is longer than this, in characters:
/// `x-r` is found as `xr`, not as every word that begins so.
const LONGEST_WHOLE: usize = 3;

impl Term {
    /// The most spellings that a term is looked for in.
    pub const MOST_SPELLINGS: usize = 32;

    /// This term in every way that it may be written, itself first.
    pub fn spellings(&self) -> Vec<Self> {
        let mut spellings = vec![self.clone()];
        let is_word = |token: &String| token.len() <= LONGEST_TOKEN;
        if self.tokens.len() > Self::MAX_TOKENS || !self.tokens.iter().all(is_word) {
            return spellings;
        }
        let mut add = |spelling: Self| {
            let is_within =
                spellings.len() < Self::MOST_SPELLINGS && spelling.tokens.len() <= Self::MAX_TOKENS;
            if is_within && !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        };
        for parts in Parts::of(self).with_same_words() {
            for spelling in parts.ways() {
                let tokens = spelling.tokens.iter().map(|token| in_other_country(token)).collect();
                add(Self { tokens, prefix: spelling.prefix });
                add(spelling);
            }
        }
        spellings
    }
}

/// A term in its smallest parts.
#[derive(Debug, Clone)]
struct Parts {
    list: Vec<Part>,
    /// How many of them are the last token of the term.
    in_last: usize,
    /// Whether the last token only has to begin so.
    prefix: bool,
}

/// A part of a word, or a word.
#[derive(Debug, Clone)]
struct Part {
    text: String,
    /// Whether it may also be written together with the part before it, or apart from it.
    is_joint: bool,
}

impl Parts {
    fn of(term: &Term) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut in_last = 0;
        for token in &term.tokens {
            in_last = 0;
            for text in parts_of(token) {
                let is_joint = in_last > 0
                    || parts.last().is_some_and(|before| may_join(&before.text, text, term.prefix));
                parts.push(Part { text: text.to_owned(), is_joint });
                in_last += 1;
            }
        }
        Self { list: parts, in_last, prefix: term.prefix }
    }

    /// These parts, and these parts with other words of the same meaning in their places.
    fn with_same_words(self) -> Vec<Self> {
        let mut all = vec![self];
        for same in SAME {
            let has_one = |parts: &&Self| parts.list.iter().any(|part| same.contains(&part.text.as_str()));
            let with_one: Vec<Self> = all.iter().filter(has_one).cloned().collect();
            for (parts, word) in with_one.iter().flat_map(|parts| same.iter().map(move |word| (parts, word)))
            {
                all.push(parts.with(same, word));
            }
            all.truncate(Term::MOST_SPELLINGS);
        }
        all
    }

    /// These parts with a word in the place of all others of the same meaning.
    fn with(&self, same: &[&str], word: &str) -> Self {
        let mut other = self.clone();
        for part in other.list.iter_mut().filter(|part| same.contains(&part.text.as_str())) {
            word.clone_into(&mut part.text);
        }
        other
    }

    /// The terms that these parts make when each is written together with the one before it or apart.
    fn ways(&self) -> Vec<Term> {
        let joints = self.list.iter().filter(|part| part.is_joint).count();
        if joints > MOST_JOINTS {
            return vec![self.way(|_| false), self.way(|_| true)];
        }
        (0..1_usize << joints).map(|way| self.way(|joint| way >> joint & 1 == 1)).collect()
    }

    /// The term that they make when they are joined at some of the joints, which are numbered.
    fn way(&self, is_joined: impl Fn(usize) -> bool) -> Term {
        let mut tokens: Vec<String> = Vec::new();
        let (mut joint, mut in_last) = (0, 0);
        for Part { text, is_joint } in &self.list {
            let joined = *is_joint && is_joined(joint);
            joint += usize::from(*is_joint);
            if let Some(token) = tokens.last_mut().filter(|_| joined) {
                token.push_str(text);
                in_last += 1;
            } else {
                tokens.push(text.clone());
                in_last = 1;
            }
        }
        // Where letters and digits have been taken apart, the last part is not the beginning of anything.
        let is_long = || tokens.last().is_some_and(|last| last.chars().nth(LONGEST_WHOLE).is_some());
        let is_compound = || matches!(self.list.as_slice(), [.., one, other] if border(&one.text, &other.text) == Border::Alike);
        let may_go_on = match in_last.cmp(&self.in_last) {
            Ordering::Less => is_compound(),
            Ordering::Equal => true,
            Ordering::Greater => is_long(),
        };
        Term { prefix: self.prefix && may_go_on, tokens }
    }
}

/// The parts of one token: letters and digits, Greek letters and others, and the two words of a compound.
fn parts_of(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = token;
    while !rest.is_empty() {
        let (part, behind) = rest.split_at_checked(first_part(rest)).unwrap_or((rest, ""));
        parts.push(part);
        rest = behind;
    }
    parts
}

/// How many bytes the first part of a token has.
fn first_part(token: &str) -> usize {
    let is_compound = |(one, other): &&(&str, &str)| {
        token.strip_prefix(one).is_some_and(|behind| behind.starts_with(other))
    };
    if let Some((one, _)) = COMPOUNDS.iter().find(is_compound) {
        return one.len();
    }
    let mut cuts = token.char_indices().filter_map(|(end, _)| {
        let (before, behind) = token.split_at_checked(end)?;
        (border(before, behind) == Border::Between).then_some(end)
    });
    cuts.next().unwrap_or(token.len())
}

/// Whether two words next to each other may also be written as one.
fn may_join(one: &str, other: &str, have_hyphen: bool) -> bool {
    match border(one, other) {
        Border::Never => false,
        Border::Between => true,
        Border::Alike => have_hyphen || COMPOUNDS.contains(&(one, other)),
    }
}

/// What lies between two words or parts of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    /// Two numbers, or a number and a vowel by itself, or letters that are words by themselves: never one word.
    Never,
    /// A number beside letters, or Greek letters beside others: written together and apart.
    Between,
    /// Letters beside letters.
    Alike,
}

fn border(one: &str, other: &str) -> Border {
    let (Some(last), Some(first)) = (one.chars().next_back(), other.chars().next()) else {
        return Border::Never;
    };
    match (Class::of(last), Class::of(first)) {
        _ if is_unspaced(last) || is_unspaced(first) => Border::Never,
        (Class::Digit, Class::Digit) => Border::Never,
        (last, first) if last == first => Border::Alike,
        _ if is_vowel(one) || is_vowel(other) => Border::Never,
        _ => Border::Between,
    }
}

/// Whether a word is a vowel by itself.
fn is_vowel(word: &str) -> bool {
    matches!(word, "a" | "e" | "i" | "o" | "u" | "y")
}

/// What kind of letter one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Greek,
    Letter,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            // The sign of a millionth is the Greek mu, and belongs to its unit.
            'μ' => Self::Letter,
            'α'..='ω' => Self::Greek,
            _ if character.is_numeric() => Self::Digit,
            _ => Self::Letter,
        }
    }
}

/// A word as it is spelled in the other country: with American spellings where it has British ones, else the other way.
fn in_other_country(word: &str) -> String {
    let british = SPELLINGS.map(|(american, british)| (british, american));
    respelled(word, &british).or_else(|| respelled(word, &SPELLINGS)).unwrap_or_else(|| word.to_owned())
}

/// A word with every part of it that is in the table replaced, read once from its beginning; `None` where there is none.
fn respelled(word: &str, table: &[(&str, &str)]) -> Option<String> {
    let mut other = String::with_capacity(word.len());
    let (mut rest, mut has_changed) = (word, false);
    while let Some(first) = rest.chars().next() {
        let replaced = table.iter().find_map(|(from, to)| Some((rest.strip_prefix(from)?, to)));
        if let Some((behind, to)) = replaced {
            other.push_str(to);
            (rest, has_changed) = (behind, true);
        } else {
            other.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    has_changed.then_some(other)
}
