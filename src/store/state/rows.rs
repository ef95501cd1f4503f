//! The rows of a state file by themselves, on their way from a damaged file into a new one.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

/// The latest time that there can be, in milliseconds since 1970: the end of the year 9999.
pub(super) const LAST_TIME: i64 = 253_402_207_200_999;

/// No counter of ours gets so far; a number above it is damage, and would leave no room for the changes to come.
const LAST_NUMBER: i64 = 1 << 40;

/// How many rows of one table are taken, so that no file can fill the memory.
const ROWS_MAX: usize = 2_000_000;

/// The rows of a state file, each in its latest copy.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rows {
    items: BTreeMap<i64, ItemRow>,
    sources: BTreeMap<i64, SourceRow>,
    searches: BTreeMap<i64, SearchRow>,
    change: i64,
    visits: i64,
}

/// A row of `items`, without its key.
#[derive(Debug, Clone, PartialEq)]
struct ItemRow {
    read: bool,
    starred: bool,
    read_time: i64,
    starred_time: i64,
    mark_change: i64,
    position: Option<(u32, u32)>,
    position_time: i64,
    position_change: i64,
    first_visit: i64,
}

/// A row of `sources`, without its number.
#[derive(Debug, Clone, PartialEq)]
struct SourceRow {
    location: String,
    label: String,
    place_topic: String,
    place_item: Option<i64>,
    place_order: String,
    last_visit: Option<i64>,
    last_visit_time: i64,
    sketch: Vec<u8>,
    change: i64,
}

/// A row of `searches`, without its number.
#[derive(Debug, Clone, PartialEq)]
struct SearchRow {
    text: String,
    position: i64,
    saved: bool,
    change: i64,
}

impl Rows {
    /// Takes in a copy of a row of any table, when it can be one. The tables differ in the number of their columns;
    /// a row's number is stored as nothing where its column would be.
    pub(super) fn take(&mut self, number: i64, values: &[ValueRef<'_>]) {
        if let Some(item) = ItemRow::of(values) {
            if let Some(known) = self.items.get_mut(&number) {
                known.update(&item);
            } else if self.items.len() < ROWS_MAX {
                self.items.insert(number, item);
            }
        } else if let Some(source) = SourceRow::of(values) {
            let known = self.sources.get(&number).map(|known| known.change);
            if known.map_or(self.sources.len() < ROWS_MAX, |change| change < source.change) {
                self.sources.insert(number, source);
            }
        } else if let Some(search) = SearchRow::of(values) {
            let known = self.searches.get(&number).map(|known| known.change);
            if known.map_or(self.searches.len() < ROWS_MAX, |change| change < search.change) {
                self.searches.insert(number, search);
            }
        } else if let [ValueRef::Null, change, visits] = values {
            self.change = self.change.max(count(change).unwrap_or(0));
            self.visits = self.visits.max(count(visits).unwrap_or(0));
        }
    }

    /// How many read and starred marks there are.
    pub(super) fn marks(&self) -> usize {
        self.items.values().map(|item| usize::from(item.read).saturating_add(usize::from(item.starred))).sum()
    }

    /// Writes the rows into an empty state file, in one transaction.
    pub(super) fn write(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let transaction = connection.transaction()?;
        for (key, item) in &self.items {
            item.write(*key, &transaction)?;
        }
        for (number, source) in &self.sources {
            source.write(*number, &transaction)?;
        }
        for (number, search) in &self.searches {
            search.write(*number, &transaction)?;
        }
        let (change, visits) = self.counters();
        transaction
            .execute("UPDATE counters SET change = ?1, visits = ?2 WHERE number = 1", [change, visits])?;
        transaction.commit()
    }

    /// Counters behind which no row is.
    fn counters(&self) -> (i64, i64) {
        let items = self.items.values().flat_map(|item| [item.mark_change, item.position_change]);
        let sources = self.sources.values().map(|source| source.change);
        let searches = self.searches.values().map(|search| search.change);
        let change = items.chain(sources).chain(searches).max().unwrap_or(0).max(self.change);
        // What is new was recorded in a visit that may not be completed.
        let items = self.items.values().map(|item| item.first_visit.saturating_sub(1));
        let sources = self.sources.values().filter_map(|source| source.last_visit);
        let visits = items.chain(sources).max().unwrap_or(0).max(self.visits);
        (change, visits)
    }
}

impl ItemRow {
    fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [
            ValueRef::Null,
            read,
            read_time,
            starred,
            starred_time,
            mark_change,
            row,
            rows,
            position_time,
            position_change,
            first_visit,
        ] = values
        else {
            return None;
        };
        Some(Self {
            read: flag(read)?,
            starred: flag(starred)?,
            read_time: time(read_time)?,
            starred_time: time(starred_time)?,
            mark_change: count(mark_change)?,
            position: match (row, rows) {
                (ValueRef::Null, ValueRef::Null) => None,
                (ValueRef::Integer(row), ValueRef::Integer(rows)) => {
                    Some((u32::try_from(*row).ok()?, u32::try_from(*rows).ok()?))
                }
                _ => return None,
            },
            position_time: time(position_time)?,
            position_change: count(position_change)?,
            first_visit: count(first_visit)?,
        })
    }

    /// Takes from another copy of the row what is later there.
    fn update(&mut self, other: &Self) {
        if other.mark_change > self.mark_change {
            self.read = other.read;
            self.starred = other.starred;
            self.read_time = other.read_time;
            self.starred_time = other.starred_time;
            self.mark_change = other.mark_change;
        }
        if other.position_change > self.position_change {
            self.position = other.position;
            self.position_time = other.position_time;
            self.position_change = other.position_change;
        }
    }

    fn write(&self, key: i64, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO items (key, read, read_time, starred, starred_time, mark_change, position_row,
                 position_rows, position_time, position_change, first_visit)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        statement.execute(params![
            key,
            self.read,
            self.read_time,
            self.starred,
            self.starred_time,
            self.mark_change,
            self.position.map(|(row, _)| row),
            self.position.map(|(_, rows)| rows),
            self.position_time,
            self.position_change,
            self.first_visit,
        ])?;
        Ok(())
    }
}

impl SourceRow {
    fn of(values: &[ValueRef<'_>]) -> Option<Self> {
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
    fn write(&self, number: i64, connection: &Connection) -> rusqlite::Result<()> {
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

impl SearchRow {
    fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let [ValueRef::Null, words, position, saved, change] = values else { return None };
        Some(Self {
            text: text(words)?,
            position: count(position)?,
            saved: flag(saved)?,
            change: count(change)?,
        })
    }

    fn write(&self, number: i64, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute(
            "INSERT OR IGNORE INTO searches (number, text, position, saved, change) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![number, self.text, self.position, self.saved, self.change],
        )?;
        Ok(())
    }
}

fn integer(value: &ValueRef<'_>) -> Option<i64> {
    value.as_i64().ok()
}

fn flag(value: &ValueRef<'_>) -> Option<bool> {
    match integer(value)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn time(value: &ValueRef<'_>) -> Option<i64> {
    integer(value).filter(|time| (0..=LAST_TIME).contains(time))
}

fn count(value: &ValueRef<'_>) -> Option<i64> {
    integer(value).filter(|count| (0..=LAST_NUMBER).contains(count))
}

fn text(value: &ValueRef<'_>) -> Option<String> {
    value.as_str().ok().map(str::to_owned)
}
