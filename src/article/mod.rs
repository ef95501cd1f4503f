//! From an item's body to a page: rows of well-set text with numbered links.
//!
//! A [`Document`] is read once from a body: html2text parses its HTML (Markdown and plain text become HTML
//! first), and a walk over the tree gathers blocks. A [`Page`] sets a document at a width, as often as the
//! terminal is resized: html2text fills the lines of running text, and every kind of block is set here.

mod address;
mod cells;
mod document;
mod dom;
mod extent;
mod flow;
mod form;
mod formula;
mod guard;
mod header;
mod html;
mod inline;
mod links;
mod list;
mod markdown;
mod media;
mod page;
mod plain;
mod preformatted;
mod row;
mod script;
mod set;
mod set_code;
mod set_list;
mod set_quote;
mod set_table;
mod shortcode;
mod table;

pub use document::Document;
pub use page::{MAX_WIDTH, Page};
pub use row::{Role, Row, Span, Style};

#[cfg(test)]
mod tests;
