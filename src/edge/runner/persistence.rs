//! Saves what must not be lost: marks at once; where the user is, and settings, when they stay so for a moment.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use jiff::Timestamp;

use super::outbox::Outbox;
use super::service::{Handover, Inbox, Mailbox, Offered, Service, Waited};
use super::unsettled::Unsettled;
use crate::item::{ItemKey, SafeText, Succession};
use crate::library::Order;
use crate::reader::{Memory, Message, Part, Place, Save};
use crate::store::state::{self, Leaving, Saving, Setting, State};

/// How long a place, a position or a setting must stay before it is written.
const SETTLED: Duration = Duration::from_millis(500);
/// How often saving is tried again while it does not work.
const AGAIN: Duration = Duration::from_secs(5);
/// How many positions are remembered, the latest first.
const POSITIONS_MAX: u32 = 2000;
/// How many marks of other processes, or new items, are handed over at once: a key never waits for many.
const BATCH: usize = 1000;

/// Something to do.
#[derive(Debug)]
pub enum Job {
    /// Save something. Marks and searches are answered with [`Message::Saved`] and this number.
    Save {
        /// The number of the save.
        number: u64,
        /// What to save.
        save: Save,
    },
    /// Try again to save what could not be saved.
    Retry,
    /// All items of a source are known: find out which of them are new. The sources are counted in the order in which
    /// they were opened.
    Arrive(usize, Vec<ItemKey>),
    /// Items have other keys than before: their marks follow.
    CarryOver(Vec<Succession>),
    /// Another Rounds may have changed something.
    LookAround,
    /// Say that the state is open, to a service that begins with that.
    SayOpen(Handover<()>),
    /// The visit ends. The answer says whether everything is on the disk.
    End(Sender<Saving>),
}

/// A source that is visited.
#[derive(Debug, Clone)]
pub struct Visited {
    /// What it is known by.
    pub location: String,
    /// What it is called.
    pub label: SafeText,
}

/// The service that saves what must not be lost.
pub struct Persistence(Service<Job>);

impl Persistence {
    /// Starts the service, and says where it is to be given what was kept. What is sent before that waits.
    ///
    /// # Errors
    ///
    /// When the system has no thread to spare.
    pub fn start(sources: Vec<Visited>, outbox: &Outbox) -> io::Result<(Self, Handover<State>)> {
        let (service, state) = Service::start_later(Part::Saving, outbox, move |state, inbox, outbox| {
            Desk::new(state, sources, outbox).work(inbox);
        })?;
        Ok((Self(service), state))
    }

    /// Where its jobs are sent.
    pub fn mailbox(&self) -> &Mailbox<Job> {
        self.0.mailbox()
    }

    /// Ends the visit: everything is written by a deadline. The answer says whether it is on the disk; `None` when
    /// that could not be learnt in time.
    pub fn end(self, deadline: Instant) -> Option<Saving> {
        let saving = end_visit(self.mailbox(), deadline);
        self.0.join(deadline);
        saving
    }
}

/// Ends the visit, from any thread: everything that was sent before is written by a deadline. The answer says whether it
/// is on the disk; `None` when that could not be learnt in time.
pub fn end_visit(mailbox: &Mailbox<Job>, deadline: Instant) -> Option<Saving> {
    let (answer, answered) = bounded(1);
    mailbox.send(Job::End(answer));
    answered.recv_deadline(deadline).ok()
}

/// What the thread has before it.
struct Desk<'a> {
    state: State,
    sources: Vec<Visited>,
    /// What the sources are known by as one, to find the place again where the user was in them.
    together: String,
    outbox: &'a Outbox,
    /// What has not settled yet.
    unsettled: Unsettled,
    /// Items that other processes have marked, and of which the reader has not been told yet.
    marked_elsewhere: VecDeque<ItemKey>,
    /// Items that are new, and of which the reader has not been told yet.
    new: VecDeque<ItemKey>,
    /// The number of the last save that was asked for.
    last: u64,
    /// Whether the user knows that nothing can be saved.
    has_told_failure: bool,
    /// Whether the whole state has been looked at for damage, which is done once a run, when nobody waits.
    is_examined: bool,
}

