//! Finding a topic by typing any of its words in any order.

use std::cmp::Reverse;

use super::{Library, Topic, TopicKind, View};
use crate::search::{Words, fold};

impl Library {
    /// The views whose name, with that of their taxonomy, holds all the words. Those in which more of the words
    /// begin a word come first, then those with more unread items; without words, all are in the order of the tree.
    pub fn find_views(&self, words: &Words) -> Vec<View> {
        if words.is_empty() {
            return self.views().collect();
        }
        let mut name = String::new();
        let found = self.views().filter_map(|view| {
            self.fold_full_label(view, &mut name);
            let unread = || self.counts(view).unread;
            words.all_in(&name).then(|| (Reverse(words.begun_in(&name)), Reverse(unread()), view))
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|(begun, unread, _)| (*begun, *unread));
        found.into_iter().map(|(.., view)| view).collect()
    }

    /// Every view in the order of the tree.
    fn views(&self) -> impl Iterator<Item = View> {
        let tops = self.topics().children(None);
        let topics = tops.flat_map(|top| std::iter::once(top).chain(self.topics().children(Some(top))));
        let searches = self.searches().iter().map(|saved| View::Search(saved.id));
        View::STANDING.into_iter().chain(searches).chain(topics.map(View::Topic))
    }

    /// Puts the folded [full name](Self::full_label) of a view in the place of a text.
    fn fold_full_label(&self, view: View, name: &mut String) {
        match view {
            View::Topic(topic) => self.topics().fold_full_label(topic, name),
            _ => *name = fold(self.label(view)),
        }
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
