//! `rounds sources`: the sources that have names.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::{Answer, CommandError, ListFormat, config_path};
use crate::edge::config::{Config, NamedSource};
use crate::edge::origin;
use crate::edge::output::{Console, cell, to_json_line};

/// Print the sources that have names, in the order in which they are opened
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds sources
  rounds sources --format json | jq -r '.[].location'

A password in an address is not printed.
Exit status 1 means that something in the configuration is not understood; its line is named.")]
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
    if config.sources.is_empty() && notices.is_empty() {
        console.say("no source has a name yet. To give one to a source: rounds add NAME LOCATION.");
    }
    let records: Vec<SourceRecord> = config.sources.iter().map(SourceRecord::from).collect();
    write_records(&records, arguments.format, console.out)?;
    Ok(if notices.is_empty() { Answer::Yes } else { Answer::No })
}

/// A named source for scripts.
#[derive(Debug, Serialize)]
struct SourceRecord {
    name: String,
    location: String,
    signed: bool,
    allow_http: bool,
}

impl From<&NamedSource> for SourceRecord {
    fn from(source: &NamedSource) -> Self {
        Self {
            name: source.name.to_string(),
            location: source.shown_location().to_string(),
            signed: source.key.is_some(),
            allow_http: source.allow_http,
        }
    }
}

fn write_records(records: &[SourceRecord], format: ListFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ListFormat::Table => write_table(records, out),
        ListFormat::Json => to_json_line(out, &records),
        ListFormat::Ndjson => records.iter().try_for_each(|record| to_json_line(out, record)),
        ListFormat::Tsv => {
            writeln!(out, "name\tlocation\tsigned\tallow_http")?;
            records.iter().try_for_each(|SourceRecord { name, location, signed, allow_http }| {
                writeln!(out, "{name}\t{location}\t{signed}\t{allow_http}")
            })
        }
    }
}

fn write_table(records: &[SourceRecord], out: &mut dyn Write) -> io::Result<()> {
    let width = records.iter().map(|record| record.name.width()).max().unwrap_or(0);
    records.iter().try_for_each(|record| {
        let signed = if record.signed { " (signed)" } else { "" };
        let plain = if record.allow_http { " (plain http)" } else { "" };
        writeln!(out, "{}  {}{signed}{plain}", cell(&record.name, width), record.location)
    })
}
