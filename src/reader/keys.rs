//! Which part of the reader a key goes to.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::prompt::paste;
use super::{Action, Cursor, Overlay, Reader};
use crate::item::SafeText;

impl Reader {
    /// Takes a key: the actions that are the same everywhere have it first, then what lies over the panes, then the other
    /// actions.
    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        self.may_move = true;
        let before = self.whereabouts();
        let effects = self.take_key(key);
        if before != self.whereabouts() {
            self.stay_elsewhere();
        }
        effects
    }

    fn take_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(action) = Action::everywhere(key) {
            return self.act(action);
        }
        if matches!(self.overlay, Overlay::None) {
            self.notice = None;
        }
        match std::mem::take(&mut self.overlay) {
            Overlay::None => match (key.digit(), Action::for_key(key)) {
                (Some(_), _) => self.type_link_number(String::new(), key),
                (None, Some(action)) => self.act(action),
                (None, None) => {
                    self.inform(&format!("{key} does nothing here. {} shows all keys.", Action::Help));
                    Vec::new()
                }
            },
            Overlay::Search(input) => self.type_search(input, key),
            Overlay::LinkNumber(digits) => self.type_link_number(digits, key),
            Overlay::Jump(picker) => self.type_jump(picker, key),
            Overlay::Help(picker) => self.type_help(picker, key),
            Overlay::Orders(picker) => self.choose_order(picker, key),
            Overlay::Problems(cursor) => self.move_problems(cursor, key),
            Overlay::Unsaved(question) => self.answer_unsaved(question, key),
            Overlay::Link { link, .. } => match key {
                Key { code: KeyCode::Char('y'), .. } => vec![Effect::CopyLink(link)],
                _ => Vec::new(),
            },
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        let text = SafeText::new(text);
        match &mut self.overlay {
            Overlay::Search(input) => {
                if std::mem::take(&mut self.searching.untouched) {
                    input.reset();
                }
                paste(input, &text);
                self.narrow();
            }
            Overlay::Jump(picker) => {
                paste(&mut picker.input, &text);
                self.find_topics();
            }
            Overlay::Help(picker) => {
                paste(&mut picker.input, &text);
                picker.cursor = Cursor::default();
            }
            Overlay::Unsaved(question) => {
                if let Some(path) = &mut question.path {
                    paste(path, &text);
                }
            }
            Overlay::None
            | Overlay::LinkNumber(_)
            | Overlay::Orders(_)
            | Overlay::Problems(_)
            | Overlay::Link { .. } => {}
        }
    }
}
