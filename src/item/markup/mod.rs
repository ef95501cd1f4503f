//! From markup to text: the one way, which titles, summaries, search hits and articles all go.
//!
//! ```text
//! body  ── html_of ──▸  HTML  ── events ──▸  events  ──▸  plain text, summary, heading   (this ring)
//!          short codes,          tokens,          └────▸  the article's document         (article ring)
//!          Markdown,             what each
//!          boilerplate           element means
//! ```
//!
//! [`html_of`] makes HTML of a body of any kind, without what only surrounds the article on its page. [`events`] reads HTML and decides, once for all outputs, what is an
//! element and what is text, what is never shown, how raised and lowered characters are written, which marks are only
//! references, which words are deleted, and what an entity stands for. What takes the events only decides how a block
//! looks.

mod attributes;
mod boilerplate;
mod contact;
mod element;
mod entity;
mod event;
mod field;
mod formula;
mod limits;
mod mark;
mod markdown;
mod nesting;
mod paragraphs;
mod picture;
mod said;
mod script;
mod shortcode;
mod source;
mod token;

pub use attributes::Attributes;
pub use boilerplate::without_boilerplate;
pub use element::Element;
pub use event::{DELETED, Event, INSERTED, REFERENCE, events};
pub use mark::is_way_back;
pub use paragraphs::split_at_empty_lines;
pub use picture::{description, is_tracking};
pub use source::html_of;

pub(super) use field::plain;
pub(super) use markdown::inline_text;
pub(super) use said::{Said, said};
pub(super) use shortcode::without_short_codes;
pub(super) use token::{Token, tokens};
