//! Looks at the sources on a thread of its own, and hands their items over as they come: first what the catalogs know,
//! then what has changed.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::scribe::Scribe;
use crate::edge::origin::Origin;
use crate::edge::store::Store;
use crate::item::{ItemKey, SafeText};
use crate::library::{Headline, ItemId, Mark, MarkChange, Marks};
use crate::reader::{Loaded, Message};
use crate::source::{Manifest, Report, Source};
use crate::store::catalog::Changes;
use crate::store::collection::{Collection, CollectionReader};
use crate::store::refresh::{RefreshError, RefreshStep, Summary};
use crate::store::state::State;

/// How many items are shown before the rest of the catalogs is read: more than any screen has rows.
const FIRST_ITEMS: u32 = 200;
/// How often it is told how far the index is.
const INDEXING_TOLD: Duration = Duration::from_millis(250);

/// The generation of the first look at the sources.
const FIRST_GENERATION: u64 = 1;

/// A look at the sources that is wanted.
struct Look {
    generation: u64,
    thorough: bool,
}

/// Looks at the sources whenever it is asked to; the look before, if it still goes on, is given up.
pub struct Loader {
    looks: Sender<Look>,
    wanted: Arc<AtomicU64>,
}

/// To whom the loader hands over what it has opened or read.
pub struct Listeners {
    /// Items and all that is said about them, in order. It has little room, so that items do not pile up.
    pub items: Sender<Message>,
    /// Whoever reads the catalogs on another thread.
    pub readers: Vec<Sender<CollectionReader>>,
    /// Who keeps what must not be lost.
    pub scribe: Scribe,
}

impl Loader {
    /// Starts the thread, which opens the stores with its first look. It ends when the loader is dropped.
    pub fn start(origins: Vec<Arc<Origin>>, store: Store, listeners: Listeners) -> io::Result<Self> {
        let (looks, waiting) = unbounded();
        let wanted = Arc::<AtomicU64>::default();
        let known = Arc::clone(&wanted);
        thread::Builder::new().name("loader".to_owned()).spawn(move || {
            let mut desk = Desk::open(origins, &store, listeners, known);
            desk.work(&waiting);
        })?;
        Ok(Self { looks, wanted })
    }

    /// Begins to look at the sources. Every message about it bears this generation.
    pub fn load(&self, generation: u64, thorough: bool) {
        self.wanted.store(generation, Ordering::Relaxed);
        // It ends only when this sender is gone.
        let _ = self.looks.send(Look { generation, thorough });
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.wanted.store(0, Ordering::Relaxed);
    }
}

/// A source whose turn it is in a look at all of them.
#[derive(Clone, Copy)]
struct Turn<'a> {
    /// Its place in the order in which they were opened.
    at: usize,
    origin: &'a Origin,
    look: &'a Look,
    /// How many files of others have been found before.
    before: usize,
    /// Whether nothing is known of it yet.
    is_first: bool,
}

/// What the thread has before it.
struct Desk {
    origins: Vec<Arc<Origin>>,
    collection: Collection,
    listeners: Listeners,
    wanted: Arc<AtomicU64>,
}

impl Desk {
    /// Opens the stores, and hands over what is on the first screen before anything else is read.
    fn open(origins: Vec<Arc<Origin>>, store: &Store, listeners: Listeners, wanted: Arc<AtomicU64>) -> Self {
        let (mut state, mut notices) = store.open_state();
        let mut catalogs = Vec::new();
        for origin in &origins {
            let (catalog, notice) = store.open_catalog(origin);
            catalogs.push((origin.label(), catalog));
            notices.extend(notice);
        }
        for notice in notices {
            let _ = listeners.items.send(Message::Failed(notice));
        }
        let collection = Collection::of(catalogs);
        let first = collection.newest(FIRST_ITEMS);
        if !first.is_empty() {
            let keys: Vec<ItemKey> = first.iter().map(|headline| headline.key).collect();
            let _ = listeners.items.send(Message::MarksChanged(marks_of(&mut state, &keys)));
        }
        for other in &listeners.readers {
            let _ = other.send(collection.reader());
        }
        listeners.scribe.begin(state);
        let desk = Self { origins, collection, listeners, wanted };
        let _stopped = hand_over(&desk.listeners, FIRST_GENERATION, first, Vec::new());
        desk
    }

    fn work(&mut self, looks: &Receiver<Look>) {
        let mut first = true;
        while let Ok(look) = looks.recv() {
            // Of several that wait, the last is what is wanted; a thorough one holds for all.
            let look = looks
                .try_iter()
                .fold(look, |before, next| Look { thorough: before.thorough || next.thorough, ..next });
            if std::mem::take(&mut first) {
                let Self { collection, listeners, .. } = self;
                let _stopped = collection.hand_over_all(&mut |Changes { written, removed }| {
                    hand_over(listeners, look.generation, written, removed)
                });
            }
            self.look(&look);
            self.index(looks);
        }
    }

    /// Looks at each source in turn.
    fn look(&mut self, look: &Look) {
        let mut loaded = Loaded::default();
        let mut before = 0;
        for at in 0..self.origins.len() {
            let Some(origin) = self.origins.get(at).map(Arc::clone) else { break };
            let turn = Turn { at, origin: &origin, look, before, is_first: self.collection.is_empty(at) };
            match origin.source() {
                Ok(Some(source)) => match self.refresh_newest(&turn, &source) {
                    Ok(summary) => {
                        before = before.saturating_add(summary.report.files);
                        self.count(&turn, summary, &mut loaded);
                    }
                    Err(error) => loaded.failures.push(SafeText::new(&format!("{error}."))),
                },
                // It has never been fetched, and those who fetch it say how that goes.
                Ok(None) => {}
                Err(error) => loaded.failures.push(SafeText::new(&format!("{error}."))),
            }
            if self.wanted.load(Ordering::Relaxed) != look.generation {
                break;
            }
        }
        // Nobody listens any more when Rounds is ending, and then nobody needs the answer.
        let _ = self.listeners.items.send(Message::LoadFinished { generation: look.generation, loaded });
    }

