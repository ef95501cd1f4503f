//! Adding a source to the configuration, and removing one.

use std::path::Path;

use super::error::ConfigError;
use super::source::NamedSource;
use super::{disk, text};
use crate::item::SafeText;

/// Adds a source to the file at a path, which is made where there is none. `false` when the name is taken: nothing is
/// ever replaced.
///
/// # Errors
///
/// When the file cannot be understood or written. Then it is as it was.
pub fn add(path: &Path, source: &NamedSource) -> Result<bool, ConfigError> {
    disk::update(path, |before| {
        if text::has_source(&text::parse(path, before)?, &source.name) {
            return Ok(None);
        }
        let changed = text::with_source(before, source);
        changed.map(Some).ok_or_else(|| entangled(path, "write each source under a line [sources.NAME]"))
    })
}

/// Removes a source from the file at a path. `false` when there is none of this name.
///
/// # Errors
///
/// When the file cannot be understood or written. Then it is as it was.
pub fn remove(path: &Path, name: &str) -> Result<bool, ConfigError> {
    // Where there is no file, none is made.
    if disk::read(path)?.is_none() {
        return Ok(false);
    }
    disk::update(path, |before| {
        let document = text::parse(path, before)?;
        if !text::has_source(&document, name) {
            return Ok(None);
        }
        let changed = text::without_source(before, &document, name);
        changed.map(Some).ok_or_else(|| entangled(path, &format!("take out sources.{name}")))
    })
}

fn entangled(path: &Path, what: &str) -> ConfigError {
    ConfigError::Entangled { path: path.to_owned(), what: SafeText::new(what) }
}
