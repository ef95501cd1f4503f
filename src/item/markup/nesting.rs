//! Where deletions and insertions end, which some authors leave open.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::attributes::Attributes;
use super::element::{Element, is_void};
use super::event::Event;

/// How many open blocks are looked through for the one that ends; beyond that, nothing is known to end.
const LOOKED_THROUGH: usize = 64;

/// The blocks that are open, and the changes to the text that are open in them.
#[derive(Debug, Default)]
pub(super) struct Nesting<'a> {
    blocks: Vec<Cow<'a, str>>,
    /// The names of the changes, each with the number of blocks around it.
    changes: Vec<(&'static str, usize)>,
}

impl<'a> Nesting<'a> {
    /// Begins a deletion or an insertion.
    pub(super) fn open(&mut self, change: &'static str, ready: &mut VecDeque<Event<'a>>) {
        self.changes.push((change, self.blocks.len()));
        ready.push_back(Event::Start(Cow::Borrowed(change), Element::Inline, Attributes::default()));
    }

    /// Ends the innermost change of a name, and what was begun in it.
    pub(super) fn close(&mut self, change: &'static str, ready: &mut VecDeque<Event<'a>>) {
        if let Some(at) = self.changes.iter().rposition(|(open, _)| *open == change) {
            self.close_from(at, ready);
        }
    }

    /// Ends all changes.
    pub(super) fn close_all(&mut self, ready: &mut VecDeque<Event<'a>>) {
        self.close_from(0, ready);
    }

    /// Takes note of a block that begins; it may end others.
    pub(super) fn block_begins(&mut self, name: Cow<'a, str>, ready: &mut VecDeque<Event<'a>>) {
        let may_repeat = matches!(&*name, "li" | "td" | "th" | "tr" | "dt" | "dd" | "option");
        if self.blocks.last().is_some_and(|open| open == "p" || (may_repeat && *open == name)) {
            self.blocks.pop();
            self.close_loose(ready);
        }
        if !is_void(&name) {
            self.blocks.push(name);
        }
    }

    /// Takes note of a block that ends, and with it those that were begun in it.
    pub(super) fn block_ends(&mut self, name: &str, ready: &mut VecDeque<Event<'a>>) {
        let above = self.blocks.iter().rev().take(LOOKED_THROUGH).position(|open| open == name);
        if let Some(above) = above {
            self.blocks.truncate(self.blocks.len().saturating_sub(above).saturating_sub(1));
            self.close_loose(ready);
        }
    }

    /// Ends the changes whose blocks have ended.
    fn close_loose(&mut self, ready: &mut VecDeque<Event<'a>>) {
        let left = self.changes.iter().position(|(_, depth)| *depth > self.blocks.len());
        self.close_from(left.unwrap_or(self.changes.len()), ready);
    }

    fn close_from(&mut self, at: usize, ready: &mut VecDeque<Event<'a>>) {
        let closed = self.changes.drain(at.min(self.changes.len())..).rev();
        ready.extend(closed.map(|(change, _)| Event::End(Cow::Borrowed(change), Element::Inline)));
    }
}
