//! Asking the terminal for a copy by OSC 52 (xterm's *Manipulate Selection Data*), which reaches the machine that the user
//! sits at over SSH as well.

use std::io::{self, Write};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

/// The longest text that is sent, in bytes. mosh takes the least of what was tried: it cuts a text at 16,379 characters
/// in base64 without a word, which is 12,284 bytes.
pub const LIMIT_BYTES: usize = 12_000;
/// How much GNU screen hands through in one string; it prints what is behind 768 bytes on the screen.
const SCREEN_PIECE: usize = 700;

/// What a sequence must be wrapped in, so that it reaches the terminal around a program that the terminal's bytes pass
/// through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Envelope {
    /// Nothing.
    None,
    /// GNU screen hands on what is in device control strings, unread, and swallows the plain sequence.
    Screen,
}

/// Why a text was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Terminals cut or drop a text of this length silently, so it was not sent.
    #[error("{bytes} bytes are too many to copy: terminals take up to {LIMIT_BYTES}")]
    TooLong {
        /// How long the text is.
        bytes: usize,
    },
    /// The terminal could not be written to.
    #[error("the terminal did not take the copy: {0}")]
    Io(#[from] io::Error),
}

/// Asks the terminal behind `writer` to put `text` on its clipboard.
pub(super) fn ask(writer: &mut impl Write, text: &str, envelope: Envelope) -> Result<(), CopyError> {
    if text.len() > LIMIT_BYTES {
        return Err(CopyError::TooLong { bytes: text.len() });
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(|_| io::Error::other("it cannot be written as a sequence"))?;
    match envelope {
        Envelope::None => writer.write_all(sequence.as_bytes())?,
        Envelope::Screen => {
            // Its usual end would be the end of the string around it.
            let ending_in_bell = sequence.replace("\x1b\\", "\x07");
            for piece in ending_in_bell.as_bytes().chunks(SCREEN_PIECE) {
                writer.write_all(b"\x1bP")?;
                writer.write_all(piece)?;
                writer.write_all(b"\x1b\\")?;
            }
        }
    }
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reaches_the_terminal_as_one_sequence_of_letters_and_digits() {
        let mut written = Vec::new();
        ask(&mut written, "https://example.org/a?b=ü\u{1b}]0;x\u{7}", Envelope::None).unwrap();
        assert_eq!(written, b"\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy9hP2I9w7wbXTA7eAc=\x1b\\");
    }

    #[test]
    fn a_text_that_terminals_would_cut_is_refused_whole() {
        let mut written = Vec::new();
        ask(&mut written, &"x".repeat(LIMIT_BYTES), Envelope::None).unwrap();
        assert!(written.len() <= 16_384, "mosh cuts at that: {} bytes", written.len());

        let mut written = Vec::new();
        let error = ask(&mut written, &"x".repeat(LIMIT_BYTES + 1), Envelope::None).unwrap_err();
        assert_eq!(error.to_string(), "12001 bytes are too many to copy: terminals take up to 12000");
        assert!(written.is_empty());
    }

    #[test]
    fn screen_hands_on_the_same_sequence_in_pieces_that_it_takes() {
        for length in [1, 500, 5000] {
            let text = "x".repeat(length);
            let (mut plain, mut wrapped) = (Vec::new(), Vec::new());
            ask(&mut plain, &text, Envelope::None).unwrap();
            plain.truncate(plain.len() - 2);
            plain.push(7);
            ask(&mut wrapped, &text, Envelope::Screen).unwrap();
            // What screen does: it takes away `ESC P` and the first `ESC \` behind it.
            let mut handed_on = Vec::new();
            let mut rest = wrapped.as_slice();
            while let Some(string) = rest.strip_prefix(b"\x1bP") {
                let end = string.windows(2).position(|two| two == b"\x1b\\").unwrap();
                assert!(end <= 768, "{end} bytes are too many for one string");
                handed_on.extend(&string[..end]);
                rest = &string[end + 2..];
            }
            assert_eq!((handed_on, rest), (plain, b"".as_slice()), "{length}");
        }
    }
}
