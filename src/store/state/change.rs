//! What can be changed in the state, as a value: it can be done at once, or kept until the disk takes it.

use rusqlite::Connection;

use super::arrival::{self, Arrival, Arriving};
use super::carry;
use super::import::{self, Imported};
use super::positions;
use super::settings::{self, Setting};
use super::sources::{self, Place};
use super::{marks, searches};
use crate::item::{ItemKey, Succession};
use crate::library::Mark;
use crate::library::Position;

use super::export::Exported;

/// One change. Times are milliseconds since 1970.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// Marks are set or taken away.
    Mark { keys: Vec<ItemKey>, mark: Mark, marked: bool, time: i64 },
    /// A page has been scrolled.
    Position { key: ItemKey, position: Option<Position>, time: i64 },
    /// Another topic is open, another item selected, another order chosen.
    Place { location: String, place: Place },
    /// A source has been looked through.
    Arrive(Arriving),
    /// A visit to a source is over.
    EndVisit { location: String, time: i64 },
    /// Items have other keys than before.
    CarryOver(Vec<Succession>),
    /// A search is to be kept.
    SaveSearch(String),
    /// A search is not to be kept any longer.
    DropSearch(String),
    /// A setting has another value.
    Setting { setting: Setting, time: i64 },
    /// What another machine remembers.
    Import(Exported),
}

/// What came of a change.
#[derive(Debug)]
pub(super) enum Applied {
    /// Nothing that anyone waits for.
    Nothing,
    /// What is new in a source.
    Arrived(Arrival),
    /// What an import changed.
    Imported(Imported),
}

impl Change {
    /// Makes the change.
    pub(super) fn apply(&self, connection: &Connection) -> rusqlite::Result<Applied> {
        match self {
            Self::Mark { keys, mark, marked, time } => marks::set(connection, keys, *mark, *marked, *time)?,
            Self::Position { key, position, time } => positions::set(connection, *key, *position, *time)?,
            Self::Place { location, place } => sources::set_place(connection, location, place)?,
            Self::Arrive(arriving) => return arrival::arrive(connection, arriving).map(Applied::Arrived),
            Self::EndVisit { location, time } => arrival::end_visit(connection, location, *time)?,
            Self::CarryOver(successions) => carry::carry_over(connection, successions)?,
            Self::SaveSearch(text) => searches::save(connection, text)?,
            Self::DropSearch(text) => searches::forget(connection, text)?,
            Self::Setting { setting, time } => settings::save(connection, setting, *time)?,
            Self::Import(exported) => return import::import(connection, exported).map(Applied::Imported),
        }
        Ok(Applied::Nothing)
    }

    /// Whether an earlier change makes no difference when this one follows it. Someone who scrolls for an hour while
    /// the disk is full is not to fill the memory too.
    pub(super) fn outdates(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::Position { key, .. }, Self::Position { key: other, .. }) => key == other,
            (Self::Place { location, .. }, Self::Place { location: other, .. }) => location == other,
            (Self::Setting { setting, .. }, Self::Setting { setting: other, .. }) => {
                setting.name() == other.name()
            }
            _ => false,
        }
    }
}
