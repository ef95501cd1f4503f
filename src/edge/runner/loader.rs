//! Looks at the sources, and hands their items over as they come: first what the catalogs know, then what has changed.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::outbox::Outbox;
use super::persistence;
use super::service::{Handover, Inbox, Mailbox, Service};
use crate::edge::calendar;
use crate::edge::origin::Origin;
use crate::edge::store::Store;
use crate::item::{Clock, ItemKey, SafeText};
use crate::library::{Mark, MarkChange, Marks};
use crate::reader::{Loaded, Message, Part, Progress};
use crate::source::{Manifest, Report, Source};
use crate::store::catalog::Changes;
use crate::store::collection::{Collection, CollectionReader};
use crate::store::refresh::{RefreshError, RefreshStep, Summary};
use crate::store::state::State;

/// How many items are shown before the rest of the catalogs is read: more than any screen has rows, but in unit tests.
const FIRST_ITEMS: u32 = if cfg!(test) { 4 } else { 200 };
/// How often it is told how far the index is.
const INDEXING_TOLD: Duration = Duration::from_millis(250);

/// A look at the sources that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The request that its end answers.
    pub generation: u64,
    /// Whether files are looked into that seem to be as they were.
    pub thorough: bool,
}

/// To whom the loader hands what it has opened.
pub struct Heirs {
    /// Those who read the catalogs on other threads.
    pub readers: Vec<Handover<CollectionReader>>,
    /// The service that saves begins with what was kept.
    pub state: Handover<State>,
    /// It finds out which items are new.
    pub persistence: Mailbox<persistence::Job>,
}

/// The service that looks at the sources whenever it is asked to. A new request ends the look before it early, and
/// what that one has brought until then counts.
pub type Loader = Service<Look>;

/// Starts the service, which opens the stores first.
///
/// # Errors
///
/// When the system has no thread to spare.
pub fn start(origins: Vec<Arc<Origin>>, store: Store, heirs: Heirs, outbox: &Outbox) -> io::Result<Loader> {
    Service::start(Part::Loading, outbox, move |inbox, outbox| {
        if let Some(mut desk) = Desk::open(origins, &store, heirs, outbox) {
            desk.work(inbox);
        }
    })
}

/// A source whose turn it is in a look at all of them.
#[derive(Clone, Copy)]
struct Turn<'a> {
    /// Its place in the order in which they were opened.
    at: usize,
    origin: &'a Origin,
    thorough: bool,
    /// How many files of others have been found before.
    before: usize,
}

/// What is known of a source from one look to the next.
#[derive(Debug, Clone, Copy, Default)]
struct Record {
    /// Whether it was never read to its end, or has to be read all over again. Then nothing in it is news.
    is_first: bool,
    /// What looks that were ended early have brought, which is told with the next one.
    counts: Counts,
}

/// How many items are new, were changed and have gone.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    added: usize,
    changed: usize,
    removed: usize,
}

impl Counts {
    fn add(&mut self, summary: &Summary) {
        self.added = self.added.saturating_add(summary.added);
        self.changed = self.changed.saturating_add(summary.changed);
        self.removed = self.removed.saturating_add(summary.removed);
    }
}

/// What the thread has before it.
struct Desk<'a> {
    origins: Vec<Arc<Origin>>,
    records: Vec<Record>,
    collection: Collection,
    persistence: Mailbox<persistence::Job>,
    outbox: &'a Outbox,
}

impl<'a> Desk<'a> {
    /// Opens the stores, and hands over what is on the first screen before anything else is read. `None` when Rounds
    /// is ending.
    fn open(origins: Vec<Arc<Origin>>, store: &Store, heirs: Heirs, outbox: &'a Outbox) -> Option<Self> {
        let begun = Instant::now();
        let (mut state, mut notices) = store.open_state();
        let mut catalogs = Vec::new();
        let mut records = Vec::new();
        for origin in &origins {
            let (catalog, notice) = store.open_catalog(origin);
            let is_first = !state.was_looked_through(&origin.location());
            records.push(Record { is_first, counts: Counts::default() });
            catalogs.push((origin.label(), catalog));
            notices.extend(notice);
        }
        for notice in notices {
            outbox.send(Message::Failed(notice)).continue_value()?;
        }
        let collection = Collection::of(catalogs);
        let first = collection.newest(FIRST_ITEMS);
        if !first.is_empty() {
            let keys: Vec<ItemKey> = first.iter().map(|headline| headline.key).collect();
            let changes = marks_of(&mut state, &keys);
            outbox.send_facts(Message::MarksChanged { as_of: 0, changes }).continue_value()?;
        }
        let Heirs { readers, state: to_persistence, persistence } = heirs;
        for reader in readers {
            reader.give(collection.reader());
        }
        to_persistence.give(state);
        tracing::info!(sources = origins.len(), took = ?begun.elapsed(), "opened what is kept");
        let desk = Self { origins, records, collection, persistence, outbox };
        desk.tell_time().continue_value()?;
        desk.hand_over(Changes { written: first, removed: Vec::new() }).continue_value()?;
        Some(desk)
    }