impl<'a> Desk<'a> {
    fn new(state: State, sources: Vec<Visited>, outbox: &'a Outbox) -> Self {
        Self {
            state,
            together: together(&sources),
            sources,
            outbox,
            unsettled: Unsettled::default(),
            marked_elsewhere: VecDeque::new(),
            new: VecDeque::new(),
            last: 0,
            has_told_failure: false,
            is_examined: false,
        }
    }

    fn work(mut self, inbox: &mut Inbox<Job>) {
        let memory = self.memory();
        if self.tell(Message::Remembered(Box::new(memory))).is_break() {
            // The loop is ending already, and may still want something saved.
            tracing::debug!("what is remembered is no longer needed");
        }
        let saving = self.state.saving();
        self.report(saving);
        loop {
            match self.next(inbox) {
                Waited::Message(Job::End(answer)) => {
                    let saving = self.leave();
                    // Who asked may have stopped waiting.
                    let _late = answer.send(saving);
                    return;
                }
                Waited::Message(job) => self.perform(job),
                Waited::TimedOut => self.settle(),
                Waited::Closed => {
                    self.leave();
                    return;
                }
            }
        }
    }

    /// The next job, or that it is time to write what has settled, or to try again. Facts are handed over meanwhile.
    fn next(&mut self, inbox: &mut Inbox<Job>) -> Waited<Job> {
        while let Some(facts) = self.next_facts() {
            match inbox.offer(self.outbox, facts) {
                Offered::Taken => self.drop_facts(),
                Offered::Message(job) => return Waited::Message(job),
                Offered::Closed => {
                    self.new.clear();
                    self.marked_elsewhere.clear();
                }
            }
        }
        if !self.unsettled.is_empty() {
            inbox.recv_timeout(SETTLED)
        } else if self.has_told_failure {
            inbox.recv_timeout(AGAIN)
        } else {
            inbox.recv().map_or(Waited::Closed, Waited::Message)
        }
    }

    fn memory(&mut self) -> Memory {
        let begun = Instant::now();
        // What is asked of one source counts what other sources have brought since as well; together with these, only
        // a look through all of them tells.
        let new = match self.sources.as_slice() {
            [only] => self.state.new_items(&only.location),
            _ => Vec::new(),
        };
        let memory = Memory {
            marks: self.state.marks(),
            new,
            place: self.state.source(&self.together).map(|known| shown(known.place)),
            positions: self.state.positions(POSITIONS_MAX),
            searches: self.state.searches().iter().map(|typed| SafeText::new(typed)).collect(),
            settings: self.state.settings(),
        };
        tracing::info!(marks = memory.marks.read.len(), took = ?begun.elapsed(), "read what is remembered");
        memory
    }

    fn perform(&mut self, job: Job) {
        match job {
            Job::Save { number, save } => {
                self.last = self.last.max(number);
                self.save(save);
            }
            Job::Retry => {
                let saving = self.state.retry();
                self.report(saving);
            }
            Job::Arrive(source, keys) => self.arrive(source, &keys),
            Job::CarryOver(successions) => self.carry_over(&successions),
            Job::LookAround => self.look_around(),
            Job::SayOpen(service) => service.give(()),
            Job::End(_) => {}
        }
    }

    fn save(&mut self, save: Save) {
        let begun = Instant::now();
        let now = Timestamp::now();
        let saving = match save {
            Save::Place(place) => {
                self.unsettled.set_place(place);
                return;
            }
            Save::Position(key, position) => {
                self.unsettled.set_position(key, position);
                return;
            }
            Save::Setting { name, value } => {
                self.keep_setting(name, value);
                return;
            }
            Save::Marks { keys, mark, marked } => self.state.set_mark(&keys, mark, marked, now),
            Save::Search(typed) => self.state.save_search(&typed),
            Save::DropSearch(typed) => self.state.drop_search(&typed),
        };
        tracing::info!(took = ?begun.elapsed(), saved = matches!(saving, Saving::Saved), "saved");
        self.report(saving);
    }

    /// Has a setting written with what settles next. One that is too long is refused, and the one of before stays.
    fn keep_setting(&mut self, name: String, value: String) {
        match Setting::new(name, value) {
            Ok(setting) => self.unsettled.set_setting(setting),
            Err(problem) => {
                let _ends = self.tell(Message::Failed(SafeText::of(problem)));
            }
        }
    }

