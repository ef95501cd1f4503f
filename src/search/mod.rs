//! Finding text: how words are folded, and which of them a text holds.

mod fold;

pub(crate) use fold::fold_into;
pub use fold::{Words, fold};
