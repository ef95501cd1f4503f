//! Reads bodies: whatever they are written in, they become HTML, then a tree, then the blocks of a document.

mod address;
mod dom;
mod form;
mod formula;
pub(super) mod guard;
mod html;
mod inline;
mod links;
mod list;
mod markdown;
mod media;
mod plain;
mod preformatted;
mod script;
mod shortcode;
mod table;
mod tags;

pub(super) use guard::capped;
pub(super) use preformatted::expand_tabs;

use shortcode::Host;

use super::document::Document;
use crate::item::{BodyKind, Link};

/// Reads a text of a known kind.
pub(super) fn read(kind: BodyKind, text: &str, base: Option<&Link>) -> Document {
    match kind {
        BodyKind::Empty => Document::default(),
        BodyKind::Plain => plain::read(text),
        BodyKind::Html => html::read(&shortcode::resolve(text, Host::Html), base),
        BodyKind::Fragment => html::read(&plain::paragraphs(&shortcode::resolve(text, Host::Html)), base),
        BodyKind::Markdown if !guard::allows_markdown(text) => plain::read(text),
        BodyKind::Markdown => html::read(&markdown::to_html(&shortcode::resolve(text, Host::Markdown)), base),
    }
}
