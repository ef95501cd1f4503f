//! A row of `settings`.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::value::{count, text, time};

/// A row of `settings`, without its number: a part of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SettingRow {
    pub(super) name: String,
    pub(super) part: i64,
    pub(super) parts: i64,
    pub(super) text: String,
    pub(super) time: i64,
    pub(super) change: i64,
}

impl SettingRow {
    pub(super) fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [ValueRef::Null, name, part, parts, words, saved, change] = values else { return None };
        Some(Self {
            name: text(name)?,
            part: count(part)?,
            parts: count(parts)?,
            text: text(words)?,
            time: time(saved)?,
            change: count(change)?,
        })
    }

    /// Another row may be the same part, in a file that is damaged enough; the first one stays.
    pub(super) fn write(&self, number: i64, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute(
            "INSERT OR IGNORE INTO settings (number, name, part, parts, text, time, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![number, self.name, self.part, self.parts, self.text, self.time, self.change],
        )?;
        Ok(())
    }
}
