//! What a configuration says, entry by entry: what is wrong with one costs no other.

use serde_json::Number;
use toml_edit::{Document, Item, Key, TableLike, Value};

use super::location::Anchor;
use super::name::SourceName;
use super::notices::Notices;
use super::source::NamedSource;
use super::text::SOURCES;
use super::{Config, LimitSettings};
use crate::edge::commands::nearest;
use crate::source::signature::PublicKey;

/// Reads a configuration, and says what of it is not understood.
pub fn config(document: &Document<&str>, anchor: &Anchor, notices: &mut Notices<'_>) -> Config {
    let mut config = Config::default();
    for (key, item) in document.iter() {
        let offset = offset(document.as_table(), key);
        let table = item.as_table_like();
        match (key, table) {
            (SOURCES, Some(table)) => config.sources = sources(table, anchor, notices),
            ("limits", Some(table)) => config.limits = limits(table, notices),
            (SOURCES, None) => {
                notices
                    .say(offset, "sources is not understood. Write each source under a line [sources.NAME]");
            }
            ("limits", None) => {
                notices.say(offset, "limits is not understood. Write the limits under a line [limits]");
            }
            _ => unknown(offset, key, key, &[SOURCES, "limits"], notices),
        }
    }
    config
}

fn sources(table: &dyn TableLike, anchor: &Anchor, notices: &mut Notices<'_>) -> Vec<NamedSource> {
    let read = |(name, item): (&str, &Item)| {
        let offset = offset(table, name);
        let Some(entries) = item.as_table_like() else {
            let advice = "it needs a line [sources.NAME] and a location below it";
            notices.say(offset, format_args!("sources.{name} is not understood: {advice}. It was left out"));
            return None;
        };
        match SourceName::parse(name) {
            Ok(name) => source(name, offset, entries, anchor, notices),
            Err(reason) => {
                notices.say(offset, format_args!("sources.{name} was left out: {reason}"));
                None
            }
        }
    };
    table.iter().filter_map(read).collect()
}

/// Reads one source. One whose key cannot be read has a key that fits nothing, as what should be signed must not be
/// opened unsigned, by its name or by its address.
fn source(
    name: SourceName,
    offset_of_source: usize,
    table: &dyn TableLike,
    anchor: &Anchor,
    notices: &mut Notices<'_>,
) -> Option<NamedSource> {
    let (mut location, mut key, mut allow_http, mut is_whole) = (None, None, false, true);
    for (entry, item) in table.iter() {
        let offset = offset(table, entry);
        match (entry, item) {
            ("location", Item::Value(Value::String(text))) if !text.value().trim().is_empty() => {
                location = Some(anchor.resolve(text.value().trim()));
            }
            ("key", Item::Value(Value::String(text))) => {
                if let Err(reason) = PublicKey::parse(text.value()) {
                    notices.say(offset, format_args!("sources.{name}.key cannot be used: {reason}"));
                }
                key = Some(text.value().trim().to_owned());
            }
            ("allow_http", Item::Value(Value::Boolean(allowed))) => allow_http = *allowed.value(),
            ("allow_http", _) => {
                let words = "is neither true nor false, so plain http stays refused. Write one of the two";
                notices.say(offset, format_args!("sources.{name}.allow_http {words}"));
            }
            ("key", _) => {
                let words =
                    "is not understood. Write it as text in quotation marks; until then nothing is read";
                notices.say(offset, format_args!("sources.{name}.key {words}"));
                key = Some(String::new());
            }
            ("location", _) => {
                let words = "is not understood. Write it as text in quotation marks; until then the source is left out";
                notices.say(offset, format_args!("sources.{name}.location {words}"));
                is_whole = false;
            }
            _ => {
                let path = format!("sources.{name}.{entry}");
                unknown(offset, &path, entry, &["location", "key", "allow_http"], notices);
            }
        }
    }
    if is_whole && location.is_none() {
        let advice = "Add a line such as location = \"https://news.example.org/health.tar.zst\"";
        notices.say(
            offset_of_source,
            format_args!("sources.{name} has no location, so it was left out. {advice}"),
        );
    }
    location.filter(|_| is_whole).map(|location| NamedSource { name, location, key, allow_http })
}

fn limits(table: &dyn TableLike, notices: &mut Notices<'_>) -> LimitSettings {
    let mut limits = LimitSettings::default();
    for (name, item) in table.iter() {
        let offset = offset(table, name);
        let number = match item {
            Item::Value(Value::Integer(number)) => Some(Number::from(*number.value())),
            Item::Value(Value::Float(number)) => Number::from_f64(*number.value()),
            _ => None,
        };
        match number {
            Some(number) => limits.push(name, number, notices.place(offset)),
            None => notices
                .say(offset, format_args!("limits.{name} is no number, so it changes nothing. Write one")),
        }
    }
    limits
}

/// Says that a key is not known, and which may have been meant.
fn unknown(offset: usize, path: &str, key: &str, known: &[&str], notices: &mut Notices<'_>) {
    match nearest(key, known.iter().copied(), 1).first() {
        Some(near) => notices.say(offset, format_args!("{path} means nothing to Rounds. Was {near} meant?")),
        None => {
            notices.say(offset, format_args!("{path} means nothing to Rounds. Correct it, or take it out"));
        }
    }
}

/// Where in the text the key of an entry stands.
fn offset(table: &dyn TableLike, key: &str) -> usize {
    table.key(key).and_then(Key::span).map_or(0, |span| span.start)
}
