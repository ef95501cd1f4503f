//! Jumping to a topic by typing any of its words.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::prompt::{edit, move_cursor};
use super::{Cursor, Overlay, Picker, Reader};
use crate::library::{MarkFilter, View};
use crate::search::Words;

impl Reader {
    pub(super) fn open_jump(&mut self) {
        self.overlay = Overlay::Jump(Picker::default());
        self.find_topics();
    }

    pub(super) fn type_jump(&mut self, mut picker: Picker, key: Key) -> Vec<Effect> {
        let (rows, height) = (picker.views.len(), self.overlay_height(false));
        match key.code {
            KeyCode::Esc => return Vec::new(),
            KeyCode::Enter => {
                if let Some(view) = picker.views.get(picker.cursor.row()).copied() {
                    self.jump(view);
                }
                return Vec::new();
            }
            _ if move_cursor(&mut picker.cursor, key, rows, height) => self.overlay = Overlay::Jump(picker),
            _ => {
                let changed = edit(&mut picker.input, key);
                self.overlay = Overlay::Jump(picker);
                if changed {
                    self.find_topics();
                }
            }
        }
        Vec::new()
    }

    pub(super) fn jump(&mut self, view: View) {
        self.drop_search();
        self.list.query.marks = MarkFilter::Any;
        self.show_view(view);
        self.focus_on(Pane::List);
    }

    /// Finds the topics again after the library has changed, and keeps the selected one selected.
    pub(super) fn find_topics_again(&mut self) {
        let Overlay::Jump(picker) = &self.overlay else { return };
        let (selected, cursor) = (picker.views.get(picker.cursor.row()).copied(), picker.cursor);
        self.find_topics();
        let (rows, height) = self.overlay_extent();
        if let Overlay::Jump(picker) = &mut self.overlay {
            let row = picker.views.iter().position(|view| Some(*view) == selected);
            picker.cursor = cursor;
            picker.cursor.reselect(row.unwrap_or_default(), rows, height);
        }
    }

    /// Finds the topics that hold the words that have been typed so far.
    pub(super) fn find_topics(&mut self) {
        if let Overlay::Jump(picker) = &mut self.overlay {
            picker.views = self.library.find_views(&Words::new(picker.input.value()));
            picker.cursor = Cursor::default();
        }
    }
}
