//! Where the state is: in its file as long as the disk will have it, in memory when it will not.
//!
//! Whatever happens to the file, the caller goes on. A damaged file is rescued and the work done again on the new one;
//! when the disk refuses, a copy in memory takes over.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::disk::{self, Disk};
use super::gate::Gate;
use super::paths::{Identity, Paths};
use super::rescue::{self, Rescued};
use super::rows::Rows;
use super::salvage::salvage;
use super::schema;
use super::trouble::{Fault, Refusal};
use crate::item::SafeText;

/// How often work is begun anew, when the file turns out to be damaged or another one.
const ATTEMPTS: u32 = 3;

/// How long to wait for another process, which is at work for milliseconds. A stopped one must not stop us.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait when waiting has not helped before.
const IMPATIENCE: Duration = Duration::from_millis(50);

/// Where the state is.
#[derive(Debug)]
pub(super) struct Medium {
    paths: Paths,
    gate: Gate,
    /// The open file. `None` when it could not be opened, or refused something.
    disk: Option<Disk>,
    /// How often a file has been opened.
    openings: u64,
    /// What takes the place of the file when the disk refuses.
    memory: Option<Connection>,
    /// Why it does.
    trouble: Option<SafeText>,
    notices: Vec<SafeText>,
    /// The latest time that anyone has told; names of files are made of it.
    now: Timestamp,
}

/// What work on the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Reading,
    /// The file must not be replaced meanwhile; and when it succeeds, the disk works again.
    Writing,
}

impl Medium {
    pub(super) fn new(paths: Paths, now: Timestamp) -> Self {
        Self {
            paths,
            gate: Gate::new(PATIENCE),
            disk: None,
            openings: 0,
            memory: None,
            trouble: None,
            notices: Vec::new(),
            now,
        }
    }

    /// What the user is to be told, once.
    pub(super) fn take_notices(&mut self) -> Vec<SafeText> {
        std::mem::take(&mut self.notices)
    }

    /// Why the state is in memory, when it is.
    pub(super) fn trouble(&self) -> Option<&SafeText> {
        self.trouble.as_ref()
    }

    /// The state in memory, when it is there.
    pub(super) fn memory(&mut self) -> Option<&mut Connection> {
        self.memory.as_mut()
    }

    /// How often a file has been opened: what SQLite says of the changes to a file holds for one opening.
    pub(super) fn openings(&self) -> u64 {
        self.openings
    }

    /// Takes note of what time it is.
    pub(super) fn tell_time(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Does something with the file, and does it again after it has been rescued. When the disk refuses, the state is
    /// in memory afterwards, and the reason comes back.
    pub(super) fn on_disk<T>(
        &mut self,
        purpose: Purpose,
        mut work: impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, SafeText> {
        for _ in 0..ATTEMPTS {
            self.connect()?;
            let pass = match purpose {
                Purpose::Reading => None,
                Purpose::Writing => match self.gate.shared(&self.paths) {
                    Ok(pass) => Some(pass),
                    Err(refusal) => return Err(self.go_on_in_memory(&refusal)),
                },
            };
            // Only under the lock is it sure that the file stays the one of that name.
            let Some(disk) = self.disk.as_mut().filter(|disk| pass.is_none() || disk.is_current(&self.paths))
            else {
                continue;
            };
            let result = work(&mut disk.connection);
            drop(pass);
            match result.map_err(Fault::from) {
                Ok(value) => {
                    if purpose == Purpose::Writing {
                        self.leave_memory();
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

    /// Has SQLite look at all of the file. When it finds damage, the file is rescued at once.
    pub(super) fn examine(&mut self) -> Result<(), SafeText> {
        self.on_disk(Purpose::Reading, |connection| examine(connection))
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
            match opened {
                Ok(disk) => {
                    self.disk = Some(disk);
                    self.openings = self.openings.saturating_add(1);
                }
                Err(_) => self.rescue(found)?,
            }
        }
        Err(self.go_on_in_memory(&Refusal::hopeless()))
    }

    /// Puts a new file in the place of the damaged one, unless another process has done so.
    fn rescue(&mut self, damaged: Option<Identity>) -> Result<(), SafeText> {
        match self.rescue_once(damaged) {
            Ok(rescued) => {
                self.notices.extend(rescued.map(|rescued| rescued.line(&self.paths)));
                Ok(())
            }
            Err(Fault::Refused(refusal)) => Err(self.go_on_in_memory(&refusal)),
            Err(Fault::Damaged) => Err(self.go_on_in_memory(&Refusal::hopeless())),
        }
    }

    fn rescue_once(&mut self, damaged: Option<Identity>) -> Result<Option<Rescued>, Fault> {
        let _pass = self.gate.exclusive(&self.paths)?;
        if Identity::of(self.paths.database()) == damaged {
            rescue::rescue(&self.paths, self.now).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Has the state in memory from now on, with all that can be read of the file. The file is let go, so that the
    /// next try begins from nothing. The reason comes back as a line.
    fn go_on_in_memory(&mut self, refusal: &Refusal) -> SafeText {
        if let Some(disk) = self.disk.take() {
            if self.memory.is_none() {
                self.memory = copied(&disk.connection).ok();
            }
            disk.leave_as_it_is();
        }
        if self.memory.is_none() {
            // What lies in a file of another program may look like rows of ours.
            let is_ours = *refusal != Refusal::foreign();
            let rows = if is_ours { salvage(&self.paths) } else { Rows::default() };
            self.memory = filled(&rows).ok();
        }
        self.gate.set_patience(IMPATIENCE);
        self.trouble.insert(refusal.line(&self.paths)).clone()
    }

    /// Everything is in the file again.
    fn leave_memory(&mut self) {
        self.memory = None;
        self.trouble = None;
        self.gate.set_patience(PATIENCE);
    }

    /// Does something with the open file, for a test.
    #[cfg(test)]
    pub(super) fn on_open_file(&self, work: impl FnOnce(&Connection)) {
        work(&self.disk.as_ref().expect("the file is open").connection);
    }
}

/// A copy of the file in memory, when all of it can be read.
fn copied(disk: &Connection) -> rusqlite::Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    Backup::new(disk, &mut memory)?.step(-1)?;
    examine(&memory)?;
    schema::verify(&memory)?;
    Ok(memory)
}

/// A state in memory with rows.
fn filled(rows: &Rows) -> rusqlite::Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    disk::create(&mut memory)?;
    rows.write(&mut memory)?;
    Ok(memory)
}

/// Has SQLite look at every page, and whether what the indexes say is so. Damage is an error.
fn examine(connection: &Connection) -> rusqlite::Result<()> {
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
}
