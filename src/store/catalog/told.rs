//! What has changed in a catalog since a person was last told of it. Commands that only ask for items bring the catalog up
//! to date as well, and take no news away from the next `rounds refresh`.

use super::{Catalog, CatalogError};

/// Up to where a person has been told of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    change: i64,
    item: u32,
}

impl Told {
    /// Whether a person has not been told of anything.
    pub fn is_nothing(self) -> bool {
        self.change == 0
    }
}

/// How many items have come, changed and gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// How many items are new.
    pub added: usize,
    /// How many items were changed.
    pub changed: usize,
    /// How many items have gone.
    pub removed: usize,
}

impl Catalog {
    /// Up to where a person has been told of changes: all that was there after the last refresh that did not only ask.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn told(&self) -> Result<Told, CatalogError> {
        let sql = "SELECT told_change, told_item FROM counters";
        let told = |row: &rusqlite::Row<'_>| Ok(Told { change: row.get(0)?, item: row.get(1)? });
        Ok(self.connection()?.prepare_cached(sql)?.query_row([], told)?)
    }

    /// How much has changed since then. What has come and gone again meanwhile is not counted.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn changes_since(&self, told: Told) -> Result<ChangeCounts, CatalogError> {
        let connection = self.connection()?;
        let count = |sql: &str| -> Result<usize, CatalogError> {
            let mut statement = connection.prepare_cached(sql)?;
            let count: u32 = statement.query_row((told.change, told.item), |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or(usize::MAX))
        };
        Ok(ChangeCounts {
            added: count("SELECT count(*) FROM items WHERE change > ?1 AND id > ?2")?,
            changed: count("SELECT count(*) FROM items WHERE change > ?1 AND id <= ?2")?,
            removed: count("SELECT count(*) FROM removed WHERE change > ?1 AND id <= ?2")?,
        })
    }

    /// Notes that a person has been told of everything that is in the catalog now.
    pub(in crate::store) fn note_told(&self) -> Result<(), CatalogError> {
        let sql = "UPDATE counters SET told_change = last_change, told_item = last_item
                   WHERE told_change <> last_change";
        self.connection()?.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}
