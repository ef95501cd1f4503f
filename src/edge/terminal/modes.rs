//! The modes of the terminal: taken together, given back together, and given back once.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(windows)]
use std::os::windows::io::AsHandle;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, queue};

use super::panics;
#[cfg(unix)]
use super::wait;

/// How long the terminal may take to take what gives it back, where it may not take it at all.
const WRITE_WAIT: Duration = Duration::from_millis(100);

/// A row that is below every screen: terminals take it for their last one.
const LAST_ROW: u16 = 9998;

/// What the mouse does while Rounds runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks and the wheel are sent to Rounds; selecting text needs the Shift key in most terminals.
    Captured,
    /// The mouse stays with the terminal.
    Free,
}

/// The right to the terminal's modes. Dropping it gives them back.
pub(super) struct Possession(Mouse);

impl Possession {
    pub(super) fn take(mouse: Mouse) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is not a terminal"));
        }
        panics::guard();
        let possession = Self(mouse);
        possession.take_again()?;
        Ok(possession)
    }

    /// Takes the modes that [`give_back`] gave back. When one cannot be had, none is kept.
    pub(super) fn take_again(&self) -> io::Result<()> {
        enable_raw_mode()?;
        *taken() = Some(self.0);
        let written = write_at_once(&entry(self.0)?);
        if written.is_err() {
            // The first error is the one to tell.
            let _ = give_back();
        }
        written
    }
}

impl Drop for Possession {
    fn drop(&mut self) {
        // Whoever wants to know of an error calls `give_back` first.
        let _ = give_back();
        panics::release();
    }
}

/// Gives back what is taken, if anything is: when the terminal does not take the bytes, its line mode is
/// restored all the same. Returns the first error; to a terminal that has gone, nothing is owed.
pub(super) fn give_back() -> io::Result<()> {
    let Some(mouse) = taken().take() else { return Ok(()) };
    let written = exit(mouse).and_then(|bytes| write_at_once(&bytes));
    let cooked = disable_raw_mode();
    match written.and(cooked) {
        Err(error) if has_gone(&error) => Ok(()),
        given_back => given_back,
    }
}

/// Gives back what can be given back without waiting for the terminal, at the end of a process whose output may be
/// blocked: the line mode, and the rest if the terminal takes it at once.
pub(super) fn abandon() {
    let taken = taken().take();
    // The process is about to end, so an error cannot be told.
    let _ = disable_raw_mode();
    if let Some(bytes) = taken.and_then(|mouse| exit(mouse).ok()) {
        write_in_time(bytes);
    }
}

/// Writes on a thread of its own, and waits for it only a moment.
fn write_in_time(bytes: Vec<u8>) {
    // Not by `io::stdout`: the write that is blocked holds its lock.
    #[cfg(unix)]
    let Ok(terminal) = io::stdout().as_fd().try_clone_to_owned() else { return };
    #[cfg(not(unix))]
    let Ok(terminal) = io::stdout().as_handle().try_clone_to_owned() else { return };
    let (done, written) = bounded::<()>(0);
    let writing = thread::Builder::new().name("leaving".to_owned()).spawn(move || {
        let _ = File::from(terminal).write_all(&bytes);
        drop(done);
    });
    if writing.is_ok() {
        let _ = written.recv_timeout(WRITE_WAIT);
    }
}

/// Runs `work`, and puts the line mode back as it was: a program that was killed leaves its own behind.
pub(super) fn keeping_line_mode<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

        let before = wait::terminal().ok().and_then(|terminal| {
            let mode = tcgetattr(&terminal).ok()?;
            Some((terminal, mode))
        });
        let answer = work();
        if let Some((terminal, mode)) = before {
            // What has gone needs no mode.
            let _ = tcsetattr(&terminal, OptionalActions::Now, &mode);
        }
        answer
    }
    #[cfg(not(unix))]
    work()
}

/// Whether an error says that there is no terminal any more: its window was closed, or the connection was lost.
pub(super) fn has_gone(error: &io::Error) -> bool {
    // The second is what `/dev/tty` says, which is opened in the place of a standard input that is no terminal any more.
    #[cfg(unix)]
    return [rustix::io::Errno::IO, rustix::io::Errno::NXIO]
        .iter()
        .any(|gone| error.raw_os_error() == Some(gone.raw_os_error()));
    #[cfg(not(unix))]
    return error.kind() == io::ErrorKind::BrokenPipe;
}