    fn work(&mut self, inbox: &mut Inbox<Look>) {
        let mut has_handed_over = false;
        while let Some(look) = inbox.recv() {
            let mut look = look;
            // Of several that wait, the last is what is wanted; a thorough one holds for all.
            while let Some(next) = inbox.try_recv() {
                look = Look { thorough: look.thorough || next.thorough, ..next };
            }
            if !std::mem::replace(&mut has_handed_over, true) && self.hand_over_all().is_break() {
                return;
            }
            self.look(look, inbox);
            if !inbox.has_messages() {
                self.index(inbox);
            }
        }
    }

    /// Hands over everything that the catalogs hold.
    fn hand_over_all(&mut self) -> ControlFlow<()> {
        let begun = Instant::now();
        let mut items: usize = 0;
        let Self { collection, outbox, .. } = self;
        let epoch = collection.epoch();
        let flow = collection.hand_over_all(&mut |changes| {
            items = items.saturating_add(changes.written.len());
            hand_over(outbox, epoch, changes)
        });
        tracing::info!(items, took = ?begun.elapsed(), "handed over what the catalogs hold");
        flow
    }

    /// Looks at each source in turn. When another look is asked for meanwhile, this one ends early and that one answers.
    fn look(&mut self, look: Look, inbox: &Inbox<Look>) {
        let begun = Instant::now();
        let mut loaded = Loaded::default();
        let mut before = 0;
        if self.tell_time().is_break() {
            return;
        }
        for at in 0..self.origins.len() {
            let Some(origin) = self.origins.get(at).map(Arc::clone) else { break };
            let turn = Turn { at, origin: &origin, thorough: look.thorough, before };
            match origin.source() {
                Ok(Some(source)) => match self.refresh_newest(turn, &source, inbox) {
                    Ok(summary) => {
                        before = before.saturating_add(summary.report.files);
                        self.count(turn, summary, &mut loaded);
                    }
                    Err(error) => loaded.failures.push(SafeText::new(&format!("{error}."))),
                },
                // It has never been fetched, and those who fetch it say how that goes.
                Ok(None) => {}
                Err(error) => loaded.failures.push(SafeText::new(&format!("{error}."))),
            }
            if inbox.has_messages() || inbox.is_closed() {
                tracing::info!(took = ?begun.elapsed(), "ended a look early");
                return;
            }
        }
        for record in &mut self.records {
            let Counts { added, changed, removed } = std::mem::take(&mut record.counts);
            loaded.added = loaded.added.saturating_add(added);
            loaded.changed = loaded.changed.saturating_add(changed);
            loaded.removed = loaded.removed.saturating_add(removed);
        }
        let Loaded { added, changed, removed, .. } = loaded;
        let failures = loaded.failures.len();
        tracing::info!(added, changed, removed, failures, took = ?begun.elapsed(), "looked at the sources");
        let message = Message::LoadFinished { generation: look.generation, loaded };
        // Behind all items of this look. If Rounds is ending, the inbox is closed as well.
        let _ends = self.outbox.send_facts(message);
    }

    /// Brings the catalog of one source up to date, with the copy that is there when it is this one's turn: while another
    /// process fills the catalog, yet another may fetch.
    fn refresh_newest(
        &mut self,
        turn: Turn<'_>,
        source: &Source,
        inbox: &Inbox<Look>,
    ) -> Result<Summary, RefreshError> {
        match self.refresh(turn, source, inbox) {
            Err(RefreshError::Source(error)) => match turn.origin.source_after(&error) {
                Some(newer) => self.refresh(turn, &newer, inbox),
                None => Err(error.into()),
            },
            refreshed => refreshed,
        }
    }

