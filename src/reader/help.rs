//! The help: every action, narrowed down to those that hold the words somebody types.

use super::key::{Key, KeyCode};
use super::message::Effect;
use super::prompt::{edit, move_cursor};
use super::{BINDINGS, Binding, Cursor, Group, Overlay, Picker, Reader};
use crate::search::{Words, fold};

impl Reader {
    pub(super) fn type_help(&mut self, mut picker: Picker, key: Key) -> Vec<Effect> {
        let found = help_rows(picker.input.value());
        let rows = found.len();
        match key.code {
            KeyCode::Esc | KeyCode::F1 => return Vec::new(),
            KeyCode::Enter => {
                let chosen = found.get(picker.cursor.row()).map(|binding| binding.action);
                return chosen.map(|action| self.act(action)).unwrap_or_default();
            }
            KeyCode::Tab | KeyCode::BackTab => {
                let row = next_section(&found, picker.cursor.row(), key.code == KeyCode::Tab);
                picker.cursor.select(row, rows, self.overlay_height(true));
            }
            KeyCode::Char('?' | 'q') if picker.input.value().is_empty() => return Vec::new(),
            _ if move_cursor(&mut picker.cursor, key, rows, self.overlay_height(true)) => {}
            _ => {
                if edit(&mut picker.input, key) {
                    picker.cursor = Cursor::default();
                }
            }
        }
        self.overlay = Overlay::Help(picker);
        Vec::new()
    }
}

/// The section that a row of the help belongs to.
pub(crate) fn help_section(rows: &[&Binding], row: usize) -> Option<Group> {
    rows.get(row).map(|binding| binding.group)
}

/// The first row of the section after that of a row, or of the one before; behind the last comes the first.
fn next_section(rows: &[&Binding], row: usize, forward: bool) -> usize {
    let mut begins: Vec<usize> = Vec::new();
    for (row, binding) in rows.iter().enumerate() {
        if begins.last().is_none_or(|begin| help_section(rows, *begin) != Some(binding.group)) {
            begins.push(row);
        }
    }
    let here = begins.iter().rposition(|begin| *begin <= row).unwrap_or_default();
    let next = if forward { here + 1 } else { here + begins.len().saturating_sub(1) };
    begins.get(next % begins.len().max(1)).copied().unwrap_or_default()
}

/// The rows of the help in which all typed words are found.
pub(crate) fn help_rows(typed: &str) -> Vec<&'static Binding> {
    let words = Words::new(typed);
    let text = |binding: &Binding| {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        fold(&format!("{} {} {}", keys.join(" "), binding.help, binding.more))
    };
    let groups = Group::ALL.into_iter();
    let bindings = groups.flat_map(|group| BINDINGS.iter().filter(move |binding| binding.group == group));
    let finder = words.finder();
    bindings.filter(|binding| finder.fit(&text(binding)).is_some()).collect()
}
