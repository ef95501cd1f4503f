//! What has changed in a catalog since somebody last looked.

use std::ops::ControlFlow;

use rusqlite::{Connection, Rows};

use super::{CatalogError, record};
use crate::library::{Headline, ItemId, ItemSet};

/// Items that were written, and items that have gone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Items that are new or were changed.
    pub written: Vec<Headline>,
    /// Items that have gone. Their numbers are not given again.
    pub removed: Vec<ItemId>,
}

impl Changes {
    /// Adds an item that was written, in place of what was said of it before.
    pub(in crate::store) fn write(&mut self, headline: Headline) {
        match self.written.iter_mut().find(|other| other.id == headline.id) {
            Some(other) => *other = headline,
            None => self.written.push(headline),
        }
    }

    /// Adds an item that has gone, in place of what was said of it before.
    pub(in crate::store) fn remove(&mut self, id: ItemId) {
        self.written.retain(|other| other.id != id);
        self.removed.push(id);
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// The most items in one batch of changes; few in unit tests, so that a few items make many batches.
const BATCH: u32 = if cfg!(test) { 3 } else { 256 };

/// The newest items, the newest first.
pub(super) fn newest(connection: &Connection, limit: u32) -> Result<Vec<Headline>, CatalogError> {
    let sql = format!("SELECT {} FROM items {NEWEST_FIRST} LIMIT ?1", record::ITEM);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([limit])?;
    let mut newest = Vec::new();
    while let Some(row) = rows.next()? {
        newest.push(record::headline(row)?);
    }
    Ok(newest)
}

/// The order of a library, which an index has all but the end of.
const NEWEST_FIRST: &str = "ORDER BY second DESC, nanosecond DESC, initial, title, path";

/// Hands over in batches what has changed after a change; all items, when that is 0. Gives the number of the last
/// change.
pub(super) fn after(
    connection: &Connection,
    change: u64,
    on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>,
) -> Result<u64, CatalogError> {
    // All that is read belongs to one moment.
    let moment = connection.unchecked_transaction()?;
    let last: i64 =
        moment.prepare_cached("SELECT last_change FROM counters")?.query_row([], |row| row.get(0))?;
    let last = last.cast_unsigned();
    if last > change {
        let _stopped = if change == 0 { all(&moment, on_batch)? } else { some(&moment, change, on_batch)? };
    }
    Ok(last)
}

/// Hands over all items: first the newest in their order, then the others in that of their numbers, in which they can
/// be read without going back and forth in the file. That takes half the time.
fn all(
    moment: &Connection,
    on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, CatalogError> {
    let written = newest(moment, BATCH)?;
    let first: ItemSet = written.iter().map(|headline| headline.id).collect();
    if on_batch(Changes { written, removed: Vec::new() }).is_break() {
        return Ok(ControlFlow::Break(()));
    }
    let mut statement = moment.prepare_cached(&format!("SELECT {} FROM items ORDER BY id", record::ITEM))?;
    hand_over(statement.query([])?, &first, Changes::default(), on_batch)
}

/// Hands over what has changed after a change, in the order in which it has.
fn some(
    moment: &Connection,
    change: u64,
    on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, CatalogError> {
    let change = change.cast_signed();
    let mut removed = moment.prepare_cached("SELECT id FROM removed WHERE change > ?1")?;
    let removed = removed.query_map([change], |row| row.get(0).map(ItemId::new))?;
    let batch = Changes { written: Vec::new(), removed: removed.collect::<Result<_, _>>()? };
    let sql = format!("SELECT {} FROM items WHERE change > ?1 ORDER BY change", record::ITEM);
    hand_over(moment.prepare_cached(&sql)?.query([change])?, &ItemSet::default(), batch, on_batch)
}

/// Hands over the items of some rows in batches, all but those that have been handed over already.
fn hand_over(
    mut rows: Rows<'_>,
    already: &ItemSet,
    mut batch: Changes,
    on_batch: &mut dyn FnMut(Changes) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, CatalogError> {
    while let Some(row) = rows.next()? {
        if already.contains(record::id(row)?) {
            continue;
        }
        batch.written.push(record::headline(row)?);
        if batch.written.len() >= BATCH as usize && on_batch(std::mem::take(&mut batch)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(if batch.is_empty() { ControlFlow::Continue(()) } else { on_batch(batch) })
}