    /// Brings the catalog of one source up to date.
    fn refresh(
        &mut self,
        turn: Turn<'_>,
        source: &Source,
        inbox: &Inbox<Look>,
    ) -> Result<Summary, RefreshError> {
        let Turn { at, origin, thorough, before } = turn;
        let Self { collection, outbox, records, .. } = self;
        // What was fetched bears its digest in its name, so there is nothing to look for twice.
        let thorough = thorough && !origin.is_remote();
        // An archive is written whole or not at all, so ending early would only mean to begin from nothing.
        let may_end_early = !source.is_archive();
        let mut epoch = collection.epoch();
        let refreshed = collection.refresh(at, source, thorough, &mut |step| {
            let sent = match step {
                RefreshStep::Changed { changes, checked, found, .. } => {
                    // Only what was known before anything has been looked at comes without a number of files.
                    let found = found.max(changes.written.len()).saturating_add(before);
                    let progress = Progress { checked: checked.saturating_add(before), found };
                    match hand_over(outbox, epoch, changes) {
                        ControlFlow::Continue(()) => outbox.send_facts(Message::LoadProgress(progress)),
                        ends @ ControlFlow::Break(()) => ends,
                    }
                }
                RefreshStep::Restarted { notice } => {
                    epoch = epoch.saturating_add(1);
                    if let Some(record) = records.get_mut(at) {
                        record.is_first = true;
                    }
                    tracing::warn!(source = at, epoch, "a catalog is rebuilt");
                    outbox.send_facts(Message::Restarted { epoch, notice })
                }
            };
            if inbox.is_closed() || (may_end_early && inbox.has_messages()) {
                return ControlFlow::Break(());
            }
            sent
        });
        debug_assert_eq!(epoch, collection.epoch());
        refreshed
    }

    /// Adds what a look has brought to what the ones before have, and lets the persistence find out what of it is new.
    fn count(&mut self, turn: Turn<'_>, summary: Summary, loaded: &mut Loaded) {
        let Turn { at, origin, .. } = turn;
        let Some(record) = self.records.get_mut(at) else { return };
        let is_first = record.is_first;
        // What is read for the first time, or all over again, is not news.
        if !is_first {
            record.counts.add(&summary);
        }
        record.is_first &= !summary.is_whole;
        let Summary { is_whole, report, .. } = summary;
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
        match self.collection.successions(at) {
            Ok(successions) if successions.is_empty() => {}
            Ok(successions) => self.persistence.send(persistence::Job::CarryOver(successions)),
            Err(error) => tracing::warn!(source = at, %error, "which items have other keys is not known"),
        }
        if is_whole {
            match self.collection.keys(at, self.clock()) {
                Ok(keys) => self.persistence.send(persistence::Job::Arrive(at, keys)),
                Err(error) => tracing::warn!(source = at, %error, "what is new is not known"),
            }
        }
    }

    /// Puts the text of the items into the index, until all is in it or there is something else to do.
    fn index(&mut self, inbox: &Inbox<Look>) {
        let Self { collection, outbox, .. } = self;
        let begun = Instant::now();
        let (mut told, mut left_for_later) = (Instant::now(), false);
        let indexed = collection.index_all(&mut |waiting| {
            let mut flow = ControlFlow::Continue(());
            if told.elapsed() >= INDEXING_TOLD {
                told = Instant::now();
                flow = outbox.send_facts(Message::Indexed { waiting: waiting as usize });
            }
            left_for_later = inbox.has_messages() || inbox.is_closed() || flow.is_break();
            if left_for_later { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        tracing::info!(took = ?begun.elapsed(), left_for_later, "filled the index");
        if let Err(error) = indexed {
            tracing::warn!(%error, "the index is not full");
            let reason = format!("Some items are found by their titles and topics only: {error}.");
            let _ends = outbox.send(Message::Failed(SafeText::new(&reason)));
        }
        if !left_for_later {
            let _ends = outbox.send_facts(Message::Indexed { waiting: 0 });
        }
    }

    /// Tells what time it is, by which it is decided which items are withheld.
    fn tell_time(&self) -> ControlFlow<()> {
        self.outbox.send_facts(Message::Time(self.clock()))
    }

    fn clock(&self) -> Clock {
        calendar::clock(self.origins.iter().filter_map(|origin| origin.newest()).max())
    }

    fn hand_over(&self, changes: Changes) -> ControlFlow<()> {
        hand_over(self.outbox, self.collection.epoch(), changes)
    }
}

/// Hands over what has changed, if anything has.
fn hand_over(outbox: &Outbox, epoch: u64, changes: Changes) -> ControlFlow<()> {
    if changes.is_empty() {
        return ControlFlow::Continue(());
    }
    let Changes { written, removed } = changes;
    outbox.send_facts(Message::Items { epoch, written, removed })
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
