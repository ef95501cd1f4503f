//! `rounds sources`: the sources that have names.

use std::io::{self, Write};
use std::sync::Arc;

use crate::article::cells::cells;
use jiff::Timestamp;
use serde::Serialize;

use super::{Answer, CommandError, ListFormat, config_path};
use crate::edge::config::{Config, NamedSource};
use crate::edge::origin::{self, Origin, age};
use crate::edge::output::{Console, cell, to_json_line};
use crate::edge::store::Store;
use crate::item::counted;

/// Print the sources that have names, in the order in which they are opened
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds sources
  rounds sources --format json | jq -r '.[].location'

Of each source it is told how many items the catalog holds, where one is kept, and how old the \
copy of a bundle from the web is. Nothing is fetched or read for that: rounds refresh does so.
A password in an address is not printed.

Names, and limits below a line [limits], are kept in $XDG_CONFIG_HOME/rounds/config.toml, usually \
~/.config/rounds/config.toml; you may edit it.
Exit status 1 means that something in it is not understood; its line is named.")]
pub struct Arguments {
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// Prints the configured sources.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let (mut config, mut notices) = Config::load(&config_path()?);
    origin::limits(&mut config, &mut notices);
    for notice in &notices {
        console.say(notice);
    }
    // What of them cannot be opened has been said.
    let origins = origin::open(&[], false).map(|opened| opened.origins).unwrap_or_default();
    if config.sources.is_empty() && notices.is_empty() {
        console.say("no source has a name yet. To give one to a source: rounds add NAME LOCATION.");
    }
    let store = Store::of_this_user();
    let records: Vec<SourceRecord> = config
        .sources
        .iter()
        .map(|source| SourceRecord::of(source, origin_of(source, &origins).as_deref(), &store))
        .collect();
    write_records(&records, arguments.format, console.out)?;
    Ok(if notices.is_empty() { Answer::Yes } else { Answer::No })
}

/// What is opened for a source. Where another name stands for the same place, that is the one that is opened.
fn origin_of(source: &NamedSource, origins: &[Arc<Origin>]) -> Option<Arc<Origin>> {
    let named = origins.iter().find(|origin| origin.label().as_str() == source.name.as_str());
    named.cloned().or_else(|| {
        let opened = origin::open(&[source.location.clone().into()], source.allow_http).ok()?;
        opened.origins.into_iter().next()
    })
}

/// A named source for scripts. The names of the fields are a promise to them.
#[derive(Debug, Serialize)]
struct SourceRecord {
    name: String,
    location: String,
    signed: bool,
    allow_http: bool,
    /// When the copy of a bundle from the web was last what the server holds.
    fetched: Option<Timestamp>,
    /// How many items the catalog holds, where one is kept.
    items: Option<usize>,
    #[serde(skip)]
    is_remote: bool,
}

impl SourceRecord {
    fn of(source: &NamedSource, origin: Option<&Origin>, store: &Store) -> Self {
        Self {
            name: source.name.to_string(),
            location: source.shown_location().to_string(),
            signed: source.key.is_some(),
            allow_http: source.allow_http,
            fetched: origin.and_then(Origin::as_of),
            items: origin.and_then(|origin| store.items_of(origin)),
            is_remote: origin.is_some_and(Origin::is_remote),
        }
    }

    /// What is here of the source, as in `48 items, 2 h old`.
    fn kept(&self, now: Timestamp) -> String {
        let items = self.items.map(|items| counted(items, "item", "items"));
        let old = match self.fetched {
            Some(then) => Some(format!("{} old", age(then, now))),
            None if self.is_remote => return "not fetched yet".to_owned(),
            None => None,
        };
        [items, old].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn write_records(records: &[SourceRecord], format: ListFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ListFormat::Table => write_table(records, out),
        ListFormat::Json => to_json_line(out, &records),
        ListFormat::Ndjson => records.iter().try_for_each(|record| to_json_line(out, record)),
        ListFormat::Tsv => {
            writeln!(out, "name\tlocation\tsigned\tallow_http\tfetched\titems")?;
            records.iter().try_for_each(|record| {
                let SourceRecord { name, location, signed, allow_http, .. } = record;
                let fetched = record.fetched.map(|then| then.to_string()).unwrap_or_default();
                let items = record.items.map(|items| items.to_string()).unwrap_or_default();
                writeln!(out, "{name}\t{location}\t{signed}\t{allow_http}\t{fetched}\t{items}")
            })
        }
    }
}

fn write_table(records: &[SourceRecord], out: &mut dyn Write) -> io::Result<()> {
    let now = Timestamp::now();
    let kept: Vec<String> = records.iter().map(|record| record.kept(now)).collect();
    let name_width = records.iter().map(|record| cells(&record.name)).max().unwrap_or(0);
    let kept_width = kept.iter().map(|kept| cells(kept)).max().unwrap_or(0);
    records.iter().zip(&kept).try_for_each(|(record, kept)| {
        let kept = if kept_width == 0 { String::new() } else { format!("{}  ", cell(kept, kept_width)) };
        let signed = if record.signed { " (must be signed)" } else { "" };
        let plain = if record.allow_http { " (plain http)" } else { "" };
        writeln!(out, "{}  {kept}{}{signed}{plain}", cell(&record.name, name_width), record.location)
    })
}
