//! Chooses who goes next, and checks what must hold.

use std::collections::HashSet;
use std::sync::Arc;

use fastrand::Rng;

use super::disk::{CatalogLock, Disk, StateLock, titles};
use super::source::SourceFolder;
use super::world::World;
use crate::edge::homes::Homes;
use crate::edge::origin::Origin;
use crate::edge::origin::tests::folder;
use crate::edge::store::Store;
use crate::item::ItemKey;
use crate::library::{Mark, View};
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
    "/item\n",
    "\u{1b}",
    "t",
];

/// Runs one interleaving to its end.
pub fn run(seed: u64) -> Result<(), String> {
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
    for _ in 0..STEPS {
        scheduler.step(&mut source, &mut rng)?;
    }
    scheduler.come_to_rest()?;
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

struct Scheduler {
    world: World,
    disk: Disk,
    origin: Arc<Origin>,
    state_lock: Option<StateLock>,
    catalog_lock: Option<CatalogLock>,
    /// Whether another process has marked something of which the program has not been told.
    others_marked: bool,
}

impl Scheduler {
    fn start(origin: &Arc<Origin>, homes: &Homes) -> Self {
        Self {
            world: World::start(origin, Store::at(homes.clone())),
            disk: Disk::new(homes.clone()),
            origin: Arc::clone(origin),
            state_lock: None,
            catalog_lock: None,
            others_marked: false,
        }
    }

    /// Makes one choice, and waits until everything that follows by itself has happened.
    fn step(&mut self, source: &mut SourceFolder, rng: &mut Rng) -> Result<(), String> {
        match rng.u32(0..100) {
            0..25 if self.world.has_facts() => self.world.take_facts(),
            25..45 if self.world.has_urgent() => self.world.take_urgent(),
            45..65 => {
                let awaited = self.world.awaited();
                if let Some(to) = rng.choice(awaited) {
                    self.world.deliver(to);
                }
            }
            65..80 => self.type_keys(rng.choice(TYPED).unwrap_or_default()),
            80..84 => {
                source.change(rng);
                self.world.tell(Message::SourceChanged);
            }
            84..87 => self.mark_elsewhere(rng),
            87..89 if self.others_marked => {
                self.others_marked = false;
                self.world.look_around();
            }
            89..90 => self.disk.damage_catalog(&self.origin),
            90..92 if self.state_lock.is_none() => self.state_lock = self.disk.lock_state(),
            92..94 => self.state_lock = None,
            94..95 if self.catalog_lock.is_none() => self.catalog_lock = self.disk.lock_catalog(&self.origin),
            95..97 => self.catalog_lock = None,
            97..98 if self.world.reader.saving().is_unannounced() => self.world.tell(Message::SavingLate),
            98..100 if self.state_lock.is_none() => self.check_marks()?,
            _ => {}
        }
        self.settle()
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
            self.others_marked = true;
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
