//! Finding a topic by typing any of its words in any order.

use std::cmp::Reverse;

use super::{Library, Topic, TopicKind, View};
use crate::search::{Words, fold};

impl Library {
    /// The views whose name, with that of their taxonomy, holds all the words. Those in which more of the words
    /// begin a word come first, then those with more unread items; without words, all are in the order of the tree.
    pub fn find_views(&self, words: &Words) -> Vec<View> {
        let mut found: Vec<(usize, View)> = self
            .views()
            .filter_map(|view| {
                let folded = fold(&self.full_label(view));
                words.all_in(&folded).then(|| (words.begun_in(&folded), view))
            })
            .collect();
        if !words.is_empty() {
            found.sort_by_key(|(begun, view)| (Reverse(*begun), Reverse(self.counts(*view).unread)));
        }
        found.into_iter().map(|(_, view)| view).collect()
    }

    /// Every view in the order of the tree.
    fn views(&self) -> impl Iterator<Item = View> {
        let tops = self.topics().children(None).into_iter();
        let topics = tops.flat_map(|top| std::iter::once(top).chain(self.topics().children(Some(top))));
        let searches = self.searches().iter().map(|saved| View::Search(saved.id));
        View::STANDING.into_iter().chain(searches).chain(topics.map(View::Topic))
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
