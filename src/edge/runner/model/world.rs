//! One run of the program: its services, its reader, and everything that is on its way between them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::date;

use super::super::outbox::{Arrival, Arrivals, outbox};
use super::super::services::Services;
use crate::edge::origin::Origin;
use crate::edge::store::Store;
use crate::reader::{Effect, Message, Reader, Size, update};

/// How long a step of a service may take before the test takes it for one that hangs.
const HANGS: Duration = Duration::from_secs(60);

/// To whom an effect goes. What goes to one arrives in the order in which it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    Loading,
    Saving,
    Pages,
    Searching,
}

impl To {
    pub const ALL: [Self; 4] = [Self::Loading, Self::Saving, Self::Pages, Self::Searching];

    fn of(effect: &Effect) -> Option<Self> {
        match effect {
            Effect::Load { .. } => Some(Self::Loading),
            Effect::Save { .. } | Effect::RetrySaving => Some(Self::Saving),
            Effect::SetPage(_)
            | Effect::CopyCitation(_)
            | Effect::CopyOriginal(_)
            | Effect::OpenOriginal(_) => Some(Self::Pages),
            Effect::Search { .. } | Effect::FindContexts { .. } => Some(Self::Searching),
            _ => None,
        }
    }
}

/// One run of the program.
pub struct World {
    pub reader: Reader,
    services: Services,
    arrivals: Arrivals,
    /// What the reader has asked for and nobody has been told yet.
    asked: [VecDeque<Effect>; 4],
    /// How many facts were taken.
    taken: u64,
    /// Whether the reader has been told what is remembered.
    pub was_remembered: bool,
    /// Faults that services reported, which must not be.
    pub faults: Vec<String>,
}

impl World {
    /// Starts the program.
    pub fn start(origin: &Arc<Origin>, store: Store) -> Self {
        let (outbox, arrivals) = outbox();
        let services = Services::start(vec![Arc::clone(origin)], store, outbox).unwrap();
        let mut world = Self {
            reader: Reader::new(origin.label(), None),
            services,
            arrivals,
            asked: Default::default(),
            taken: 0,
            was_remembered: false,
            faults: Vec::new(),
        };
        world.tell(Message::Started(Size { columns: 100, rows: 30 }, date(2026, 11, 22)));
        world
    }

    /// Tells the reader something, and keeps what it asks for.
    pub fn tell(&mut self, message: Message) {
        if let Message::PartEnded { part, reason } = &message {
            self.faults.push(format!("{part:?} ended: {reason}"));
        }
        self.was_remembered |= matches!(message, Message::Remembered(_));
        for effect in update(&mut self.reader, message) {
            if let Some(to) = To::of(&effect) {
                self.asked[to as usize].push_back(effect);
            }
        }
    }

    /// Those for whom something waits to be delivered.
    pub fn awaited(&self) -> Vec<To> {
        To::ALL.into_iter().filter(|to| !self.asked[*to as usize].is_empty()).collect()
    }

    /// Delivers the next thing that was asked of a service.
    pub fn deliver(&mut self, to: To) {
        if let Some(effect) = self.asked[to as usize].pop_front() {
            let _ = self.services.perform(effect);
        }
    }

    /// Has the persistence look for what another process has saved.
    pub fn look_around(&self) {
        self.services.look_around();
    }

    /// Whether keys or answers wait to be taken.
    pub fn has_urgent(&self) -> bool {
        !self.arrivals.urgent.is_empty()
    }

    /// Takes the next answer.
    pub fn take_urgent(&mut self) {
        if let Ok(Arrival::Message(message)) = self.arrivals.urgent.try_recv() {
            self.tell(message);
        }
    }

    /// Whether a service waits for facts to be taken.
    pub fn has_facts(&self) -> bool {
        self.services.activities().iter().any(|activity| activity.handed_over().1)
    }

    /// Takes the next facts.
    pub fn take_facts(&mut self) {
        if let Ok(message) = self.arrivals.facts.recv_timeout(HANGS) {
            self.taken += 1;
            self.tell(message);
        }
    }

    /// Waits until every service has done what it can: it waits for a message, or for its facts to be taken. While
    /// something keeps the disk busy, the persistence is not waited for.
    pub fn settle(&self, is_disk_busy: bool) -> Result<(), String> {
        let deadline = Instant::now() + HANGS;
        loop {
            let activities = self.services.activities();
            let taken: u64 = activities.iter().map(|activity| activity.handed_over().0).sum();
            let waits = |(at, activity): (usize, &&super::super::activity::Activity)| {
                activity.is_settled() || (is_disk_busy && at == To::Saving as usize)
            };
            if taken == self.taken && activities.iter().enumerate().all(waits) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let idle: Vec<bool> = activities.iter().map(|activity| activity.is_idle()).collect();
                return Err(format!("a service hangs; idle are {idle:?}"));
            }
            thread::yield_now();
        }
    }

    /// Whether nothing is on its way any more.
    pub fn is_at_rest(&self) -> bool {
        !self.has_facts() && !self.has_urgent() && self.awaited().is_empty()
    }

    /// Ends the program as quitting does.
    pub fn end(self) {
        let Self { services, arrivals, .. } = self;
        drop(arrivals);
        services.end();
    }
}
