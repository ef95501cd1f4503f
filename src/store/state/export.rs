//! Everything that is worth carrying to another machine, as JSON that a person can read.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use rusqlite::Connection;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::Serializer;

use super::marks::loaded;
use super::settings::{self, Dated, Setting};
use super::{positions, searches};
use crate::item::{ItemKey, SafeText};
use crate::library::{Mark, MarkChange, Position};

/// The latest version of the format, which has settings. A Rounds that knows only the first one would drop them and say
/// nothing, so they make a file one of this version.
const VERSION: u64 = 2;

/// The version of a file without settings, which every Rounds reads.
const VERSION_WITHOUT_SETTINGS: u64 = 1;

/// How large a file is read, in bytes: some half a million items.
const FILE_MAX: usize = 128 << 20;

/// How many items a file may have.
const ITEMS_MAX: usize = 1_000_000;

/// How many searches a file may have.
const SEARCHES_MAX: usize = 1_000;

/// How long a search of a file may be, in bytes.
const SEARCH_MAX: usize = 10_000;

/// How many settings a file may have.
const SETTINGS_MAX: usize = 10_000;

/// Everything that is worth carrying to another machine: marks, positions, kept searches and settings.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Export {
    rounds_state: u64,
    exported: Timestamp,
    items: Vec<ExportedItem>,
    #[serde(default)]
    searches: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    settings: Vec<ExportedSetting>,
}

/// What an export holds, made sure of.
#[derive(Debug, Clone)]
pub(super) struct Exported {
    pub(super) items: Vec<ExportedItem>,
    pub(super) searches: Vec<String>,
    /// Each with the time of its last change, where it is told.
    pub(super) settings: Vec<(Setting, Option<Timestamp>)>,
}

/// What there is to tell of one setting.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct ExportedSetting {
    name: String,
    value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
}

/// What there is to tell of one item. A mark that was never touched is not there.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct ExportedItem {
    #[serde(serialize_with = "write_key", deserialize_with = "read_key")]
    pub(super) key: ItemKey,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) read: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) read_changed: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) starred: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) starred_changed: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) position_changed: Option<Timestamp>,
}

impl ExportedItem {
    fn untouched(key: ItemKey) -> Self {
        Self {
            key,
            read: None,
            read_changed: None,
            starred: None,
            starred_changed: None,
            position: None,
            position_changed: None,
        }
    }
}

/// Why a file cannot be imported. Each says what is wrong with it and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportProblem {
    /// It is JSON, but of something else, or no JSON at all.
    #[error("it is not a file that rounds state export wrote. Name the file that it wrote")]
    NoExport,
    /// It is one, with something wrong in it.
    #[error("it is damaged ({0}). Export it again on the other machine, and copy it whole")]
    Damaged(SafeText),
    /// It was written by a Rounds that knows more than this one.
    #[error(
        "it was written by a newer Rounds (format {found}, this one reads up to {VERSION}). Install that version here"
    )]
    Newer {
        /// The version that it says it is of.
        found: u64,
    },
    /// It is larger than anything that Rounds writes.
    #[error(
        "it has more than {limit} {what}, which is more than Rounds reads. Name a file that rounds state export wrote"
    )]
    TooMuch {
        /// How many are read.
        limit: usize,
        /// What there are too many of.
        what: &'static str,
    },
}

/// The one field that every version has.
#[derive(serde::Deserialize)]
struct Head {
    rounds_state: u64,
}

impl Export {
    /// The largest file that is worth reading, in bytes.
    pub const FILE_MAX: usize = FILE_MAX;

    /// Reads an export, and makes sure of all of it.
    ///
    /// # Errors
    ///
    /// When the file is something else, newer, damaged or too large.
    pub fn parse(json: &[u8]) -> Result<Self, ImportProblem> {
        check_count(json.len(), FILE_MAX, "bytes")?;
        let head: Result<Head, _> = serde_json::from_slice(json);
        match head {
            Ok(Head { rounds_state: 1..=VERSION }) => {}
            Ok(Head { rounds_state: 0 }) => return Err(ImportProblem::NoExport),
            Ok(Head { rounds_state: found }) => return Err(ImportProblem::Newer { found }),
            // Cut off or overwritten somewhere, but it begins as only an export does.
            Err(error) if begins_as_export(json) => return Err(damaged(&error)),
            Err(_) => return Err(ImportProblem::NoExport),
        }
        let export: Self = serde_json::from_slice(json).map_err(|error| damaged(&error))?;
        check_count(export.items.len(), ITEMS_MAX, "items")?;
        check_count(export.searches.len(), SEARCHES_MAX, "searches")?;
        for search in &export.searches {
            check_count(search.len(), SEARCH_MAX, "bytes in one search")?;
        }
        check_count(export.settings.len(), SETTINGS_MAX, "settings")?;
        for setting in &export.settings {
            check_count(setting.name.len(), Setting::NAME_MAX, "bytes in the name of one setting")?;
            check_count(setting.value.len(), Setting::VALUE_MAX, "bytes in one setting")?;
        }
        Ok(export)
    }

