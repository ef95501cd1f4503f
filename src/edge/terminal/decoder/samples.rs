//! Sequences that terminals send, and what they mean.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

pub(super) const NONE: KeyModifiers = KeyModifiers::NONE;
pub(super) const CTRL: KeyModifiers = KeyModifiers::CONTROL;
pub(super) const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
pub(super) const ALT: KeyModifiers = KeyModifiers::ALT;

pub(super) fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

pub(super) fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Vec<Event> {
    vec![Event::Mouse(MouseEvent { kind, column, row, modifiers: NONE })]
}

/// What keys send.
fn keys() -> Vec<(&'static [u8], KeyCode, KeyModifiers)> {
    use KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, F, Home, Insert, Left, PageDown, PageUp,
    };
    use KeyCode::{Right, Tab, Up};
    vec![
        (b"j", Char('j'), NONE),
        (b"G", Char('G'), SHIFT),
        (b" ", Char(' '), NONE),
        ("é".as_bytes(), Char('é'), NONE),
        ("€".as_bytes(), Char('€'), NONE),
        ("😀".as_bytes(), Char('😀'), NONE),
        (b"\r", Enter, NONE),
        (b"\n", Char('j'), CTRL),
        (b"\t", Tab, NONE),
        (b"\x7f", Backspace, NONE),
        (b"\x08", Char('h'), CTRL),
        (b"\x03", Char('c'), CTRL),
        (b"\x1a", Char('z'), CTRL),
        (b"\x1d", Char('5'), CTRL),
        (b"\0", Char(' '), CTRL),
        (b"\x1b[A", Up, NONE),
        (b"\x1bOA", Up, NONE),
        (b"\x1b[B", Down, NONE),
        (b"\x1bOB", Down, NONE),
        (b"\x1b[C", Right, NONE),
        (b"\x1bOC", Right, NONE),
        (b"\x1b[D", Left, NONE),
        (b"\x1bOD", Left, NONE),
        (b"\x1b[1;5A", Up, CTRL),
        (b"\x1b[1;2D", Left, SHIFT),
        (b"\x1b[1;3C", Right, ALT),
        (b"\x1b[1;8B", Down, SHIFT.union(ALT).union(CTRL)),
        (b"\x1bO5A", Up, CTRL),
        (b"\x1b[H", Home, NONE),
        (b"\x1bOH", Home, NONE),
        (b"\x1b[1~", Home, NONE),
        (b"\x1b[7~", Home, NONE),
        (b"\x1b[1;5H", Home, CTRL),
        (b"\x1b[F", End, NONE),
        (b"\x1bOF", End, NONE),
        (b"\x1b[4~", End, NONE),
        (b"\x1b[8~", End, NONE),
        (b"\x1b[2~", Insert, NONE),
        (b"\x1b[3~", Delete, NONE),
        (b"\x1b[3;5~", Delete, CTRL),
        (b"\x1b[5~", PageUp, NONE),
        (b"\x1b[6~", PageDown, NONE),
        (b"\x1b[Z", BackTab, SHIFT),
        (b"\x1b[1;2Z", BackTab, SHIFT),
        (b"\x1bOP", F(1), NONE),
        (b"\x1b[P", F(1), NONE),
        (b"\x1b[11~", F(1), NONE),
        (b"\x1b[[A", F(1), NONE),
        (b"\x1b[[E", F(5), NONE),
        (b"\x1bOS", F(4), NONE),
        (b"\x1b[1;2S", F(4), SHIFT),
        (b"\x1b[15~", F(5), NONE),
        (b"\x1b[17~", F(6), NONE),
        (b"\x1b[21~", F(10), NONE),
        (b"\x1b[24;5~", F(12), CTRL),
        (b"\x1b[34~", F(17), NONE),
    ]
}

/// What keys send in the kitty keyboard protocol.
fn kitty_keys() -> Vec<(&'static [u8], KeyCode, KeyModifiers)> {
    use KeyCode::{BackTab, Backspace, Char, Enter, Esc, Tab, Up};
    vec![
        (b"\x1b[99;5u", Char('c'), CTRL),
        (b"\x1b[106u", Char('j'), NONE),
        (b"\x1b[97:65;2u", Char('A'), SHIFT),
        (b"\x1b[233;1u", Char('é'), NONE),
        (b"\x1b[13u", Enter, NONE),
        (b"\x1b[27u", Esc, NONE),
        (b"\x1b[9u", Tab, NONE),
        (b"\x1b[9;2u", BackTab, SHIFT),
        (b"\x1b[127u", Backspace, NONE),
        (b"\x1b[57400u", Char('1'), NONE),
        (b"\x1b[57414u", Enter, NONE),
        (b"\x1b[57419;5u", Up, CTRL),
    ]
}

/// Sequences, and what they mean. All of them are whole.
pub(super) fn known() -> Vec<(&'static [u8], Vec<Event>)> {
    let mut known: Vec<_> = keys()
        .into_iter()
        .chain(kitty_keys())
        .map(|(bytes, code, held)| (bytes, vec![key(code, held)]))
        .collect();
    known.extend([
        (&b"\x1b[<0;1;1M"[..], mouse(MouseEventKind::Down(MouseButton::Left), 0, 0)),
        (b"\x1b[<0;80;24m", mouse(MouseEventKind::Up(MouseButton::Left), 79, 23)),
        (b"\x1b[<64;300;5M", mouse(MouseEventKind::ScrollUp, 299, 4)),
        (b"\x1b[<65;65535;65535M", mouse(MouseEventKind::ScrollDown, 65534, 65534)),
        (b"\x1b[<35;7;8M", mouse(MouseEventKind::Moved, 6, 7)),
        (b"\x1b[32;30;40M", mouse(MouseEventKind::Down(MouseButton::Left), 29, 39)),
        (b"\x1b[M !\"", mouse(MouseEventKind::Down(MouseButton::Left), 0, 1)),
        (b"\x1b[M`\xff\xe9", mouse(MouseEventKind::ScrollUp, 222, 200)),
        (b"\x1b[I", vec![Event::FocusGained]),
        (b"\x1b[O", vec![Event::FocusLost]),
        (b"\x1b[200~q \x03\x1b[A\r\n\xc3\xa9\x1b[201~", vec![Event::Paste("q \x03\x1b[A\r\né".to_owned())]),
        (b"\x1b[200~\x1b[201~", vec![Event::Paste(String::new())]),
    ]);
    known
}

/// Sequences that are whole and mean nothing to Rounds: answers to others, keys that it does not know, nonsense.
pub(super) const UNKNOWN: [&[u8]; 30] = [
    b"\x1b[?1u",
    b"\x1b[?62;22c",
    b"\x1b[>1;4000;30c",
    b"\x1b[?2026;2$y",
    b"\x1b[?997;1n",
    b"\x1b[0n",
    b"\x1b[12;40R",
    b"\x1b[8;24;80t",
    b"\x1b[57358u",
    b"\x1b[57428;1u",
    b"\x1b[55296u",
    b"\x1b[99999999u",
    b"\x1b[m",
    b"\x1b[?q",
    b"\x1b[27;5;106~",
    b"\x1b[200z",
    b"\x1b[99~",
    b"\x1b[[q",
    b"\x1bOq",
    b"\x1b[<0;0;1M",
    b"\x1b[<0;1;0M",
    b"\x1b[<65535;65535;65535M",
    b"\x1b[<0;1M",
    b"\x1b[M   ",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]52;c;cXJBbw==\x07",
    b"\x1bP1+r5463=71\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1q",
];
