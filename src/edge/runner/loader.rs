//! Looks at the source on a thread of its own, and hands its items over as they come: first what the catalog knows,
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
use crate::source::{Manifest, Source};
use crate::store::catalog::{Catalog, CatalogReader, Changes};
use crate::store::refresh::{Refresh, RefreshStep, Summary, refresh};
use crate::store::state::State;

/// How many items are shown before the rest of the catalog is read: more than any screen has rows.
const FIRST_ITEMS: u32 = 200;
/// How often it is told how far the index is.
const INDEXING_TOLD: Duration = Duration::from_millis(250);

/// The generation of the first look at the source.
const FIRST_GENERATION: u64 = 1;

/// A look at the source that is wanted.
struct Look {
    generation: u64,
    thorough: bool,
}

/// Looks at the source whenever it is asked to; the look before, if it still goes on, is given up.
pub struct Loader {
    looks: Sender<Look>,
    wanted: Arc<AtomicU64>,
}

/// To whom the loader hands over what it has opened or read.
pub struct Listeners {
    /// Items and all that is said about them, in order. It has little room, so that items do not pile up.
    pub items: Sender<Message>,
    /// Whoever reads the catalog on another thread.
    pub readers: Vec<Sender<CatalogReader>>,
    /// Who keeps what must not be lost.
    pub scribe: Scribe,
}

impl Loader {
    /// Starts the thread, which opens the stores with its first look. It ends when the loader is dropped.
    pub fn start(
        source: Arc<Source>,
        origin: Arc<Origin>,
        store: Store,
        listeners: Listeners,
    ) -> io::Result<Self> {
        let (looks, waiting) = unbounded();
        let wanted = Arc::<AtomicU64>::default();
        let known = Arc::clone(&wanted);
        thread::Builder::new().name("loader".to_owned()).spawn(move || {
            let mut desk = Desk::open(source, &origin, &store, listeners, known);
            desk.work(&waiting);
        })?;
        Ok(Self { looks, wanted })
    }

    /// Begins to look at the source. Every message about it bears this generation.
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

/// What the thread has before it.
struct Desk {
    source: Arc<Source>,
    catalog: Catalog,
    /// The last change of the catalog that has been handed over.
    seen: u64,
    listeners: Listeners,
    wanted: Arc<AtomicU64>,
}

impl Desk {
    /// Opens the stores, and hands over what is on the first screen before anything else is read.
    fn open(
        source: Arc<Source>,
        origin: &Origin,
        store: &Store,
        listeners: Listeners,
        wanted: Arc<AtomicU64>,
    ) -> Self {
        let (mut state, notices) = store.open_state();
        let (catalog, notice) = store.open_catalog(origin);
        for notice in notices.into_iter().chain(notice) {
            let _ = listeners.items.send(Message::Failed(notice));
        }
        let mut reader = catalog.reader();
        let first = reader.newest(FIRST_ITEMS).unwrap_or_default();
        if !first.is_empty() {
            let keys: Vec<ItemKey> = first.iter().map(|headline| headline.key).collect();
            let _ = listeners.items.send(Message::MarksChanged(marks_of(&mut state, &keys)));
        }
        for other in &listeners.readers {
            let _ = other.send(catalog.reader());
        }
        listeners.scribe.begin(state);
        let desk = Self { source, catalog, seen: 0, listeners, wanted };
        let _stopped = desk.hand_over(FIRST_GENERATION, first, Vec::new());
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
                self.tell_known(look.generation);
            }
            self.look(&look);
            self.index(looks);
        }
    }

    /// Hands over everything that the catalog knows already.
    fn tell_known(&mut self, generation: u64) {
        let mut reader = self.catalog.reader();
        let read = reader.changes_after(0, &mut |Changes { written, removed }| {
            self.hand_over(generation, written, removed)
        });
        // What could not be read is handed over by the refresh that makes the catalog anew.
        self.seen = read.unwrap_or_default();
    }

    fn look(&mut self, look: &Look) {
        let generation = look.generation;
        let Self { source, catalog, seen, listeners, wanted } = self;
        let how = Refresh { thorough: look.thorough, seen: *seen };
        let looked = refresh(source, catalog, how, &mut |step| {
            let message = match step {
                RefreshStep::Changed { changes, seen: last, checked, found } => {
                    *seen = last;
                    let Changes { written, removed } = changes;
                    // Only what was known before anything has been looked at comes without a number of files.
                    let found = found.max(written.len());
                    Message::Loaded { generation, written, removed, checked, found }
                }
                RefreshStep::Restarted { notice } => {
                    *seen = 0;
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
        let message = match looked {
            Ok(Summary { added, changed, removed, report, seen: last, .. }) => {
                self.seen = last;
                let (name, about) = report.manifest.map(introduction).unwrap_or_default();
                let loaded = Loaded { added, changed, removed, name, about, problems: report.problems };
                Message::LoadFinished { generation, loaded }
            }
            Err(error) => Message::LoadFailed { generation, reason: SafeText::new(&format!("{error}.")) },
        };
        // Nobody listens any more when Rounds is ending, and then nobody needs the answer.
        let _ = self.listeners.items.send(message);
    }

    /// Puts the text of the items into the index, until all is in it or there is something else to do.
    fn index(&mut self, looks: &Receiver<Look>) {
        let Self { catalog, listeners, wanted, .. } = self;
        let (mut told, mut left_for_later) = (Instant::now(), false);
        let indexed = catalog.index_all(&mut |waiting| {
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

    fn hand_over(&self, generation: u64, written: Vec<Headline>, removed: Vec<ItemId>) -> ControlFlow<()> {
        let message = Message::Loaded { generation, written, removed, checked: 0, found: 0 };
        if self.listeners.items.send(message).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
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
