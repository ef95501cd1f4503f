//! Finding again in a text what a search has found it for.

use std::ops::Range;

use super::{Context, Term};

/// The words and phrases to be highlighted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights(pub(super) Vec<Term>);

impl Highlights {
    /// Where they are in a text: ranges of bytes, in order, apart from each other.
    pub fn find(&self, _text: &str) -> Vec<Range<usize>> {
        Vec::new()
    }

    /// The words around them in a text, in about so many characters; `None` where there are none of them.
    pub fn context(&self, _text: &str, _characters: usize) -> Option<Context> {
        None
    }
}
