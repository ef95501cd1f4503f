//! The tree of topics as it is unfolded on the screen.

use std::collections::HashSet;

use super::cursor::Cursor;
use crate::library::{Library, TopicId, TopicKind, View};

/// One row of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeRow {
    /// What it stands for.
    pub view: View,
    /// How deep it is: 0 at the top.
    pub depth: u16,
    /// Whether what is below it is folded away; `None` when nothing can be below it.
    pub folded: Option<bool>,
}

/// The rows of the tree that are unfolded, and the selected one.
#[derive(Debug, Clone, Default)]
pub struct TopicPane {
    /// The rows.
    pub rows: Vec<TreeRow>,
    /// The selected row.
    pub cursor: Cursor,
    turned: HashSet<TopicId>,
}

impl TopicPane {
    /// Lays the rows out anew and keeps the selection on what it was on.
    pub fn rebuild(&mut self, library: &Library, view: View, height: usize) {
        self.rows = View::STANDING.map(|view| TreeRow { view, depth: 0, folded: None }).to_vec();
        for top in library.topics().children(None) {
            let Some(kind) = library.topics().get(top).map(|topic| topic.kind) else { continue };
            if kind == TopicKind::Uncategorised {
                self.rows.push(TreeRow { view: View::Topic(top), depth: 0, folded: None });
                continue;
            }
            let folded = self.is_folded(top, kind);
            self.rows.push(TreeRow { view: View::Topic(top), depth: 0, folded: Some(folded) });
            if !folded {
                let below = library.topics().children(Some(top));
                let row = |id| TreeRow { view: View::Topic(id), depth: 1, folded: None };
                self.rows.extend(below.into_iter().map(row));
            }
        }
        let row = self.row_of(library, view).unwrap_or_default();
        self.cursor.reselect(row, self.rows.len(), height);
    }

    /// Folds or unfolds a topic.
    pub fn turn(&mut self, topic: TopicId) {
        if !self.turned.remove(&topic) {
            self.turned.insert(topic);
        }
    }

    /// Unfolds whatever hides a view.
    pub fn reveal(&mut self, library: &Library, view: View) {
        let View::Topic(id) = view else { return };
        let parent = library.topics().get(id).and_then(|topic| topic.parent);
        let Some(parent) = parent.and_then(|parent| Some((parent, library.topics().get(parent)?.kind)))
        else {
            return;
        };
        if self.is_folded(parent.0, parent.1) {
            self.turn(parent.0);
        }
    }

    /// Carries what is folded over to another library of the same source.
    pub fn carry_over(&mut self, from: &Library, to: &Library) {
        let carried =
            self.turned.iter().filter_map(|topic| match to.same_view(from, View::Topic(*topic))? {
                View::Topic(topic) => Some(topic),
                View::All | View::Unread | View::Starred | View::Today | View::ThisWeek => None,
            });
        self.turned = carried.collect();
    }

    /// The selected row.
    pub fn selected(&self) -> Option<TreeRow> {
        self.rows.get(self.cursor.row()).copied()
    }

    /// Taxonomies are unfolded until somebody folds them; sites and offerings are folded.
    fn is_folded(&self, topic: TopicId, kind: TopicKind) -> bool {
        matches!(kind, TopicKind::Sites | TopicKind::Offerings) != self.turned.contains(&topic)
    }

    /// The row of a view, or of what it is folded away under.
    fn row_of(&self, library: &Library, view: View) -> Option<usize> {
        let row = |view| self.rows.iter().position(|row| row.view == view);
        row(view).or_else(|| match view {
            View::Topic(id) => row(View::Topic(library.topics().get(id)?.parent?)),
            View::All | View::Unread | View::Starred | View::Today | View::ThisWeek => None,
        })
    }
}
