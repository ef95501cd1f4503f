//! What a reader is told by HTML, without the looks of it: for titles, summaries, hits and the index.

use std::borrow::Cow;

use super::attributes::Attributes;
use super::element::Element;
use super::event::{DELETED, Event, REFERENCE, events};
use super::picture::{description, is_tracking};

/// A part of what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<'a> {
    /// Text, its entities decoded.
    Text(Cow<'a, str>),
    /// What a picture shows, in words.
    Picture(Cow<'a, str>),
    /// Something that parts the text before it from the text behind it.
    Edge {
        /// The name of its element.
        name: Cow<'a, str>,
        /// Whether it is the end of it.
        is_end: bool,
    },
}

/// What HTML says. Deleted words and marks that only refer to something are left out.
pub fn said(html: &str) -> impl Iterator<Item = Said<'_>> {
    let mut left_out: usize = 0;
    events(html).filter_map(move |event| match event {
        Event::Start(name, ..) if matches!(&*name, DELETED | REFERENCE) => {
            left_out = left_out.saturating_add(1);
            None
        }
        Event::End(name, _) if matches!(&*name, DELETED | REFERENCE) => {
            left_out = left_out.saturating_sub(1);
            None
        }
        Event::Text(text) => (left_out == 0).then_some(Said::Text(text)),
        Event::Start(name, Element::Block, _) => Some(Said::Edge { name, is_end: false }),
        Event::End(name, Element::Block) => Some(Said::Edge { name, is_end: true }),
        Event::Start(name, ..) if name == "br" => Some(Said::Edge { name, is_end: false }),
        Event::Drawing(name) => (left_out == 0).then_some(Said::Picture(name)),
        Event::Start(name, _, attributes) if name == "img" && left_out == 0 => picture(attributes),
        Event::Start(..) | Event::End(..) => None,
    })
}

/// What an image says. A smiley says so in the text.
fn picture(attributes: Attributes<'_>) -> Option<Said<'_>> {
    let attribute = |name: &str| attributes.get(name);
    let words = description(attribute).filter(|_| !is_tracking(attribute))?;
    let words: Cow<'_, str> = Cow::Owned(words);
    Some(if words.contains(char::is_alphanumeric) { Said::Picture(words) } else { Said::Text(words) })
}
