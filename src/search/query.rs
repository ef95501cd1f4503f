//! What somebody looks for, understood.

use jiff::civil::Date;

use super::Words;

/// What somebody looks for: text that the index is asked for, and what else must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// What must, or must not, stand in the text.
    pub text: TextSearch,
    /// What else must hold.
    pub filters: Vec<Filter>,
}

/// Words and phrases that the text of an item must hold, and those that it must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSearch {
    /// All of these must be there.
    pub wanted: Vec<Wanted>,
    /// None of these may be there.
    pub unwanted: Vec<Wanted>,
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
