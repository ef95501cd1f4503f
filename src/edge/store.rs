//! Opens what Rounds keeps for a source.

use std::path::Path;

use jiff::Timestamp;

use super::calendar;
use super::homes::Homes;
use super::origin::Origin;
use super::output::Console;
use crate::item::{ItemKey, SafeText};
use crate::library::Marks;
use crate::store::catalog::Catalog;
use crate::store::state::State;

/// What Rounds keeps on this machine.
#[derive(Debug, Clone)]
pub struct Store {
    homes: Option<Homes>,
}

impl Store {
    /// What is kept for this user.
    pub fn of_this_user() -> Self {
        Self { homes: Homes::of_this_user() }
    }

    /// What is kept in some places.
    #[cfg(test)]
    pub fn at(homes: Homes) -> Self {
        Self { homes: Some(homes) }
    }

    /// Opens what must not be lost. What the user should know of it comes back as sentences.
    pub fn open_state(&self) -> (State, Vec<SafeText>) {
        let now = Timestamp::now();
        if let Some(homes) = &self.homes {
            return State::open(&homes.state(), now);
        }
        // Nothing can be made there, so the state goes on in memory.
        let (state, _) = State::open(Path::new("/dev/null/state.db"), now);
        let notice = "There is no home directory, so marks hold only until you quit. Set HOME to keep them.";
        (state, vec![SafeText::new(notice)])
    }

    /// The marks of all items, for a command that only asks. Nothing is made where there is nothing yet.
    pub fn marks(&self, console: &mut Console<'_>) -> Marks {
        self.ask(console, State::marks)
    }

    /// The marks of all items, and for each of some sources what has come since the last visit to it, from whichever
    /// source, as far as that is known.
    pub fn known_of(&self, locations: &[String], console: &mut Console<'_>) -> (Marks, Vec<Vec<ItemKey>>) {
        let (marks, mut new) = self.ask(console, |state| {
            let new = locations.iter().map(|location| state.new_items(location)).collect();
            (state.marks(), new)
        });
        Vec::resize_with(&mut new, locations.len(), Vec::new);
        (marks, new)
    }

    /// Asks something of the state, where there is one, and says what the user should know of it.
    fn ask<T: Default>(&self, console: &mut Console<'_>, question: impl FnOnce(&mut State) -> T) -> T {
        if !self.homes.as_ref().is_some_and(|homes| homes.state().exists()) {
            return T::default();
        }
        let (mut state, notices) = self.open_state();
        let answer = question(&mut state);
        for notice in notices.into_iter().chain(state.take_notices()) {
            console.say(notice);
        }
        answer
    }

    /// Opens the catalog of a source. The sample and single files need none that stays, nor one on the
    /// disk; an archive that was piped in needs one for as long as it is read.
    pub fn open_catalog(&self, origin: &Origin) -> (Catalog, Option<SafeText>) {
        match (origin.catalog_identity(), &self.homes) {
            (None, _) if origin.is_archive() => (Catalog::temporary(), None),
            (None, _) => (Catalog::in_memory(), None),
            (Some(identity), Some(homes)) => Catalog::open(&homes.catalog(&identity)),
            (Some(_), None) => (Catalog::temporary(), None),
        }
    }

    /// The same, for a command, which ends when it has its answer and so may take more memory.
    pub fn open_catalog_for_command(&self, origin: &Origin) -> (Catalog, Option<SafeText>) {
        let (catalog, notice) = self.open_catalog(origin);
        catalog.use_more_memory();
        (catalog, notice)
    }

    /// How many items the catalog of a source holds, for a command that only asks; `None` where none is kept. Nothing is
    /// made where there is nothing yet.
    pub fn items_of(&self, origin: &Origin) -> Option<usize> {
        let homes = self.homes.as_ref()?;
        Catalog::count_items(&homes.catalog(&origin.catalog_identity()?), calendar::clock(origin.newest()))
    }

    /// Where what must not be lost is kept.
    pub fn homes(&self) -> Option<&Homes> {
        self.homes.as_ref()
    }
}
