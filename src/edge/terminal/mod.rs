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
mod pace;
mod panics;
mod size;
#[cfg(unix)]
mod wait;

pub use backend::RowBackend;
pub use modes::Mouse;

use std::io;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::Event;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::clipboard::{Clipboard, CopyError};
use super::signals::{self, Signal};
use input::Input;
use modes::Possession;
use output::{Drawn, Output};
use pace::Pace;

/// How many answers of the terminal wait to be heard at most; there is a question at most for each frame.
const ANSWERS_MAX: usize = 256;

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
    pace: Pace,
    answers: Receiver<Instant>,
    /// Whether not all is on the screen that was drawn last.
    is_behind: bool,
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
        let (answered, answers) = bounded(ANSWERS_MAX);
        let input = Input::start(inbox.clone(), answered)?;
        let hang_up = Box::new(move || {
            // When the inbox has gone as well, there is nobody to tell.
            let _ = inbox.send(M::from(Signal::HangUp));
        });
        Ok(Self { input, output, possession, pace: Pace::new(), answers, is_behind: false, hang_up })
    }

    /// How wide and how high the terminal is, in cells, as far as it is drawn on. Either may be 0.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        size::size()
    }

    /// Draws a frame. Only what changed is written, at one stroke. Over a thin line, nothing is written as long as there is
    /// enough on its way, and then as much as the line takes: [`Terminal::is_behind`] tells whether to draw again.
    /// Where nothing is typed, the cursor is hidden and stands at the cell, column and row, that the user attends to.
    ///
    /// # Errors
    ///
    /// What writing reports, but not that the terminal has gone: the inbox is told that.
    pub fn draw(
        &mut self,
        attended: Option<(u16, u16)>,
        render: impl FnOnce(&mut Frame<'_>),
    ) -> io::Result<()> {
        let now = Instant::now();
        let Some(room) = self.pace.room(now) else {
            self.is_behind = true;
            return Ok(());
        };
        let asks = self.pace.asks(now);
        let drawn = self.output.draw(attended, render, room, asks);
        self.is_behind = matches!(drawn, Ok(Drawn { is_whole: false, .. }));
        let bytes = drawn.map(|drawn| drawn.bytes);
        let has_asked = asks && !matches!(bytes, Ok(0));
        self.written(bytes, has_asked, now)
    }

    /// Whether not all is on the screen that was drawn last. Draw again when the terminal has answered, at
    /// [`Terminal::due`] at the latest.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// When to draw again although the terminal has not answered; `None` when there is nothing to be drawn.
    pub fn due(&self) -> Option<Instant> {
        self.pace.deadline().filter(|_| self.is_behind)
    }

    /// Where it is heard when the terminal has answered. Each answer must be given to [`Terminal::answered`].
    pub fn answers(&self) -> &Receiver<Instant> {
        &self.answers
    }

    /// The terminal has answered.
    ///
    /// # Errors
    ///
    /// As for [`Terminal::draw`].
    pub fn answered(&mut self, at: Instant) -> io::Result<()> {
        if !self.pace.answered(at) {
            return Ok(());
        }
        let now = Instant::now();
        let asked = output::ask();
        self.written(asked.map(|()| 0), true, now)
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
    pub fn leave(mut self) -> io::Result<()> {
        self.wait_for_answers();
        let quiet = self.input.hold();
        let given_back = modes::give_back();
        // The thread finds that nobody needs it before it could take what is typed for the shell.
        drop(self.input);
        drop(quiet);
        given_back
    }

    fn hand_over<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.wait_for_answers();
        let quiet = self.input.hold();
        modes::give_back()?;
        let answer = work();
        let taken = self.take_again();
        drop(quiet);
        taken.map(|()| answer)
    }

    /// Waits for what the terminal was asked, so that no answer is read by the next program.
    fn wait_for_answers(&mut self) {
        let until = self.pace.last_wait(Instant::now());
        while let (Some(until), Some(_)) = (until, self.pace.deadline()) {
            let Ok(at) = self.answers.recv_deadline(until) else { break };
            self.pace.answered(at);
        }
        self.pace.forget();
    }

    /// Keeps in mind how much was written, if it was.
    fn written(&mut self, written: io::Result<usize>, asks: bool, now: Instant) -> io::Result<()> {
        match written {
            Err(error) if modes::has_gone(&error) => {
                (self.hang_up)();
                Ok(())
            }
            Err(error) => Err(error),
            Ok(bytes) => {
                self.pace.written(bytes, asks, now);
                Ok(())
            }
        }
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
