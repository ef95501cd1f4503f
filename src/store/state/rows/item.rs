//! A row of `items`.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::value::{count, flag, time};

/// A row of `items`, without its key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ItemRow {
    pub(super) read: bool,
    pub(super) starred: bool,
    pub(super) read_time: i64,
    pub(super) starred_time: i64,
    pub(super) mark_change: i64,
    pub(super) position: Option<(u32, u32)>,
    pub(super) position_time: i64,
    pub(super) position_change: i64,
    pub(super) first_visit: i64,
}

impl ItemRow {
    pub(super) fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [
            ValueRef::Null,
            read,
            read_time,
            starred,
            starred_time,
            mark_change,
            row,
            rows,
            position_time,
            position_change,
            first_visit,
        ] = values
        else {
            return None;
        };
        Some(Self {
            read: flag(read)?,
            starred: flag(starred)?,
            read_time: time(read_time)?,
            starred_time: time(starred_time)?,
            mark_change: count(mark_change)?,
            position: match (row, rows) {
                (ValueRef::Null, ValueRef::Null) => None,
                (ValueRef::Integer(row), ValueRef::Integer(rows)) => {
                    Some((u32::try_from(*row).ok()?, u32::try_from(*rows).ok()?))
                }
                _ => return None,
            },
            position_time: time(position_time)?,
            position_change: count(position_change)?,
            first_visit: count(first_visit)?,
        })
    }

    /// Takes from another copy of the row what is later there.
    pub(super) fn update(&mut self, other: &Self) {
        if other.mark_change > self.mark_change {
            self.read = other.read;
            self.starred = other.starred;
            self.read_time = other.read_time;
            self.starred_time = other.starred_time;
            self.mark_change = other.mark_change;
        }
        if other.position_change > self.position_change {
            self.position = other.position;
            self.position_time = other.position_time;
            self.position_change = other.position_change;
        }
    }

    pub(super) fn write(&self, key: i64, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO items (key, read, read_time, starred, starred_time, mark_change, position_row,
                 position_rows, position_time, position_change, first_visit)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        statement.execute(params![
            key,
            self.read,
            self.read_time,
            self.starred,
            self.starred_time,
            self.mark_change,
            self.position.map(|(row, _)| row),
            self.position.map(|(_, rows)| rows),
            self.position_time,
            self.position_change,
            self.first_visit,
        ])?;
        Ok(())
    }
}
