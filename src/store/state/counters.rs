//! The two counters of the state: of changes, and of visits.
//!
//! What came later is told by a number, never by a clock, which may be set back.

use rusqlite::Connection;

/// The number of the last change.
pub(super) fn change(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT change FROM counters WHERE number = 1")?.query_row([], |row| row.get(0))
}

/// Raises the counter of changes to the number of a change that has been made.
pub(super) fn set_change(connection: &Connection, change: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE counters SET change = ?1 WHERE number = 1")?.execute([change])?;
    Ok(())
}

/// Does something that is one change and may turn out to change nothing: gives it the next number, and counts it
/// when it says that it changed at least one row.
pub(super) fn one_change(
    connection: &Connection,
    work: impl FnOnce(i64) -> rusqlite::Result<usize>,
) -> rusqlite::Result<usize> {
    let next = change(connection)?.saturating_add(1);
    let rows = work(next)?;
    if rows > 0 {
        set_change(connection, next)?;
    }
    Ok(rows)
}

/// How many visits have been completed.
pub(super) fn visits(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT visits FROM counters WHERE number = 1")?.query_row([], |row| row.get(0))
}

/// Counts a visit as completed. Its number comes back.
pub(super) fn complete_visit(connection: &Connection) -> rusqlite::Result<i64> {
    let visit = visits(connection)?.saturating_add(1);
    connection.prepare_cached("UPDATE counters SET visits = ?1 WHERE number = 1")?.execute([visit])?;
    Ok(visit)
}
