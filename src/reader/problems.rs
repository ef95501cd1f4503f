//! The list of what is wrong in the source's files.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::prompt::move_cursor;
use super::{Action, Cursor, Overlay, Reader};
use crate::library::View;

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
        let Some(problem) = self.library.problems().get(cursor.row()) else { return };
        match problem.item.and_then(|id| self.library.listed(id)) {
            Some(id) => {
                self.jump(View::All);
                self.list.select(id, self.height(Pane::List));
                self.focus_on(Pane::Article);
                self.problems_left = Some(cursor);
            }
            None => self.warn("That file is not an item, so there is nothing to show."),
        }
    }
}
