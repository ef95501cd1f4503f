//! What is wrong with a search that somebody typed.

use std::fmt;

use super::Term;
use crate::item::SafeText;

/// Why a search cannot be understood, and what to write instead, in one short line. Nothing is searched then: whoever
/// shows results keeps those of the last search that could be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchProblem {
    /// What stands behind `is:` is none of the states that an item can be in.
    #[error("{0}: write is:unread, is:read, is:starred or is:new")]
    State(TypedWord),
    /// What stands behind `since:` or `before:` is no day.
    #[error("{word}: write a number and d, w, m or y, or a date, as in {operator}:7d")]
    NotADay {
        /// What was typed.
        word: TypedWord,
        /// The name before the colon.
        operator: &'static str,
    },
    /// A date that is in no calendar.
    #[error("{word}: there is no such day; write a date as in {operator}:2021-12-05")]
    NoSuchDay {
        /// What was typed.
        word: TypedWord,
        /// The name before the colon.
        operator: &'static str,
    },
    /// A date before our calendar begins.
    #[error("{word}: that is too long ago; write a date as in {operator}:2021-12-05")]
    TooLongAgo {
        /// What was typed.
        word: TypedWord,
        /// The name before the colon.
        operator: &'static str,
    },
    /// A word that other searches take for an operator.
    #[error("{word} is no operator here: {advice}. To find the word itself, put it in quotation marks")]
    NoOperator {
        /// What was typed.
        word: TypedWord,
        /// What to do instead.
        advice: &'static str,
    },
    /// A name before a colon that other searches know and this one does not.
    #[error(
        "{0}: Rounds knows topic: site: author: is: since: before: only. To find the words themselves, put them in quotation marks"
    )]
    NoField(TypedWord),
    /// A phrase of too many words.
    #[error("{0}: a phrase can have {max} words; leave some out", max = Term::MAX_TOKENS)]
    LongPhrase(TypedWord),
    /// Too many words and phrases.
    #[error("Too many words: a search can have {0}; leave some out")]
    TooManyParts(usize),
    /// Too long a text.
    #[error("Too long: a search can have {0} characters; leave some words out")]
    TooLong(usize),
}

/// A word as it was typed, safe to draw and short enough for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWord(SafeText);

impl TypedWord {
    /// How many characters of a word are shown.
    const SHOWN: usize = 20;

    pub(super) fn new(typed: &str) -> Self {
        let word = SafeText::new(typed);
        let Some((cut, _)) = word.char_indices().nth(Self::SHOWN) else { return Self(word) };
        let shown: String = word.get(..cut).into_iter().chain(["…"]).collect();
        Self(SafeText::new(&shown))
    }
}

impl fmt::Display for TypedWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
