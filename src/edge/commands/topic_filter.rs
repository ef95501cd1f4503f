//! Choosing the items of one topic.

use std::collections::BTreeMap;

use super::words::nearest;
use crate::item::{Item, Topic};
use crate::search::fold;

/// What an item without topics is filed under.
const UNCATEGORISED: &str = "Uncategorised";

/// Lets the items of one topic pass, and remembers the topics of all, to suggest some when none passes.
#[derive(Debug)]
pub struct TopicFilter<'a> {
    typed: &'a str,
    wanted: String,
    /// Each topic as it was first spelt, by its folded spelling, so that spelling twins are one.
    known: BTreeMap<String, String>,
}

impl<'a> TopicFilter<'a> {
    /// A filter for a term, a taxonomy, or both as `Taxonomy: Term`, whatever the case.
    pub fn new(typed: &'a str) -> Self {
        Self { typed, wanted: fold(typed.trim()), known: BTreeMap::new() }
    }

    /// Whether an item has the topic.
    pub fn admits(&mut self, item: &Item) -> bool {
        if item.topics.is_empty() {
            return self.is_wanted(UNCATEGORISED);
        }
        // Every topic is looked at, even after one has matched, so that all become known.
        item.topics.iter().filter(|topic| self.matches(topic)).count() > 0
    }

    /// The topics that are nearest to the one that was asked for.
    pub fn nearest(&self) -> Vec<&str> {
        const SUGGESTIONS: usize = 5;
        nearest(self.typed, self.known.values().map(String::as_str), SUGGESTIONS)
    }

    fn matches(&mut self, topic: &Topic) -> bool {
        let mut matched = self.is_wanted(&topic.term);
        if let Some(taxonomy) = &topic.taxonomy {
            matched |= self.is_wanted(taxonomy);
            matched |= self.is_wanted(&format!("{taxonomy}: {}", topic.term));
        }
        matched
    }

    fn is_wanted(&mut self, name: &str) -> bool {
        let folded = fold(name);
        let wanted = folded == self.wanted;
        self.known.entry(folded).or_insert_with(|| name.to_owned());
        wanted
    }
}
