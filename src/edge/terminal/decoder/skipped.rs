//! Sequences of which nothing is needed, up to their ends.

use super::ESC;

/// What is being skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skipped {
    /// A control sequence that is too long, up to its final byte.
    Sequence,
    /// A text, up to `ESC \` or BEL.
    Text,
}

/// Where something that is skipped ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// After so many bytes: behind its last one, or before one that cannot be part of it.
    At(usize),
    /// Perhaps with the byte after these.
    Unknown,
    /// Not among these bytes.
    Later,
}

impl Skipped {
    /// Looks for the end.
    pub(super) fn end(self, bytes: &[u8]) -> End {
        let is_last = |byte: u8| match self {
            Self::Sequence => !(0x20..=0x3f).contains(&byte),
            // Among control characters, ECMA-48 allows those that set a text.
            Self::Text => matches!(byte, 0x00..=0x07 | 0x0e..=0x1f),
        };
        let Some(end) = bytes.iter().position(|byte| is_last(*byte)) else { return End::Later };
        match (self, bytes.get(end..).unwrap_or_default()) {
            (Self::Sequence, [0x40..=0x7e, ..]) | (Self::Text, [0x07, ..]) => End::At(end + 1),
            (Self::Text, [ESC]) => End::Unknown,
            (Self::Text, [ESC, b'\\', ..]) => End::At(end + 2),
            _ => End::At(end),
        }
    }
}
