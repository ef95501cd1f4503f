//! Chooses who goes next, and checks what must hold.

use std::collections::HashSet;
use std::sync::Arc;

use fastrand::Rng;

use super::disk::{CatalogLock, Disk, StateLock, titles};
use super::source::SourceFolder;
use super::world::{To, World};
use crate::edge::homes::Homes;
use crate::edge::origin::Origin;
use crate::edge::origin::tests::folder;
use crate::edge::store::Store;
use crate::item::ItemKey;
use crate::library::{Mark, View};
use crate::reached::Reached;
use crate::reader::{Key, KeyCode, Message};

/// How many choices are made before everything comes to rest.
const STEPS: u32 = 120;

/// What is typed: moving, reading, marking, undoing, searching, keeping a search, refreshing.
const TYPED: [&str; 18] = [
    "j",
    "k",
    "G",
    "\n",
    "q",
    "s",
    "s",
    "m",
    "m",
    "A",
    "u",
    "r",
    "r",
    "rr",
    "/is:unread\nS",
    "/item\nS",
    "\u{1b}",
    "t",
];

/// What can be chosen.
#[derive(Debug, Clone, Copy)]
enum Choice {
    TakeFacts,
    TakeUrgent,
    Deliver,
    Type,
    ChangeFiles,
    MarkElsewhere,
    LookAround,
    DamageCatalog,
    LockState,
    UnlockState,
    LockCatalog,
    UnlockCatalog,
    TimePasses,
    CheckMarks,
}

/// Every choice, with the weights that it may have. Each run draws one of them for each choice, so that in some runs
/// the user is quick and the services are slow, in others files never rest, and so on.
const CHOICES: [(Choice, [u32; 3]); 14] = [
    (Choice::TakeFacts, [2, 20, 40]),
    (Choice::TakeUrgent, [2, 20, 40]),
    (Choice::Deliver, [5, 20, 40]),
    (Choice::Type, [5, 15, 60]),
    (Choice::ChangeFiles, [0, 3, 15]),
    (Choice::MarkElsewhere, [0, 3, 10]),
    (Choice::LookAround, [1, 3, 10]),
    (Choice::DamageCatalog, [0, 1, 3]),
    (Choice::LockState, [0, 1, 4]),
    (Choice::UnlockState, [1, 2, 4]),
    (Choice::LockCatalog, [0, 1, 2]),
    (Choice::UnlockCatalog, [1, 2, 4]),
    (Choice::TimePasses, [0, 1, 5]),
    (Choice::CheckMarks, [1, 2, 4]),
];

const LOOK_WHILE_COMING: &str = "a look was asked for while items were coming";
const CHANGE_WHILE_COMING: &str = "files changed while items were coming";
const SAVED_EARLY: &str = "something was to be saved before anything was remembered";
const DISK_BUSY: &str = "a mark was on its way while the disk was busy";
const SIGN: &str = "a sign said that a mark is on its way";
const MARKED_ELSEWHERE: &str = "another process marked something while a mark was on its way here";
const CATALOG_LOCKED: &str = "a look was asked for while the catalog was locked";
const CATALOG_REBUILT: &str = "a catalog was rebuilt";

/// What the interleavings must reach: where things were lost before, or could be.
pub const PREMISES: [&str; 8] = [
    LOOK_WHILE_COMING,
    CHANGE_WHILE_COMING,
    SAVED_EARLY,
    DISK_BUSY,
    SIGN,
    MARKED_ELSEWHERE,
    CATALOG_LOCKED,
    CATALOG_REBUILT,
];

