//! Keeps the state, on the disk as long as the disk will have it and in memory when it will not.
//!
//! Whatever happens to the file, the caller goes on: a damaged file is rescued and the work done again on the new
//! one; when the disk refuses, a copy in memory takes over, every change is kept as a value, and with the next change
//! they are all tried again.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::backup::Backup;
use rusqlite::{Connection, TransactionBehavior};

use super::change::{Applied, Change};
use super::disk::{self, Disk};
use super::gate::Gate;
use super::marks::{self, MarkChange};
use super::paths::{Identity, Paths};
use super::rescue;
use super::rows::Rows;
use super::salvage::salvage;
use super::schema;
use super::trouble::{Fault, Refusal};
use super::{Saving, counters};
use crate::item::{ItemKey, SafeText};

/// How often work is begun anew, when the file turns out to be damaged or another one.
const ATTEMPTS: u32 = 3;

/// How long to wait for another process, which is at work for milliseconds. A stopped one must not stop us.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait when waiting has not helped before.
const IMPATIENCE: Duration = Duration::from_millis(50);

/// The state, wherever it can be kept.
#[derive(Debug)]
pub(super) struct Keeper {
    paths: Paths,
    gate: Gate,
    /// The open file. `None` when it could not be opened, or refused something.
    disk: Option<Disk>,
    /// What takes its place then. It has all changes; the file lacks those that wait.
    memory: Option<Connection>,
    waiting: Vec<Change>,
    /// Why there are changes that wait, or why the file is not open.
    trouble: Option<SafeText>,
    notices: Vec<SafeText>,
    others: Others,
    /// The latest time that anyone has told.
    now: Timestamp,
}

/// What is known of the changes that other processes made.
#[derive(Debug, Default)]
struct Others {
    /// The last change that is known, ours or theirs.
    seen: i64,
    /// SQLite's number for what others have written, when it was asked last.
    version: Option<i64>,
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
    pub(super) fn open(paths: Paths, now: Timestamp) -> Self {
        let mut keeper = Self {
            paths,
            gate: Gate::new(PATIENCE),
            disk: None,
            memory: None,
            waiting: Vec::new(),
            trouble: None,
            notices: Vec::new(),
            others: Others::default(),
            now,
        };
        match keeper.connect().and_then(|()| keeper.on_disk(false, |connection| counters::change(connection)))
        {
            Ok(change) => keeper.others.seen = change,
            Err(line) => keeper.notices.push(line),
        }
        keeper
    }

    /// What the user is to be told, once.
    pub(super) fn take_notices(&mut self) -> Vec<SafeText> {
        std::mem::take(&mut self.notices)
    }