    /// Brings the catalog of one source up to date, with the copy that is there when it is this one's turn: while another
    /// process fills the catalog, yet another may fetch.
    fn refresh_newest(&mut self, turn: &Turn<'_>, source: &Source) -> Result<Summary, RefreshError> {
        match self.refresh(turn, source) {
            Err(RefreshError::Source(error)) => match turn.origin.source_after(&error) {
                Some(newer) => self.refresh(turn, &newer),
                None => Err(error.into()),
            },
            refreshed => refreshed,
        }
    }

    /// Brings the catalog of one source up to date. What is read for the first time, or all over again, is not counted
    /// as new: nobody has to be told of it.
    fn refresh(&mut self, turn: &Turn<'_>, source: &Source) -> Result<Summary, RefreshError> {
        let Turn { at, origin, look, before, mut is_first } = *turn;
        let generation = look.generation;
        let Self { collection, listeners, wanted, .. } = self;
        // What was fetched bears its digest in its name, so there is nothing to look for twice.
        let thorough = look.thorough && !origin.is_remote();
        let refreshed = collection.refresh(at, source, thorough, &mut |step| {
            let message = match step {
                RefreshStep::Changed { changes: Changes { written, removed }, checked, found, .. } => {
                    // Only what was known before anything has been looked at comes without a number of files.
                    let found = found.max(written.len()).saturating_add(before);
                    let checked = checked.saturating_add(before);
                    Message::Loaded { generation, written, removed, checked, found }
                }
                RefreshStep::Restarted { notice } => {
                    is_first = true;
                    Message::Restarted { generation, notice }
                }
            };
            let heard = listeners.items.send(message).is_ok();
            if heard && wanted.load(Ordering::Relaxed) == generation {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        match refreshed {
            Ok(summary) if is_first => Ok(Summary { added: 0, changed: 0, removed: 0, ..summary }),
            refreshed => refreshed,
        }
    }

    /// Adds what one source has brought to what all have, and lets the scribe find out what of it is new.
    fn count(&self, turn: &Turn<'_>, summary: Summary, loaded: &mut Loaded) {
        let Turn { at, origin, is_first, .. } = *turn;
        let Summary { added, changed, removed, is_whole, report, .. } = summary;
        loaded.added = loaded.added.saturating_add(added);
        loaded.changed = loaded.changed.saturating_add(changed);
        loaded.removed = loaded.removed.saturating_add(removed);
        let Report { manifest, problems, .. } = report;
        if self.origins.len() == 1 {
            let (name, about) = manifest.map(introduction).unwrap_or_default();
            loaded.name = name;
            loaded.about = if is_first { about } else { SafeText::default() };
            loaded.problems = problems;
        } else {
            let label = origin.label();
            let named = |(path, problem)| (format!("{label}: {path}"), problem);
            loaded.problems.extend(problems.into_iter().map(named));
        }
        if is_whole && let Ok(keys) = self.collection.keys(at) {
            self.listeners.scribe.arrive(at, keys);
        }
    }

    /// Puts the text of the items into the index, until all is in it or there is something else to do.
    fn index(&mut self, looks: &Receiver<Look>) {
        let Self { collection, listeners, wanted, .. } = self;
        let (mut told, mut left_for_later) = (Instant::now(), false);
        let indexed = collection.index_all(&mut |waiting| {
            if told.elapsed() >= INDEXING_TOLD {
                told = Instant::now();
                let _ = listeners.items.send(Message::Indexed { waiting: waiting as usize });
            }
            left_for_later = !looks.is_empty() || wanted.load(Ordering::Relaxed) == 0;
            if left_for_later { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Err(error) = indexed {
            let reason = format!("Some items are found by their titles and topics only: {error}.");
            let _ = listeners.items.send(Message::Failed(SafeText::new(&reason)));
        }
        if !left_for_later {
            let _ = listeners.items.send(Message::Indexed { waiting: 0 });
        }
    }
}

/// Hands items over as they are known, before anything has been looked at.
fn hand_over(
    listeners: &Listeners,
    generation: u64,
    written: Vec<Headline>,
    removed: Vec<ItemId>,
) -> ControlFlow<()> {
    let message = Message::Loaded { generation, written, removed, checked: 0, found: 0 };
    if listeners.items.send(message).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The marks of some items, as changes.
fn marks_of(state: &mut State, keys: &[ItemKey]) -> Vec<MarkChange> {
    let Marks { read, starred } = state.marks_of(keys);
    let change = |mark| move |key| MarkChange { key, mark, marked: true };
    read.into_iter().map(change(Mark::Read)).chain(starred.into_iter().map(change(Mark::Starred))).collect()
}

/// What a bundle calls itself, and what it says of itself in a line.
fn introduction(manifest: Manifest) -> (SafeText, SafeText) {
    let Manifest { name, description, homepage, updated } = manifest;
    let updated = updated.map(|day| format!("Updated {}.", day.strftime("%-d %B %Y")));
    let homepage = homepage.map(|link| link.to_string());
    let about: Vec<String> =
        [Some(description.to_string()), updated, homepage].into_iter().flatten().collect();
    (name, SafeText::new(&about.join(" ")))
}
