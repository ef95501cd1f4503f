//! A row of `searches`.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::value::{count, flag, text};

/// A row of `searches`, without its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SearchRow {
    pub(super) text: String,
    pub(super) position: i64,
    pub(super) saved: bool,
    pub(super) change: i64,
}

impl SearchRow {
    pub(super) fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [ValueRef::Null, words, position, saved, change] = values else { return None };
        Some(Self {
            text: text(words)?,
            position: count(position)?,
            saved: flag(saved)?,
            change: count(change)?,
        })
    }

    pub(super) fn write(&self, number: i64, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute(
            "INSERT OR IGNORE INTO searches (number, text, position, saved, change) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![number, self.text, self.position, self.saved, self.change],
        )?;
        Ok(())
    }
}
