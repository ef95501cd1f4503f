//! From an item's body to a page: rows of well-set text with numbered links.

mod row;

pub use row::{Role, Row, Span, Style};

use crate::item::{Body, Item, Link};

/// An article set at one width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its rows, from the title to the original link.
    pub rows: Vec<Row>,
    /// Its links; the first is number 1.
    pub links: Vec<Link>,
}

/// The body of an item as blocks of text that are safe to draw, not yet set at a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {}

impl Document {
    /// Shows any text as it was typed.
    pub fn source(_text: &str) -> Self {
        Self::default()
    }

    /// Reads a body of any kind. This cannot fail, however hostile the body.
    ///
    /// `base` is the address of the original, against which relative links are resolved.
    pub fn of(_body: &Body, _base: Option<&Link>) -> Self {
        Self::default()
    }
}

impl Page {
    /// Sets an article: header, body, related offerings and the original link, in at most `width` cells.
    pub fn set(_item: &Item, _document: &Document, _width: u16) -> Self {
        Self::default()
    }
}
