//! From an item's body to a page: rows of well-set text with numbered links.
//!
//! A [`Document`] is read once from a body: html2text parses its HTML (Markdown and plain text become HTML
//! first), and a walk over the tree gathers blocks. A [`Page`] sets a document at a width, as often as the
//! terminal is resized: html2text fills the lines of running text, and every kind of block is set here.

pub(crate) mod cells;
mod document;
mod find;
mod header;
mod page;
mod read;
mod row;
mod set;
mod target;
#[cfg(test)]
mod tests;

pub use document::Document;
pub use page::{MAX_WIDTH, Page};
pub use row::{Role, Row, Span, Style};
pub use target::Target;
