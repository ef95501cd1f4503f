//! The terminal: one door in and one door out. Whoever holds a [`Terminal`] may draw and is sent what is
//! typed; when it is dropped, however that comes about, the terminal is as it was before.

mod backend;
#[cfg(unix)]
mod decoder;
mod events;
mod frame;
mod input;
mod modes;
mod output;
mod panics;
mod size;
#[cfg(unix)]
mod wait;

pub use backend::RowBackend;
pub use modes::Mouse;

use std::io;

use crossbeam_channel::Sender;
use crossterm::event::Event;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::clipboard::{Clipboard, CopyError};
use super::signals::{self, Signal};
use input::Input;
use modes::Possession;
use output::Output;

/// Gives the terminal back as far as that is possible without waiting for it. This is for the end of a process whose
/// [`Terminal`] may be in the middle of a write that never ends; otherwise dropping that does more.
pub fn abandon() {
    modes::abandon();
}

/// The terminal, taken: raw mode, alternate screen, bracketed paste, hidden cursor and, if wanted, the mouse.
///
/// It belongs to the thread that entered it. A panic on that thread gives the terminal back before its
/// message is printed; a panic on another thread is kept, and printed after [`Terminal::leave`].
pub struct Terminal {
    // Dropped in this order: nobody reads any more when the modes go back.
    input: Input,
    output: Output,
    possession: Possession,
    hang_up: Box<dyn Fn()>,
}

impl Terminal {
    /// Takes the terminal, and sends to the inbox what is typed, pasted, clicked and resized from now on,
    /// and [`Signal::HangUp`] when the terminal has gone.
    ///
    /// # Errors
    ///
    /// When standard output is no terminal, or the terminal refuses. It is then left as it was.
    pub fn enter<M>(mouse: Mouse, inbox: Sender<M>) -> io::Result<Self>
    where
        M: From<Event> + From<Signal> + Send + 'static,
    {
        let possession = Possession::take(mouse)?;
        let output = Output::new()?;
        let input = Input::start(inbox.clone())?;
        let hang_up = Box::new(move || {
            // When the inbox has gone as well, there is nobody to tell.
            let _ = inbox.send(M::from(Signal::HangUp));
        });
        Ok(Self { input, output, possession, hang_up })
    }

    /// How wide and how high the terminal is, in cells, as far as it is drawn on. Either may be 0.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        size::size()
    }

    /// Draws a frame. Only what changed is written, at one stroke.
    ///
    /// # Errors
    ///
    /// What writing reports, but not that the terminal has gone: the inbox is told that.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        match self.output.draw(render) {
            Err(error) if modes::has_gone(&error) => {
                (self.hang_up)();
                Ok(())
            }
            drawn => drawn,
        }
    }

    /// Asks the terminal to put a text on the user's clipboard.
    ///
    /// # Errors
    ///
    /// When the text is too long for that, or the terminal does not take it.
    pub fn ask_to_copy(&mut self, clipboard: &Clipboard, text: &str) -> Result<(), CopyError> {
        clipboard.ask(&mut io::stdout().lock(), text)
    }

    /// Gives the terminal to a program in the foreground for as long as `work` runs, then takes it back. The
    /// next frame is drawn whole. `^C` and `^\` meanwhile are for that program; `^Z` stops both.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.hand_over(|| modes::keeping_line_mode(|| signals::while_lent(work)))
    }

    /// Gives the terminal back to the shell and stops, as `^Z` does elsewhere; returns when the shell
    /// continues Rounds. The next frame is drawn whole. Does nothing when there is no shell that could.
    pub fn stop(&mut self) -> io::Result<()> {
        if signals::can_be_continued()? { self.hand_over(signals::stop_process)? } else { Ok(()) }
    }

    /// Takes everything afresh, for when others may have changed the terminal: after [`Signal::Continue`], and
    /// when the user asks for a clean screen. The next frame is drawn whole.
    pub fn renew(&mut self) -> io::Result<()> {
        self.hand_over(|| ())
    }

    /// Gives the terminal back, and prints what panicked on other threads meanwhile.
    ///
    /// # Errors
    ///
    /// What went wrong first; everything that can be given back is given back all the same.
    pub fn leave(self) -> io::Result<()> {
        let quiet = self.input.hold();
        let given_back = modes::give_back();
        // The thread finds that nobody needs it before it could take what is typed for the shell.
        drop(self.input);
        drop(quiet);
        given_back
    }

    fn hand_over<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        let quiet = self.input.hold();
        modes::give_back()?;
        let answer = work();
        let taken = self.take_again();
        drop(quiet);
        taken.map(|()| answer)
    }

    /// Takes back what was given back, if the terminal is still there: the inbox is told when it has gone.
    fn take_again(&mut self) -> io::Result<()> {
        match self.possession.take_again() {
            Err(error) if modes::has_gone(&error) => {
                (self.hang_up)();
                Ok(())
            }
            Err(error) => Err(error),
            Ok(()) => {
                let (width, height) = self.size()?;
                self.output.forget(Rect::new(0, 0, width, height))
            }
        }
    }
}
