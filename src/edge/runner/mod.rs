//! The loop: take what has arrived, let the reader change, do what it asks for, draw once, wait.

mod activity;
mod fetching;
mod keyboard;
mod loader;
#[cfg(test)]
mod model;
mod outbox;
mod pages;
mod persistence;
mod searcher;
mod service;
mod services;
mod unsettled;
mod watcher;

use std::io;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crossbeam_channel::{never, select_biased};

use super::browser::{Invocation, Opened, Opener};
use super::calendar;
use super::clipboard::Clipboard;
use super::origin::Origin;
use super::output::say;
use super::signals::{self, Signal};
use super::store::Store;
use super::terminal::{self, Mouse, Terminal};
use crate::item::{ItemKey, Link, SafeText};
use crate::reader::{Effect, MarkRead, Message, Reader, Size, update};
use crate::screen::{Look, draw};
use crate::store::state::Saving;
use outbox::{Arrival, Arrivals, Outbox, Purpose, outbox};
use service::{Mailbox, run_errand};
use services::{LAST_WRITE, Services};

/// How long a frame is put off by what arrives before it. It waits as long for a page that has been asked for, so
/// that most pages appear with the key press that asked for them and not one frame later.
const PATIENCE: Duration = Duration::from_millis(8);
/// How many arrivals are taken in before a frame is drawn, so that a flood cannot keep the screen still.
const ARRIVALS_PER_FRAME_MAX: usize = 512;
/// How long a mark may be on its way to the disk before a sign says so.
const SAVING_LATE: Duration = Duration::from_millis(100);
/// How long the end of an article must be on the screen to count as seen.
const SEEN_AFTER: Duration = Duration::from_secs(1);
/// How long Rounds may take to end by itself after a signal.
const SIGNAL_GRACE: Duration = Duration::from_secs(1);

/// How the reader is to be opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How the screen looks.
    pub look: Look,
    /// The first line that is shown in the footer.
    pub welcome: Option<SafeText>,
    /// Whether items are listed that would be withheld.
    pub drafts: bool,
    /// When articles are marked as read.
    pub mark_read: MarkRead,
    /// What the user should know of the configuration.
    pub notices: Vec<SafeText>,
}

/// Why the reader cannot run.
#[derive(Debug)]
pub enum RunError {
    /// The terminal cannot be taken or drawn on.
    Terminal(io::Error),
    /// The system has no threads for what works beside the screen.
    Threads(io::Error),
}

/// Opens the reader on the terminal and runs it until the user ends it.
///
/// # Errors
///
/// When the terminal cannot be taken or drawn on, or the system has no threads to spare.
pub fn run(origins: &[Arc<Origin>], options: Options) -> Result<ExitCode, RunError> {
    let (outbox, arrivals) = outbox();
    let saving = Arc::new(OnceLock::<Mailbox<persistence::Job>>::new());
    let last_saving = Arc::clone(&saving);
    let last_resort = move || {
        if let Some(mailbox) = last_saving.get() {
            persistence::end_visit(mailbox, Instant::now() + LAST_WRITE);
        }
        terminal::abandon();
    };
    signals::watch(outbox.signals(), SIGNAL_GRACE, last_resort).map_err(RunError::Threads)?;
    let mut runner = Runner::enter(origins, options, outbox, arrivals)?;
    let _is_first = saving.set(runner.services.saving().clone());
    let ended = runner.run();
    let Runner { terminal, reader, services, arrivals, .. } = runner;
    // Nobody takes facts any more, and no service must wait for that.
    drop(arrivals);
    let left = terminal.leave();
    let saving = services.end();
    say_what_is_lost(&reader, saving.as_ref());
    ended.and_then(|code| left.map(|()| code)).map_err(RunError::Terminal)
}

/// Says on standard error which changes are lost, if any are.
fn say_what_is_lost(reader: &Reader, saving: Option<&Saving>) {
    let unsaved = reader.saving().unsaved().words();
    let reason = match saving {
        _ if unsaved.is_empty() => return,
        Some(Saving::Saved) => return,
        Some(Saving::InMemory(reason)) => reason.clone(),
        None => match reader.saving().failure() {
            Some(reason) => reason.clone(),
            None => SafeText::new("The disk did not take them in time."),
        },
    };
    say(&mut io::stderr(), format_args!("{unsaved} not saved. {reason}"));
}

struct Runner {
    terminal: Terminal,
    reader: Reader,
    look: Look,
    arrivals: Arrivals,
    outbox: Outbox,
    services: Services,
    opener: Opener,
    clipboard: Clipboard,
    midnight: Option<Instant>,
    /// When a sign is due that says that marks are on their way to the disk.
    saving_late: Option<Instant>,
    /// The item whose end is on the screen, and when it has been there for long enough to count as read.
    seen: Option<(ItemKey, Instant)>,
    ended: Option<ExitCode>,
}

