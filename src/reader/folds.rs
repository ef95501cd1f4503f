//! What the user has folded and unfolded in the tree of topics, by name, so that it outlasts a run.

use std::collections::HashMap;

use crate::library::{Library, TopicId, View};

/// How many folds are remembered; the oldest are forgotten first.
const REMEMBERED_MAX: usize = 200;

/// Folds by the names of their topics. Numbers of topics mean others after a catalog was rebuilt, names do not.
#[derive(Debug, Clone, Default)]
pub(super) struct Folds {
    /// Each with whether it is folded, the latest last.
    names: Vec<(String, bool)>,
    numbers: HashMap<TopicId, bool>,
}

impl Folds {
    /// Whether the user has folded (true) or unfolded (false) a topic.
    pub fn folded(&self, library: &Library, topic: TopicId) -> Option<bool> {
        if let Some(folded) = self.numbers.get(&topic) {
            return Some(*folded);
        }
        if self.names.is_empty() {
            return None;
        }
        let name = library.view_name(View::Topic(topic));
        self.names.iter().find(|(known, _)| *known == name).map(|(_, folded)| *folded)
    }

    /// Folds or unfolds a topic.
    pub fn set(&mut self, library: &Library, topic: TopicId, folded: bool) {
        self.numbers.insert(topic, folded);
        let name = library.view_name(View::Topic(topic));
        self.names.retain(|(known, _)| *known != name);
        if self.names.len() >= REMEMBERED_MAX {
            self.names.remove(0);
        }
        self.names.push((name, folded));
    }

    /// Forgets the numbers of topics: they mean others from now on.
    pub fn forget_numbers(&mut self) {
        self.numbers.clear();
    }

    /// Writes them down as the value of a setting: a line for each, which begins with `+` where it is unfolded.
    pub fn setting(&self) -> String {
        let lines =
            self.names.iter().map(|(name, folded)| format!("{}{name}", if *folded { '-' } else { '+' }));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Reads what [`setting`](Self::setting) has written. Lines that are not understood are left out.
    pub fn of_setting(value: &str) -> Self {
        let fold = |line: &str| match (line.strip_prefix('-'), line.strip_prefix('+')) {
            (Some(name), _) => Some((name.to_owned(), true)),
            (_, Some(name)) => Some((name.to_owned(), false)),
            _ => None,
        };
        Self { names: value.lines().filter_map(fold).take(REMEMBERED_MAX).collect(), numbers: HashMap::new() }
    }
}
