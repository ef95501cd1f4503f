//! What somebody types, and what is found by it.

mod finding;
mod spelling;
mod typing;

use std::ops::Range;

use jiff::civil::{Date, date};

use super::{Highlights, Search};

pub(super) const TODAY: Date = date(2021, 12, 15);

pub(super) fn search(typed: &str) -> Search {
    Search::parse(typed, TODAY).unwrap_or_else(|problem| panic!("{typed}: {problem}"))
}

pub(super) fn highlights(typed: &str) -> Highlights {
    search(typed).highlights()
}

/// A text with brackets around what was found in it.
pub(super) fn marked(text: &str, found: &[Range<usize>]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for range in found {
        let piece = |range: Range<usize>| text.get(range).expect("a range of the text");
        marked.extend([piece(at..range.start), "[", piece(range.clone()), "]"]);
        at = range.end;
    }
    marked + text.get(at..).expect("a range of the text")
}
