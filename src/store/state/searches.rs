//! Searches that are kept as topics.

use rusqlite::{Connection, params};

use super::counters;

/// The kept searches, in the order in which they were kept.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT text FROM searches WHERE saved = 1 ORDER BY position, number")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Keeps a search behind the others. One that is kept already stays where it is.
pub(super) fn save(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    keep(connection, text).map(|_| ())
}

/// The same, and says whether it is newly kept.
pub(super) fn keep(connection: &Connection, text: &str) -> rusqlite::Result<bool> {
    let kept = counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(
            "INSERT INTO searches (text, position, saved, change)
             VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM searches), 1, ?2)
             ON CONFLICT (text) DO UPDATE SET position = excluded.position, saved = 1, change = ?2
             WHERE saved = 0",
        )?;
        statement.execute(params![text, change])
    })?;
    Ok(kept > 0)
}

/// Keeps a search no longer. Its row stays, as all rows do.
pub(super) fn forget(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    counters::one_change(connection, |change| {
        let mut statement = connection
            .prepare_cached("UPDATE searches SET saved = 0, change = ?2 WHERE text = ?1 AND saved = 1")?;
        statement.execute(params![text, change])
    })?;
    Ok(())
}
