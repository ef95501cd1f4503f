//! Keys, as terminals send them: the tables of xterm, the Linux console, urxvt and kitty.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// The key that sends a control character.
pub(super) fn control(byte: u8) -> Event {
    let letter = |from: u8, to: u8| {
        let character = char::from(byte.wrapping_sub(from).wrapping_add(to));
        KeyEvent::new(KeyCode::Char(character), KeyModifiers::CONTROL)
    };
    Event::Key(match byte {
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x1b => KeyCode::Esc.into(),
        0x7f => KeyCode::Backspace.into(),
        0x01..=0x1a => letter(0x01, b'a'),
        0x1c..=0x1f => letter(0x1c, b'4'),
        _ => KeyEvent::new(KeyCode::Char(' '), KeyModifiers::CONTROL),
    })
}

/// A function key, counted from 1.
pub(super) fn function(number: u8) -> Event {
    Event::Key(KeyCode::F(number).into())
}

/// A key by the letter that ends its sequence: `CSI A`, `CSI 1 ; 5 A` with modifiers, and `SS3 A`, as the arrows are in
/// application mode, where some terminals write `SS3 5 A`.
pub(super) fn lettered(parameters: &str, letter: u8) -> Option<Event> {
    let code = match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    };
    Some(held(parameters, code))
}

/// A key by its number: `CSI 5 ~`.
pub(super) fn numbered(parameters: &str) -> Option<Event> {
    let code = match number(parameters, 0, 0)? {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => numbered_function(parameters, 10)?,
        17..=21 => numbered_function(parameters, 11)?,
        23..=26 => numbered_function(parameters, 12)?,
        28 | 29 => numbered_function(parameters, 15)?,
        31..=34 => numbered_function(parameters, 17)?,
        _ => return None,
    };
    Some(held(parameters, code))
}

fn numbered_function(parameters: &str, before: u32) -> Option<KeyCode> {
    let number = number(parameters, 0, 0)?.checked_sub(before)?;
    Some(KeyCode::F(u8::try_from(number).ok()?))
}

/// A key by its character: `CSI 97 ; 5 u`, from the kitty keyboard protocol and from what came before it. Rounds does not
/// ask for it, but a program before it may have.
pub(super) fn kitty(parameters: &str) -> Option<Event> {
    let code = match number(parameters, 0, 0)? {
        9 if modifiers(parameters).contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57_414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        keypad @ 57_399..=57_413 => KeyCode::Char("0123456789./*-+".chars().nth(keypad as usize - 57_399)?),
        57_415 => KeyCode::Char('='),
        57_416 => KeyCode::Char(','),
        57_417 => KeyCode::Left,
        57_418 => KeyCode::Right,
        57_419 => KeyCode::Up,
        57_420 => KeyCode::Down,
        57_421 => KeyCode::PageUp,
        57_422 => KeyCode::PageDown,
        57_423 => KeyCode::Home,
        57_424 => KeyCode::End,
        57_425 => KeyCode::Insert,
        57_426 => KeyCode::Delete,
        // The other keys that type nothing, from CapsLock to the keys of a music player.
        57_344..=63_743 => return None,
        character => {
            let shifted = number(parameters, 0, 1);
            let shifted = shifted.filter(|_| modifiers(parameters).contains(KeyModifiers::SHIFT));
            KeyCode::Char(char::from_u32(shifted.unwrap_or(character)).filter(|typed| !typed.is_control())?)
        }
    };
    Some(held(parameters, code))
}

/// A key with the modifiers that were held, as the second parameter has them.
fn held(parameters: &str, code: KeyCode) -> Event {
    let kind = match number(parameters, 1, 1) {
        Some(2) => KeyEventKind::Repeat,
        Some(3) => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    let shift = if code == KeyCode::BackTab { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new_with_kind(code, modifiers(parameters) | shift, kind))
}

/// The modifiers: one more than a sum of bits.
fn modifiers(parameters: &str) -> KeyModifiers {
    let bits = number(parameters, 1, 0).unwrap_or(1).saturating_sub(1);
    let modifiers = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    modifiers.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

/// A number among parameters: which of those parted by `;`, and which of the parts of that one, parted by `:`.
pub(super) fn number(parameters: &str, place: usize, part: usize) -> Option<u32> {
    parameters.split(';').nth(place)?.split(':').nth(part)?.parse().ok()
}
