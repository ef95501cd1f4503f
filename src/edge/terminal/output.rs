//! What is drawn, on its way to the terminal: gathered until a frame is whole, then written at one stroke, so
//! that no half of a frame is ever seen, and over SSH a frame is one packet.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::backend::RowBackend;
use super::pace::QUESTION;
use super::size;

/// What has become of a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    /// How many bytes were written.
    pub bytes: usize,
    /// Whether that was all of it.
    pub is_whole: bool,
}

/// The screen, and the bytes that wait for its frame to be whole.
pub(super) struct Output {
    screen: ratatui::Terminal<RowBackend<Gathered>>,
    gathered: Gathered,
}

impl Output {
    pub(super) fn new() -> io::Result<Self> {
        let gathered = Gathered::default();
        let screen = ratatui::Terminal::new(RowBackend::new(gathered.clone(), size::size()?.into()))?;
        Ok(Self { screen, gathered })
    }

    /// Draws what changed since the last frame, as far as there is room for it, in bytes. At its end, if anything is written,
    /// the terminal is asked whether it has come so far. The hidden cursor stands where the user attends to.
    pub(super) fn draw(
        &mut self,
        attended: Option<(u16, u16)>,
        render: impl FnOnce(&mut Frame<'_>),
        room: usize,
        asks: bool,
    ) -> io::Result<Drawn> {
        self.screen.backend_mut().set_limit(room);
        self.screen.backend_mut().attend(attended);
        self.screen.draw(render)?;
        let bytes = self.gathered.write_frame(&mut io::stdout().lock(), room == usize::MAX, asks)?;
        Ok(Drawn { bytes, is_whole: self.screen.backend().is_whole() })
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole.
    ///
    /// This is not ratatui's own `clear`, which asks the terminal where the cursor is and waits for an
    /// answer that the input thread would take.
    pub(super) fn forget(&mut self, area: Rect) -> io::Result<()> {
        self.screen.resize(area)
    }
}

/// Asks the terminal whether it has come so far.
pub(super) fn ask() -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(QUESTION)?;
    terminal.flush()
}

/// Bytes for the terminal. Whoever flushes them does not know whether the frame is whole, so that does nothing.
#[derive(Clone, Default)]
struct Gathered(Rc<RefCell<Vec<u8>>>);

impl Gathered {
    /// Writes everything that there is, a whole frame as one synchronized update (CSI ? 2026, ignored by terminals that do
    /// not know it). Returns how many bytes that were.
    fn write_frame(&self, terminal: &mut impl Write, is_whole: bool, asks: bool) -> io::Result<usize> {
        let mut gathered = self.0.borrow_mut();
        if gathered.is_empty() {
            return Ok(0);
        }
        let mut frame = Vec::new();
        if is_whole {
            queue!(frame, BeginSynchronizedUpdate)?;
        }
        frame.append(&mut gathered);
        if is_whole {
            queue!(frame, EndSynchronizedUpdate)?;
        }
        if asks {
            frame.extend_from_slice(QUESTION);
        }
        terminal.write_all(&frame)?;
        terminal.flush()?;
        Ok(frame.len())
    }
}

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_written_whole_or_not_at_all() {
        let mut gathered = Gathered::default();
        gathered.write_all(b"half").unwrap();
        gathered.flush().unwrap();
        gathered.write_all(b", whole").unwrap();

        let mut terminal = Vec::new();
        gathered.write_frame(&mut terminal, true, false).unwrap();
        assert_eq!(terminal, b"\x1b[?2026hhalf, whole\x1b[?2026l");

        let mut terminal = Vec::new();
        gathered.write_frame(&mut terminal, true, true).unwrap();
        assert_eq!(terminal, b"", "the frame before was sent twice, or a question about nothing");

        gathered.write_all(b"a row").unwrap();
        gathered.write_frame(&mut terminal, false, true).unwrap();
        assert_eq!(terminal, b"a row\x1b[5n");
    }
}
