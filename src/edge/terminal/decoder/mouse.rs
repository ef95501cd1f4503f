//! The mouse, in the three forms in which terminals report it. Columns and rows are counted from 1 there.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::key::number;

/// What xterm and nearly all others send when asked for mode 1006: `CSI < button ; column ; row M`, or `m` for a button
/// that was let go.
pub(super) fn sgr(parameters: &str, is_release: bool) -> Option<Event> {
    report(parameters.strip_prefix('<')?, 0, is_release)
}

/// What urxvt sends in mode 1015: `CSI button ; column ; row M`.
pub(super) fn urxvt(parameters: &str) -> Option<Event> {
    report(parameters, OFFSET, false)
}

/// What terminals send that know no other form: three bytes.
pub(super) fn bytes(button: u8, column: u8, row: u8) -> Option<Event> {
    let offset = |byte: u8| u32::from(byte).checked_sub(OFFSET);
    event(offset(button)?, offset(column)?, offset(row)?, false)
}

/// What is added to numbers, so that they are no control characters.
const OFFSET: u32 = 32;

fn report(parameters: &str, offset: u32, is_release: bool) -> Option<Event> {
    let button = number(parameters, 0, 0)?.checked_sub(offset)?;
    event(button, number(parameters, 1, 0)?, number(parameters, 2, 0)?, is_release)
}

fn event(button: u32, column: u32, row: u32, is_release: bool) -> Option<Event> {
    let counted_from_0 = |place: u32| u16::try_from(place.checked_sub(1)?).ok();
    let kind = match kind(u8::try_from(button).ok()?)? {
        MouseEventKind::Down(button) if is_release => MouseEventKind::Up(button),
        kind => kind,
    };
    let modifiers = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers = modifiers.into_iter().filter(|(bit, _)| button & bit != 0);
    Some(Event::Mouse(MouseEvent {
        kind,
        column: counted_from_0(column)?,
        row: counted_from_0(row)?,
        modifiers: modifiers.map(|(_, modifier)| modifier).collect(),
    }))
}

/// What was done with which button: the lowest two bits and the highest two are its number, bit 5 says that the mouse
/// was moved.
fn kind(button: u8) -> Option<MouseEventKind> {
    let number = (button & 0b11) | ((button & 0b1100_0000) >> 4);
    let is_moved = button & 0b10_0000 != 0;
    Some(match (number, is_moved) {
        (0, false) => MouseEventKind::Down(MouseButton::Left),
        (1, false) => MouseEventKind::Down(MouseButton::Middle),
        (2, false) => MouseEventKind::Down(MouseButton::Right),
        (3, false) => MouseEventKind::Up(MouseButton::Left),
        (0, true) => MouseEventKind::Drag(MouseButton::Left),
        (1, true) => MouseEventKind::Drag(MouseButton::Middle),
        (2, true) => MouseEventKind::Drag(MouseButton::Right),
        (3..=5, true) => MouseEventKind::Moved,
        (4, false) => MouseEventKind::ScrollUp,
        (5, false) => MouseEventKind::ScrollDown,
        (6, false) => MouseEventKind::ScrollLeft,
        (7, false) => MouseEventKind::ScrollRight,
        _ => return None,
    })
}
