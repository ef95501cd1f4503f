//! What a reader is told by HTML, without the looks of it: for titles, summaries, hits and the index.

use std::borrow::Cow;

use super::element::Element;
use super::event::{DELETED, Event, REFERENCE, events};

/// A part of what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<'a> {
    /// Text, its entities decoded.
    Text(Cow<'a, str>),
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
        Event::Start(..) | Event::End(..) | Event::Drawing(_) => None,
    })
}
