//! `rounds keys`: the keys of the reader.

use std::io::{self, Write};

use serde::Serialize;

use super::{Answer, CommandError, ListFormat};
use crate::edge::output::{Console, cell, to_json_line};
use crate::reader::{BINDINGS, Group};

/// Print the keys of the reader and what they do
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// Prints the table of keys.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let records: Vec<KeyRecord> = records().collect();
    match arguments.format {
        ListFormat::Table => write_table(&records, console.out)?,
        ListFormat::Json => to_json_line(console.out, &records)?,
        ListFormat::Ndjson => records.iter().try_for_each(|record| to_json_line(console.out, record))?,
        ListFormat::Tsv => {
            writeln!(console.out, "group\tkeys\taction")?;
            for KeyRecord { group, keys, action } in &records {
                writeln!(console.out, "{group}\t{}\t{action}", keys.join(" "))?;
            }
        }
    }
    Ok(Answer::Yes)
}

/// What some keys do.
#[derive(Debug, Serialize)]
struct KeyRecord {
    group: &'static str,
    keys: Vec<String>,
    action: &'static str,
}

fn records() -> impl Iterator<Item = KeyRecord> {
    Group::ALL.into_iter().flat_map(|group| {
        BINDINGS.iter().filter(move |binding| binding.group == group).map(move |binding| KeyRecord {
            group: group.label(),
            keys: binding.keys.iter().map(ToString::to_string).collect(),
            action: binding.help,
        })
    })
}

fn write_table(records: &[KeyRecord], out: &mut dyn Write) -> io::Result<()> {
    const KEYS: usize = 16;
    let mut group_before = "";
    for KeyRecord { group, keys, action } in records {
        if *group != group_before {
            let gap = if group_before.is_empty() { "" } else { "\n" };
            writeln!(out, "{gap}{group}")?;
            group_before = group;
        }
        writeln!(out, "  {}{action}", cell(&keys.join(" "), KEYS))?;
    }
    Ok(())
}
