//! The rows of a state file by themselves, on their way from a damaged file into a new one.

mod item;
mod search;
mod setting;
mod source;
mod value;

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use item::ItemRow;
use search::SearchRow;
use setting::SettingRow;
use source::SourceRow;
use value::count;

/// The latest time that there can be, in milliseconds since 1970: the end of the year 9999.
pub(super) const LAST_TIME: i64 = 253_402_207_200_999;

/// How many rows of one table are taken, so that no file can fill the memory.
const ROWS_MAX: usize = 2_000_000;

/// The rows of a state file, each in its latest copy.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rows {
    items: BTreeMap<i64, ItemRow>,
    sources: BTreeMap<i64, SourceRow>,
    searches: BTreeMap<i64, SearchRow>,
    settings: BTreeMap<i64, SettingRow>,
    change: i64,
    visits: i64,
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
            take_latest(&mut self.sources, number, source, |source| source.change);
        } else if let Some(search) = SearchRow::of(values) {
            take_latest(&mut self.searches, number, search, |search| search.change);
        } else if let Some(setting) = SettingRow::of(values) {
            take_latest(&mut self.settings, number, setting, |setting| setting.change);
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
        for (number, setting) in &self.settings {
            setting.write(*number, &transaction)?;
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
        let settings = self.settings.values().map(|setting| setting.change);
        let rows = items.chain(sources).chain(searches).chain(settings);
        let change = rows.max().unwrap_or(0).max(self.change);
        // What is new was recorded in a visit that may not be completed.
        let items = self.items.values().map(|item| item.first_visit.saturating_sub(1));
        let sources = self.sources.values().filter_map(|source| source.last_visit);
        let visits = items.chain(sources).max().unwrap_or(0).max(self.visits);
        (change, visits)
    }
}

/// Takes in a copy of a row that is always changed as a whole, when it is the latest.
fn take_latest<R>(rows: &mut BTreeMap<i64, R>, number: i64, row: R, change: impl Fn(&R) -> i64) {
    let known = rows.get(&number).map(&change);
    if known.map_or(rows.len() < ROWS_MAX, |known| known < change(&row)) {
        rows.insert(number, row);
    }
}
