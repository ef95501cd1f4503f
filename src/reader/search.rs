//! Narrowing the list down to items that hold the words somebody types.

use tui_input::Input;

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::panes::Pane;
use super::prompt::edit;
use super::{Overlay, Reader};
use crate::search::Words;

impl Reader {
    /// Begins a search, with the list on the screen that it narrows down.
    pub(super) fn open_search(&mut self) {
        self.focus_on(Pane::List);
        self.overlay = Overlay::Search(Input::default());
    }

    pub(super) fn type_search(&mut self, mut input: Input, key: Key) -> Vec<Effect> {
        let height = self.height(Pane::List);
        match key.code {
            KeyCode::Enter => return Vec::new(),
            KeyCode::Esc => input.reset(),
            KeyCode::Down => self.list.cursor.step(1, self.list.ids.len(), height),
            KeyCode::Up => self.list.cursor.step(-1, self.list.ids.len(), height),
            _ if edit(&mut input, key) => {}
            _ => {
                self.overlay = Overlay::Search(input);
                return Vec::new();
            }
        }
        self.overlay = Overlay::Search(input);
        if !matches!(key.code, KeyCode::Up | KeyCode::Down) {
            self.narrow();
        }
        if key.code == KeyCode::Esc {
            self.overlay = Overlay::None;
        }
        Vec::new()
    }

    /// Makes the list show only what holds the words that have been typed so far.
    pub(super) fn narrow(&mut self) {
        if let Overlay::Search(input) = &self.overlay {
            self.set_words(Words::new(input.value()));
        }
    }

    pub(super) fn set_words(&mut self, words: Words) {
        let selected = self.list.selected();
        self.list.query.words = words;
        let height = self.height(Pane::List);
        self.list.restart(&self.library, height);
        if let Some(id) = selected {
            self.list.select(id, height);
        }
    }
}
