//! What the terminal sends, decoded into events.
//!
//! crossterm's own parser is passed by here. It waits without end for the rest of a sequence that it does not know
//! (crossterm issues 993 and 1104), and drops the byte that breaks one off, `^C` among them. Of the crates that decode
//! input, termina has the same parser, termwiz brings 160 crates, and vte and vtparse read output: neither knows the Esc
//! key, Alt, bracketed paste or what to do when the rest never comes.
//!
//! The rules: bytes of a sequence never become keys, whether it is known, unknown or unfinished. `^C` ends whatever is
//! unfinished and is a key at once, except within a paste. When the rest of something has not come in time, it may still
//! come late, as over a bad connection; what arrives then is taken for the rest where it can be, and for keys otherwise.

mod character;
mod key;
mod mouse;
mod paste;
mod sequence;
mod skipped;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crossterm::event::{Event, KeyCode};

use paste::Paste;
use sequence::{First, Meaning, first};
use skipped::{End, Skipped};

/// How long after an Esc the rest of a sequence may follow, before it was the key. A person does not notice it, and the
/// rest of a sequence that was cut by the network is seldom later.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);

/// How long after an Esc that was taken for the key a whole rest of a sequence is still taken for one.
const LATE_ESCAPE_WAIT: Duration = Duration::from_secs(1);

/// How long to wait for the rest of anything else, before the next key may be a key.
const REST_WAIT: Duration = Duration::from_millis(250);

const ESC: u8 = 0x1b;

/// Decodes what arrives, packet by packet.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    /// Bytes that cannot be told without more.
    held: Vec<u8>,
    /// Whether the wait for the rest of what is unfinished is over.
    is_late: bool,
    /// How often the terminal has answered that it is there.
    answers: usize,
}

/// What the next byte belongs to.
#[derive(Debug, Default)]
enum State {
    /// A character or a sequence of its own, which may have begun.
    #[default]
    Open,
    /// A sequence of which nothing is needed.
    Skipped(Skipped),
    /// A text that is being pasted.
    Paste(Paste),
}

impl Decoder {
    /// Takes bytes that arrived together, and returns the events that are complete now.
    pub(super) fn decode(&mut self, packet: &[u8]) -> Vec<Event> {
        if std::mem::take(&mut self.is_late) && !self.may_go_on_with(packet) {
            self.forget();
        }
        let mut bytes = std::mem::take(&mut self.held);
        bytes.extend_from_slice(packet);
        let mut events = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let Some(used) = self.take_one(rest, &mut events) else {
                self.held = rest.to_vec();
                break;
            };
            rest = rest.get(used..).unwrap_or_default();
        }
        events
    }

    /// How long to wait for more before calling [`Decoder::give_up`]. `None` when nothing is waited for.
    pub(super) fn wait(&self) -> Option<Duration> {
        match (self.is_escape(), self.is_late) {
            (true, false) => Some(ESCAPE_WAIT),
            (true, true) => Some(LATE_ESCAPE_WAIT),
            (false, is_late) => (self.is_unfinished() && !is_late).then_some(REST_WAIT),
        }
    }

    /// Nothing came in time. Returns the Esc key, if that is what was waited with.
    pub(super) fn give_up(&mut self) -> Option<Event> {
        let is_escape = self.is_escape();
        if is_escape && self.is_late {
            self.forget();
            return None;
        }
        self.is_late = self.is_unfinished();
        is_escape.then(|| Event::Key(KeyCode::Esc.into()))
    }

    /// How often the terminal has answered that it is there (DSR 0) since this was called last.
    pub(super) fn take_answers(&mut self) -> usize {
        std::mem::take(&mut self.answers)
    }

    /// Forgets what is unfinished: another program has had the terminal, and the rest with it.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn is_unfinished(&self) -> bool {
        !self.held.is_empty() || !matches!(self.state, State::Open)
    }

    /// Whether there is nothing but an Esc, which may be the key or the beginning of something.
    fn is_escape(&self) -> bool {
        matches!(self.state, State::Open) && self.held == [ESC]
    }

    /// Takes what stands at the beginning of some bytes, and returns how many of them that were. `None` when more are
    /// needed to tell.
    fn take_one(&mut self, bytes: &[u8], events: &mut Vec<Event>) -> Option<usize> {
        match &mut self.state {
            State::Open => match first(bytes) {
                First::Unfinished => None,
                First::Whole { length, meaning } => {
                    match meaning {
                        Meaning::Event(event) => events.push(event),
                        Meaning::Answer => self.answers = self.answers.saturating_add(1),
                        Meaning::Report | Meaning::Unknown => {}
                    }
                    Some(length)
                }
                First::Skipped { length, skipped } => {
                    self.state = State::Skipped(skipped);
                    Some(length)
                }
                First::Paste { length } => {
                    self.state = State::Paste(Paste::default());
                    Some(length)
                }
            },
            State::Skipped(skipped) => match skipped.end(bytes) {
                End::At(end) => {
                    self.state = State::Open;
                    Some(end)
                }
                End::Unknown => None,
                End::Later => Some(bytes.len()),
            },
            State::Paste(paste) => {
                let (used, has_ended) = paste.take(bytes);
                if has_ended {
                    events.push(Event::Paste(paste.text()));
                    self.state = State::Open;
                }
                Some(used)
            }
        }
    }

    /// Whether a packet that comes late can be the rest of what is unfinished. A person types a key at a time, so what is
    /// no longer than that is typed unless it makes something that is known.
    fn may_go_on_with(&self, packet: &[u8]) -> bool {
        let held = self.held.len();
        let joined = [self.held.as_slice(), packet].concat();
        match &self.state {
            State::Open => {
                // An Esc was taken for the key, so more must speak against that.
                let typed = if self.is_escape() { 2 } else { 1 };
                match first(&joined) {
                    First::Whole {
                        length,
                        meaning: Meaning::Event(_) | Meaning::Answer | Meaning::Report,
                    } => length > held,
                    First::Whole { length, meaning: Meaning::Unknown } => length > held + typed,
                    First::Skipped { length, skipped: Skipped::Text } => {
                        let text = joined.get(length..).unwrap_or_default();
                        matches!(Skipped::Text.end(text), End::At(_))
                    }
                    First::Unfinished | First::Skipped { skipped: Skipped::Sequence, .. } => {
                        packet.len() > typed
                    }
                    First::Paste { .. } => true,
                }
            }
            State::Skipped(skipped) => match skipped.end(&joined) {
                End::At(end) if end <= held => false,
                End::At(_) => true,
                End::Unknown | End::Later => !is_one_key(packet),
            },
            State::Paste(paste) => paste.ends_with(packet) || !is_one_key(packet),
        }
    }
}

/// Whether a packet is what one key sends, and nothing more.
fn is_one_key(packet: &[u8]) -> bool {
    matches!(first(packet), First::Whole { length, meaning: Meaning::Event(_) } if length == packet.len())
}
