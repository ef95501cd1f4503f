//! The tree of topics as it is unfolded on the screen.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::cursor::Cursor;
use super::folds::Folds;
use crate::article::cells::cells;
use crate::library::{Library, Placed, TopicId, TopicKind, View};

/// A taxonomy with no other beside it has no heading, if it has at most as many terms as this: a longer one can be folded.
const TERMS_WITHOUT_HEADING_MAX: usize = 200;
/// How many rows are measured for the width of the pane.
const MEASURED_ROWS: usize = 500;
/// Columns between a label and its counts, and behind the counts.
const AROUND_COUNTS_COLUMNS: usize = 2;

/// In which order the terms of a taxonomy stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TermOrder {
    /// By name.
    #[default]
    Name,
    /// Those with the most unread items first.
    Unread,
}

impl TermOrder {
    /// A short stable name, by which [`named`](Self::named) finds it again.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Unread => "unread",
        }
    }

    /// The order of a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Name, Self::Unread].into_iter().find(|order| order.name() == name)
    }
}

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

impl TreeRow {
    /// The column of its triangle.
    pub fn fold_column(self) -> u16 {
        1 + self.depth * 2
    }
}

/// What the rows of the tree depend on, besides the folds and the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    tree: u64,
    view: View,
    standing: [bool; View::STANDING.len()],
    searches: usize,
    height: usize,
}

/// The rows of the tree that are unfolded, and the selected one.
#[derive(Debug, Clone, Default)]
pub struct TopicPane {
    /// The rows.
    pub rows: Vec<TreeRow>,
    /// The selected row.
    pub cursor: Cursor,
    /// In which order the terms of a taxonomy stand.
    pub term_order: TermOrder,
    /// What the user has folded or unfolded.
    pub(super) folds: Folds,
    /// What the rows were laid out by; `None` when they show other folds.
    shown: Option<Shape>,
    columns: u16,
}

impl TopicPane {
    /// Whether the rows are those of another tree, or of a pane of another height.
    pub(super) fn is_outdated(&self, library: &Library, view: View, height: usize) -> bool {
        self.shown != Some(Self::shape(library, view, height))
    }

    fn shape(library: &Library, view: View, height: usize) -> Shape {
        // A view that is empty is not shown, unless one is looking at it.
        let is_shown =
            |standing| standing == View::All || standing == view || library.counts(standing).total > 0;
        Shape {
            tree: library.tree_shape(),
            view: if View::STANDING.contains(&view) { view } else { View::All },
            standing: View::STANDING.map(is_shown),
            searches: library.searches().len(),
            height,
        }
    }

    /// Brings the rows up to date and keeps the selection on what it was on.
    pub fn rebuild(&mut self, library: &Library, view: View, height: usize) {
        let shape = Self::shape(library, view, height);
        if self.shown != Some(shape) {
            self.lay_out(library, shape);
            self.shown = Some(shape);
        }
        let row = self.row_of(library, view).unwrap_or_default();
        self.cursor.reselect(row, self.rows.len(), height);
    }

    /// Lays the rows out. A folded topic costs its row, however many there are below it.
    fn lay_out(&mut self, library: &Library, shape: Shape) {
        let searches = library.searches().iter().map(|saved| View::Search(saved.id));
        let standing = View::STANDING.into_iter().zip(shape.standing).filter(|(_, shown)| *shown);
        let first = standing.map(|(view, _)| view).chain(searches);
        self.rows.clear();
        self.rows.extend(first.map(|view| TreeRow { view, depth: 0, folded: None }));
        let tops = tops(library);
        let without_heading = without_heading(&tops);
        let room = shape.height.saturating_sub(self.rows.len() + tops.len());
        let unfolded = self.unfolded(library, &tops, without_heading, room);
        for (top, terms) in tops {
            let is_headless = without_heading == Some(top.id);
            let folded = has_fold(top).then(|| !unfolded.get(&top.id).copied().unwrap_or_default());
            if !is_headless {
                self.rows.push(TreeRow { view: View::Topic(top.id), depth: 0, folded });
            }
            if is_headless || folded == Some(false) {
                let depth = u16::from(!is_headless);
                let mut ids: Vec<TopicId> = terms.iter().map(|placed| placed.id).collect();
                if self.term_order == TermOrder::Unread {
                    ids.sort_by_key(|id| Reverse(library.counts(View::Topic(*id)).unread));
                }
                self.rows.extend(ids.into_iter().map(|id| TreeRow {
                    view: View::Topic(id),
                    depth,
                    folded: None,
                }));
            }
        }
        self.columns = self.measure(library);
    }

