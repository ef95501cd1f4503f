//! What is remembered of each source.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::counters;
use super::marks::{loaded, stored};
use crate::item::ItemKey;

/// Where someone was in a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The open topic, in words of the reader's own.
    pub topic: String,
    /// The selected item.
    pub item: Option<ItemKey>,
    /// The order of the list, in words of the reader's own.
    pub order: String,
}

/// What is remembered of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMemory {
    /// Where someone was in it.
    pub place: Place,
    /// When the last visit to it ended; `None` when none has.
    pub last_visit: Option<Timestamp>,
}

/// A source as it is stored.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) location: String,
    pub(super) label: String,
    pub(super) memory: SourceMemory,
    /// The number of the last completed visit, of any source, when the last visit to this one ended or it was first
    /// looked through. `None` when it never was.
    pub(super) last_visit: Option<i64>,
    pub(super) sketch: Vec<u8>,
}

const COLUMNS: &str =
    "location, label, place_topic, place_item, place_order, last_visit, last_visit_time, sketch";

impl Stored {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let ended: i64 = row.get(6)?;
        Ok(Self {
            location: row.get(0)?,
            label: row.get(1)?,
            memory: SourceMemory {
                place: Place {
                    topic: row.get(2)?,
                    item: row.get::<_, Option<i64>>(3)?.map(loaded),
                    order: row.get(4)?,
                },
                last_visit: if ended > 0 { Timestamp::from_millisecond(ended).ok() } else { None },
            },
            last_visit: row.get(5)?,
            sketch: row.get(7)?,
        })
    }
}

/// What is stored of a source.
pub(super) fn find(connection: &Connection, location: &str) -> rusqlite::Result<Option<Stored>> {
    let statement = format!("SELECT {COLUMNS} FROM sources WHERE location = ?1");
    connection.prepare_cached(&statement)?.query_row([location], Stored::read).optional()
}

/// Every source that has been looked through, the one that was used last first.
pub(super) fn looked_through(connection: &Connection) -> rusqlite::Result<Vec<Stored>> {
    let statement =
        format!("SELECT {COLUMNS} FROM sources WHERE last_visit IS NOT NULL ORDER BY change DESC, number");
    connection.prepare_cached(&statement)?.query_map([], Stored::read)?.collect()
}

/// Remembers where someone is in a source.
pub(super) fn set_place(connection: &Connection, location: &str, place: &Place) -> rusqlite::Result<()> {
    counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(
            "INSERT INTO sources (location, label, place_topic, place_item, place_order, last_visit,
                 last_visit_time, sketch, change)
             VALUES (?1, '', ?2, ?3, ?4, NULL, 0, x'', ?5)
             ON CONFLICT (location) DO UPDATE SET place_topic = ?2, place_item = ?3, place_order = ?4, change = ?5
             WHERE place_topic <> ?2 OR place_item IS NOT ?3 OR place_order <> ?4",
        )?;
        statement.execute(params![location, place.topic, place.item.map(stored), place.order, change])
    })?;
    Ok(())
}

/// Stores what a look through a source found out, unless it is stored already.
pub(super) fn set_contents(
    connection: &Connection,
    location: &str,
    label: &str,
    last_visit: i64,
    sketch: &[u8],
) -> rusqlite::Result<()> {
    counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(
            "INSERT INTO sources (location, label, place_topic, place_item, place_order, last_visit,
                 last_visit_time, sketch, change)
             VALUES (?1, ?2, '', NULL, '', ?3, 0, ?4, ?5)
             ON CONFLICT (location) DO UPDATE SET label = ?2, last_visit = ?3, sketch = ?4, change = ?5
             WHERE label <> ?2 OR last_visit IS NOT ?3 OR sketch <> ?4",
        )?;
        statement.execute(params![location, label, last_visit, sketch, change])
    })?;
    Ok(())
}

/// Stores that a visit has ended.
pub(super) fn set_visit(
    connection: &Connection,
    location: &str,
    visit: i64,
    time: i64,
) -> rusqlite::Result<()> {
    counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(
            "UPDATE sources SET last_visit = ?2, last_visit_time = ?3, change = ?4 WHERE location = ?1",
        )?;
        statement.execute(params![location, visit, time, change])
    })?;
    Ok(())
}

/// Gives what is known of one source to another one, which is the same directory in another place. The place that
/// someone has been to since the move stays. The old source is as if it had never been looked through.
pub(super) fn hand_over(connection: &Connection, from: &Stored, to: &str) -> rusqlite::Result<()> {
    let memory = &from.memory;
    counters::one_change(connection, |change| {
        connection.execute(
            "INSERT INTO sources (location, label, place_topic, place_item, place_order, last_visit,
                 last_visit_time, sketch, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (location) DO UPDATE
             SET label = ?2, last_visit = ?6, last_visit_time = ?7, sketch = ?8, change = ?9",
            params![
                to,
                from.label,
                memory.place.topic,
                memory.place.item.map(stored),
                memory.place.order,
                from.last_visit,
                memory.last_visit.map_or(0, Timestamp::as_millisecond),
                from.sketch,
                change,
            ],
        )?;
        connection.execute(
            "UPDATE sources SET last_visit = NULL, last_visit_time = 0, sketch = x'', change = ?2
             WHERE location = ?1",
            params![from.location, change],
        )
    })?;
    Ok(())
}
