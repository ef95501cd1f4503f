//! Finding a topic by typing any of its words in any order.

use std::cmp::Reverse;

use super::fold::{Words, fold};
use super::{Library, Topic, TopicKind, View};

impl Library {
    /// The views whose name, or whose name with that of their taxonomy, holds all the words. Those whose
    /// words begin with what was typed come first, then those with more items.
    pub fn find_views(&self, words: &Words) -> Vec<View> {
        let topics = self.topics().iter().map(|(id, _)| View::Topic(id));
        let mut found: Vec<_> = View::STANDING
            .into_iter()
            .chain(topics)
            .filter_map(|view| {
                let folded = fold(&self.full_label(view));
                let begun = words.begun_in(&folded);
                let rank = (Reverse(begun), Reverse(self.counts(view).total), folded.clone());
                words.all_in(&folded).then_some((rank, view))
            })
            .collect();
        if !words.is_empty() {
            found.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        found.into_iter().map(|(_, view)| view).collect()
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
        match self.taxonomy(view) {
            "" => self.label(view).to_owned(),
            taxonomy => format!("{taxonomy}: {}", self.label(view)),
        }
    }
}
