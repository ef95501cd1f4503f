//! Keeps what must not be lost, on a thread of its own: marks at once, where one is when it stays so for a moment.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use jiff::Timestamp;

use super::Arrival;
use super::watcher::{Extent, Watcher};
use crate::item::{ItemKey, SafeText};
use crate::library::{Order, Position};
use crate::reader::{Memory, Message, Place, Save};
use crate::store::state::{self, Saving, State};

/// How long a place or a position must stay before it is written, so that scrolling does not write with every row.
const SETTLED: Duration = Duration::from_millis(500);
/// How many positions are remembered, the latest first.
const POSITIONS_MAX: u32 = 2000;
/// How long the end of Rounds may be put off until all is written.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Something for the scribe to do.
enum Job {
    /// Begin, with what is kept.
    Begin(Box<State>),
    /// Save something.
    Save(Save),
    /// All items of a source are known: find out which of them are new.
    Arrive(usize, Vec<ItemKey>),
    /// Another Rounds may have changed something.
    LookAround,
    /// The visit ends. Say so when all is written.
    End(Sender<()>),
}

/// A source that is visited.
#[derive(Debug, Clone)]
pub struct Visited {
    /// What it is known by.
    pub location: String,
    /// What it is called.
    pub label: SafeText,
}

/// The thread that keeps what must not be lost.
#[derive(Clone)]
pub struct Scribe(Sender<Job>);

impl Scribe {
    /// Starts the thread. It ends with the visit. Whatever changes in the directory is looked at.
    pub fn start(
        sources: Vec<Visited>,
        directory: Option<PathBuf>,
        sender: Sender<Arrival>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = unbounded();
        let scribe = Self(jobs);
        let own = scribe.clone();
        thread::Builder::new().name("scribe".to_owned()).spawn(move || {
            if let Ok(Job::Begin(state)) = waiting.recv() {
                // The directory is there for certain only now. Where it cannot be watched, what another Rounds
                // has changed is seen at the next start.
                let watch = |directory: PathBuf| {
                    Watcher::start(&Extent::Files(directory), move || own.look_around()).ok()
                };
                let _watcher = directory.and_then(watch);
                Desk::new(*state, sources, sender).work(&waiting);
            }
        })?;
        Ok(scribe)
    }

    /// Hands over what is kept, with which the thread begins.
    pub fn begin(&self, state: State) {
        self.send(Job::Begin(Box::new(state)));
    }

    /// Saves something.
    pub fn save(&self, save: Save) {
        self.send(Job::Save(save));
    }

    /// Finds out which of all items of a source are new. The sources are counted in the order in which they were opened.
    pub fn arrive(&self, source: usize, keys: Vec<ItemKey>) {
        self.send(Job::Arrive(source, keys));
    }

    /// Looks for what another Rounds has changed.
    pub fn look_around(&self) {
        self.send(Job::LookAround);
    }

    /// Ends the visit, and waits until all is written, but not for ever.
    pub fn end(&self) {
        let (done, written) = bounded(1);
        self.send(Job::End(done));
        // What cannot be written by now would not be written later either.
        let _ = written.recv_timeout(LAST_WORDS);
    }

    fn send(&self, job: Job) {
        // It ends only with the visit.
        let _ = self.0.send(job);
    }
}

/// What the thread has before it.
struct Desk {
    state: State,
    sources: Vec<Visited>,
    /// What the sources are known by as one, to find the place again where someone was in them.
    together: String,
    sender: Sender<Arrival>,
    /// What has not settled yet.
    place: Option<Place>,
    positions: HashMap<ItemKey, Option<Position>>,
    /// Whether the user knows that nothing can be saved.
    told: bool,
    /// Whether the whole state has been looked at for damage, which is done once a run, when nobody waits.
    examined: bool,
}

impl Desk {
    fn new(state: State, sources: Vec<Visited>, sender: Sender<Arrival>) -> Self {
        let (together, positions) = (together(&sources), HashMap::new());
        Self { state, sources, together, sender, place: None, positions, told: false, examined: false }
    }

