//! Settings that the user chooses on the screen: a name and a value each, the same for all sources.
//!
//! A value is stored in parts, each short enough for one page of the file: `salvage` reads page by page and cannot
//! follow a row that goes on elsewhere. All parts of one save have the same change. Parts of an earlier change belong
//! to a longer value of before, and do not count; a value of which a part is missing is not handed over.

use rusqlite::{Connection, Row, params};

use super::counters;
use super::rows::LAST_TIME;
use crate::item::SafeText;

/// How many bytes of a value one row holds. With the longest name and all other columns it fits on a page.
const PART_MAX: usize = 3_500;

/// The settings that are whole, each once, in the order of their names.
const WHOLE: &str = "
    SELECT name, group_concat(text, '' ORDER BY part), max(time) FROM settings AS here
    WHERE (?1 IS NULL OR name = ?1) AND change = (SELECT max(change) FROM settings WHERE name = here.name)
    GROUP BY name
    HAVING count(*) = max(parts) AND min(parts) = max(parts) AND min(part) = 0 AND max(part) = max(parts) - 1
    ORDER BY name";

/// A setting that is short enough to be kept.
///
/// What it means is known to those who save it. One that this Rounds does not know comes of a newer one, and is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    name: String,
    value: String,
}

/// Why a setting cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingTooLong {
    /// Its name is too long.
    #[error(
        "A setting was not saved: its name has {found} bytes, and Rounds keeps {} at most. \
         It holds until Rounds is closed",
        Setting::NAME_MAX
    )]
    Name {
        /// The bytes of the name.
        found: usize,
    },
    /// Its value is too long.
    #[error(
        "The setting {name} was not saved: it has {found} bytes, and Rounds keeps {} at most. \
         It holds until Rounds is closed",
        Setting::VALUE_MAX
    )]
    Value {
        /// The name, as it may be shown.
        name: SafeText,
        /// The bytes of the value.
        found: usize,
    },
}

/// A setting of a state, with the time of its last change in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) time: i64,
}

impl Setting {
    /// The most bytes of a name.
    pub const NAME_MAX: usize = 200;

    /// The most bytes of a value.
    pub const VALUE_MAX: usize = 64 << 10;

    /// A setting of a name and a value.
    ///
    /// # Errors
    ///
    /// When one of them is too long.
    pub fn new(name: String, value: String) -> Result<Self, SettingTooLong> {
        if name.len() > Self::NAME_MAX {
            return Err(SettingTooLong::Name { found: name.len() });
        }
        if value.len() > Self::VALUE_MAX {
            return Err(SettingTooLong::Value { name: SafeText::new(&name), found: value.len() });
        }
        Ok(Self { name, value })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name and its value.
    pub(super) fn into_pair(self) -> (String, String) {
        (self.name, self.value)
    }

    /// The value in parts, one after the other. An empty value has one, which is empty.
    fn parts(&self) -> Vec<&str> {
        let mut parts = Vec::new();
        let mut rest = self.value.as_str();
        loop {
            let end = (0..=PART_MAX).rev().find(|end| rest.is_char_boundary(*end));
            let (part, behind) = end.and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
            parts.push(part);
            if behind.is_empty() {
                return parts;
            }
            rest = behind;
        }
    }

    fn write(&self, connection: &Connection, time: i64) -> rusqlite::Result<()> {
        let parts = self.parts();
        let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
        counters::one_change(connection, |change| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO settings (name, part, parts, text, time, change) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (name, part) DO UPDATE SET parts = ?3, text = ?4, time = ?5, change = ?6",
            )?;
            for (part, text) in (0_i64..).zip(&parts) {
                statement.execute(params![self.name, part, count, text, time, change])?;
            }
            Ok(parts.len())
        })?;
        Ok(())
    }
}

/// All settings, in the order of their names.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Dated>> {
    connection.prepare_cached(WHOLE)?.query_map([None::<&str>], read)?.collect()
}

/// Keeps a setting, in the place of an earlier one of its name. A later change has a later time, even when the clock has
/// been set back.
pub(super) fn save(connection: &Connection, setting: &Setting, time: i64) -> rusqlite::Result<()> {
    match named(connection, &setting.name)? {
        Some(known) if known.value == setting.value => Ok(()),
        Some(known) => setting.write(connection, time.max(known.time.saturating_add(1)).min(LAST_TIME)),
        None => setting.write(connection, time),
    }
}

/// Keeps a setting of another machine unless the one here is later; of two of one time the greater value counts, so
/// that both machines choose the same. Says whether there is another value now.
pub(super) fn merge(connection: &Connection, setting: &Setting, time: i64) -> rusqlite::Result<bool> {
    let known = named(connection, &setting.name)?;
    let is_later = known
        .as_ref()
        .is_none_or(|known| (time, setting.value.as_str()) > (known.time, known.value.as_str()));
    if is_later {
        setting.write(connection, time)?;
    }
    Ok(is_later && known.is_none_or(|known| known.value != setting.value))
}

fn named(connection: &Connection, name: &str) -> rusqlite::Result<Option<Dated>> {
    connection.prepare_cached(WHOLE)?.query_map([name], read)?.next().transpose()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Dated> {
    Ok(Dated { name: row.get(0)?, value: row.get(1)?, time: row.get(2)? })
}
