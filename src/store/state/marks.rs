//! Read and starred marks in the state file.

use rusqlite::{CachedStatement, Connection, Row};

use super::counters;
use crate::item::ItemKey;
use crate::library::{Mark, MarkChange, Marks};

/// Sets or takes away a mark. Items that have it, or do not, are not changed; so the time says since when. A later
/// change has a later time, even when the clock has been set back.
pub(super) fn set(
    connection: &Connection,
    keys: &[ItemKey],
    mark: Mark,
    marked: bool,
    time: i64,
) -> rusqlite::Result<()> {
    let statement = match (mark, marked) {
        (Mark::Read, true) => {
            "INSERT INTO items (key, read, read_time, mark_change) VALUES (?1, 1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET read = 1, read_time = max(?2, read_time + 1), mark_change = ?3
             WHERE read = 0"
        }
        (Mark::Read, false) => {
            "UPDATE items SET read = 0, read_time = max(?2, read_time + 1), mark_change = ?3
             WHERE key = ?1 AND read = 1"
        }
        (Mark::Starred, true) => {
            "INSERT INTO items (key, starred, starred_time, mark_change) VALUES (?1, 1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET starred = 1, starred_time = max(?2, starred_time + 1), mark_change = ?3
             WHERE starred = 0"
        }
        (Mark::Starred, false) => {
            "UPDATE items SET starred = 0, starred_time = max(?2, starred_time + 1), mark_change = ?3
             WHERE key = ?1 AND starred = 1"
        }
    };
    // In the order of the file, so that each page of it is changed once.
    let mut keys: Vec<i64> = keys.iter().map(|key| stored(*key)).collect();
    keys.sort_unstable();
    counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(statement)?;
        let mut changed: usize = 0;
        for key in keys {
            changed = changed.saturating_add(statement.execute([key, time, change])?);
        }
        Ok(changed)
    })?;
    Ok(())
}

/// The marks of all items.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Marks> {
    let mut statement =
        connection.prepare_cached("SELECT key, read, starred FROM items WHERE read = 1 OR starred = 1")?;
    let mut rows = statement.query([])?;
    let mut marks = Marks::default();
    while let Some(row) = rows.next()? {
        note(&mut marks, row)?;
    }
    Ok(marks)
}

/// The marks of some items.
pub(super) fn of(connection: &Connection, keys: &[ItemKey]) -> rusqlite::Result<Marks> {
    let mut statement = connection.prepare_cached("SELECT key, read, starred FROM items WHERE key = ?1")?;
    let mut marks = Marks::default();
    for key in keys {
        let mut rows = statement.query([stored(*key)])?;
        if let Some(row) = rows.next()? {
            note(&mut marks, row)?;
        }
    }
    Ok(marks)
}

fn note(marks: &mut Marks, row: &Row<'_>) -> rusqlite::Result<()> {
    let key = loaded(row.get(0)?);
    for (column, mark) in [(1, Mark::Read), (2, Mark::Starred)] {
        if row.get(column)? {
            marks.set(key, mark, true);
        }
    }
    Ok(())
}

/// The items whose marks were changed after a change.
pub(super) fn changed_after(connection: &Connection, change: i64) -> rusqlite::Result<Vec<ItemKey>> {
    let mut statement: CachedStatement<'_> =
        connection.prepare_cached("SELECT key FROM items WHERE mark_change > ?1 AND mark_change > 0")?;
    statement.query_map([change], |row| row.get(0).map(loaded))?.collect()
}

/// Both marks of each of the items.
pub(super) fn as_changes(connection: &Connection, keys: &[ItemKey]) -> rusqlite::Result<Vec<MarkChange>> {
    let marks = of(connection, keys)?;
    let both = |key: &ItemKey| {
        [
            MarkChange { key: *key, mark: Mark::Read, marked: marks.read.contains(key) },
            MarkChange { key: *key, mark: Mark::Starred, marked: marks.starred.contains(key) },
        ]
    };
    Ok(keys.iter().flat_map(both).collect())
}

/// A key as SQLite stores it: the same bits, with a sign.
pub(super) fn stored(key: ItemKey) -> i64 {
    key.0.cast_signed()
}

/// A key that SQLite has stored.
pub(super) fn loaded(key: i64) -> ItemKey {
    ItemKey(key.cast_unsigned())
}