    fn arrive(&mut self, source: usize, keys: &[ItemKey]) {
        let Some(Visited { location, label }) = self.sources.get(source) else { return };
        // Whether a bundle is still at its address cannot be known here.
        let exists = |location: &str| location.contains("://") || Path::new(location).exists();
        let arrival = self.state.arrive(location, label, keys, &exists);
        tracing::info!(
            source,
            items = keys.len(),
            new = arrival.new.len(),
            "took note of the items of a source"
        );
        self.new.extend(arrival.new);
        if !std::mem::replace(&mut self.is_examined, true) {
            self.state.examine();
            self.report_notices();
        }
        if arrival.moved_from.is_some() && self.sources.len() == 1 {
            let _ends = self.tell(Message::Returned(shown(arrival.memory.place)));
        }
    }

    fn carry_over(&mut self, successions: &[Succession]) {
        let keys = self.state.carry_over(successions);
        tracing::info!(
            successions = successions.len(),
            items = keys.len(),
            "marks followed items to other keys"
        );
        self.marked_elsewhere.extend(keys);
    }

    fn look_around(&mut self) {
        let keys = self.state.changed_elsewhere();
        if !keys.is_empty() {
            tracing::info!(items = keys.len(), "another Rounds has changed marks");
        }
        self.marked_elsewhere.extend(keys);
        self.report_notices();
    }

    /// The next facts for the reader. Marks are read at the last moment: the reader takes these facts before it hears of
    /// any save that is made later, and so knows by the number which of its own changes are newer.
    fn next_facts(&mut self) -> Option<Message> {
        let some = |keys: &VecDeque<ItemKey>| keys.iter().take(BATCH).copied().collect::<Vec<_>>();
        if !self.new.is_empty() {
            return Some(Message::NewItems(some(&self.new)));
        }
        if self.marked_elsewhere.is_empty() {
            return None;
        }
        let changes = self.state.marks_now(&some(&self.marked_elsewhere));
        Some(Message::MarksChanged { as_of: self.last, changes })
    }

    /// Forgets the facts that were taken.
    fn drop_facts(&mut self) {
        let taken = if self.new.is_empty() { &mut self.marked_elsewhere } else { &mut self.new };
        taken.drain(..BATCH.min(taken.len()));
    }

    /// Writes what has settled, or tries again to write what could not be written.
    fn settle(&mut self) {
        let saving = if self.unsettled.is_empty() {
            self.state.retry()
        } else {
            let leaving = self.unsettled.take(&self.together);
            self.state.settle(leaving, Timestamp::now())
        };
        self.report(saving);
    }

    /// Writes all that is left, and ends the visit, in one transaction.
    fn leave(&mut self) -> Saving {
        let begun = Instant::now();
        let locations = self.sources.iter().map(|source| source.location.clone()).collect();
        let leaving = Leaving { locations, ..self.unsettled.take(&self.together) };
        let saving = self.state.settle(leaving, Timestamp::now());
        tracing::info!(took = ?begun.elapsed(), saved = matches!(saving, Saving::Saved), "ended the visit");
        saving
    }

    /// Says what is on the disk now. That nothing can be saved is told once, and once that it can again.
    fn report(&mut self, saving: Saving) {
        self.report_notices();
        let told = match saving {
            Saving::Saved => {
                let again = std::mem::take(&mut self.has_told_failure).then(|| {
                    Message::Told(SafeText::new("Marks are being saved again, the earlier ones too."))
                });
                let flow = again.map_or(ControlFlow::Continue(()), |message| self.tell(message));
                if flow.is_break() { flow } else { self.tell(Message::Saved(self.last)) }
            }
            Saving::InMemory(reason) => {
                self.has_told_failure = true;
                self.tell(Message::NotSaved(reason))
            }
        };
        if told.is_break() {
            tracing::debug!("what is saved is no longer needed");
        }
    }

    /// Tells what the user has to know of the state file.
    fn report_notices(&mut self) {
        for notice in self.state.take_notices() {
            tracing::warn!("the state file was rescued");
            let _ends = self.tell(Message::Failed(notice));
        }
    }

    fn tell(&self, message: Message) -> ControlFlow<()> {
        self.outbox.send(message)
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

#[cfg(test)]
mod tests;
