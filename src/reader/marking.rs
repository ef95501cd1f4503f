//! Read and starred marks, and taking their changes back.

use super::{Action, Reader};
use crate::item::ItemKey;
use crate::library::{Mark, Marked};

/// How many changes of marks can be undone.
const UNDO_MAX: usize = 100;

/// A mark that was set or taken away from some items.
#[derive(Debug, Clone)]
pub(super) struct Change {
    keys: Vec<ItemKey>,
    mark: Mark,
    marked: bool,
}

impl Reader {
    /// Sets or takes away a mark. The items concerned stay in the list, whatever it shows. What changed
    /// comes back.
    pub(super) fn mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool) -> Vec<ItemKey> {
        let Marked { keys, items } = self.library.set_mark(keys, mark, marked);
        self.list.keep(&items);
        self.save_marks(keys.clone(), mark, marked);
        keys
    }

    pub(super) fn toggle(&mut self, mark: Mark) {
        let Some(entry) = self.list.selected().and_then(|id| self.library.entry(id)) else {
            return self.warn("There is no item to mark here.");
        };
        let marked = match mark {
            Mark::Read => !entry.read,
            Mark::Starred => !entry.starred,
        };
        let keys = self.mark(&[entry.key], mark, marked);
        let done = match (mark, marked) {
            (Mark::Read, true) => "Marked as read",
            (Mark::Read, false) => "Marked as unread",
            (Mark::Starred, true) => "Starred",
            (Mark::Starred, false) => "Star removed",
        };
        self.inform(&format!("{done}. {} undoes it.", Action::Undo));
        self.keep_for_undo(Change { keys, mark, marked });
    }

    pub(super) fn mark_all_read(&mut self) {
        let shown = self.list.ids.iter().filter_map(|id| self.library.entry(*id));
        let unread: Vec<ItemKey> = shown.filter(|entry| !entry.read).map(|entry| entry.key).collect();
        let keys = self.mark(&unread, Mark::Read, true);
        match keys.len() {
            0 => self.inform("Nothing here is unread."),
            1 => self.inform(&format!("1 item marked as read. {} undoes it.", Action::Undo)),
            count => self.inform(&format!("{count} items marked as read. {} undoes it.", Action::Undo)),
        }
        self.keep_for_undo(Change { keys, mark: Mark::Read, marked: true });
    }

    pub(super) fn undo(&mut self) {
        let Some(change) = self.undo.pop() else { return self.inform("There is nothing to undo.") };
        let count = self.mark(&change.keys, change.mark, !change.marked).len();
        self.inform(&match count {
            1 => "Undone.".to_owned(),
            _ => format!("Undone for {count} items."),
        });
    }

    fn keep_for_undo(&mut self, change: Change) {
        if change.keys.is_empty() {
            return;
        }
        if self.undo.len() >= UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push(change);
    }
}