    /// Which topics are unfolded: as the user left them, and of the others as many as the pane has room for, the shortest
    /// first.
    fn unfolded(
        &self,
        library: &Library,
        tops: &[(&Placed, &[Placed])],
        without_heading: Option<TopicId>,
        mut room: usize,
    ) -> HashMap<TopicId, bool> {
        let mut unfolded = HashMap::new();
        let mut undecided = Vec::new();
        for (top, terms) in tops.iter().filter(|(top, _)| has_fold(top)) {
            if without_heading == Some(top.id) {
                room = (room + 1).saturating_sub(terms.len());
                continue;
            }
            match self.folds.folded(library, top.id) {
                Some(folded) => {
                    unfolded.insert(top.id, !folded);
                    room = room.saturating_sub(if folded { 0 } else { terms.len() });
                }
                None if terms.len() <= room => undecided.push((*top, terms.len())),
                None => {}
            }
        }
        undecided.sort_by_key(|(top, terms)| (is_beside_the_point(top), *terms));
        for (top, terms) in undecided {
            if terms > room {
                break;
            }
            room -= terms;
            unfolded.insert(top.id, true);
        }
        unfolded
    }

    /// How many columns the longest row fills.
    fn measure(&self, library: &Library) -> u16 {
        let columns = |row: &TreeRow| {
            // As wide as all of them, so that reading does not make the pane wider or narrower.
            let counts = library.counts(row.view).total.to_string().len();
            usize::from(row.fold_column())
                + 2
                + cells(library.label(row.view))
                + counts
                + AROUND_COUNTS_COLUMNS
        };
        let longest = self.rows.iter().take(MEASURED_ROWS).map(columns).max().unwrap_or_default();
        u16::try_from(longest).unwrap_or(u16::MAX)
    }

    /// How many columns it would fill if there was room for its longest row.
    pub(super) fn columns(&self) -> u16 {
        self.columns
    }

    /// Folds or unfolds a topic.
    pub fn fold(&mut self, library: &Library, topic: TopicId, folded: bool) {
        self.folds.set(library, topic, folded);
        self.lay_out_again();
    }

    /// Lays the rows out at the next chance, whatever they show now.
    pub(super) fn lay_out_again(&mut self) {
        self.shown = None;
    }

    /// Forgets the numbers of topics: they mean others from now on.
    pub(super) fn forget_numbers(&mut self) {
        self.folds.forget_numbers();
        self.shown = None;
    }

    /// Unfolds what hides a view.
    pub fn reveal(&mut self, library: &Library, view: View) {
        let View::Topic(id) = view else { return };
        let Some(parent) = library.topics().get(id).and_then(|topic| topic.parent) else { return };
        if self.position(view).is_none() {
            self.fold(library, parent, false);
        }
    }

    /// The selected row.
    pub fn selected(&self) -> Option<TreeRow> {
        self.rows.get(self.cursor.row()).copied()
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

/// The topics at the top of the tree, each with those below it.
fn tops(library: &Library) -> Vec<(&Placed, &[Placed])> {
    let mut tops = Vec::new();
    let mut rest = library.topics().order();
    while let Some((top, after)) = rest.split_first() {
        let (terms, after) = after.split_at_checked(top.below as usize).unwrap_or((after, &[]));
        tops.push((top, terms));
        rest = after;
    }
    tops
}

/// The taxonomy that needs no heading, because there is no other one.
fn without_heading(tops: &[(&Placed, &[Placed])]) -> Option<TopicId> {
    let mut taxonomies = tops.iter().filter(|(top, _)| is_taxonomy(top.kind));
    match (taxonomies.next(), taxonomies.next()) {
        (Some((top, terms)), None) if terms.len() <= TERMS_WITHOUT_HEADING_MAX => Some(top.id),
        _ => None,
    }
}

fn is_taxonomy(kind: TopicKind) -> bool {
    matches!(kind, TopicKind::Taxonomy | TopicKind::Untaxonomised)
}

/// Whether a topic can be folded: it is one that others are below.
fn has_fold(top: &Placed) -> bool {
    top.kind != TopicKind::Uncategorised
}

/// Whether what is below a topic says little of what its items are about, so that there is room for it last.
fn is_beside_the_point(top: &Placed) -> bool {
    matches!(top.kind, TopicKind::Sites | TopicKind::Offerings)
}