/// What the terminal was asked for and has not been given back. Process-wide, as the terminal is: a panic must
/// find it.
fn taken() -> MutexGuard<'static, Option<Mouse>> {
    static TAKEN: Mutex<Option<Mouse>> = Mutex::new(None);
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write_at_once(bytes: &[u8]) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(bytes)?;
    terminal.flush()
}

/// Asks for the alternate screen, for pastes that can be told from typing, and that what is too wide for a row stays in
/// it: a character that the terminal takes for wider than Rounds does must not move the rows below.
fn entry(mouse: Mouse) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, DisableLineWrap, EnableBracketedPaste)?;
    if mouse == Mouse::Captured {
        capture_mouse(&mut bytes)?;
    }
    queue!(bytes, cursor::Hide)?;
    Ok(bytes)
}

/// The entry undone, last thing first. The update comes before everything else, as a frame may have been cut
/// short by an error. Where the terminal has no alternate screen (GNU screen unless told to, xterm with `titeInhibit`), the
/// last frame stays, and the shell goes on below it.
fn exit(mouse: Mouse) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(bytes, EndSynchronizedUpdate, cursor::Show)?;
    if mouse == Mouse::Captured {
        release_mouse(&mut bytes)?;
    }
    queue!(bytes, DisableBracketedPaste, EnableLineWrap)?;
    queue!(
        bytes,
        SetAttribute(Attribute::Reset),
        cursor::MoveTo(0, LAST_ROW),
        Clear(ClearType::FromCursorDown)
    )?;
    queue!(bytes, LeaveAlternateScreen)?;
    Ok(bytes)
}

/// Asks for clicks, drags and the wheel (1002), with positions of any size (1006). crossterm's own command asks for
/// every move as well, which would wake an idle Rounds whenever the mouse is touched.
#[cfg(unix)]
fn capture_mouse(bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.write_all(b"\x1b[?1002h\x1b[?1006h")
}

#[cfg(unix)]
fn release_mouse(bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.write_all(b"\x1b[?1006l\x1b[?1002l")
}

#[cfg(not(unix))]
fn capture_mouse(bytes: &mut Vec<u8>) -> io::Result<()> {
    queue!(bytes, crossterm::event::EnableMouseCapture)
}

#[cfg(not(unix))]
fn release_mouse(bytes: &mut Vec<u8>) -> io::Result<()> {
    queue!(bytes, crossterm::event::DisableMouseCapture)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use vt100::MouseProtocolMode;

    #[test]
    fn what_is_taken_is_what_is_given_back() {
        for (mouse, protocol) in
            [(Mouse::Captured, MouseProtocolMode::ButtonMotion), (Mouse::Free, MouseProtocolMode::None)]
        {
            let mut terminal = vt100::Parser::default();
            terminal.process(b"$ rounds");

            terminal.process(&entry(mouse).unwrap());
            let screen = terminal.screen();
            assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
            assert_eq!(screen.mouse_protocol_mode(), protocol);

            terminal.process(b"\x1b[?2026h\x1b[31mhalf a fra");
            terminal.process(&exit(mouse).unwrap());
            let screen = terminal.screen();
            assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
            assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
            assert_eq!(screen.contents(), "$ rounds", "the screen of the shell was drawn on");
        }
    }

    #[test]
    fn where_there_is_no_alternate_screen_the_shell_goes_on_below_the_last_frame() {
        let mut terminal = vt100::Parser::new(5, 20, 0);
        let without_alternate_screen = |bytes: Vec<u8>| {
            String::from_utf8(bytes).unwrap().replace("\x1b[?1049h", "").replace("\x1b[?1049l", "")
        };
        terminal.process(without_alternate_screen(entry(Mouse::Free).unwrap()).as_bytes());
        terminal.process(b"\x1b[1;1Hfirst\x1b[5;1Hlast row\x1b[2;3H\x1b[7m");
        terminal.process(without_alternate_screen(exit(Mouse::Free).unwrap()).as_bytes());
        terminal.process(b"$ ");
        assert_eq!(terminal.screen().contents(), "first\n\n\n\n$ ");
        assert!(!terminal.screen().cell(4, 0).unwrap().inverse());
    }
}
