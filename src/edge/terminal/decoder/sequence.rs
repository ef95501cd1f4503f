//! Where a sequence ends, by ECMA-48: an introducer, parameters (0x30–0x3F), intermediates (0x20–0x2F), a final byte.

use crossterm::event::Event;

use super::skipped::Skipped;
use super::{ESC, character, key, mouse};

/// The longest control sequence that is looked into. What is longer is no key, no report and no mouse.
const SEQUENCE_MAX: usize = 64;

/// What stands at the beginning of some bytes.
#[derive(Debug, PartialEq)]
pub(super) enum First {
    /// More bytes are needed to tell.
    Unfinished,
    /// Something that is complete.
    Whole {
        /// How many bytes it has; at least one.
        length: usize,
        /// What it means.
        meaning: Meaning,
    },
    /// The beginning of something of which nothing is needed.
    Skipped {
        /// How many bytes the beginning has.
        length: usize,
        /// How to find the end.
        skipped: Skipped,
    },
    /// The beginning of a paste, with the length of its introducer.
    Paste {
        /// How many bytes the introducer has.
        length: usize,
    },
}

/// What a sequence means.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// A key, the mouse or the focus.
    Event(Event),
    /// The answer to a question of ours: the terminal is there (DSR).
    Answer,
    /// An answer to a question that another program has asked.
    Report,
    /// Nothing that is known.
    Unknown,
}

impl From<Option<Event>> for Meaning {
    fn from(event: Option<Event>) -> Self {
        event.map_or(Self::Unknown, Self::Event)
    }
}

/// Looks at the beginning of some bytes.
pub(super) fn first(bytes: &[u8]) -> First {
    match bytes {
        [] | [ESC] => First::Unfinished,
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] => {
            bounded(rest, |modifiers, last| key::lettered(&format!("1;{modifiers}"), last).into())
        }
        // OSC, DCS, SOS, PM and APC: they have a text, which ends with ST.
        [ESC, b']' | b'P' | b'X' | b'^' | b'_', ..] => First::Skipped { length: 2, skipped: Skipped::Text },
        // Alt and a key, or Esc and a key in one packet, as over a slow connection: they are taken as Esc and the key.
        [ESC, ..] => whole(1, Some(key::control(ESC))),
        [byte, ..] if byte.is_ascii_control() => whole(1, Some(key::control(*byte))),
        _ => character::first(bytes),
    }
}

pub(super) fn whole(length: usize, event: Option<Event>) -> First {
    First::Whole { length, meaning: event.into() }
}

/// What follows `ESC [`.
fn control_sequence(rest: &[u8]) -> First {
    match rest {
        [b'M', report @ ..] => mouse_report(report),
        // The Linux console sends F1 to F5 so.
        [b'['] => First::Unfinished,
        [b'[', letter @ b'A'..=b'E', ..] => whole(4, Some(key::function(letter - b'A' + 1))),
        [b'[', 0x40..=0x7e, ..] => whole(4, None),
        [b'[', ..] => whole(3, None),
        _ => match bounded(rest, meaning) {
            First::Whole { length, .. } if rest.starts_with(b"200~") => First::Paste { length },
            other => other,
        },
    }
}

/// Finds the end of a sequence behind its introducer of two bytes. A control character breaks it off.
fn bounded(rest: &[u8], meaning: impl FnOnce(&str, u8) -> Meaning) -> First {
    let end = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte));
    let parameters = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let is_too_long = parameters.len() > SEQUENCE_MAX;
    let length = parameters.len().saturating_add(2);
    match rest.get(parameters.len()) {
        None if is_too_long => First::Skipped { length, skipped: Skipped::Sequence },
        None => First::Unfinished,
        Some(last @ 0x40..=0x7e) => {
            let text = std::str::from_utf8(parameters).ok().filter(|_| !is_too_long);
            let meaning = text.map_or(Meaning::Unknown, |parameters| meaning(parameters, *last));
            First::Whole { length: length.saturating_add(1), meaning }
        }
        Some(_) => whole(length, None),
    }
}

/// What a control sequence means, by its parameters and its final byte.
fn meaning(parameters: &str, last: u8) -> Meaning {
    let event = match (parameters.as_bytes().first(), last) {
        (Some(b'<'), b'M' | b'm') => mouse::sgr(parameters, last == b'm'),
        (Some(b'<'..=b'?'), _) => None,
        _ if parameters.bytes().any(|byte| !(b'0'..=b';').contains(&byte)) => None,
        (_, b'M') => mouse::urxvt(parameters),
        (None, b'I') => Some(Event::FocusGained),
        (None, b'O') => Some(Event::FocusLost),
        (_, b'~') => key::numbered(parameters),
        (_, b'u') => key::kitty(parameters),
        // The place of the cursor; F3 with Shift looks the same.
        (_, b'R') => None,
        (_, last) => key::lettered(parameters, last),
    };
    match event {
        Some(event) => Meaning::Event(event),
        None if last == b'n' && parameters == "0" => Meaning::Answer,
        None if is_report(parameters, last) => Meaning::Report,
        None => Meaning::Unknown,
    }
}

/// Whether a terminal answers so: device attributes (c), status (n), the cursor (R), the window (t), the keyboard (u),
/// parameters (x), modes (y).
fn is_report(parameters: &str, last: u8) -> bool {
    b"cnRtuxy".contains(&last) && parameters.bytes().any(|byte| byte.is_ascii_digit())
}

/// What follows `ESC [ M`: three bytes, none of them a control character.
fn mouse_report(report: &[u8]) -> First {
    let report = report.get(..3).unwrap_or(report);
    match (report.iter().position(|byte| *byte < 0x20), report) {
        (Some(broken_off), _) => whole(broken_off.saturating_add(3), None),
        (None, [button, column, row]) => whole(6, mouse::bytes(*button, *column, *row)),
        (None, _) => First::Unfinished,
    }
}