/// Runs one interleaving to its end.
pub fn run(seed: u64, reached: &Reached) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed);
    let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut source = SourceFolder::new(directory.path().join("news"), &mut rng);
    let origin = Arc::new(folder(source.path()));
    let homes = Homes::within(directory.path());
    if rng.bool() {
        // A first visit, so that the next start is warm.
        let mut before = Scheduler::start(&origin, &homes);
        before.come_to_rest()?;
        before.world.end();
        if rng.bool() {
            source.change(&mut rng);
        }
    }
    let mut scheduler = Scheduler::start(&origin, &homes);
    let weights = CHOICES.map(|(choice, weights)| (choice, rng.choice(weights).unwrap_or_default()));
    for _ in 0..STEPS {
        let choice = weighted(&weights, &mut rng);
        scheduler.step(choice, &mut source, &mut rng)?;
        scheduler.note(choice, reached);
    }
    scheduler.come_to_rest()?;
    reached.note(CATALOG_REBUILT, scheduler.world.reader.loading.epoch > 0);
    let unsaved = scheduler.world.reader.saving().unsaved().words();
    if !unsaved.is_empty() {
        return Err(format!("{unsaved} not saved, though nothing is in the way"));
    }
    scheduler.check_list(&source)?;
    scheduler.check_marks()?;
    let shown = scheduler.world.reader.library.marks().clone();
    scheduler.world.end();
    let kept = Disk::new(homes).marks();
    if shown.read.is_subset(&kept.read) && shown.starred.is_subset(&kept.starred) {
        Ok(())
    } else {
        Err("marks that were shown are not there after the end".to_owned())
    }
}

/// Draws a choice by its weight.
fn weighted(weights: &[(Choice, u32)], rng: &mut Rng) -> Choice {
    let mut left = rng.u32(0..weights.iter().map(|(_, weight)| weight).sum());
    for (choice, weight) in weights {
        if left < *weight {
            return *choice;
        }
        left -= weight;
    }
    Choice::TakeUrgent
}

struct Scheduler {
    world: World,
    disk: Disk,
    origin: Arc<Origin>,
    state_lock: Option<StateLock>,
    catalog_lock: Option<CatalogLock>,
}

impl Scheduler {
    fn start(origin: &Arc<Origin>, homes: &Homes) -> Self {
        Self {
            world: World::start(origin, Store::at(homes.clone())),
            disk: Disk::new(homes.clone()),
            origin: Arc::clone(origin),
            state_lock: None,
            catalog_lock: None,
        }
    }

    /// Makes one choice, and waits until everything that follows by itself has happened.
    fn step(&mut self, choice: Choice, source: &mut SourceFolder, rng: &mut Rng) -> Result<(), String> {
        match choice {
            Choice::TakeFacts if self.world.has_facts() => self.world.take_facts(),
            Choice::TakeUrgent => self.world.take_urgent(),
            Choice::Deliver => {
                let awaited = self.world.awaited();
                if let Some(to) = rng.choice(awaited) {
                    self.world.deliver(to);
                }
            }
            Choice::Type => self.type_keys(rng.choice(TYPED).unwrap_or_default()),
            Choice::ChangeFiles => {
                source.change(rng);
                self.world.tell(Message::SourceChanged);
            }
            Choice::MarkElsewhere => self.mark_elsewhere(rng),
            Choice::LookAround => self.world.look_around(),
            Choice::DamageCatalog => self.disk.damage_catalog(&self.origin),
            Choice::LockState if self.state_lock.is_none() => self.state_lock = self.disk.lock_state(),
            Choice::UnlockState => self.state_lock = None,
            Choice::LockCatalog if self.catalog_lock.is_none() => {
                self.catalog_lock = self.disk.lock_catalog(&self.origin);
            }
            Choice::UnlockCatalog => self.catalog_lock = None,
            Choice::TimePasses if self.world.reader.saving().is_unannounced() => {
                self.world.tell(Message::SavingLate);
            }
            Choice::CheckMarks if self.state_lock.is_none() => self.check_marks()?,
            Choice::TakeFacts
            | Choice::LockState
            | Choice::LockCatalog
            | Choice::TimePasses
            | Choice::CheckMarks => return Ok(()),
        }
        self.settle()
    }

