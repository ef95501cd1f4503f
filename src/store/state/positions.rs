//! How far each page has been scrolled.

use rusqlite::{Connection, Row, params};

use super::counters;
use super::marks::{loaded, stored};
use crate::item::ItemKey;
use crate::library::Position;

/// Reads a position from two columns, of which both are there or neither.
pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Position>> {
    let top: Option<u32> = row.get(first)?;
    let rows: Option<u32> = row.get(first.saturating_add(1))?;
    Ok(top.zip(rows).map(|(row, rows)| Position { row, rows }))
}

/// Keeps the position of a page, or forgets it.
pub(super) fn set(
    connection: &Connection,
    key: ItemKey,
    position: Option<Position>,
    time: i64,
) -> rusqlite::Result<()> {
    let statement = match position {
        Some(_) => {
            "INSERT INTO items (key, position_row, position_rows, position_time, position_change)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key) DO UPDATE SET position_row = ?2, position_rows = ?3,
                 position_time = max(?4, position_time + 1), position_change = ?5
             WHERE position_row IS NOT ?2 OR position_rows IS NOT ?3"
        }
        None => {
            "UPDATE items SET position_row = ?2, position_rows = ?3,
                 position_time = max(?4, position_time + 1), position_change = ?5
             WHERE key = ?1 AND position_row IS NOT NULL"
        }
    };
    let (row, rows) = (position.map(|position| position.row), position.map(|position| position.rows));
    counters::one_change(connection, |change| {
        connection.prepare_cached(statement)?.execute(params![stored(key), row, rows, time, change])
    })?;
    Ok(())
}

/// The position of one page.
pub(super) fn of(connection: &Connection, key: ItemKey) -> rusqlite::Result<Option<Position>> {
    let mut statement =
        connection.prepare_cached("SELECT position_row, position_rows FROM items WHERE key = ?1")?;
    let mut rows = statement.query([stored(key)])?;
    rows.next()?.map_or(Ok(None), |row| read(row, 0))
}

/// The positions that were set last, the latest first.
pub(super) fn latest(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<(ItemKey, Position)>> {
    let mut statement = connection.prepare_cached(
        "SELECT key, position_row, position_rows FROM items
         WHERE position_change > 0 AND position_row IS NOT NULL
         ORDER BY position_change DESC LIMIT ?1",
    )?;
    let positions = statement
        .query_map([limit], |row| Ok(read(row, 1)?.map(|position| (row.get(0).map(loaded), position))))?;
    let mut found = Vec::new();
    for position in positions {
        if let Some((key, position)) = position? {
            found.push((key?, position));
        }
    }
    Ok(found)
}
