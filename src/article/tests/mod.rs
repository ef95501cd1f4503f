//! Whole bodies, read and set.

mod agreement;
mod attacks;
mod bodies;
mod elements;
mod found;
mod pages;
mod properties;

use super::{Document, Page};
use crate::item::{Body, BodyKind, Item, ItemKey, Link, SafeText};

fn body(kind: BodyKind, text: &str) -> Body {
    Body { kind, raw: text.to_owned(), repaired: None, first_line: 1 }
}

fn base() -> Link {
    Link::parse("https://example.org/news/today").expect("a valid address")
}

fn read(kind: BodyKind, text: &str) -> Document {
    Document::of(&body(kind, text), Some(&base()))
}

/// An item of which only a title is known.
fn bare_item() -> Item {
    Item {
        key: ItemKey(0),
        path: "news/today.md".to_owned(),
        slug: SafeText::default(),
        title: SafeText::new("Title"),
        date_source: crate::item::DateSource::Item,
        date: None,
        site: None,
        link: None,
        authors: Vec::new(),
        topics: Vec::new(),
        offerings: Vec::new(),
        summary: SafeText::default(),
        minutes: 0,
        release: crate::item::Release::default(),
        problems: Vec::new(),
    }
}

/// The rows of a body as text, without the head of the article and without the list of links.
fn rows(kind: BodyKind, text: &str, width: usize) -> Vec<String> {
    let document = read(kind, text);
    super::set::blocks(&document.blocks, width, 0).iter().map(super::Row::text).collect()
}

fn html(text: &str, width: usize) -> String {
    rows(BodyKind::Html, text, width).join("\n")
}

fn page(item: &Item, kind: BodyKind, text: &str, width: u16) -> Page {
    Page::set(item, &read(kind, text), width)
}
