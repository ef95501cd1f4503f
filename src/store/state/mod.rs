//! What Rounds never forgets: read and starred marks, positions, places, visits, kept searches and settings.
//!
//! It is one SQLite file, in write-ahead mode and synchronous: what has been acknowledged survives a kill and a
//! power cut. [`State`] is the one door. It never fails: a damaged file is moved aside and what can be read of it is
//! put into a new one (`rescue`, `salvage`); a disk that refuses is done without until it works again (`medium`).
//! Changes are values (`change`), made in short transactions; those that cannot be made yet wait, and those of other
//! processes are heard of (`keeper`).

mod arrival;
mod carry;
mod change;
mod counters;
mod disk;
mod export;
mod gate;
mod import;
mod keeper;
mod marks;
mod medium;
mod paths;
mod positions;
mod rescue;
mod rows;
mod salvage;
mod schema;
mod searches;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod trouble;

pub use arrival::Arrival;
pub use export::{Export, ImportProblem};
pub use import::Imported;

pub use settings::{Setting, SettingTooLong};
pub use sources::{Place, SourceMemory};

use std::path::Path;

use jiff::Timestamp;

use crate::item::{ItemKey, SafeText, Succession};
use crate::library::{Mark, MarkChange, Marks, Position};
use arrival::Arriving;
use change::{Applied, Change};
use keeper::Keeper;
use paths::Paths;

/// Whether all changes are on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// They are.
    Saved,
    /// They are kept in memory and tried again with the next change; the line says why, and what to do.
    InMemory(SafeText),
}

/// Where the user is, and what they leave.
#[derive(Debug, Clone, Default)]
pub struct Leaving {
    /// What is on the screen, in the sources of this location.
    pub place: Option<(String, Place)>,
    /// How far pages are scrolled; `None` forgets it.
    pub positions: Vec<(ItemKey, Option<Position>)>,
    /// The settings that have other values.
    pub settings: Vec<Setting>,
    /// The sources whose visits end: what is recorded by now will not be new the next time.
    pub locations: Vec<String>,
}

/// What Rounds never forgets.
///
/// A process has one of it, on one thread. Several processes may have the same file open.
#[derive(Debug)]
pub struct State {
    keeper: Keeper,
}

impl State {
    /// Opens the state in a file; the file and its folder are made when there is none. Whatever is wrong with it,
    /// there is a state afterwards, and the lines say what the user has to know.
    pub fn open(path: &Path, now: Timestamp) -> (Self, Vec<SafeText>) {
        let (keeper, notices) = Keeper::open(Paths::new(path), now);
        (Self { keeper }, notices)
    }

    /// What the user has to know of what happened since: a line for each damaged file that has been rescued.
    pub fn take_notices(&mut self) -> Vec<SafeText> {
        self.keeper.medium.take_notices()
    }

    /// Whether all changes are on the disk.
    pub fn saving(&self) -> Saving {
        self.keeper.saving()
    }

    /// Tries again to save what could not be saved.
    pub fn retry(&mut self) -> Saving {
        self.keeper.retry()
    }

    /// Looks at the whole file, and rescues it when it is damaged somewhere. That takes some hundredths of a second
    /// for a hundred thousand items, so opening does not do it: it is for a moment when nobody waits.
    pub fn examine(&mut self) {
        self.keeper.examine();
    }

    /// The marks of all items.
    pub fn marks(&mut self) -> Marks {
        self.keeper.read(marks::all)
    }

    /// The marks of some items.
    pub fn marks_of(&mut self, keys: &[ItemKey]) -> Marks {
        self.keeper.read(|connection| marks::of(connection, keys))
    }

    /// Sets or takes away a mark of some items.
    pub fn set_mark(&mut self, keys: &[ItemKey], mark: Mark, marked: bool, now: Timestamp) -> Saving {
        self.write(Change::Mark { keys: keys.to_vec(), mark, marked, time: milliseconds(now) }, now).1
    }

    /// Carries marks and all else that is known of items over to the keys that they have now. Where something was marked
    /// under a new key already, that stays. The items that have other marks now come back.
    pub fn carry_over(&mut self, successions: &[Succession]) -> Vec<ItemKey> {
        let mut keys = Vec::new();
        // An item that had several keys one after the other is carried a step further with each turn.
        for _ in 0..carry::STEPS_MAX {
            let wanted = self.keeper.read(|connection| carry::wanted(connection, successions));
            if wanted.is_empty() {
                break;
            }
            keys.extend(wanted.iter().map(|succession| succession.new));
            self.keeper.write(Change::CarryOver(wanted));
        }
        keys
    }

    /// What other processes have marked since this was last asked, as it is now. A mark may be told that has not
    /// changed. It costs next to nothing when no process has written anything.
    pub fn changes(&mut self) -> Vec<MarkChange> {
        let keys = self.changed_elsewhere();
        self.marks_now(&keys)
    }

    /// The items that other processes have marked since this was last asked.
    pub fn changed_elsewhere(&mut self) -> Vec<ItemKey> {
        self.keeper.others()
    }

    /// Both marks of each of some items, as they are now.
    pub fn marks_now(&mut self, keys: &[ItemKey]) -> Vec<MarkChange> {
        self.keeper.read(|connection| marks::as_changes(connection, keys))
    }

    /// How far a page was scrolled.
    pub fn position(&mut self, key: ItemKey) -> Option<Position> {
        self.keeper.read(|connection| positions::of(connection, key))
    }

