//! Keeps the changes: makes them where the state is, keeps those that the disk will not have and makes them all again
//! with the next one, and hears of those that other processes make.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::change::{Applied, Change};
use super::marks;
use super::medium::{Medium, Purpose};
use super::paths::Paths;
use super::{Saving, counters};
use crate::item::{ItemKey, SafeText};

/// The state, and the changes to it.
#[derive(Debug)]
pub(super) struct Keeper {
    pub(super) medium: Medium,
    /// Changes that are in memory and not in the file.
    waiting: Vec<Change>,
    others: Others,
}

/// What is known of the changes that other processes made.
#[derive(Debug, Default)]
struct Others {
    /// The number of the last change that is known, ours or theirs.
    seen: i64,
    /// SQLite's number for what others have written, and for which opening of a file, when it was asked last.
    version: Option<(u64, i64)>,
    /// The items of theirs that came to light while we wrote, and that nobody has asked for yet.
    unasked: BTreeSet<ItemKey>,
}

/// What came of writing changes to the file.
#[derive(Debug)]
struct Saved {
    /// What came of the last one.
    applied: Applied,
    /// The number of the last change.
    last: i64,
    /// The items that others had marked before and nobody here has heard of.
    others: Vec<ItemKey>,
}

impl Keeper {
    /// Opens a file, or does without.
    pub(super) fn open(paths: Paths, now: Timestamp) -> (Self, Vec<SafeText>) {
        let mut medium = Medium::new(paths, now);
        let last = medium.on_disk(Purpose::Reading, |connection| counters::change(connection));
        let mut notices = medium.take_notices();
        let seen = last.unwrap_or_else(|line| {
            notices.push(line);
            0
        });
        let others = Others { seen, ..Others::default() };
        (Self { medium, waiting: Vec::new(), others }, notices)
    }

    /// Reads something, from wherever the state is. When nothing can be read, there is nothing.
    pub(super) fn read<T: Default>(&mut self, work: impl Fn(&Connection) -> rusqlite::Result<T>) -> T {
        if self.medium.memory().is_none()
            && let Ok(value) = self.medium.on_disk(Purpose::Reading, |connection| work(connection))
        {
            return value;
        }
        self.medium.memory().and_then(|memory| work(memory).ok()).unwrap_or_default()
    }

    /// Makes a change, on the disk when it will have it. Returns when it is there for good.
    pub(super) fn write(&mut self, change: Change) -> (Applied, Saving) {
        self.write_all(vec![change])
    }

    /// Makes changes in one transaction, on the disk when it will have them. What came of the last one is told.
    pub(super) fn write_all(&mut self, changes: Vec<Change>) -> (Applied, Saving) {
        let count = changes.len();
        for change in changes {
            self.waiting.retain(|earlier| !change.outdates(earlier));
            self.waiting.push(change);
        }
        match self.save() {
            Ok(applied) => (applied, Saving::Saved),
            Err(line) => {
                let mut applied = Applied::Nothing;
                if let Some(memory) = self.medium.memory() {
                    let first = self.waiting.len().saturating_sub(count);
                    for change in self.waiting.iter().skip(first) {
                        applied = make(memory, change).unwrap_or(Applied::Nothing);
                    }
                }
                (applied, Saving::InMemory(line))
            }
        }
    }

    /// Tries again to save what waits.
    pub(super) fn retry(&mut self) -> Saving {
        if self.medium.trouble().is_none() {
            return Saving::Saved;
        }
        match self.save() {
            Ok(_) => Saving::Saved,
            Err(line) => Saving::InMemory(line),
        }
    }

    /// How things stand.
    pub(super) fn saving(&self) -> Saving {
        self.medium.trouble().cloned().map_or(Saving::Saved, Saving::InMemory)
    }

    /// How many changes wait for the disk.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Looks at all of the file.
    pub(super) fn examine(&mut self) {
        if self.medium.memory().is_none() {
            // When the disk refuses just now, the next one to write is told why.
            self.medium.examine().unwrap_or_default();
        }
    }

    /// The items that other processes have marked since this was last asked.
    pub(super) fn others(&mut self) -> Vec<ItemKey> {
        if self.medium.memory().is_none() {
            // As above.
            self.look_at_others().unwrap_or_default();
        }
        std::mem::take(&mut self.others.unasked).into_iter().collect()
    }

    fn look_at_others(&mut self) -> Result<(), SafeText> {
        let version = self.medium.on_disk(Purpose::Reading, |connection| {
            connection.pragma_query_value(None, "data_version", |row| row.get(0))
        })?;
        let version = Some((self.medium.openings(), version));
        if self.others.version == version {
            return Ok(());
        }
        let seen = self.others.seen;
        let (last, keys) = self.medium.on_disk(Purpose::Reading, |connection| {
            let transaction = connection.transaction()?;
            changed_by_others(&transaction, seen)
        })?;
        self.others.version = version;
        self.others.seen = last;
        self.others.unasked.extend(keys);
        Ok(())
    }

    /// Writes what waits to the file.
    fn save(&mut self) -> Result<Applied, SafeText> {
        let (waiting, seen) = (&self.waiting, self.others.seen);
        let saved = self.medium.on_disk(Purpose::Writing, |connection| save(connection, waiting, seen))?;
        self.waiting.clear();
        self.others.seen = saved.last;
        self.others.unasked.extend(saved.others);
        Ok(saved.applied)
    }
}

/// Makes changes in one transaction.
fn save(connection: &mut Connection, changes: &[Change], seen: i64) -> rusqlite::Result<Saved> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (_, others) = changed_by_others(&transaction, seen)?;
    let mut applied = Applied::Nothing;
    for change in changes {
        applied = change.apply(&transaction)?;
    }
    let last = counters::change(&transaction)?;
    transaction.commit()?;
    Ok(Saved { applied, last, others })
}

/// Makes a change in memory.
fn make(memory: &mut Connection, change: &Change) -> rusqlite::Result<Applied> {
    let transaction = memory.transaction()?;
    let applied = change.apply(&transaction)?;
    transaction.commit()?;
    Ok(applied)
}

/// The last change, and the items that others have marked since the last one that is known here. In a file that is
/// not the one it was, as after someone took it away, everything is theirs.
fn changed_by_others(connection: &Connection, seen: i64) -> rusqlite::Result<(i64, Vec<ItemKey>)> {
    let last = counters::change(connection)?;
    let keys = match last.cmp(&seen) {
        Ordering::Equal => Vec::new(),
        Ordering::Greater => marks::changed_after(connection, seen)?,
        Ordering::Less => marks::changed_after(connection, 0)?,
    };
    Ok((last, keys))
}
