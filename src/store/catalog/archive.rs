//! What is kept about the archive that all items of a catalog were taken from.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{Catalog, CatalogError, record, report, seal};
use crate::source::Report;

/// How many columns are under the seal, which is the next.
const SEAL: usize = 3;

/// The archive that all items were taken from.
#[derive(Debug, Default, PartialEq)]
pub(in crate::store) struct Origin {
    /// By what it is known again; `None` when that could not be told.
    pub(in crate::store) seal: Option<String>,
    /// What was found in it.
    pub(in crate::store) report: Report,
}

impl Catalog {
    /// The archive that all items were taken from. `None` when they were not taken from one, or nothing sound is known
    /// of it: then it has to be read again.
    pub(in crate::store) fn origin(&self) -> Option<Origin> {
        let connection = self.connection().ok()?;
        let origin = read(connection).ok()??;
        // Where items were lost, the report of them does not count either.
        let items = Some(origin.report.items);
        let is_whole = ["files", "items"].into_iter().all(|table| count(connection, table) == items);
        is_whole.then_some(origin)
    }

    /// Whether anything is kept about an archive, sound or not.
    pub(in crate::store) fn has_origin(&self) -> Result<bool, CatalogError> {
        Ok(self.connection()?.query_row("SELECT count(*) > 0 FROM archive", [], |row| row.get(0))?)
    }
}

/// Writes what is known of the archive, in place of what was known.
pub(super) fn write(connection: &Connection, origin: &Origin) -> Result<(), CatalogError> {
    let Origin { seal, report } = origin;
    let report = report::to_text(report);
    let known_by = seal.as_ref().map_or(ValueRef::Null, |seal| ValueRef::Text(seal.as_bytes()));
    let values = [ValueRef::Integer(0), known_by, ValueRef::Text(report.as_bytes())];
    let mut statement = connection.prepare_cached("REPLACE INTO archive VALUES (?1, ?2, ?3, ?4)")?;
    seal::write(&mut statement, &values, &[])
}

/// Forgets what is known of the archive.
pub(super) fn remove(connection: &Connection) -> Result<(), CatalogError> {
    connection.prepare_cached("DELETE FROM archive")?.execute([])?;
    Ok(())
}

/// Reads what is known of the archive.
fn read(connection: &Connection) -> Result<Option<Origin>, CatalogError> {
    let mut statement =
        connection.prepare_cached("SELECT id, source_seal, report, seal FROM archive WHERE id = 0")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    seal::check(row, SEAL)?;
    let report = report::of_text(record::str(row, 2)?).ok_or(CatalogError::Damaged)?;
    Ok(Some(Origin { seal: row.get(1)?, report }))
}

/// How many rows a table has.
fn count(connection: &Connection, table: &str) -> Option<usize> {
    let count = |row: &Row<'_>| row.get::<_, u32>(0);
    let rows = connection.query_row(&format!("SELECT count(*) FROM {table}"), [], count);
    usize::try_from(rows.ok()?).ok()
}
