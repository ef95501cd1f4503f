//! The list of what is wrong in the source's files.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::prompt::move_cursor;
use super::{Action, Cursor, Overlay, Reader};
use crate::item::ItemKey;
use crate::library::{SourceProblem, View};

/// A problem whose item is being read because of it.
#[derive(Debug, Clone)]
pub(super) struct ProblemLeft {
    cursor: Cursor,
    problem: SourceProblem,
    item: ItemKey,
}

impl Reader {
    pub(super) fn move_problems(&mut self, mut cursor: Cursor, key: Key) -> Vec<Effect> {
        let (rows, height) = (self.library.problems().len(), self.overlay_height(true));
        match (key.code, Action::for_key(key)) {
            (KeyCode::Enter, _) => {
                self.show_problem(cursor);
                return Vec::new();
            }
            (_, Some(Action::Back | Action::Escape | Action::Problems)) => return Vec::new(),
            (_, Some(Action::Down)) => cursor.step(1, rows, height),
            (_, Some(Action::Up)) => cursor.step(-1, rows, height),
            (_, Some(Action::First)) => cursor.select(0, rows, height),
            (_, Some(Action::Last)) => cursor.select(rows, rows, height),
            _ => {
                move_cursor(&mut cursor, key, rows, height);
            }
        }
        self.overlay = Overlay::Problems(cursor);
        Vec::new()
    }

    /// Goes to the item whose file a problem is in. Going back from there leads here again.
    fn show_problem(&mut self, cursor: Cursor) {
        let Some(problem) = self.library.problems().get(cursor.row()).cloned() else { return };
        let listed = problem.item.and_then(|id| self.library.listed(id));
        let Some((id, item)) = listed.and_then(|id| Some((id, self.library.entry(id)?.key))) else {
            let is_withheld = problem.item.is_some_and(|id| self.library.is_withheld(id));
            return self.warn(if is_withheld {
                "That item is withheld, so it is in no list. To read it, open Rounds with --drafts."
            } else {
                "That file is not an item, so there is nothing to show."
            });
        };
        self.jump(View::All);
        self.list.select(id);
        self.focus_on(Pane::Article);
        self.problem_left = Some(ProblemLeft { cursor, problem, item });
    }

    /// Shows the list of problems again, at the one that was left.
    pub(super) fn return_to_problem(&mut self, ProblemLeft { cursor, problem, .. }: ProblemLeft) {
        self.overlay = Overlay::Problems(cursor);
        self.reselect_problem(Some(problem));
    }

    /// Forgets the problem that was left, unless its item is still being read.
    pub(super) fn forget_problem_left(&mut self) {
        let selected = self.list.selected().and_then(|id| self.library.entry(id));
        let read = selected.filter(|_| self.focus() == Pane::Article).map(|entry| entry.key);
        self.problem_left = self.problem_left.take().filter(|left| read == Some(left.item));
    }
}