    /// Takes note of what a choice has met.
    fn note(&self, choice: Choice, reached: &Reached) {
        let World { reader, was_remembered, .. } = &self.world;
        let is_coming = reader.loading.progress.is_some();
        let is_waiting = |to: To| self.world.awaited().contains(&to);
        let is_unsaved = reader.saving().unsaved_marks().next().is_some();
        match choice {
            Choice::Type => {
                reached.note(LOOK_WHILE_COMING, is_coming && is_waiting(To::Loading));
                reached.note(SAVED_EARLY, !was_remembered && is_waiting(To::Saving));
                reached.note(DISK_BUSY, is_unsaved && self.state_lock.is_some());
                reached.note(CATALOG_LOCKED, is_waiting(To::Loading) && self.catalog_lock.is_some());
            }
            Choice::ChangeFiles => reached.note(CHANGE_WHILE_COMING, is_coming),
            Choice::TimePasses => reached.note(SIGN, reader.saving().sign().is_some()),
            Choice::MarkElsewhere => reached.note(MARKED_ELSEWHERE, is_unsaved && self.state_lock.is_none()),
            _ => {}
        }
    }

    fn settle(&self) -> Result<(), String> {
        self.world.settle(self.state_lock.is_some())
    }

    fn type_keys(&mut self, typed: &str) {
        for character in typed.chars() {
            let key = match character {
                '\n' => Key::plain(KeyCode::Enter),
                '\u{1b}' => Key::plain(KeyCode::Esc),
                character => Key::char(character),
            };
            self.world.tell(Message::Key(key));
        }
    }

    fn mark_elsewhere(&mut self, rng: &mut Rng) {
        let keys = self.world.reader.library.keys();
        // Another process would wait for the lock that this test holds itself.
        if let (Some(key), None) = (rng.choice(keys), &self.state_lock) {
            self.disk.mark(key, if rng.bool() { Mark::Read } else { Mark::Starred });
        }
    }

    /// Lets everything happen that is on its way.
    fn come_to_rest(&mut self) -> Result<(), String> {
        self.state_lock = None;
        self.catalog_lock = None;
        self.world.look_around();
        self.settle()?;
        while !self.world.is_at_rest() {
            for to in self.world.awaited() {
                self.world.deliver(to);
            }
            while self.world.has_urgent() {
                self.world.take_urgent();
            }
            if self.world.has_facts() {
                self.world.take_facts();
            }
            self.settle()?;
        }
        match self.world.faults.first() {
            Some(fault) => Err(fault.clone()),
            None => Ok(()),
        }
    }

    /// At rest the list is what the source holds, which is what the catalog holds.
    fn check_list(&self, source: &SourceFolder) -> Result<(), String> {
        let expected = source.titles();
        let reader = &self.world.reader;
        let (listed, catalogued) = (titles(&reader.library), self.disk.titles(&self.origin));
        if listed != expected {
            return Err(format!("the list is {listed:#?}, and the source holds {expected:#?}"));
        }
        if catalogued != expected {
            return Err(format!("the catalog is {catalogued:#?}, and the source holds {expected:#?}"));
        }
        if reader.counts(View::All).total != expected.len() {
            return Err("the count of all items is not that of the list".to_owned());
        }
        Ok(())
    }

    /// Every mark that is shown without a sign would survive if the program were killed now.
    fn check_marks(&self) -> Result<(), String> {
        let reader = &self.world.reader;
        let (shown, kept) = (reader.library.marks(), self.disk.marks());
        let unsaved: HashSet<(ItemKey, Mark)> = reader.saving().unsaved_marks().collect();
        let lost = |shown: &HashSet<ItemKey>, kept: &HashSet<ItemKey>, mark| {
            shown.iter().any(|key| !kept.contains(key) && !unsaved.contains(&(*key, mark)))
        };
        if lost(&shown.read, &kept.read, Mark::Read) || lost(&shown.starred, &kept.starred, Mark::Starred) {
            return Err("a mark that is shown as saved is not on the disk".to_owned());
        }
        Ok(())
    }
}
