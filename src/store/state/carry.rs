//! Marks that follow an item to another key: a curator has corrected its link, or a bundle its folders.

use rusqlite::{Connection, OptionalExtension as _};

use super::counters;
use super::marks::stored;
use crate::item::{ItemKey, Succession};

/// How many keys one after the other an item may have had and still be followed at once.
pub(super) const STEPS_MAX: usize = 16;

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It was never met.
    Nothing,
    /// It was met, and nothing was marked or read on.
    Met,
    /// It was marked or read on.
    Touched,
}

/// Those of some successions that carry something over: the item was known by its old key, and nothing was done under
/// the new one that would be overwritten. So it makes no difference how often one is told.
pub(super) fn wanted(
    connection: &Connection,
    successions: &[Succession],
) -> rusqlite::Result<Vec<Succession>> {
    let mut wanted = Vec::new();
    for succession in successions {
        let (old, new) = (known(connection, succession.old)?, known(connection, succession.new)?);
        if matches!((old, new), (Known::Met | Known::Touched, Known::Nothing) | (Known::Touched, Known::Met))
        {
            wanted.push(*succession);
        }
    }
    Ok(wanted)
}

fn known(connection: &Connection, key: ItemKey) -> rusqlite::Result<Known> {
    let mut statement = connection
        .prepare_cached("SELECT mark_change > 0 OR position_change > 0 FROM items WHERE key = ?1")?;
    let is_touched = statement.query_row([stored(key)], |row| row.get(0)).optional()?;
    Ok(is_touched.map_or(Known::Nothing, |touched| if touched { Known::Touched } else { Known::Met }))
}

/// Copies what is known of each old key to the new one: its marks with their times, how far it was read, and when it was
/// first met, so that it is not news. What is known of the old key stays, because it may come back.
pub(super) fn carry_over(connection: &Connection, successions: &[Succession]) -> rusqlite::Result<()> {
    counters::one_change(connection, |change| {
        let mut statement = connection.prepare_cached(
            "INSERT INTO items (key, read, read_time, starred, starred_time, mark_change, position_row,
                 position_rows, position_time, position_change, first_visit)
             SELECT ?2, read, read_time, starred, starred_time, iif(mark_change > 0, ?3, 0), position_row,
                 position_rows, position_time, iif(position_change > 0, ?3, 0), first_visit
             FROM items WHERE key = ?1
             ON CONFLICT (key) DO UPDATE SET read = excluded.read, read_time = excluded.read_time,
                 starred = excluded.starred, starred_time = excluded.starred_time,
                 mark_change = excluded.mark_change, position_row = excluded.position_row,
                 position_rows = excluded.position_rows, position_time = excluded.position_time,
                 position_change = excluded.position_change
             WHERE items.mark_change = 0 AND items.position_change = 0",
        )?;
        let mut changed: usize = 0;
        for Succession { old, new } in successions {
            changed = changed.saturating_add(statement.execute([stored(*old), stored(*new), change])?);
        }
        Ok(changed)
    })?;
    Ok(())
}