impl Runner {
    fn enter(
        origins: &[Arc<Origin>],
        options: Options,
        outbox: Outbox,
        arrivals: Arrivals,
    ) -> Result<Self, RunError> {
        let bundles = origins.iter().filter(|origin| origin.is_remote()).map(|origin| origin.label());
        let reader = Reader::new(label(origins), options.welcome).with_bundles(bundles.collect());
        let mut reader = reader.marking_read(options.mark_read);
        if options.drafts || origins.iter().all(|origin| origin.is_single_file()) {
            reader = reader.with_drafts();
        }
        for notice in options.notices {
            let _heard_later = outbox.send(Message::Failed(notice));
        }
        let store = Store::of_this_user();
        let data = store.homes().map(|homes| homes.data().to_owned());
        let services = Services::start(origins.to_vec(), store, outbox.clone());
        let mut services = services.map_err(RunError::Threads)?;
        services.watch(origins, data).map_err(RunError::Threads)?;
        let terminal = Terminal::enter(Mouse::Captured, outbox.urgent()).map_err(RunError::Terminal)?;
        Ok(Self {
            terminal,
            reader,
            look: options.look,
            arrivals,
            outbox,
            services,
            opener: Opener::from_environment(),
            clipboard: Clipboard::from_environment(),
            midnight: calendar::next_midnight(),
            saving_late: None,
            seen: None,
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
            self.terminal.draw(self.reader.attended(), |frame| draw(&self.reader, &self.look, frame))?;
            self.wait()?;
        }
    }

    /// Waits until something arrives, a new day begins, the hour of an item comes, a mark has been on its way to the disk for
    /// long, the end of an article has been on the screen for long, or what was drawn can be written.
    fn wait(&mut self) -> io::Result<()> {
        let seen = self.seen.map(|(_, due)| due);
        let release = self.reader.library.next_release().map(calendar::not_after);
        let arrival = loop {
            let dues = [self.midnight, self.saving_late, seen, release, self.terminal.due()];
            match self.next(dues.into_iter().flatten().min()) {
                // What was drawn stays as it is: there is nothing to do but to write what has not been written.
                Some(Arrival::Answered(at)) => {
                    self.terminal.answered(at)?;
                    if self.terminal.is_behind() {
                        return Ok(());
                    }
                }
                arrival => break arrival,
            }
        };
        if let Some(arrival) = arrival {
            return self.take(arrival);
        }
        if self.terminal.due().is_some_and(|due| due <= Instant::now()) {
            return Ok(());
        }
        if self.saving_late.is_some_and(|late| late <= Instant::now()) {
            return self.tell(Message::SavingLate);
        }
        if let Some((item, _)) = self.seen.take_if(|(_, due)| *due <= Instant::now()) {
            return self.tell(Message::Seen(item));
        }
        self.tell(Message::Time(calendar::clock(None)))?;
        if self.midnight.is_some_and(|midnight| midnight > Instant::now()) {
            return Ok(());
        }
        self.midnight = calendar::next_midnight();
        self.tell(Message::NewDay(calendar::today()))
    }

    /// What arrives next, if it does so in time: signals before keys, and keys before facts, so that they never wait for
    /// more than one batch.
    fn next(&self, deadline: Option<Instant>) -> Option<Arrival> {
        let timeout = deadline.map_or_else(never, crossbeam_channel::at);
        select_biased! {
            recv(self.arrivals.signals) -> signal => signal.ok().map(Arrival::Signal),
            // There are no answers any more when the terminal has gone.
            recv(self.terminal.answers()) -> at => Some(at.map_or(Arrival::Signal(Signal::HangUp), Arrival::Answered)),
            recv(self.arrivals.urgent) -> arrival => arrival.ok(),
            recv(self.arrivals.facts) -> message => message.ok().map(Arrival::Message),
            recv(timeout) -> _ => None,
        }
    }

    /// Takes everything that has arrived, and is patient for a moment with what has been asked for.
    fn take_what_is_there(&mut self) -> io::Result<()> {
        let patience = Instant::now() + PATIENCE;
        for _ in 0..ARRIVALS_PER_FRAME_MAX {
            let deadline = if self.reader.is_expecting() { patience } else { Instant::now() };
            match self.next(Some(deadline)) {
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
            Arrival::Answered(at) => self.terminal.answered(at),
            Arrival::Message(message) => self.tell(message),
            Arrival::Copy(text) => self.copy(&text),
            Arrival::NotTaken(text) => self.ask_to_copy(&text),
            Arrival::InTerminal(browser, link, item) => self.open_in_terminal(&browser, link, item),
            Arrival::Original(link, _, Purpose::Copy) => self.copy(link.as_str()),
            Arrival::Original(link, item, Purpose::Open) => self.open(link, item),
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
        self.saving_late = match self.saving_late {
            _ if !self.reader.saving().is_unannounced() => None,
            None => Instant::now().checked_add(SAVING_LATE),
            due => due,
        };
        let due = || Instant::now().checked_add(SEEN_AFTER);
        self.seen = match (self.reader.at_its_end(), self.seen) {
            (Some(item), Some((before, due))) if item == before => Some((item, due)),
            (item, _) => item.zip(due()),
        };
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match self.services.perform(effect) {
            Some(Effect::CopyLink(link)) => self.copy(link.as_str())?,
            Some(Effect::CopyAddress(address)) => self.copy(&address)?,
            Some(Effect::OpenLink { link, item }) => self.open(link, item)?,
            Some(Effect::Redraw) => self.terminal.renew()?,
            Some(Effect::Suspend) => self.terminal.stop()?,
            Some(Effect::Quit) => self.ended = Some(ExitCode::SUCCESS),
            Some(_) | None => {}
        }
        Ok(())
    }

    /// Copies a text: by a program of the desktop or of tmux, on a thread of its own because that may take a while; where
    /// there is none, or none takes it, by asking the terminal.
    fn copy(&mut self, text: &str) -> io::Result<()> {
        if !self.clipboard.has_programs() {
            return self.ask_to_copy(text);
        }
        let (clipboard, given) = (self.clipboard.clone(), text.to_owned());
        let started = run_errand("copying", &self.outbox, move |outbox| {
            let copied = Message::Copied(SafeText::new(&given));
            let taken = clipboard.give(&given);
            let _ends = outbox.send(if taken { Arrival::Message(copied) } else { Arrival::NotTaken(given) });
        });
        if started.is_err() { self.ask_to_copy(text) } else { Ok(()) }
    }

    fn ask_to_copy(&mut self, text: &str) -> io::Result<()> {
        let message = match self.terminal.ask_to_copy(&self.clipboard, text) {
            Ok(()) => Message::CopyAsked(SafeText::new(text)),
            Err(error) => Message::Failed(SafeText::new(&format!("Nothing was copied: {error}."))),
        };
        self.tell(message)
    }

    /// Opens a link. A browser that draws in the terminal gets the terminal until it ends; any other is
    /// started on a thread of its own, because that may take a while.
    fn open(&mut self, link: Link, item: ItemKey) -> io::Result<()> {
        if let Some(browser) = self.opener.in_terminal(&link) {
            return self.open_in_terminal(&browser, link, item);
        }
        let (opener, unopened) = (self.opener.clone(), link.clone());
        let started = run_errand("browser", &self.outbox, move |outbox| {
            let later = outbox.clone();
            let answer = opener.open(&link, move |reason| {
                let _ends = later.send(Message::Failed(SafeText::new(&reason)));
            });
            let _ends = outbox.send(browser_answer(answer, link, item));
        });
        if let Err(error) = started {
            let reason = SafeText::new(&format!("No browser could be started: {error}."));
            return self.tell(Message::LinkNotOpened { link: unopened, reason });
        }
        Ok(())
    }

    fn open_in_terminal(&mut self, browser: &Invocation, link: Link, item: ItemKey) -> io::Result<()> {
        let message = match self.terminal.lend(|| browser.run())? {
            Ok(()) => Message::LinkOpened { item, browser: SafeText::new("the terminal browser") },
            Err(reason) => Message::LinkNotOpened { link, reason: SafeText::new(&reason) },
        };
        self.tell(message)
    }
}

/// What the sources are called in one line.
fn label(origins: &[Arc<Origin>]) -> SafeText {
    match origins {
        [only] => only.label(),
        several => SafeText::new(&format!("{} sources", several.len())),
    }
}

/// What the reader is told of an attempt to open a link.
fn browser_answer(opened: Opened, link: Link, item: ItemKey) -> Arrival {
    match opened {
        Opened::Detached { name } => Message::LinkOpened { item, browser: SafeText::new(&name) }.into(),
        Opened::Failed { reason } | Opened::Show { reason } => {
            Message::LinkNotOpened { link, reason: SafeText::new(&reason) }.into()
        }
        Opened::NeedsTerminal(browser) => Arrival::InTerminal(browser, link, item),
    }
}
