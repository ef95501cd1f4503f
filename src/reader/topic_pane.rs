//! The tree of topics as it is unfolded on the screen.

use std::collections::HashMap;

use super::cursor::Cursor;
use crate::library::{Library, TopicId, TopicKind, View};

/// A taxonomy with more terms than this is folded at first, so that the whole tree can be seen.
const TERMS_UNFOLDED_MAX: usize = 20;

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
    /// What somebody has folded (true) or unfolded (false).
    folds: HashMap<TopicId, bool>,
    /// The [shape](Library::tree_shape) of the tree that the rows show; `None` when they show other folds.
    shown: Option<u64>,
}

impl TopicPane {
    /// Brings the rows up to date and keeps the selection on what it was on.
    pub fn rebuild(&mut self, library: &Library, view: View, height: usize) {
        let shape = library.tree_shape();
        if self.shown != Some(shape) {
            self.lay_out(library);
            self.shown = Some(shape);
        }
        let row = self.row_of(library, view).unwrap_or_default();
        self.cursor.reselect(row, self.rows.len(), height);
    }

    /// Lays the rows out. A folded topic costs its row, however many there are below it.
    fn lay_out(&mut self, library: &Library) {
        let searches = library.searches().iter().map(|saved| View::Search(saved.id));
        let first = View::STANDING.into_iter().chain(searches);
        self.rows.clear();
        self.rows.extend(first.map(|view| TreeRow { view, depth: 0, folded: None }));
        for top in library.topics().children(None) {
            let Some(kind) = library.topics().get(top).map(|topic| topic.kind) else { continue };
            if kind == TopicKind::Uncategorised {
                self.rows.push(TreeRow { view: View::Topic(top), depth: 0, folded: None });
                continue;
            }
            let folded = self.is_folded(library, top, kind);
            self.rows.push(TreeRow { view: View::Topic(top), depth: 0, folded: Some(folded) });
            if !folded {
                let row = |id| TreeRow { view: View::Topic(id), depth: 1, folded: None };
                self.rows.extend(library.topics().children(Some(top)).map(row));
            }
        }
    }

    /// Folds or unfolds a topic.
    pub fn fold(&mut self, topic: TopicId, folded: bool) {
        self.folds.insert(topic, folded);
        self.shown = None;
    }

    /// Forgets what somebody has folded or unfolded.
    pub(super) fn forget_folds(&mut self) {
        self.folds.clear();
        self.shown = None;
    }

    /// Unfolds whatever hides a view, and keeps it unfolded however much comes to stand there.
    pub fn reveal(&mut self, library: &Library, view: View) {
        let View::Topic(id) = view else { return };
        let Some(parent) = library.topics().get(id).and_then(|topic| topic.parent) else { return };
        let Some(kind) = library.topics().get(parent).map(|topic| topic.kind) else { return };
        if self.is_folded(library, parent, kind) {
            self.shown = None;
        }
        self.folds.insert(parent, false);
    }

    /// The selected row.
    pub fn selected(&self) -> Option<TreeRow> {
        self.rows.get(self.cursor.row()).copied()
    }

    /// Until somebody folds or unfolds them, sites, offerings and long taxonomies are folded.
    fn is_folded(&self, library: &Library, topic: TopicId, kind: TopicKind) -> bool {
        self.folds.get(&topic).copied().unwrap_or_else(|| {
            let terms = library.topics().shown_below(topic);
            matches!(kind, TopicKind::Sites | TopicKind::Offerings) || terms > TERMS_UNFOLDED_MAX
        })
    }

    /// The row of a view, or of what it is folded away under.
    fn row_of(&self, library: &Library, view: View) -> Option<usize> {
        let row = |view| self.rows.iter().position(|row| row.view == view);
        row(view).or_else(|| match view {
            View::Topic(id) => row(View::Topic(library.topics().get(id)?.parent?)),
            _ => None,
        })
    }
}
