//! What is known of the files of a source before it is looked through.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::{Catalog, CatalogError, Shared, record};
use crate::library::{ItemId, ItemSet};
use crate::source::Stamp;

/// Tells what is known of each file, and remembers which were asked for.
#[derive(Debug)]
pub(in crate::store) struct Known {
    connection: Connection,
    shared: Arc<Shared>,
    met: ItemSet,
    /// The number of the last item there was at the beginning.
    last_item: u32,
    failed: Option<CatalogError>,
    /// How many were asked for.
    asked: u32,
    /// The version of the file when the turn began, by SQLite's count; `None` where one who reads keeps another from
    /// writing.
    version: Option<i64>,
    /// How many turns have begun since somebody wrote.
    quiet: u32,
}

/// How many files are asked for at one moment of the catalog, so that its file need not be locked and unlocked for each
/// of them.
const TURN: u32 = 512;
/// How many turns must pass without a word written before a turn is one moment again. While files are read and written
/// one after the other, this is never so; where one in a hundred is, it is so most of the time.
const QUIET: u32 = 8;

impl Catalog {
    /// What is known before a refresh.
    pub(in crate::store) fn known(&self) -> Result<Known, CatalogError> {
        let connection = self.shared.with_home(|home| home.connect_to_read())?;
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let version = (mode == "wal").then(|| data_version(&connection)).transpose()?;
        let last_item = connection.query_row("SELECT last_item FROM counters", [], |row| row.get(0))?;
        Ok(Known {
            connection,
            shared: Arc::clone(&self.shared),
            met: ItemSet::default(),
            last_item,
            failed: None,
            asked: 0,
            version,
            quiet: QUIET,
        })
    }
}

impl Known {
    /// The number of the last item that there was before the refresh.
    pub(in crate::store) fn last_item(&self) -> u32 {
        self.last_item
    }

    /// The stamp that a file had when it was last read. A file of which nothing can be learnt is as good as a new
    /// one, until [`Known::not_met`] says what the matter was.
    pub(in crate::store) fn stamp(&mut self, path: &str) -> Option<Stamp> {
        if self.failed.is_some() {
            // Where the writer locks everybody else out, each question would wait for as long as the first.
            return None;
        }
        let (id, stamp) = self.ask(path).unwrap_or_else(|error| {
            self.failed = Some(error);
            None
        })?;
        self.met.insert(id);
        Some(stamp)
    }

    fn ask(&mut self, path: &str) -> Result<Option<(ItemId, Stamp)>, CatalogError> {
        if self.asked.is_multiple_of(TURN) {
            self.begin_turn()?;
        }
        self.asked = self.asked.wrapping_add(1);
        let mut statement =
            self.connection.prepare_cached("SELECT id, size, modified, hash FROM files WHERE path = ?1")?;
        let known = statement.query_row([path], |row| {
            let stamp = Stamp {
                size: row.get::<_, i64>(1)?.cast_unsigned(),
                modified: row.get(2)?,
                hash: row.get::<_, i64>(3)?.cast_unsigned(),
            };
            Ok((ItemId::new(row.get(0)?), stamp))
        });
        Ok(known.optional()?)
    }

    /// Begins a turn: at one moment of the catalog, unless somebody has written a short while ago. Then the log grows, and
    /// as long as it is read without a pause, it cannot begin anew.
    fn begin_turn(&mut self) -> Result<(), CatalogError> {
        self.end_turn()?;
        let Some(before) = self.version else { return Ok(()) };
        let now = data_version(&self.connection)?;
        self.quiet = if now == before { self.quiet.saturating_add(1) } else { 0 };
        if self.quiet >= QUIET {
            self.connection.execute_batch("BEGIN")?;
        }
        self.version = Some(now);
        Ok(())
    }

    fn end_turn(&self) -> Result<(), CatalogError> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// The paths of the items that nobody has asked for, when so many have been added since.
    pub(in crate::store) fn not_met(mut self, added: usize) -> Result<Vec<String>, CatalogError> {
        let found = self.failed.take().map_or_else(|| self.find_not_met(added), Err);
        found.inspect_err(|error| self.shared.note(error))
    }

    fn find_not_met(&self, added: usize) -> Result<Vec<String>, CatalogError> {
        self.end_turn()?;
        let count = |sql| self.connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        let (files, items) = (count("SELECT count(*) FROM files")?, count("SELECT count(*) FROM items")?);
        let expected = self.met.len().saturating_add(added);
        let found = usize::try_from(files).unwrap_or(usize::MAX);
        if files != items || found < expected {
            return Err(CatalogError::Damaged);
        }
        let mut paths = Vec::new();
        if found > expected {
            let mut statement = self.connection.prepare("SELECT id, path FROM files WHERE id <= ?1")?;
            let mut rows = statement.query([self.last_item])?;
            while let Some(row) = rows.next()? {
                if !self.met.contains(record::id(row)?) {
                    paths.push(record::str(row, 1)?.to_owned());
                }
            }
        }
        Ok(paths)
    }
}

/// Counts what other connections have written.
fn data_version(connection: &Connection) -> Result<i64, CatalogError> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}
