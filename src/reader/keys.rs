//! Which part of the reader a key goes to.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::prompt::{OVERLAY_TOP_ROWS, detail_rows, paste};
use super::{Action, Overlay, Reader};
use crate::item::SafeText;

impl Reader {
    /// Takes a key: what lies over the panes has it first, then the actions.
    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        if key == Key::ctrl('c') {
            return vec![Effect::Quit];
        }
        match std::mem::take(&mut self.overlay) {
            Overlay::None => match (key.digit(), Action::for_key(key)) {
                (Some(_), _) => self.type_link_number(String::new(), key),
                (None, Some(action)) => self.act(action),
                (None, None) => {
                    self.inform(&format!("{key} does nothing here. ? shows what every key does."));
                    Vec::new()
                }
            },
            Overlay::Search(input) => self.type_search(input, key),
            Overlay::LinkNumber(digits) => self.type_link_number(digits, key),
            Overlay::Jump(picker) => self.type_jump(picker, key),
            Overlay::Help(picker) => self.type_help(picker, key),
            Overlay::Problems(cursor) => self.move_problems(cursor, key),
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
                paste(input, &text);
                self.narrow();
            }
            Overlay::Jump(picker) => {
                paste(&mut picker.input, &text);
                self.find_topics();
            }
            Overlay::Help(picker) => paste(&mut picker.input, &text),
            Overlay::None | Overlay::LinkNumber(_) | Overlay::Problems(_) | Overlay::Link { .. } => {}
        }
    }

    /// How many rows an overlay has for its list, beside its title, its line to type in, and what it may have
    /// below for the details of the selected one.
    pub(super) fn overlay_height(&self, has_details: bool) -> usize {
        let height = self.panes().overlay.unwrap_or_default().height;
        let details = if has_details { detail_rows(height) } else { 0 };
        usize::from(height.saturating_sub(OVERLAY_TOP_ROWS).saturating_sub(details)).max(1)
    }
}
