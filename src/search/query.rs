//! What somebody looks for, understood.

use jiff::civil::Date;

use super::{Highlights, SearchProblem, Words, parse};

/// What somebody looks for: text that the index is asked for, and what else must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// What must, or must not, stand in the text.
    pub text: TextSearch,
    /// What else must hold.
    pub filters: Vec<Filter>,
}

impl Search {
    /// Understands what somebody types, or has typed so far, on a day.
    ///
    /// - `word` finds what begins so, `"a phrase"` finds these words in a row, and a word that holds signs, such as
    ///   `follow-up`, is a phrase whose last word is begun.
    /// - `topic:`, `site:` and `author:` look there only; `is:unread`, `is:read`, `is:starred` and `is:new` ask for a
    ///   state; `since:` and `before:` for the time, as in `since:7d`, `before:2021-12`. Values may be quoted.
    /// - `-` before any of them finds what is not so.
    ///
    /// Other names before a colon are plain words. What is at the end and not complete yet (`topic:`, `is:un`, an
    /// open quotation mark) is left out or taken as far as it goes; a blank behind it says that it is complete.
    pub fn parse(typed: &str, today: Date) -> Result<Self, SearchProblem> {
        parse::parse(typed, today)
    }

    /// Understands what somebody has finished typing, so that nothing at its end is excused as not complete yet.
    pub fn parse_finished(typed: &str, today: Date) -> Result<Self, SearchProblem> {
        parse::parse(&format!("{} ", typed.trim_end()), today)
    }

    /// Whether nothing is asked for, so that every item is found.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.filters.is_empty()
    }

    /// Whether the index has to be asked for text.
    pub fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// What to highlight in the items that are found.
    pub fn highlights(&self) -> Highlights {
        Highlights::new(self.text.wanted.iter().map(|wanted| wanted.term.clone()))
    }
}

/// Words and phrases that the text of an item must hold, and those that it must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSearch {
    /// All of these must be there.
    pub wanted: Vec<Wanted>,
    /// None of these may be there.
    pub unwanted: Vec<Wanted>,
}

impl TextSearch {
    /// Whether no text is asked for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }
}

/// A word or phrase, and where it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where.
    pub field: Field,
    /// What.
    pub term: Term,
}

/// The parts of an item that text is looked for in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Field {
    /// Title, summary, body, topics, authors and site.
    #[default]
    Any,
    /// The authors only.
    Author,
}

/// A word, or words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words, folded.
    pub tokens: Vec<String>,
    /// Whether the last word only has to begin so.
    pub prefix: bool,
}

impl Term {
    /// The most words that a phrase can have.
    pub const MAX_TOKENS: usize = 64;
}

/// Something besides text that must hold, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Whether it must not hold.
    pub not: bool,
    /// What.
    pub what: Criterion,
}

/// What a search can ask for besides text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criterion {
    /// A topic whose name holds these words.
    Topic(Words),
    /// A site whose name holds these words.
    Site(Words),
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// With a star.
    Starred,
    /// New since the last visit.
    New,
    /// Published on this day or later.
    Since(Date),
    /// Published before this day.
    Before(Date),
}

impl Criterion {
    /// The states of an item, as they are typed behind `is:`.
    pub(super) const STATES: [(&str, Self); 4] =
        [("unread", Self::Unread), ("read", Self::Read), ("starred", Self::Starred), ("new", Self::New)];
}
