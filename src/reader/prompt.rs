//! What lies over the panes and takes the keys: prompts, pickers and overlays.

use tui_input::{Input, InputRequest};

use super::cursor::Cursor;
use super::key::{Key, KeyCode};
use super::ordering::OrderPicker;
use super::unsaved::UnsavedQuestion;
use crate::item::{Link, SafeText};
use crate::library::View;

/// What takes the keys in place of the panes.
#[derive(Debug, Clone, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The words that the list must hold are being typed.
    Search(Input),
    /// The number of a link is being typed.
    LinkNumber(String),
    /// A topic is being looked for.
    Jump(Picker),
    /// The help, with what is looked for in it.
    Help(Picker),
    /// The orders of the list, or of the topics.
    Orders(OrderPicker),
    /// The problems of the source.
    Problems(Cursor),
    /// What to do with changes that could not be saved.
    Unsaved(UnsavedQuestion),
    /// A link that no browser could be given.
    Link {
        /// The link.
        link: Link,
        /// Why it was not opened.
        reason: SafeText,
    },
}

/// A line to type in, and rows that it narrows down.
#[derive(Debug, Clone, Default)]
pub struct Picker {
    /// What has been typed.
    pub input: Input,
    /// The selected row.
    pub cursor: Cursor,
    /// The topics that were found; only the jump uses them.
    pub views: Vec<View>,
}

impl Overlay {
    /// Whether it takes the place of the panes.
    pub fn covers_the_panes(&self) -> bool {
        match self {
            Self::None | Self::Search(_) | Self::LinkNumber(_) => false,
            Self::Jump(_)
            | Self::Help(_)
            | Self::Orders(_)
            | Self::Problems(_)
            | Self::Unsaved(_)
            | Self::Link { .. } => true,
        }
    }

    /// The selected row, where it has rows to choose from.
    pub(super) fn cursor_mut(&mut self) -> Option<&mut Cursor> {
        match self {
            Self::Jump(picker) | Self::Help(picker) => Some(&mut picker.cursor),
            Self::Orders(picker) => Some(&mut picker.cursor),
            Self::Problems(cursor) => Some(cursor),
            Self::Unsaved(question) => Some(&mut question.cursor),
            Self::None | Self::Search(_) | Self::LinkNumber(_) | Self::Link { .. } => None,
        }
    }
}

/// The most characters of a line that is typed: what somebody looks for is shorter, and a paste by mistake may
/// be a whole file.
const TYPED_MAX: usize = 200;

/// Edits a line as most terminals' prompts do. Says whether its text changed.
pub(super) fn edit(input: &mut Input, key: Key) -> bool {
    let request = match (key.code, key.ctrl) {
        (KeyCode::Char('a'), true) | (KeyCode::Home, _) => InputRequest::GoToStart,
        (KeyCode::Char('e'), true) | (KeyCode::End, _) => InputRequest::GoToEnd,
        (KeyCode::Char('w'), true) => InputRequest::DeletePrevWord,
        (KeyCode::Char('u'), true) => InputRequest::DeleteLine,
        (KeyCode::Char('k'), true) => InputRequest::DeleteTillEnd,
        (KeyCode::Backspace, _) => InputRequest::DeletePrevChar,
        (KeyCode::Delete, _) => InputRequest::DeleteNextChar,
        (KeyCode::Left, _) => InputRequest::GoToPrevChar,
        (KeyCode::Right, _) => InputRequest::GoToNextChar,
        _ => match key.typed() {
            Some(character) => return insert(input, character),
            None => return false,
        },
    };
    input.handle(request).is_some_and(|change| change.value)
}

/// Types a pasted text into a line, as far as there is room.
pub(super) fn paste(input: &mut Input, text: &SafeText) {
    for character in text.chars().take(TYPED_MAX) {
        insert(input, character);
    }
}

/// Types a character, if it is one that can be seen and there is room for it.
fn insert(input: &mut Input, character: char) -> bool {
    // What may be drawn can depend on the letters around it.
    let among_letters = SafeText::new(&format!("é{character}é"));
    let mut safe = among_letters.chars().skip(1);
    match (safe.next(), safe.next()) {
        (Some(character), Some(_)) if input.value().chars().count() < TYPED_MAX => {
            input.handle(InputRequest::InsertChar(character)).is_some_and(|change| change.value)
        }
        _ => false,
    }
}

/// Rows at the top of an overlay, before its list.
pub(super) const OVERLAY_TOP_ROWS: u16 = 2;
/// How many rows an overlay of this height has at its bottom for the details of the selected row, with a rule
/// above them.
pub(crate) fn detail_rows(height: u16) -> u16 {
    (height / 3).clamp(4, 7)
}

/// Moves through the rows of an overlay by the keys that type nothing. Says whether the key was one.
pub(super) fn move_cursor(cursor: &mut Cursor, key: Key, rows: usize, height: usize) -> bool {
    let page = isize::try_from(height).unwrap_or(isize::MAX);
    match (key.code, key.ctrl) {
        (KeyCode::Down, _) | (KeyCode::Char('n'), true) => cursor.step(1, rows, height),
        (KeyCode::Up, _) | (KeyCode::Char('p'), true) => cursor.step(-1, rows, height),
        (KeyCode::PageDown, _) | (KeyCode::Char('f' | 'd'), true) => cursor.step(page, rows, height),
        (KeyCode::PageUp, _) | (KeyCode::Char('b' | 'u'), true) => cursor.step(-page, rows, height),
        _ => return false,
    }
    true
}
