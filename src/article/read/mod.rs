//! Reads bodies: whatever they are written in, they become HTML, then a tree, then the blocks of a document.

mod address;
mod dom;
mod form;
pub(super) mod guard;
mod html;
mod inline;
mod linking;
mod links;
mod list;
mod media;
mod places;
mod preformatted;
mod table;
mod units;
mod written;

pub(super) use guard::MAX_TEXT_BYTES;
pub(super) use inline::flow_of;
pub(super) use preformatted::expand_tabs;
pub(super) use written::head;

use super::document::Document;
use crate::item::markup::html_of;
use crate::item::{BodyKind, Link};

/// Whether HTML is within the limits of the parser.
#[cfg(test)]
pub(super) fn is_read_as_tree(html: &str) -> bool {
    written::written(html).is_some()
}

/// Reads a text of a known kind.
pub(super) fn read(kind: BodyKind, text: &str, base: Option<&Link>) -> Document {
    html::read(&html_of(kind, text), base)
}
