//! Characters that were typed, in UTF-8.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence::{First, whole};

/// The longest character, in bytes.
const CHARACTER_MAX: usize = 4;

/// Looks at the character that some bytes begin with. Bytes that are no UTF-8 mean nothing.
pub(super) fn first(bytes: &[u8]) -> First {
    let bytes = bytes.get(..CHARACTER_MAX).unwrap_or(bytes);
    let (valid, error) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
            (valid.unwrap_or_default(), Some(error))
        }
    };
    match (valid.chars().next(), error.and_then(|error| error.error_len())) {
        (Some(character), _) => whole(character.len_utf8(), Some(typed(character))),
        (None, Some(invalid)) => whole(invalid.max(1), None),
        (None, None) => First::Unfinished,
    }
}

/// The key that types a character.
fn typed(character: char) -> Event {
    let modifiers = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(KeyCode::Char(character), modifiers))
}
