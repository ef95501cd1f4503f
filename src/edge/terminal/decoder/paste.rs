//! Bracketed paste: `CSI 200 ~`, the text, `CSI 201 ~`.

use super::ESC;

const END: &[u8] = b"\x1b[201~";

/// The longest text that is kept, in bytes. More was hardly meant; where text can be typed there is room for far less.
const TEXT_MAX: usize = 1 << 20;

/// A text that is being pasted.
#[derive(Debug, Default)]
pub(super) struct Paste {
    text: Vec<u8>,
    /// How many bytes of its end have been seen.
    end_seen: usize,
}

impl Paste {
    /// Takes bytes up to the end of the text. Returns how many were taken, and whether that was the end.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (before, byte) in bytes.iter().enumerate() {
            if END.get(self.end_seen) == Some(byte) {
                self.end_seen += 1;
                if self.end_seen == END.len() {
                    return (before + 1, true);
                }
                continue;
            }
            // What looked like the end was text. Esc stands only at its beginning.
            self.keep(END.get(..self.end_seen).unwrap_or_default());
            self.end_seen = usize::from(*byte == ESC);
            if self.end_seen == 0 {
                self.keep(&[*byte]);
            }
        }
        (bytes.len(), false)
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = TEXT_MAX.saturating_sub(self.text.len());
        self.text.extend(bytes.iter().take(room));
    }

    /// The text so far.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// Whether a packet is the rest of its end.
    pub(super) fn ends_with(&self, packet: &[u8]) -> bool {
        END.get(self.end_seen..) == Some(packet)
    }
}
