//! Finding text: how words are folded, what somebody looks for, and where it is in a text.

mod canonical;
mod context;
mod day;
mod fold;
mod highlights;
mod parse;
mod problem;
mod query;
mod spellings;
#[cfg(test)]
mod tests;
mod tokens;
mod variants;

pub use context::Context;
pub use fold::{WordFinder, Words, fold, fold_into};
pub use highlights::Highlights;
pub use problem::{SearchProblem, TypedWord};
pub use query::{Criterion, Field, Filter, Search, Term, TextSearch, Wanted};
pub use tokens::{Token, indexable, tokens};
pub use variants::table_of_spellings;
