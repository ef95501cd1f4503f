//! Merges what another machine remembers into this state: of each mark the later change wins.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::export::{Exported, ExportedItem};
use super::marks::stored;
use super::rows::LAST_TIME;
use super::{counters, positions, searches, settings};
use crate::library::Position;

/// What an import changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Items that were read here and are not, or the other way round.
    pub read: usize,
    /// Items that had a star and have none, or the other way round.
    pub starred: usize,
    /// Pages that have another position.
    pub positions: usize,
    /// Searches that were not kept.
    pub searches: usize,
    /// Settings that have other values.
    pub settings: usize,
}

/// A value with the time of its last change, in milliseconds since 1970; 0 when there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dated<T> {
    value: T,
    time: i64,
}

/// What is known of an item, here or there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    read: Dated<bool>,
    starred: Dated<bool>,
    position: Dated<Option<Position>>,
}

/// Merges everything that an export holds.
pub(super) fn import(connection: &Connection, exported: &Exported) -> rusqlite::Result<Imported> {
    let Exported { items, searches, settings } = exported;
    let mut imported = Imported::default();
    let mut in_order: Vec<&ExportedItem> = items.iter().collect();
    in_order.sort_by_key(|item| stored(item.key));
    counters::one_change(connection, |change| {
        let mut changed: usize = 0;
        for item in in_order {
            changed = changed.saturating_add(usize::from(merge(connection, item, change, &mut imported)?));
        }
        Ok(changed)
    })?;
    for text in searches {
        if searches::keep(connection, text)? {
            imported.searches = imported.searches.saturating_add(1);
        }
    }
    for (setting, changed) in settings {
        if settings::merge(connection, setting, milliseconds(*changed, true))? {
            imported.settings = imported.settings.saturating_add(1);
        }
    }
    Ok(imported)
}

/// Merges one item. Says whether that changed anything.
fn merge(
    connection: &Connection,
    item: &ExportedItem,
    change: i64,
    imported: &mut Imported,
) -> rusqlite::Result<bool> {
    let ours = Known::here(connection, stored(item.key))?;
    let merged = ours.merged(Known::there(item));
    if merged == ours {
        return Ok(false);
    }
    let count = |number: &mut usize, differs: bool| *number = number.saturating_add(usize::from(differs));
    count(&mut imported.read, merged.read.value != ours.read.value);
    count(&mut imported.starred, merged.starred.value != ours.starred.value);
    count(&mut imported.positions, merged.position.value != ours.position.value);
    merged.write(connection, stored(item.key), change, merged.position != ours.position)?;
    Ok(true)
}

impl Known {
    fn here(connection: &Connection, key: i64) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(
            "SELECT read, read_time, starred, starred_time, position_row, position_rows, position_time
             FROM items WHERE key = ?1",
        )?;
        let read = |row: &Row<'_>| {
            Ok(Self {
                read: Dated { value: row.get(0)?, time: row.get(1)? },
                starred: Dated { value: row.get(2)?, time: row.get(3)? },
                position: Dated { value: positions::read(row, 4)?, time: row.get(6)? },
            })
        };
        let unknown = Self {
            read: Dated { value: false, time: 0 },
            starred: Dated { value: false, time: 0 },
            position: Dated { value: None, time: 0 },
        };
        Ok(statement.query_row([key], read).optional()?.unwrap_or(unknown))
    }

    fn there(item: &ExportedItem) -> Self {
        let mark = |value: Option<bool>, time| Dated {
            value: value.unwrap_or(false),
            time: milliseconds(time, value.is_some()),
        };
        let position_time = milliseconds(item.position_changed, item.position.is_some());
        Self {
            read: mark(item.read, item.read_changed),
            starred: mark(item.starred, item.starred_changed),
            position: Dated { value: item.position, time: position_time },
        }
    }

    /// The later of each. At the same time a mark that is set wins, and so does a position, the further one.
    fn merged(self, theirs: Self) -> Self {
        let further = |position: &Option<Position>| position.map(|position| (position.row, position.rows));
        Self {
            read: self.read.later(theirs.read, |mark| *mark),
            starred: self.starred.later(theirs.starred, |mark| *mark),
            position: self.position.later(theirs.position, further),
        }
    }

    fn write(&self, connection: &Connection, key: i64, change: i64, moved: bool) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO items (key, read, read_time, starred, starred_time, mark_change, position_row,
                 position_rows, position_time, position_change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, iif(?10, ?6, 0))
             ON CONFLICT (key) DO UPDATE SET read = ?2, read_time = ?3, starred = ?4, starred_time = ?5,
                 mark_change = ?6, position_row = ?7, position_rows = ?8, position_time = ?9,
                 position_change = iif(?10, ?6, position_change)",
        )?;
        statement.execute(params![
            key,
            self.read.value,
            self.read.time,
            self.starred.value,
            self.starred.time,
            change,
            self.position.value.map(|position| position.row),
            self.position.value.map(|position| position.rows),
            self.position.time,
            moved,
        ])?;
        Ok(())
    }
}

impl<T> Dated<T> {
    fn later<R: Ord>(self, other: Self, rank: impl Fn(&T) -> R) -> Self {
        let order = |dated: &Self| (dated.time, rank(&dated.value));
        if order(&other) > order(&self) { other } else { self }
    }
}

/// The time of a change as it is stored. One before 1970, or one that is not told, still is a change: the earliest.
fn milliseconds(time: Option<Timestamp>, changed: bool) -> i64 {
    match time {
        Some(time) => time.as_millisecond().clamp(1, LAST_TIME),
        None => i64::from(changed),
    }
}
