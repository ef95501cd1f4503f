//! The loop: take what has arrived, let the reader change, do what it asks for, draw once, wait.

mod fetching;
mod keyboard;
mod loader;
mod scribe;
mod searcher;
mod watcher;
mod worker;

use std::io;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select_biased, unbounded};
use crossterm::event::Event;

use super::browser::{Opened, Opener};
use super::calendar;
use super::origin::Origin;
use super::signals::{self, Signal};
use super::store::Store;
use super::terminal::{self, Mouse, Terminal};
use crate::item::{ItemKey, Link, SafeText};
use crate::reader::{Effect, Message, Reader, Size, update};
use crate::screen::{Look, draw};
use fetching::Fetching;
use loader::{Listeners, Loader};
use scribe::{Scribe, Visited};
use searcher::{Question, Searcher};
use watcher::{Extent, Watcher};
use worker::{Job, Purpose, Worker};

/// How long a frame is put off by what arrives before it. It waits as long for a page that has been asked for, so
/// that most pages appear with the key press that asked for them and not one frame later.
const PATIENCE: Duration = Duration::from_millis(8);
/// How many arrivals are taken in before a frame is drawn, so that a flood cannot keep the screen still.
const ARRIVALS_PER_FRAME_MAX: usize = 512;
/// How long Rounds may take to end by itself after a signal.
const SIGNAL_GRACE: Duration = Duration::from_secs(1);
/// How many batches of items may wait: keys come before them, and they do not pile up in memory.
const BATCHES_WAITING: usize = 2;

/// How the reader is to be opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How the screen looks.
    pub look: Look,
    /// The first line that is shown in the footer.
    pub welcome: Option<SafeText>,
    /// What the user should know of the configuration.
    pub notices: Vec<SafeText>,
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
    /// The link of an original has been looked up.
    Original(Link, ItemKey, Purpose),
    /// Somebody watches for us from now on.
    Watching(Watcher),
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
pub fn run(origins: Vec<Arc<Origin>>, options: Options) -> io::Result<ExitCode> {
    let (sender, inbox) = unbounded();
    // They have an inbox of their own, as they come before keys. This sender keeps it open where there are none.
    let (signalled, signals) = unbounded();
    let scribe = Arc::new(OnceLock::<Scribe>::new());
    let last_scribe = Arc::clone(&scribe);
    signals::watch(signalled.clone(), SIGNAL_GRACE, move || {
        if let Some(scribe) = last_scribe.get() {
            scribe.end();
        }
        terminal::abandon();
    })?;
    let mut runner = Runner::enter(origins, options, sender, inbox, signals)?;
    let _ = scribe.set(runner.scribe.clone());
    let ended = runner.run();
    runner.scribe.end();
    let left = runner.terminal.leave();
    ended.and_then(|code| left.map(|()| code))
}

struct Runner {
    terminal: Terminal,
    reader: Reader,
    look: Look,
    inbox: Receiver<Arrival>,
    signals: Receiver<Signal>,
    sender: Sender<Arrival>,
    /// Items of the sources, and what is said about them.
    items: Receiver<Message>,
    loader: Loader,
    fetching: Fetching,
    worker: Worker,
    searcher: Searcher,
    scribe: Scribe,
    /// They watch the sources as long as they are kept.
    watchers: Vec<Watcher>,
    opener: Opener,
    midnight: Option<Instant>,
    ended: Option<ExitCode>,
}

