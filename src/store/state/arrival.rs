//! What is new in a source since the last visit, told by counting visits.
//!
//! There is one counter of completed visits for all sources. An item keeps the number of the visit in which it was
//! first met, which is one more than those completed then; a source keeps the counter as it was when the last
//! visit to it ended. What is met later than that is new, and stays so until a visit ends, however often the program
//! is killed before.

use std::collections::HashSet;

use rusqlite::Connection;

use super::counters;
use super::marks::{loaded, stored};
use super::sources::{self, SourceMemory, Stored};
use crate::item::ItemKey;

/// How many keys a sketch has. Two sources that share half of their items share about half of such a sample of them.
const SKETCH_KEYS: usize = 64;

/// The bytes of a stored key.
const KEY_BYTES: usize = 8;

/// What a look through a source came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The items that are new since the last visit, in no order. On a first visit nothing is.
    pub new: Vec<ItemKey>,
    /// What is remembered of the source, also when it was in another place.
    pub memory: SourceMemory,
    /// Where the source was before it was moved here, when that was found out now.
    pub moved_from: Option<String>,
}

/// A source that has been looked through.
#[derive(Debug, Clone)]
pub(super) struct Arriving {
    location: String,
    label: String,
    /// As they are stored, in order, each once.
    keys: Vec<i64>,
    /// Where it may have been before.
    pub(super) former: Option<String>,
}

impl Arriving {
    pub(super) fn new(location: &str, label: &str, keys: &[ItemKey]) -> Self {
        let mut keys: Vec<i64> = keys.iter().map(|key| stored(*key)).collect();
        keys.sort_unstable();
        keys.dedup();
        Self { location: location.to_owned(), label: label.to_owned(), keys, former: None }
    }

    /// Looks where the source may have been before, when it is not known here: somewhere that is no more, with at
    /// least half of the items in common. It asks the file system, so it is done before anything is locked.
    pub(super) fn find_former(
        &self,
        connection: &Connection,
        exists: &dyn Fn(&str) -> bool,
    ) -> rusqlite::Result<Option<String>> {
        if sources::find(connection, &self.location)?.is_some_and(|source| source.last_visit.is_some()) {
            return Ok(None);
        }
        let sketch = self.sketch();
        let mut alike: Vec<(usize, String)> = Vec::new();
        for other in sources::looked_through(connection)? {
            let shared = shared(&sketch, &other.sketch);
            let most = sketch.len().max(other.sketch.len()) / KEY_BYTES;
            if shared > 0 && shared.saturating_mul(2) >= most && other.location != self.location {
                alike.push((shared, other.location));
            }
        }
        alike.sort_by(|(one, _), (other, _)| other.cmp(one));
        Ok(alike.into_iter().map(|(_, location)| location).find(|location| !exists(location)))
    }

    /// The smallest keys of the source.
    fn sketch(&self) -> Vec<u8> {
        self.keys.iter().take(SKETCH_KEYS).flat_map(|key| key.to_be_bytes()).collect()
    }
}

/// How many keys two sketches have in common.
fn shared(one: &[u8], other: &[u8]) -> usize {
    let keys: HashSet<&[u8]> = one.chunks_exact(KEY_BYTES).collect();
    other.chunks_exact(KEY_BYTES).filter(|key| keys.contains(key)).count()
}

/// Records every item of a source that has not been met before.
pub(super) fn arrive(connection: &Connection, arriving: &Arriving) -> rusqlite::Result<Arrival> {
    let Arriving { location, label, keys, .. } = arriving;
    let moved_from = take_over(connection, arriving)?;
    let known = sources::find(connection, location)?;
    let last_visit = known.as_ref().and_then(|source| source.last_visit);
    let Met { unmet, mut new } = meet(connection, keys, last_visit)?;
    let last_visit = if let Some(last_visit) = last_visit {
        record(connection, &unmet, counters::visits(connection)?.saturating_add(1))?;
        new.extend(unmet);
        last_visit
    } else {
        // A first look is counted as a visit, so that nothing that any source has by now will be new here.
        record(connection, &unmet, 0)?;
        new.clear();
        counters::complete_visit(connection)?
    };
    sources::set_contents(connection, location, label, last_visit, &arriving.sketch())?;
    Ok(Arrival {
        new: new.into_iter().map(loaded).collect(),
        memory: known.map(|source| source.memory).unwrap_or_default(),
        moved_from,
    })
}

/// Takes over what is remembered of the place where the source was before, unless another process has done so.
fn take_over(connection: &Connection, arriving: &Arriving) -> rusqlite::Result<Option<String>> {
    let Some(former) = &arriving.former else { return Ok(None) };
    let looked_through = |source: &Stored| source.last_visit.is_some();
    if sources::find(connection, &arriving.location)?.as_ref().is_some_and(looked_through) {
        return Ok(None);
    }
    let Some(source) = sources::find(connection, former)?.filter(looked_through) else { return Ok(None) };
    sources::hand_over(connection, &source, &arriving.location)?;
    Ok(Some(former.clone()))
}

/// Items of a source, as far as they have been met.
struct Met {
    /// Those that have never been met.
    unmet: Vec<i64>,
    /// Those that have been met after the last visit to the source.
    new: Vec<i64>,
}

/// Compares the items of a source with those that have been met. Both are in the same order and are gone through
/// once, side by side, which is many times faster than to ask for each.
fn meet(connection: &Connection, keys: &[i64], last_visit: Option<i64>) -> rusqlite::Result<Met> {
    let mut met = Met { unmet: Vec::new(), new: Vec::new() };
    let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return Ok(met) };
    let mut statement = connection
        .prepare_cached("SELECT key, first_visit FROM items WHERE key BETWEEN ?1 AND ?2 ORDER BY key")?;
    let mut rows = statement.query([first, last])?;
    let mut keys = keys.iter().copied().peekable();
    while let Some(row) = rows.next()? {
        let (known, first_visit): (i64, i64) = (row.get(0)?, row.get(1)?);
        while let Some(key) = keys.next_if(|key| *key < known) {
            met.unmet.push(key);
        }
        if keys.next_if_eq(&known).is_some() && last_visit.is_some_and(|last| first_visit > last) {
            met.new.push(known);
        }
    }
    met.unmet.extend(keys);
    Ok(met)
}

fn record(connection: &Connection, keys: &[i64], first_visit: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("INSERT INTO items (key, first_visit) VALUES (?1, ?2)")?;
    for key in keys {
        statement.execute([*key, first_visit])?;
    }
    Ok(())
}

/// Every item that was first met after the last visit to a source; those of other sources are among them.
pub(super) fn new_items(connection: &Connection, location: &str) -> rusqlite::Result<Vec<ItemKey>> {
    let Some(last_visit) = sources::find(connection, location)?.and_then(|source| source.last_visit) else {
        return Ok(Vec::new());
    };
    let mut statement =
        connection.prepare_cached("SELECT key FROM items WHERE first_visit > ?1 AND first_visit > 0")?;
    statement.query_map([last_visit], |row| row.get(0).map(loaded))?.collect()
}

/// Ends a visit: what is there now will not be new the next time.
pub(super) fn end_visit(connection: &Connection, location: &str, time: i64) -> rusqlite::Result<()> {
    if sources::find(connection, location)?.is_some_and(|source| source.last_visit.is_some()) {
        let visit = counters::complete_visit(connection)?;
        sources::set_visit(connection, location, visit, time)?;
    }
    Ok(())
}