    /// Takes note of what time it is; names of files are made of it.
    pub(super) fn tell_time(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Reads something, from wherever the state is. When nothing can be read, there is nothing.
    pub(super) fn read<T: Default>(&mut self, work: impl Fn(&Connection) -> rusqlite::Result<T>) -> T {
        if self.memory.is_none()
            && let Ok(value) = self.on_disk(false, |connection| work(connection))
        {
            return value;
        }
        self.memory.as_ref().and_then(|memory| work(memory).ok()).unwrap_or_default()
    }

    /// Makes a change, on the disk when it will have it. Returns when it is there for good.
    pub(super) fn write(&mut self, change: Change) -> (Applied, Saving) {
        self.waiting.retain(|earlier| !change.outdates(earlier));
        self.waiting.push(change);
        match self.save() {
            Ok(applied) => (applied, Saving::Saved),
            Err(line) => {
                let applied = match (&mut self.memory, self.waiting.last()) {
                    (Some(memory), Some(change)) => in_memory(memory, change).unwrap_or(Applied::Nothing),
                    _ => Applied::Nothing,
                };
                (applied, Saving::InMemory(line))
            }
        }
    }

    /// Tries again to save what waits.
    pub(super) fn retry(&mut self) -> Saving {
        if self.trouble.is_none() {
            return Saving::Saved;
        }
        match self.save() {
            Ok(_) => Saving::Saved,
            Err(line) => Saving::InMemory(line),
        }
    }

    /// Has SQLite look at every page of the file. When it finds damage, the file is rescued at once.
    pub(super) fn examine(&mut self) {
        if self.memory.is_none() {
            // Why it could not be looked at is told to the next one to write.
            self.on_disk(false, |connection| examined(connection)).unwrap_or_default();
        }
    }

    /// How things stand.
    pub(super) fn saving(&self) -> Saving {
        self.trouble.clone().map_or(Saving::Saved, Saving::InMemory)
    }

    /// The marks, as they are now, of the items that other processes have marked since this was last asked.
    pub(super) fn others(&mut self) -> Vec<MarkChange> {
        if self.memory.is_none() {
            // When the disk refuses just now, the next one to write is told why.
            self.look_at_others().unwrap_or_default();
        }
        let keys: Vec<ItemKey> = std::mem::take(&mut self.others.unasked).into_iter().collect();
        if keys.is_empty() {
            Vec::new()
        } else {
            self.read(|connection| marks::as_changes(connection, &keys))
        }
    }

    fn look_at_others(&mut self) -> Result<(), SafeText> {
        let version = self.on_disk(false, |connection| {
            connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0))
        })?;
        if self.others.version == Some(version) {
            return Ok(());
        }
        let seen = self.others.seen;
        let (last, keys) = self.on_disk(false, |connection| {
            let transaction = connection.transaction()?;
            changed_by_others(&transaction, seen)
        })?;
        self.others.version = Some(version);
        self.others.seen = last;
        self.others.unasked.extend(keys);
        Ok(())
    }

    /// Does something with the open file, for a test.
    #[cfg(test)]
    pub(super) fn on_open_file(&self, work: impl FnOnce(&Connection)) {
        work(&self.disk.as_ref().expect("the file is open").connection);
    }

    /// Writes what waits to the file.
    fn save(&mut self) -> Result<Applied, SafeText> {
        let waiting = std::mem::take(&mut self.waiting);
        let saved = self.on_disk_from(true, |connection, seen| save(connection, &waiting, seen));
        match saved {
            Ok(saved) => {
                self.others.seen = saved.last;
                self.others.unasked.extend(saved.others);
                Ok(saved.applied)
            }
            Err(line) => {
                self.waiting = waiting;
                Err(line)
            }
        }
    }

    fn on_disk<T>(
        &mut self,
        writing: bool,
        mut work: impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, SafeText> {
        self.on_disk_from(writing, |connection, _| work(connection))
    }

    /// Does something with the file, and does it again after it has been rescued. The work is also told the last
    /// change that is known. When the disk refuses, the state is in memory afterwards, and the reason comes back.
    fn on_disk_from<T>(
        &mut self,
        writing: bool,
        mut work: impl FnMut(&mut Connection, i64) -> rusqlite::Result<T>,
    ) -> Result<T, SafeText> {
        for _ in 0..ATTEMPTS {
            self.connect()?;
            let pass = if writing {
                match self.gate.shared(&self.paths) {
                    Ok(pass) => Some(pass),
                    Err(refusal) => return Err(self.go_on_in_memory(&refusal)),
                }
            } else {
                None
            };
            let seen = self.others.seen;
            // Only under the lock is it sure that the file stays the one of that name.
            let Some(disk) = self.disk.as_mut().filter(|disk| !writing || disk.is_current(&self.paths))
            else {
                continue;
            };
            let result = work(&mut disk.connection, seen);
            drop(pass);
            match result.map_err(Fault::from) {
                Ok(value) => {
                    if writing {
                        self.memory = None;
                        self.trouble = None;
                        self.gate.set_patience(PATIENCE);
                    }
                    return Ok(value);
                }
                Err(Fault::Refused(refusal)) => return Err(self.go_on_in_memory(&refusal)),
                Err(Fault::Damaged) => {
                    let damaged = self.disk.take().and_then(Disk::leave_as_it_is);
                    self.rescue(damaged)?;
                }
            }
        }
        Err(self.go_on_in_memory(&Refusal::hopeless()))
    }

    /// Makes sure that the file is open, and is the one that has the name now.
    fn connect(&mut self) -> Result<(), SafeText> {
        for _ in 0..ATTEMPTS {
            if self.disk.as_ref().is_some_and(|disk| disk.is_current(&self.paths)) {
                return Ok(());
            }
            let found = Identity::of(self.paths.database());
            let opened = Disk::open(&self.paths, &mut self.gate, self.now);
            if let Err(Fault::Refused(refusal)) = opened {
                return Err(self.go_on_in_memory(&refusal));
            }
            if let Some(former) = self.disk.take() {
                former.leave_as_it_is();
            }
            self.others.version = None;
            match opened {
                Ok(disk) => self.disk = Some(disk),
                Err(_) => self.rescue(found)?,
            }
        }
        Err(self.go_on_in_memory(&Refusal::hopeless()))
    }

    /// Puts a new file in the place of the damaged one, unless another process has done so.
    fn rescue(&mut self, damaged: Option<Identity>) -> Result<(), SafeText> {
        let _pass = match self.gate.exclusive(&self.paths) {
            Ok(pass) => pass,
            Err(refusal) => return Err(self.go_on_in_memory(&refusal)),
        };
        if Identity::of(self.paths.database()) != damaged {
            return Ok(());
        }
        match rescue::rescue(&self.paths, self.now) {
            Ok(rescued) => {
                self.notices.push(rescued.line(&self.paths));
                Ok(())
            }
            Err(Fault::Refused(refusal)) => Err(self.go_on_in_memory(&refusal)),
            Err(Fault::Damaged) => Err(self.go_on_in_memory(&Refusal::hopeless())),
        }
    }

    /// Has the state in memory from now on, with all that can be read of the file. The file is let go, so that the
    /// next try begins from nothing.
    fn go_on_in_memory(&mut self, refusal: &Refusal) -> SafeText {
        let wanted = self.memory.is_none();
        if let Some(disk) = self.disk.take() {
            if wanted {
                self.memory = copied(&disk.connection).ok();
            }
            disk.leave_as_it_is();
        }
        if self.memory.is_none() {
            self.memory = filled(&salvage(&self.paths)).ok();
        }
        let line = refusal.line(&self.paths);
        self.trouble = Some(line.clone());
        self.gate.set_patience(IMPATIENCE);
        line
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

/// Makes a change in memory.
fn in_memory(memory: &mut Connection, change: &Change) -> rusqlite::Result<Applied> {
    let transaction = memory.transaction()?;
    let applied = change.apply(&transaction)?;
    transaction.commit()?;
    Ok(applied)
}

/// A copy of the file in memory, when all of it can be read.
fn copied(disk: &Connection) -> rusqlite::Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    Backup::new(disk, &mut memory)?.step(-1)?;
    examined(&memory)?;
    schema::verify(&memory)?;
    Ok(memory)
}

/// Has SQLite look at every page, and whether what the indexes say is so. Damage is an error.
fn examined(connection: &Connection) -> rusqlite::Result<()> {
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
}

/// A state in memory with rows.
fn filled(rows: &Rows) -> rusqlite::Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    disk::create(&mut memory)?;
    rows.write(&mut memory)?;
    Ok(memory)
}