    fn work(mut self, waiting: &Receiver<Job>) {
        let memory = self.memory();
        self.tell(Message::Remembered(Box::new(memory)));
        let saving = self.state.saving();
        self.report(saving);
        loop {
            let settling = self.place.is_some() || !self.positions.is_empty();
            let job = if settling {
                waiting.recv_timeout(SETTLED)
            } else {
                waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match job {
                Ok(Job::End(done)) => {
                    self.settle();
                    for Visited { location, .. } in &self.sources {
                        let _saving = self.state.end_visit(location, Timestamp::now());
                    }
                    let _ = done.send(());
                    return;
                }
                Ok(job) => self.perform(job),
                Err(RecvTimeoutError::Timeout) => self.settle(),
                Err(RecvTimeoutError::Disconnected) => return self.settle(),
            }
        }
    }

    fn memory(&mut self) -> Memory {
        // What is asked of one source counts what other sources have brought since as well; together with these, only
        // a look through all of them tells.
        let new = match self.sources.as_slice() {
            [only] => self.state.new_items(&only.location),
            _ => Vec::new(),
        };
        Memory {
            marks: self.state.marks(),
            new,
            place: self.state.source(&self.together).map(|known| shown(known.place)),
            positions: self.state.positions(POSITIONS_MAX),
            searches: self.state.searches().iter().map(|typed| SafeText::new(typed)).collect(),
        }
    }

    fn perform(&mut self, job: Job) {
        match job {
            Job::Save(Save::Place(place)) => self.place = Some(place),
            Job::Save(Save::Position(key, position)) => drop(self.positions.insert(key, position)),
            Job::Save(Save::Marks { keys, mark, marked }) => {
                let saving = self.state.set_mark(&keys, mark, marked, Timestamp::now());
                self.report(saving);
            }
            Job::Save(Save::Search(typed)) => {
                let saving = self.state.save_search(&typed);
                self.report(saving);
            }
            Job::Save(Save::DropSearch(typed)) => {
                let saving = self.state.drop_search(&typed);
                self.report(saving);
            }
            Job::Arrive(source, keys) => self.arrive(source, &keys),
            Job::LookAround => self.look_around(),
            Job::Begin(_) | Job::End(_) => {}
        }
    }

    fn arrive(&mut self, source: usize, keys: &[ItemKey]) {
        let Some(Visited { location, label }) = self.sources.get(source) else { return };
        // Whether a bundle is still at its address cannot be known here.
        let exists = |location: &str| location.contains("://") || Path::new(location).exists();
        let arrival = self.state.arrive(location, label, keys, &exists);
        if !arrival.new.is_empty() {
            self.tell(Message::NewItems(arrival.new));
        }
        if !std::mem::replace(&mut self.examined, true) {
            self.state.examine();
        }
        if arrival.moved_from.is_some() && self.sources.len() == 1 {
            self.tell(Message::Returned(shown(arrival.memory.place)));
        }
    }

    fn look_around(&mut self) {
        let changes = self.state.changes();
        if !changes.is_empty() {
            self.tell(Message::MarksChanged(changes));
        }
    }

    /// Writes what has settled.
    fn settle(&mut self) {
        let now = Timestamp::now();
        for (key, position) in std::mem::take(&mut self.positions) {
            let saving = self.state.set_position(key, position, now);
            self.report(saving);
        }
        if let Some(place) = self.place.take() {
            let Place { view, selected, order } = place;
            let place = state::Place { topic: view, item: selected, order: order.name().to_owned() };
            let saving = self.state.set_place(&self.together, &place);
            self.report(saving);
        }
    }

    /// Tells the user once that nothing can be saved, and once that it can again.
    fn report(&mut self, saving: Saving) {
        for notice in self.state.take_notices() {
            self.tell(Message::Failed(notice));
        }
        match saving {
            Saving::Saved if self.told => {
                self.told = false;
                self.tell(Message::Told(SafeText::new(
                    "Marks are being saved again, those of before as well.",
                )));
            }
            Saving::InMemory(reason) if !self.told => {
                self.told = true;
                self.tell(Message::Failed(reason));
            }
            Saving::Saved | Saving::InMemory(_) => {}
        }
    }

    fn tell(&self, message: Message) {
        // Nobody listens any more when Rounds is ending, and then nobody needs to know.
        let _ = self.sender.send(Arrival::Message(message));
    }
}

/// What sources are known by as one: the same in whichever order they were named.
fn together(sources: &[Visited]) -> String {
    let mut locations: Vec<&str> = sources.iter().map(|source| source.location.as_str()).collect();
    locations.sort_unstable();
    locations.join("\n")
}

/// A place as the reader knows it.
fn shown(place: state::Place) -> Place {
    Place { view: place.topic, selected: place.item, order: Order::named(&place.order).unwrap_or_default() }
}
