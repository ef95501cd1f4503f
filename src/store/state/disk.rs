//! The state file, opened: found out what it is, and made new or brought up to date where needed.

use std::fs;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::gate::Gate;
use super::paths::{Identity, Paths};
use super::rescue;
use super::schema::{self, APPLICATION_ID, MIGRATIONS, PAGE_SIZE};
use super::trouble::{Fault, Refusal};

/// A version above this one is no version of Rounds but damage.
const LAST_PLAUSIBLE_VERSION: i64 = 10_000;

/// An open state file of today's version.
#[derive(Debug)]
pub(super) struct Disk {
    pub(super) connection: Connection,
    identity: Option<Identity>,
}

impl Disk {
    /// Opens the state file, and makes it when there is none.
    pub(super) fn open(paths: &Paths, gate: &mut Gate, now: Timestamp) -> Result<Self, Fault> {
        paths.make_folder()?;
        if !is_missing(paths)? {
            let _pass = gate.shared(paths)?;
            if let Found::Ready(disk) = Self::look(paths, gate.patience())? {
                return Ok(disk);
            }
        }
        let _pass = gate.exclusive(paths)?;
        rescue::finish(paths, now)?;
        match Self::look(paths, gate.patience())? {
            Found::Ready(disk) => Ok(disk),
            Found::Old(disk) => disk.bring_up_to_date(),
        }
    }

    /// Whether the file of that name is still the one that is open, and of the version that it was.
    pub(super) fn is_current(&self, paths: &Paths) -> bool {
        self.identity == Identity::of(paths.database())
            && schema::version(&self.connection)
                .is_ok_and(|version| version == schema::version_of(MIGRATIONS))
    }

    /// Lets go of a file without changing it: SQLite would move the log into it. Which file it was comes back.
    pub(super) fn leave_as_it_is(self) -> Option<Identity> {
        keep_log(&self.connection, true).unwrap_or_default();
        self.identity
    }

    fn look(paths: &Paths, patience: Duration) -> Result<Found, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let has_log = fs::metadata(paths.log()).is_ok_and(|metadata| metadata.len() > 0);
        let connection = Connection::open_with_flags(paths.database(), flags)?;
        // SQLite would make its other files read-only too, and they would stay so when this one no longer is.
        if connection.is_readonly(MAIN_DB)? {
            return Err(Refusal::read_only().into());
        }
        // Until it is known to be ours and in order, it is only looked at.
        keep_log(&connection, true)?;
        connection.busy_timeout(patience)?;
        let current = schema::version_of(MIGRATIONS);
        let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let old = match (application, schema::version(&connection)?) {
            (0, 0) if is_empty(&connection)? => true,
            (APPLICATION_ID, version) if version == current => false,
            (APPLICATION_ID, version) if (1..current).contains(&version) => true,
            (APPLICATION_ID, version) if version > current && version <= LAST_PLAUSIBLE_VERSION => {
                return Err(Refusal::newer().into());
            }
            (APPLICATION_ID, _) => return Err(Fault::Damaged),
            _ if schema::is_foreign(&connection)? => {
                // SQLite tidies up what it has put beside the file; a log that was there before stays.
                keep_log(&connection, has_log)?;
                return Err(Refusal::foreign().into());
            }
            _ => return Err(Fault::Damaged),
        };
        if !old {
            schema::verify(&connection)?;
            set_up(&connection)?;
        }
        let disk = Self { identity: Identity::of(paths.database()), connection };
        Ok(if old { Found::Old(disk) } else { Found::Ready(disk) })
    }

    fn bring_up_to_date(mut self) -> Result<Self, Fault> {
        create(&mut self.connection)?;
        Ok(self)
    }
}

/// What was found under the name of the state file.
enum Found {
    /// A file of today's version.
    Ready(Disk),
    /// An empty file, or one of an earlier version.
    Old(Disk),
}

/// Makes a state file of an empty file or one of an earlier version.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE_SIZE)?;
    set_up(connection)?;
    schema::migrate(connection, MIGRATIONS)
}

/// How the file is used: a commit is on the disk before it is acknowledged, and little memory is taken.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "cache_size", -256)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "journal_size_limit", 1 << 20)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    keep_log(connection, false)
}

/// Whether closing the file leaves its log where it is, instead of moving it into the file.
fn keep_log(connection: &Connection, keep: bool) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)?;
    Ok(())
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}

/// Whether there is no state file yet, or one without a byte. SQLite would throw away the log of such a file; when
/// there is anything in it, the file has been cut off.
fn is_missing(paths: &Paths) -> Result<bool, Fault> {
    let length = match fs::metadata(paths.database()) {
        Ok(metadata) if !metadata.is_file() => return Err(Refusal::no_file().into()),
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error.into()),
    };
    if length > 0 {
        return Ok(false);
    }
    let log = fs::metadata(paths.log()).map_or(0, |metadata| metadata.len());
    let rescued = fs::exists(paths.finished_rescue()).unwrap_or(false);
    if log > 0 && !rescued { Err(Fault::Damaged) } else { Ok(true) }
}