impl Runner {
    fn enter(
        origins: Vec<Arc<Origin>>,
        options: Options,
        sender: Sender<Arrival>,
        inbox: Receiver<Arrival>,
        signals: Receiver<Signal>,
    ) -> io::Result<Self> {
        let store = Store::of_this_user();
        let bundles = origins.iter().filter(|origin| origin.is_remote()).map(|origin| origin.label());
        let reader = Reader::new(label(&origins), options.welcome).with_bundles(bundles.collect());
        for notice in options.notices {
            let _ = sender.send(Arrival::Message(Message::Failed(notice)));
        }
        let (worker, to_worker) = Worker::start(origins.clone(), sender.clone())?;
        let (searcher, to_searcher) = Searcher::start(sender.clone())?;
        let data = store.homes().map(|homes| homes.data().to_owned());
        let visited = |origin: &Arc<Origin>| Visited { location: origin.location(), label: origin.label() };
        let scribe = Scribe::start(origins.iter().map(visited).collect(), data, sender.clone())?;
        let (items_sender, items) = bounded(BATCHES_WAITING);
        for extent in origins.iter().filter_map(|origin| extent(origin)) {
            watch(extent, sender.clone())?;
        }
        let fetching = Fetching::start(&origins, &sender)?;
        let listeners =
            Listeners { items: items_sender, readers: vec![to_worker, to_searcher], scribe: scribe.clone() };
        let loader = Loader::start(origins, store, listeners)?;
        let terminal = Terminal::enter(Mouse::Captured, sender.clone())?;
        Ok(Self {
            terminal,
            reader,
            look: options.look,
            inbox,
            signals,
            sender,
            items,
            loader,
            fetching,
            worker,
            searcher,
            scribe,
            watchers: Vec::new(),
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
        if let Some(arrival) = self.next(self.midnight) {
            return self.take(arrival);
        }
        self.midnight = calendar::next_midnight();
        self.tell(Message::NewDay(calendar::today()))
    }

    /// What arrives next, if it does so in time: signals before keys, and keys before items, so that they never wait for
    /// more than one batch.
    fn next(&self, deadline: Option<Instant>) -> Option<Arrival> {
        let timeout = deadline.map_or_else(never, crossbeam_channel::at);
        select_biased! {
            recv(self.signals) -> signal => signal.ok().map(Arrival::Signal),
            recv(self.inbox) -> arrival => arrival.ok(),
            recv(self.items) -> message => message.ok().map(Arrival::Message),
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
            Arrival::Message(message) => self.tell(message),
            Arrival::Copy(text) => self.copy(&text),
            Arrival::Original(link, _, Purpose::Copy) => self.copy(link.as_str()),
            Arrival::Original(link, item, Purpose::Open) => self.open(link, item),
            Arrival::Watching(watcher) => {
                self.watchers.push(watcher);
                Ok(())
            }
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
            Effect::Load { generation, thorough } => self.loader.load(generation, thorough),
            Effect::SetPage(request) => self.worker.send(Job::Page(request)),
            Effect::CopyCitation(item) => self.worker.send(Job::Citation(item)),
            Effect::CopyOriginal(item) => self.worker.send(Job::Original(item, Purpose::Copy)),
            Effect::OpenOriginal(item) => self.worker.send(Job::Original(item, Purpose::Open)),
            Effect::Search { question, asker, text, best } => {
                self.searcher.ask(Question::Text { question, asker, text, best });
            }
            Effect::FindContexts { question, items, highlights, characters } => {
                self.searcher.ask(Question::Contexts { question, items, highlights, characters });
            }
            Effect::Save(save) => self.scribe.save(save),
            Effect::Fetch => self.fetching.fetch(),
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

/// What the sources are called in one line.
fn label(origins: &[Arc<Origin>]) -> SafeText {
    match origins {
        [only] => only.label(),
        several => SafeText::new(&format!("{} sources", several.len())),
    }
}

/// What of a source can be watched.
fn extent(origin: &Origin) -> Option<Extent> {
    let directory = origin.directory().map(Extent::Everything);
    directory.or_else(|| origin.file().map(Extent::One))
}

/// Begins to watch on a thread of its own: there may be many folders.
fn watch(extent: Extent, sender: Sender<Arrival>) -> io::Result<()> {
    std::thread::Builder::new().name("watching".to_owned()).spawn(move || {
        let changes = sender.clone();
        let on_change = move || {
            let _ = changes.send(Arrival::Message(Message::SourceChanged));
        };
        let arrival = match Watcher::start(&extent, on_change) {
            Ok(watcher) => Arrival::Watching(watcher),
            Err(error) => Arrival::Message(Message::Failed(not_watched(&extent, &error))),
        };
        // Nobody listens any more when Rounds is ending.
        let _ = sender.send(arrival);
    })?;
    Ok(())
}

fn not_watched(extent: &Extent, error: &notify::Error) -> SafeText {
    let (Extent::Files(path) | Extent::Everything(path) | Extent::One(path)) = extent;
    SafeText::new(&format!(
        "{}: changes are not seen by themselves ({error}). r looks again.",
        path.display()
    ))
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
