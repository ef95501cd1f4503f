//! Finding a topic by typing any of its words in any order.

use std::cmp::Reverse;

use super::{Library, Placed, Topic, TopicKind, View};
use crate::search::{Words, fold};

impl Library {
    /// The views whose name, with that of their taxonomy, holds all the words. Those in which more of the words
    /// begin a word come first, then those with more unread items; without words, all are in the order of the tree.
    pub fn find_views(&self, words: &Words) -> Vec<View> {
        let searches = self.searches().iter().map(|saved| View::Search(saved.id));
        let others = View::STANDING.into_iter().chain(searches);
        let order = self.topics().order().iter();
        if words.is_empty() {
            return others.chain(order.map(|placed| View::Topic(placed.id))).collect();
        }
        // In the order of the numbers, in which names and topics lie side by side in memory.
        let (mut name, finder) = (String::new(), words.finder());
        let fitting = self.topics().iter().map(|(id, topic)| {
            self.topics().fold_full_label(id, &mut name);
            finder.fit(&name).map(|begun| (begun, topic.counts.unread))
        });
        let fitting: Vec<Option<(usize, usize)>> = fitting.collect();
        let others = others.filter_map(|view| {
            let begun = finder.fit(&fold(self.label(view)))?;
            Some(((begun, self.counts(view).unread), view))
        });
        let topics =
            order.filter_map(|Placed { id, .. }| Some(((*fitting.get(id.index())?)?, View::Topic(*id))));
        let mut found: Vec<_> = others.chain(topics).collect();
        found.sort_by_key(|(fit, _)| Reverse(*fit));
        found.into_iter().map(|(_, view)| view).collect()
    }

    /// The name of what a view's topic is part of; empty at the top of the tree.
    pub fn parent_label(&self, view: View) -> &str {
        let View::Topic(id) = view else { return "" };
        let parent = self.topics().get(id).and_then(|topic| topic.parent);
        parent.map_or("", |parent| self.topics().label(parent))
    }

    /// The taxonomy that a view's topic is a term of; empty when it is no term of a taxonomy.
    pub fn taxonomy(&self, view: View) -> &str {
        let View::Topic(id) = view else { return "" };
        let parent = self.topics().get(id).and_then(|topic| topic.parent);
        let parent = parent.and_then(|parent| self.topics().get(parent));
        parent.filter(|parent| parent.kind == TopicKind::Taxonomy).map_or("", Topic::label)
    }

    /// The name of a view with what it is part of: `Healthcare IT News: Precision Medicine`.
    pub fn full_label(&self, view: View) -> String {
        match view {
            View::Topic(topic) => self.topics().full_label(topic),
            _ => self.label(view).to_owned(),
        }
    }
}
