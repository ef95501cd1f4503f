//! The tree of topics as it is unfolded on the screen.

use std::collections::HashMap;

use super::cursor::Cursor;
use crate::library::{Library, Placed, TopicId, TopicKind, View};

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
    /// What the user has folded (true) or unfolded (false).
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
        let mut order = library.topics().order().iter();
        while let Some(placed) = order.next() {
            let folded = has_fold(placed).then(|| self.is_folded(placed));
            let depth = u16::from(!placed.is_top());
            self.rows.push(TreeRow { view: View::Topic(placed.id), depth, folded });
            if folded == Some(true) {
                order = order.as_slice().get(placed.below as usize..).unwrap_or_default().iter();
            }
        }
    }

    /// Folds or unfolds a topic.
    pub fn fold(&mut self, topic: TopicId, folded: bool) {
        self.folds.insert(topic, folded);
        self.shown = None;
    }

    /// Forgets what the user has folded or unfolded.
    pub(super) fn forget_folds(&mut self) {
        self.folds.clear();
        self.shown = None;
    }

    /// Unfolds whatever hides a view, and keeps it unfolded however much comes to stand there.
    pub fn reveal(&mut self, library: &Library, view: View) {
        let View::Topic(id) = view else { return };
        let Some(parent) = library.topics().get(id).and_then(|topic| topic.parent) else { return };
        if self.position(view).is_some() {
            self.folds.insert(parent, false);
        } else {
            self.fold(parent, false);
        }
    }

    /// The selected row.
    pub fn selected(&self) -> Option<TreeRow> {
        self.rows.get(self.cursor.row()).copied()
    }

    /// Until the user folds or unfolds them, sites, offerings and long taxonomies are folded.
    fn is_folded(&self, placed: &Placed) -> bool {
        self.folds.get(&placed.id).copied().unwrap_or_else(|| {
            let is_long = placed.below as usize > TERMS_UNFOLDED_MAX;
            is_long || matches!(placed.kind, TopicKind::Sites | TopicKind::Offerings)
        })
    }

    /// The row of a view, or of what it is folded away under.
    fn row_of(&self, library: &Library, view: View) -> Option<usize> {
        self.position(view).or_else(|| match view {
            View::Topic(id) => self.position(View::Topic(library.topics().get(id)?.parent?)),
            _ => None,
        })
    }

    fn position(&self, view: View) -> Option<usize> {
        self.rows.iter().position(|row| row.view == view)
    }
}

/// Whether a topic can be folded: it is one that others are below.
fn has_fold(placed: &Placed) -> bool {
    placed.is_top() && placed.kind != TopicKind::Uncategorised
}
