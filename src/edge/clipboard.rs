//! Copying to the clipboard of the terminal that the user sits at, by OSC 52: it works over SSH, where no
//! clipboard of the machine that Rounds runs on would help.
//!
//! The sequence is written plainly. tmux takes it where `set-clipboard` is `on` and passes it to the terminal
//! around it. The other way, wrapping it so that tmux hands it through unread, is switched off by default
//! since tmux 3.3, and GNU screen cuts such strings at 768 bytes, so nothing is wrapped. A terminal that
//! does not know the sequence ignores it and answers nothing: nobody can tell whether the copy arrived, so the
//! link is always shown in full as well.

use std::io::{self, Write};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

/// The longest text that is copied, in bytes: encoded, it fits the 100,000 bytes that terminals take at least.
pub const LIMIT_BYTES: usize = 74_000;

/// Why a text was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Terminals drop a text of this length silently, so it was not sent.
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
///
/// # Errors
///
/// [`CopyError::TooLong`] for a text of more than [`LIMIT_BYTES`], of which nothing is written; otherwise what
/// writing reports.
pub fn copy(writer: &mut impl Write, text: &str) -> Result<(), CopyError> {
    if text.len() > LIMIT_BYTES {
        return Err(CopyError::TooLong { bytes: text.len() });
    }
    queue!(writer, CopyToClipboard::to_clipboard_from(text))?;
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reaches_the_terminal_as_one_sequence_of_letters_and_digits() {
        let mut written = Vec::new();
        copy(&mut written, "https://example.org/a?b=ü\u{1b}]0;x\u{7}").unwrap();
        assert_eq!(written, b"\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLm9yZy9hP2I9w7wbXTA7eAc=\x1b\\");
    }

    #[test]
    fn a_text_that_terminals_would_drop_is_refused_whole() {
        let mut written = Vec::new();
        copy(&mut written, &"x".repeat(LIMIT_BYTES)).unwrap();
        assert!(written.len() <= 100_000, "{} bytes", written.len());

        let mut written = Vec::new();
        let error = copy(&mut written, &"x".repeat(LIMIT_BYTES + 1)).unwrap_err();
        assert_eq!(error.to_string(), "74001 bytes are too many to copy: terminals take up to 74000");
        assert!(written.is_empty());
    }
}
