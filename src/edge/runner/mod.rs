//! The loop: take what has arrived, let the reader change, do what it asks for, draw once, wait.

mod calendar;
mod keyboard;
mod loader;
mod worker;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use crossterm::event::Event;

use super::browser::{Opened, Opener};
use super::signals::{self, Signal};
use super::terminal::{Mouse, Terminal};
use crate::item::{ItemKey, Link, SafeText};
use crate::reader::{Effect, Message, Reader, Size, update};
use crate::screen::{Look, draw};
use crate::source::Source;
use loader::Loader;
use worker::{Job, Worker};

/// How long a frame is put off by what arrives before it. It waits as long for a page that has been asked for, so
/// that most pages appear with the key press that asked for them and not one frame later.
const PATIENCE: Duration = Duration::from_millis(8);
/// How many arrivals are taken in before a frame is drawn, so that a flood cannot keep the screen still.
const ARRIVALS_PER_FRAME_MAX: usize = 512;

/// How the reader is to be opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How the screen looks.
    pub look: Look,
    /// The first line that is shown in the footer.
    pub welcome: Option<SafeText>,
}

/// What arrives in the one inbox.
enum Arrival {
    /// Something was typed, pasted, clicked or resized.
    Terminal(Event),
    /// The system told us something.
    Signal(Signal),
    /// A worker has finished something for the reader.
    Message(Message),
    /// A text for the clipboard is ready.
    Copy(String),
}

impl From<Event> for Arrival {
    fn from(event: Event) -> Self {
        Self::Terminal(event)
    }
}

impl From<Signal> for Arrival {
    fn from(signal: Signal) -> Self {
        Self::Signal(signal)
    }
}

/// Opens the reader on the terminal and runs it until somebody ends it.
///
/// # Errors
///
/// When the terminal cannot be taken or drawn on.
pub fn run(source: Source, options: Options) -> io::Result<ExitCode> {
    let (sender, inbox) = unbounded();
    signals::watch(sender.clone())?;
    let mut runner = Runner::enter(source, options, sender, inbox)?;
    let ended = runner.run();
    let left = runner.terminal.leave();
    ended.and_then(|code| left.map(|()| code))
}

struct Runner {
    terminal: Terminal,
    reader: Reader,
    look: Look,
    inbox: Receiver<Arrival>,
    sender: Sender<Arrival>,
    loader: Loader,
    worker: Worker,
    opener: Opener,
    midnight: Option<Instant>,
    ended: Option<ExitCode>,
}

impl Runner {
    fn enter(
        source: Source,
        options: Options,
        sender: Sender<Arrival>,
        inbox: Receiver<Arrival>,
    ) -> io::Result<Self> {
        let source = Arc::new(source);
        let reader = Reader::new(source.label(), options.welcome);
        let worker = Worker::start(Arc::clone(&source), sender.clone())?;
        let terminal = Terminal::enter(Mouse::Captured, sender.clone())?;
        Ok(Self {
            terminal,
            reader,
            look: options.look,
            inbox,
            loader: Loader::new(source, sender.clone()),
            sender,
            worker,
            opener: Opener::from_environment(),
            midnight: calendar::next_midnight(),
            ended: None,
        })
    }

    fn run(&mut self) -> io::Result<ExitCode> {
        let (columns, rows) = self.terminal.size()?;
        self.tell(Message::Started(Size { columns, rows }, calendar::today()))?;
        loop {
            self.take_what_is_there()?;
            if let Some(code) = self.ended {
                return Ok(code);
            }
            self.terminal.draw(|frame| draw(&self.reader, &self.look, frame))?;
            self.wait()?;
        }
    }

    /// Waits until something arrives, or a new day begins.
    fn wait(&mut self) -> io::Result<()> {
        let arrival = match self.midnight {
            Some(midnight) => self.inbox.recv_deadline(midnight).ok(),
            None => self.inbox.recv().ok(),
        };
        if let Some(arrival) = arrival {
            return self.take(arrival);
        }
        self.midnight = calendar::next_midnight();
        self.tell(Message::NewDay(calendar::today()))
    }

