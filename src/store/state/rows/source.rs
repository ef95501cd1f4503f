//! A row of `sources`.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::value::{count, integer, text, time};

/// A row of `sources`, without its number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SourceRow {
    pub(super) location: String,
    pub(super) label: String,
    pub(super) place_topic: String,
    pub(super) place_item: Option<i64>,
    pub(super) place_order: String,
    pub(super) last_visit: Option<i64>,
    pub(super) last_visit_time: i64,
    pub(super) sketch: Vec<u8>,
    pub(super) change: i64,
}

impl SourceRow {
    pub(super) fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [
            ValueRef::Null,
            location,
            label,
            place_topic,
            place_item,
            place_order,
            last_visit,
            last_visit_time,
            ValueRef::Blob(sketch),
            change,
        ] = values
        else {
            return None;
        };
        Some(Self {
            location: text(location)?,
            label: text(label)?,
            place_topic: text(place_topic)?,
            place_item: integer(place_item),
            place_order: text(place_order)?,
            last_visit: count(last_visit),
            last_visit_time: time(last_visit_time)?,
            sketch: sketch.to_vec(),
            change: count(change)?,
        })
    }

    /// Another row may have the same location, in a file that is damaged enough; the first one stays.
    pub(super) fn write(&self, number: i64, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute(
            "INSERT OR IGNORE INTO sources (number, location, label, place_topic, place_item, place_order,
                 last_visit, last_visit_time, sketch, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                number,
                self.location,
                self.label,
                self.place_topic,
                self.place_item,
                self.place_order,
                self.last_visit,
                self.last_visit_time,
                self.sketch,
                self.change,
            ],
        )?;
        Ok(())
    }
}
