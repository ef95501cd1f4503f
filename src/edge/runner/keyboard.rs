//! What a terminal's events mean to the reader.

use crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::reader::{Key, KeyCode, Message, Mouse, MouseKind, Size};

/// The messages for an event; none for one that Rounds does not listen to.
pub fn messages(event: Event) -> Vec<Message> {
    match event {
        Event::Key(event) => keys(event).into_iter().map(Message::Key).collect(),
        Event::Mouse(event) => mouse(event).map(Message::Mouse).into_iter().collect(),
        Event::Paste(text) => vec![Message::Pasted(text)],
        Event::Resize(columns, rows) => vec![Message::Resized(Size { columns, rows })],
        Event::FocusGained | Event::FocusLost => Vec::new(),
    }
}

/// The keys of an event. Most terminals send Alt and a key as Esc and that key, and `edge::terminal` takes them so; where
/// Alt is told apart, it means the same.
fn keys(event: KeyEvent) -> Vec<Key> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let escape = event.modifiers.contains(KeyModifiers::ALT).then_some(Key::plain(KeyCode::Esc));
    escape.into_iter().chain(key(event)).collect()
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        Code::Char(character) => KeyCode::Char(character),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => KeyCode::BackTab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(1) => KeyCode::F1,
        _ => return None,
    };
    Some(Key { code, ctrl: event.modifiers.contains(KeyModifiers::CONTROL) })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn esc_and_a_key_in_one_packet_are_two_keys() {
        let event = Event::Key(KeyEvent::new(Code::Char('j'), KeyModifiers::ALT));
        let keys: Vec<Key> = messages(event)
            .into_iter()
            .filter_map(|message| if let Message::Key(key) = message { Some(key) } else { None })
            .collect();
        assert_eq!(keys, [Key::plain(KeyCode::Esc), Key::char('j')]);
    }

    #[test]
    fn letting_a_key_go_is_nothing() {
        let event = KeyEvent::new_with_kind(Code::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert!(messages(Event::Key(event)).is_empty());
    }
}
