//! What a configuration says, entry by entry: what is wrong with one costs no other. A source of which anything is not
//! understood is never opened, as that may be what its key was lost in.

use serde_json::Number;
use toml_edit::{Document, Item, Key, Table, TableLike, Value};

use super::location::{Anchor, is_address};
use super::name::SourceName;
use super::notices::Notices;
use super::source::NamedSource;
use super::text::SOURCES;
use super::{Config, LimitSettings, UnusableSource};
use crate::edge::commands::nearest;
use crate::item::SafeText;
use crate::reader::MarkRead;
use crate::remote::Address;
use crate::source::signature::PublicKey;

/// What follows for a source.
const NOT_OPENED: &str = "Until that is fixed, this source is not opened";

/// Reads a configuration, and says what of it is not understood.
pub fn config(document: &Document<&str>, anchor: &Anchor, notices: &mut Notices<'_>) -> Config {
    let mut config = Config::default();
    for (key, item) in document.iter() {
        let offset = offset(document.as_table(), key);
        match (key, item.as_table_like()) {
            (SOURCES, Some(table)) => sources(table, anchor, notices, &mut config),
            ("limits", Some(table)) => config.limits = limits(table, notices),
            (SOURCES, None) => {
                let words = "sources is not understood. Write each source under a line [sources.NAME]";
                let notice = notices.say(offset, words);
                config.unusable.push(unusable(key, item, anchor, notice));
            }
            ("limits", None) => {
                notices.say(offset, "limits is not understood. Write the limits under a line [limits]");
            }
            ("mark_read", _) => {
                config.mark_read = item.as_str().and_then(MarkRead::named);
                if config.mark_read.is_none() {
                    let names = MarkRead::ALL.map(|when| format!("\"{}\"", when.name())).join(", ");
                    notices.say(offset, format_args!("mark_read is not understood. Write one of {names}"));
                }
            }
            _ => {
                let notice = notices.say(offset, unknown("", key, &[SOURCES, "limits", "mark_read"]));
                let mut lost = unusable(key, item, anchor, notice);
                lost.locations.retain(|location| is_address(location));
                // With an address in it, it was meant to be sources.
                config.unusable.extend(Some(lost).filter(|lost| !lost.locations.is_empty()));
            }
        }
    }
    config
}

fn sources(table: &dyn TableLike, anchor: &Anchor, notices: &mut Notices<'_>, config: &mut Config) {
    for (name, item) in table.iter() {
        let offset = offset(table, name);
        let read = match (item.as_table_like(), SourceName::parse(name)) {
            (None, _) => Err(notices.say(
                offset,
                format_args!(
                    "sources.{} is not understood: it needs a line [sources.NAME] and a location below it. {NOT_OPENED}",
                    Address::shown(name)
                ),
            )),
            (Some(_), Err(reason)) => Err(notices
                .say(offset, format_args!("sources.{} is not opened: {reason}", Address::shown(name)))),
            (Some(entries), Ok(name)) => source(name, offset, entries, anchor, notices),
        };
        match read {
            Ok(source) => config.sources.push(source),
            Err(notice) => config.unusable.push(unusable(name, item, anchor, notice)),
        }
    }
}

/// Reads one source, or says why it must not be opened. One whose key cannot be read has a key that fits nothing, as what
/// should be signed must not be opened unsigned, by its name or by its address.
fn source(
    name: SourceName,
    offset_of_source: usize,
    table: &dyn TableLike,
    anchor: &Anchor,
    notices: &mut Notices<'_>,
) -> Result<NamedSource, SafeText> {
    let (mut location, mut key, mut allow_http, mut fault) = (None, None, false, None);
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
                let words = "is not understood. Write it as text in quotation marks";
                let words = format_args!("sources.{name}.location {words}. {NOT_OPENED}");
                fault = fault.or(Some(notices.say(offset, words)));
            }
            _ => {
                let words = unknown(&format!("sources.{name}."), entry, &["location", "key", "allow_http"]);
                let words = format_args!("{words} {NOT_OPENED}");
                fault = fault.or(Some(notices.say(offset, words)));
            }
        }
    }
    match (fault, location) {
        (Some(fault), _) => Err(fault),
        (None, Some(location)) => Ok(NamedSource { name, location, key, allow_http }),
        (None, None) => {
            let advice = "Add a line such as location = \"https://news.example.org/health.tar.zst\"";
            let words = format_args!("sources.{name} has no location, so it is not opened. {advice}");
            Err(notices.say(offset_of_source, words))
        }
    }
}

/// What was meant to be a source, with every text in it that may be where it is.
fn unusable(name: &str, item: &Item, anchor: &Anchor, notice: SafeText) -> UnusableSource {
    let mut locations = Vec::new();
    let mut take = |text: &str| locations.push(anchor.resolve(text.trim()));
    each_text(item, &mut take);
    UnusableSource { label: Address::shown(name), locations, notice }
}

/// Hands over every text that is written in an item, however deep. The parser has bounded how deep that can be.
fn each_text(item: &Item, take: &mut dyn FnMut(&str)) {
    match item {
        Item::None => {}
        Item::Value(value) => each_text_of(value, take),
        Item::Table(table) => table.iter().for_each(|(_, item)| each_text(item, take)),
        Item::ArrayOfTables(tables) => {
            tables.iter().flat_map(Table::iter).for_each(|(_, item)| each_text(item, take));
        }
    }
}

fn each_text_of(value: &Value, take: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => take(text.value()),
        Value::Array(values) => values.iter().for_each(|value| each_text_of(value, take)),
        Value::InlineTable(table) => table.iter().for_each(|(_, value)| each_text_of(value, take)),
        _ => {}
    }
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
        if let Some(number) = number {
            limits.push(name, number, notices.place(offset));
        } else {
            let words = "is not a number, so it changes nothing. Write one";
            notices.say(offset, format_args!("limits.{} {words}", Address::shown(name)));
        }
    }
    limits
}

/// What is said of a key that is not known: which may have been meant. `path` leads to it.
fn unknown(path: &str, key: &str, known: &[&str]) -> String {
    let shown = Address::shown(key);
    match nearest(key, known.iter().copied(), 1).first() {
        Some(near) => format!("{path}{shown} means nothing to Rounds. Was {near} meant?"),
        None => format!("{path}{shown} means nothing to Rounds. Correct it, or take it out."),
    }
}

/// Where in the text the key of an entry stands.
fn offset(table: &dyn TableLike, key: &str) -> usize {
    table.key(key).and_then(Key::span).map_or(0, |span| span.start)
}
