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
    asked: u32,
    /// Whether others can write while this reads.
    has_log: bool,
}

/// How many files are asked for at one moment of the catalog, where others can write meanwhile. For each by itself, the
/// file would have to be locked and unlocked; for all together, the log could not be carried into the file.
const TURN: u32 = 512;

impl Catalog {
    /// What is known before a refresh.
    pub(in crate::store) fn known(&self) -> Result<Known, CatalogError> {
        let connection = self.shared.with_home(|home| home.connect_to_read())?;
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let has_log = mode == "wal";
        let last_item = connection.query_row("SELECT last_item FROM counters", [], |row| row.get(0))?;
        Ok(Known {
            connection,
            shared: Arc::clone(&self.shared),
            met: ItemSet::default(),
            last_item,
            failed: None,
            asked: 0,
            has_log,
        })
    }
}

impl Known {
    /// The stamp that a file had when it was last read. A file of which nothing can be learnt is as good as a new
    /// one, until [`Known::not_met`] says what the matter was.
    pub(in crate::store) fn stamp(&mut self, path: &str) -> Option<Stamp> {
        let (id, stamp) = self.ask(path).unwrap_or_else(|error| {
            self.failed = Some(error);
            None
        })?;
        self.met.insert(id);
        Some(stamp)
    }

    fn ask(&mut self, path: &str) -> Result<Option<(ItemId, Stamp)>, CatalogError> {
        if self.has_log && self.asked.is_multiple_of(TURN) {
            self.end_turn()?;
            self.connection.execute_batch("BEGIN")?;
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