    /// Takes everything that has arrived, and is patient for a moment with a page that has been asked for.
    fn take_what_is_there(&mut self) -> io::Result<()> {
        let patience = Instant::now() + PATIENCE;
        for _ in 0..ARRIVALS_PER_FRAME_MAX {
            let arrival = if self.reader.is_expecting() {
                self.inbox.recv_deadline(patience).ok()
            } else {
                self.inbox.try_recv().ok()
            };
            match arrival {
                Some(arrival) if self.ended.is_none() => self.take(arrival)?,
                _ => break,
            }
            if Instant::now() >= patience {
                break;
            }
        }
        Ok(())
    }

    fn take(&mut self, arrival: Arrival) -> io::Result<()> {
        match arrival {
            Arrival::Terminal(event) => {
                keyboard::messages(event).into_iter().try_for_each(|message| self.tell(message))
            }
            Arrival::Message(message) => self.tell(message),
            Arrival::Copy(text) => self.copy(&text),
            Arrival::Signal(Signal::Stop) => self.terminal.stop(),
            Arrival::Signal(Signal::Continue) => self.terminal.renew(),
            Arrival::Signal(signal) => {
                self.ended = signal.exit_status().map(ExitCode::from);
                Ok(())
            }
        }
    }

    /// Lets the reader change, and does what it asks for.
    fn tell(&mut self, message: Message) -> io::Result<()> {
        for effect in update(&mut self.reader, message) {
            self.perform(effect)?;
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Load { generation } => self.loader.load(generation)?,
            Effect::SetPage(request) => self.worker.send(Job::Page(request)),
            Effect::CopyCitation { path } => self.worker.send(Job::Citation(path)),
            Effect::CopyLink(link) => self.copy(link.as_str())?,
            Effect::OpenLink { link, item } => self.open(link, item)?,
            Effect::Redraw => self.terminal.renew()?,
            Effect::Suspend => self.terminal.stop()?,
            Effect::Quit => self.ended = Some(ExitCode::SUCCESS),
        }
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let message = match self.terminal.copy(text) {
            Ok(()) => Message::Copied(SafeText::new(text)),
            Err(error) => Message::Failed(SafeText::new(&format!("Nothing was copied: {error}."))),
        };
        self.tell(message)
    }

    /// Opens a link. A browser that draws in the terminal gets the terminal until it ends; any other is
    /// started on a thread of its own, because that may take a while.
    fn open(&mut self, link: Link, item: ItemKey) -> io::Result<()> {
        if self.opener.needs_terminal() {
            let opened = self.opener.open(&link);
            return self.opened(opened, link, item);
        }
        let (opener, sender) = (self.opener.clone(), self.sender.clone());
        std::thread::Builder::new().name("browser".to_owned()).spawn(move || {
            let message = browser_answer(opener.open(&link), link, item);
            // Nobody listens any more when Rounds is ending, and then nobody needs the answer.
            let _ = sender.send(Arrival::Message(message));
        })?;
        Ok(())
    }

    fn opened(&mut self, opened: Opened, link: Link, item: ItemKey) -> io::Result<()> {
        let message = match opened {
            Opened::NeedsTerminal(program) => match self.terminal.lend(|| program.run())? {
                Ok(()) => Message::LinkOpened { item, browser: SafeText::new("the terminal browser") },
                Err(reason) => Message::LinkNotOpened { link, reason: SafeText::new(&reason) },
            },
            other => browser_answer(other, link, item),
        };
        self.tell(message)
    }
}

/// What the reader is told of an attempt to open a link.
fn browser_answer(opened: Opened, link: Link, item: ItemKey) -> Message {
    match opened {
        Opened::Detached { name } => Message::LinkOpened { item, browser: SafeText::new(&name) },
        Opened::Failed { reason } | Opened::Show { reason } => {
            Message::LinkNotOpened { link, reason: SafeText::new(&reason) }
        }
        Opened::NeedsTerminal(_) => {
            let reason = SafeText::new("The browser needs this terminal. Try again.");
            Message::LinkNotOpened { link, reason }
        }
    }
}
