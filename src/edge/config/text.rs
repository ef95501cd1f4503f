//! The text of the configuration: parsed, and changed by the lines of one source and no others.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, Table, TableLike, TomlError, Value};

use super::error::ConfigError;
use super::notices::line_of;
use super::source::NamedSource;
use crate::item::SafeText;

/// The table with the named sources.
pub const SOURCES: &str = "sources";

/// Parses the text of a configuration.
pub fn parse<'a>(path: &Path, text: &'a str) -> Result<Document<&'a str>, ConfigError> {
    Document::parse(text).map_err(|error| not_toml(path, text, &error))
}

/// Whether the text has an entry of this name, whatever is in it.
pub fn has_source(document: &Document<&str>, name: &str) -> bool {
    names(document).any(|known| known == name)
}

/// The text with a source added at its end. `None` where the sources are written so that nothing can be added there.
pub fn with_source(text: &str, source: &NamedSource) -> Option<String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = vec![format!("[{SOURCES}.{}]", Key::new(source.name.as_str()).display_repr())];
    lines.push(format!("location = {}", Value::from(source.location.as_str())));
    lines.extend(source.key.as_deref().map(|key| format!("key = {}", Value::from(key))));
    lines.extend(source.allow_http.then(|| "allow_http = true".to_owned()));
    let mut changed = text.to_owned();
    if !text.trim_start_matches('\u{feff}').is_empty() {
        let gap = if text.ends_with('\n') { 1 } else { 2 };
        changed.push_str(&line_end.repeat(gap));
    }
    for line in lines {
        changed.push_str(&line);
        changed.push_str(line_end);
    }
    let document = Document::parse(changed.as_str()).ok()?;
    has_source(&document, &source.name).then_some(changed)
}

/// The text without a source: without its header, its keys and what stands between them. Every other line stays. `None`
/// where that cannot be done, as when other sources are on the same line.
pub fn without_source(text: &str, document: &Document<&str>, name: &str) -> Option<String> {
    let (key, item) = document.get(SOURCES)?.as_table_like()?.get_key_value(name)?;
    let mut extent = key.span()?;
    widen(&mut extent, item);
    let start = text.get(..extent.start)?.rfind('\n').map_or(0, |end| end.saturating_add(1));
    let end = text.get(extent.end..)?.find('\n').map_or(text.len(), |at| extent.end.saturating_add(at + 1));
    if others_within(document, name, &(start..end)) {
        return None;
    }
    let (before, mut after) = (text.get(..start)?, text.get(end..)?);
    // Of the blank lines around it one goes, too.
    if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n") {
        after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after);
    }
    let changed = format!("{before}{after}");
    Document::parse(changed.as_str()).is_ok().then_some(changed)
}

/// Widens a range to all that belongs to an item.
fn widen(range: &mut Range<usize>, item: &Item) {
    if let Some(span) = item.span() {
        range.start = range.start.min(span.start);
        range.end = range.end.max(span.end);
    }
    let Some(table) = item.as_table() else { return };
    for (name, item) in table {
        if let Some(span) = table.key(name).and_then(Key::span) {
            range.start = range.start.min(span.start);
            range.end = range.end.max(span.end);
        }
        widen(range, item);
    }
}

/// Whether anything but one source begins within a range.
fn others_within(document: &Document<&str>, name: &str, range: &Range<usize>) -> bool {
    document.iter().any(|(key, item)| match item.as_table_like() {
        Some(sources) if key == SOURCES => {
            begins_within(item, range)
                || sources.iter().any(|(other, item)| other != name && is_within(item, range))
        }
        _ => is_within(item, range),
    })
}

/// Whether an item, or anything in it, begins within a range.
fn is_within(item: &Item, range: &Range<usize>) -> bool {
    let entries_within = |table: &dyn TableLike| table.iter().any(|(_, item)| is_within(item, range));
    let table_within = |table: &Table| is_in(table.span(), range) || entries_within(table);
    begins_within(item, range)
        || item.as_table_like().is_some_and(entries_within)
        || item.as_array_of_tables().is_some_and(|tables| tables.iter().any(table_within))
}

fn begins_within(item: &Item, range: &Range<usize>) -> bool {
    // A table that nobody wrote down, as `sources` in `[sources.health]`, begins where its first entry does.
    let unwritten = item.as_table().is_some_and(|table| table.is_implicit() || table.is_dotted());
    !unwritten && is_in(item.span(), range)
}

fn is_in(span: Option<Range<usize>>, range: &Range<usize>) -> bool {
    span.is_some_and(|span| range.contains(&span.start))
}

fn names<'a>(document: &'a Document<&str>) -> impl Iterator<Item = &'a str> {
    let sources = document.get(SOURCES).and_then(Item::as_table_like);
    sources.map(TableLike::iter).into_iter().flatten().map(|(name, _)| name)
}

fn not_toml(path: &Path, text: &str, error: &TomlError) -> ConfigError {
    let line = error.span().map(|span| line_of(text.as_bytes(), span.start));
    ConfigError::NotToml { path: path.to_owned(), line, problem: SafeText::new(error.message()) }
}