    /// What it holds.
    pub(super) fn into_contents(self) -> Exported {
        let settings = self.settings.into_iter();
        let settings = settings.filter_map(|ExportedSetting { name, value, changed }| {
            // Those of a file that was read are all short enough.
            Setting::new(name, value).ok().map(|setting| (setting, changed))
        });
        Exported { items: self.items, searches: self.searches, settings: settings.collect() }
    }

    /// An export of changes that were made at one time. Of each mark the last change counts.
    pub fn of_changes(
        changes: &[MarkChange],
        searches: Vec<String>,
        settings: Vec<Setting>,
        now: Timestamp,
    ) -> Self {
        let mut items: BTreeMap<ItemKey, ExportedItem> = BTreeMap::new();
        for MarkChange { key, mark, marked } in changes {
            let item = items.entry(*key).or_insert_with(|| ExportedItem::untouched(*key));
            let (value, time) = match mark {
                Mark::Read => (&mut item.read, &mut item.read_changed),
                Mark::Starred => (&mut item.starred, &mut item.starred_changed),
            };
            (*value, *time) = (Some(*marked), Some(now));
        }
        let settings = settings.into_iter().map(|setting| {
            let (name, value) = setting.into_pair();
            ExportedSetting { name, value, changed: Some(now) }
        });
        let export = Self { items: items.into_values().collect(), searches, ..Self::empty(now) };
        export.with_settings(settings.collect())
    }

    /// An export of nothing.
    pub(super) fn empty(now: Timestamp) -> Self {
        Self {
            rounds_state: VERSION_WITHOUT_SETTINGS,
            exported: now,
            items: Vec::new(),
            searches: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// The same with settings.
    fn with_settings(self, settings: Vec<ExportedSetting>) -> Self {
        let rounds_state = if settings.is_empty() { VERSION_WITHOUT_SETTINGS } else { VERSION };
        Self { rounds_state, settings, ..self }
    }

    /// Reads everything from a state file.
    pub(super) fn of(connection: &Connection, now: Timestamp) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare(
            "SELECT key, read, read_time, starred, starred_time, position_row, position_rows, position_time
             FROM items WHERE mark_change > 0 OR position_change > 0 ORDER BY key",
        )?;
        let items = statement.query_map([], |row| {
            let [read_changed, starred_changed, position_changed] =
                [row.get(2)?, row.get(4)?, row.get(7)?].map(time);
            Ok(ExportedItem {
                key: loaded(row.get(0)?),
                read: read_changed.map(|_| row.get(1)).transpose()?,
                read_changed,
                starred: starred_changed.map(|_| row.get(3)).transpose()?,
                starred_changed,
                position: positions::read(row, 5)?,
                position_changed,
            })
        })?;
        let items = items.collect::<rusqlite::Result<_>>()?;
        let settings = settings::all(connection)?.into_iter();
        let settings = settings.map(|Dated { name, value, time: saved }| ExportedSetting {
            name,
            value,
            changed: time(saved),
        });
        let export = Self { items, searches: searches::all(connection)?, ..Self::empty(now) };
        Ok(export.with_settings(settings.collect()))
    }

    /// How many items there is something to tell of.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// How many searches there are.
    pub fn searches(&self) -> usize {
        self.searches.len()
    }
}

fn time(milliseconds: i64) -> Option<Timestamp> {
    if milliseconds > 0 { Timestamp::from_millisecond(milliseconds).ok() } else { None }
}

fn damaged(error: &serde_json::Error) -> ImportProblem {
    ImportProblem::Damaged(SafeText::new(&format!("line {}, character {}", error.line(), error.column())))
}

/// Whether a file begins with a brace and the name of the first field.
fn begins_as_export(json: &[u8]) -> bool {
    let mut rest = json.trim_ascii_start();
    for part in [&b"{"[..], b"\"rounds_state\""] {
        match rest.strip_prefix(part) {
            Some(behind) => rest = behind.trim_ascii_start(),
            None => return false,
        }
    }
    true
}

fn check_count(count: usize, limit: usize, what: &'static str) -> Result<(), ImportProblem> {
    if count > limit { Err(ImportProblem::TooMuch { limit, what }) } else { Ok(()) }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field so")]
fn write_key<S: Serializer>(key: &ItemKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(key)
}

fn read_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ItemKey, D::Error> {
    let text = String::deserialize(deserializer)?;
    let hexadecimal = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let key = u64::from_str_radix(&text, 16).ok().filter(|_| hexadecimal);
    key.map(ItemKey).ok_or_else(|| D::Error::custom("a key has sixteen hexadecimal digits"))
}

impl fmt::Display for Export {
    /// The export as JSON, in lines that a person can read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?)
    }
}