    /// The positions that were kept last, the latest first.
    pub fn positions(&mut self, limit: u32) -> Vec<(ItemKey, Position)> {
        self.keeper.read(|connection| positions::latest(connection, limit))
    }

    /// Keeps how far a page is scrolled; `None` forgets it.
    pub fn set_position(&mut self, key: ItemKey, position: Option<Position>, now: Timestamp) -> Saving {
        self.write(Change::Position { key, position, time: milliseconds(now) }, now).1
    }

    /// What is remembered of a source.
    pub fn source(&mut self, location: &str) -> Option<SourceMemory> {
        self.keeper.read(|connection| Ok(sources::find(connection, location)?.map(|source| source.memory)))
    }

    /// Keeps where someone is in a source.
    pub fn set_place(&mut self, location: &str, place: &Place) -> Saving {
        let change = Change::Place { location: location.to_owned(), place: place.clone() };
        self.keeper.write(change).1
    }

    /// Records the items of a source, all of them, and says which are new since the last visit to it.
    ///
    /// A source that was never looked through may be one that is known from a place where there is nothing any more;
    /// then what was remembered of it there is remembered here. `exists` says whether there is still something at a
    /// location.
    pub fn arrive(
        &mut self,
        location: &str,
        label: &str,
        keys: &[ItemKey],
        exists: &dyn Fn(&str) -> bool,
    ) -> Arrival {
        let mut arriving = Arriving::new(location, label, keys);
        arriving.former = self.keeper.read(|connection| arriving.find_former(connection, exists));
        match self.keeper.write(Change::Arrive(arriving)).0 {
            Applied::Arrived(arrival) => arrival,
            Applied::Nothing | Applied::Imported(_) => Arrival::default(),
        }
    }

    /// The items that were recorded after the last visit to a source ended, before it has been looked at again. Items
    /// of other sources are among them.
    pub fn new_items(&mut self, location: &str) -> Vec<ItemKey> {
        self.keeper.read(|connection| arrival::new_items(connection, location))
    }

    /// Whether a source was ever read to its end.
    pub fn was_looked_through(&mut self, location: &str) -> bool {
        let source = self.keeper.read(|connection| sources::find(connection, location));
        source.is_some_and(|source| source.last_visit.is_some())
    }

    /// Writes where the user is, and ends visits, all in one transaction, which costs as much as one change.
    pub fn settle(&mut self, leaving: Leaving, now: Timestamp) -> Saving {
        let time = milliseconds(now);
        let Leaving { place, positions, settings, locations } = leaving;
        let place = place.map(|(location, place)| Change::Place { location, place });
        let positions = positions.into_iter().map(|(key, position)| Change::Position { key, position, time });
        let settings = settings.into_iter().map(|setting| Change::Setting { setting, time });
        let visits = locations.into_iter().map(|location| Change::EndVisit { location, time });
        self.keeper.medium.tell_time(now);
        self.keeper.write_all(positions.chain(settings).chain(place).chain(visits).collect()).1
    }

    /// Ends a visit to a source: what is recorded by now will not be new the next time.
    pub fn end_visit(&mut self, location: &str, now: Timestamp) -> Saving {
        self.write(Change::EndVisit { location: location.to_owned(), time: milliseconds(now) }, now).1
    }

    /// The kept searches, in the order in which they were kept.
    pub fn searches(&mut self) -> Vec<String> {
        self.keeper.read(searches::all)
    }

    /// Keeps a search, behind those that are kept.
    pub fn save_search(&mut self, text: &str) -> Saving {
        self.keeper.write(Change::SaveSearch(text.to_owned())).1
    }

    /// Keeps a search no longer.
    pub fn drop_search(&mut self, text: &str) -> Saving {
        self.keeper.write(Change::DropSearch(text.to_owned())).1
    }

    /// All settings, each a name and a value, in the order of their names. They are text of a file, which is neither
    /// known to be of use to this Rounds nor fit to be shown.
    pub fn settings(&mut self) -> Vec<(String, String)> {
        let settings = self.keeper.read(settings::all);
        settings.into_iter().map(|setting| (setting.name, setting.value)).collect()
    }

    /// Keeps a setting, in the place of an earlier one of its name.
    pub fn set_setting(&mut self, setting: Setting, now: Timestamp) -> Saving {
        self.write(Change::Setting { setting, time: milliseconds(now) }, now).1
    }

    /// Everything that is worth carrying to another machine.
    pub fn export(&mut self, now: Timestamp) -> Export {
        let empty = Export::empty(now);
        self.keeper.read(|connection| Export::of(connection, now).map(Some)).unwrap_or(empty)
    }

    /// Merges what another machine exported: of each mark, position and setting the later change wins, and searches are
    /// united. What the marks are afterwards is to be asked for.
    pub fn import(&mut self, export: Export, now: Timestamp) -> (Imported, Saving) {
        match self.write(Change::Import(export.into_contents()), now) {
            (Applied::Imported(imported), saving) => (imported, saving),
            (Applied::Nothing | Applied::Arrived(_), saving) => (Imported::default(), saving),
        }
    }

    fn write(&mut self, change: Change, now: Timestamp) -> (Applied, Saving) {
        self.keeper.medium.tell_time(now);
        self.keeper.write(change)
    }
}

/// A time as it is stored. A clock that has lost its battery may say that it is before 1970.
fn milliseconds(now: Timestamp) -> i64 {
    now.as_millisecond().clamp(1, rows::LAST_TIME)
}
