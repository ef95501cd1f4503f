//! Finding again in a text what a search has found it for.

use std::collections::VecDeque;
use std::ops::Range;

use super::Term;
use super::tokens::TokenReader;

/// The words and phrases to be highlighted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights {
    spellings: Vec<Spelling>,
    /// How many terms they are spellings of.
    terms: usize,
}

/// One way in which a term may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spelling {
    written: Term,
    /// The number of the term.
    term: usize,
}

/// One place where a term was found.
pub(super) struct Match {
    /// The bytes of the text, from the beginning of its first token to the end of its last.
    pub(super) range: Range<usize>,
    /// The number of the term.
    pub(super) term: usize,
}

impl Highlights {
    /// Highlights these terms, however they are spelled. Empty ones, and phrases too long for any search, are left out.
    pub fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut highlights = Self::default();
        for (number, term) in terms.into_iter().enumerate() {
            for written in term.spellings() {
                let can_be_found = (1..=Term::MAX_TOKENS).contains(&written.tokens.len());
                let is_known = highlights.spellings.iter().any(|known| known.written == written);
                if can_be_found && !is_known {
                    highlights.spellings.push(Spelling { written, term: number });
                }
            }
            highlights.terms = number + 1;
        }
        highlights
    }

    /// Whether there is nothing to highlight.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Where they are in a text: ranges of bytes, in order, apart from each other. Whole words are found, also where
    /// only their beginnings were looked for, as the index finds them. The time it takes grows with the text only.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        self.each_match(text, |Match { mut range, .. }| {
            // Matches come in the order of their ends, but a long one may hold several short ones.
            while let Some(last) = found.pop_if(|last| last.end >= range.start) {
                range = last.start.min(range.start)..last.end.max(range.end);
            }
            found.push(range);
        });
        found
    }

    /// How many terms there are.
    pub(super) fn count(&self) -> usize {
        self.terms
    }

    /// Gives out every place where a term is found, in the order of their ends.
    pub(super) fn each_match(&self, text: &str, mut found: impl FnMut(Match)) {
        let longest = self.spellings.iter().map(|spelling| spelling.written.tokens.len()).max().unwrap_or(0);
        let mut begun: Vec<Begun> = self.spellings.iter().map(|_| Begun::default()).collect();
        // Where the last tokens begin, the latest first: as many as the longest phrase has.
        let mut starts = VecDeque::with_capacity(longest);
        let mut reader = TokenReader::new(text);
        let mut token = String::new();
        while let Some(Range { start, end }) = reader.read(&mut token).filter(|_| longest > 0) {
            starts.truncate(longest - 1);
            starts.push_front(start);
            for (Spelling { written, term }, begun) in self.spellings.iter().zip(&mut begun) {
                if begun.goes_on(written, &token)
                    && let Some(&start) = starts.get(written.tokens.len() - 1)
                {
                    found(Match { range: start..end, term: *term });
                }
            }
            token.clear();
        }
    }
}

/// How far a phrase has been found: bit 0 says that the last token read is its first one, bit 1 that the last two
/// are its first two, and so on.
#[derive(Default)]
struct Begun(u64);

impl Begun {
    /// Takes the next token of the text, and says whether the phrase is complete with it.
    fn goes_on(&mut self, term: &Term, token: &str) -> bool {
        let may_be = self.0 << 1 | 1;
        let last = term.tokens.len() - 1;
        self.0 = 0;
        for (place, wanted) in term.tokens.iter().enumerate() {
            let begins = || token.starts_with(wanted.as_str()) && (term.prefix && place == last);
            if may_be >> place & 1 == 1 && (token == wanted || begins()) {
                self.0 |= 1 << place;
            }
        }
        self.0 >> last & 1 == 1
    }
}
