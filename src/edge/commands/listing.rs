//! The list of items in each of its layouts.

use std::io::{self, Write};

use crate::article::cells::cells;

use super::{Items, ListFormat};
use crate::edge::output::{Console, ItemRecord, cell, day, to_json, topic_name};
use crate::item::{DateSource, Item, SafeText};
use crate::library::{ItemId, Marks};
use crate::screen::fit;
use crate::search::Context;
use crate::store::catalog::CatalogError;

/// The list of some items, ready to be printed.
pub enum Listing {
    /// Columns for people.
    Table(Vec<Row>),
    /// Lines for scripts.
    Lines(ListFormat, Vec<Vec<u8>>),
}

/// A row of a table.
pub struct Row {
    date: String,
    site: SafeText,
    broken: bool,
    title: String,
    context: Option<SafeText>,
}

impl Listing {
    /// The list of some items in their order, with what was found in each, by their numbers.
    ///
    /// # Errors
    ///
    /// When a catalog cannot be read.
    pub fn of(
        items: &mut Items,
        ids: &[ItemId],
        contexts: &[(ItemId, Context)],
        format: ListFormat,
    ) -> Result<Self, CatalogError> {
        let context = |id: ItemId| {
            let at = contexts.binary_search_by_key(&id, |(other, _)| *other).ok()?;
            contexts.get(at).map(|(_, context)| context)
        };
        if format == ListFormat::Table {
            return Ok(Self::Table(ids.iter().filter_map(|id| Row::of(items, *id, context(*id))).collect()));
        }
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            // An item that has gone while the others were read is not listed.
            let Some(item) = items.item(*id)? else { continue };
            let (source, marks) = (items.label_of(*id), items.library().marks());
            lines.push(match format {
                ListFormat::Tsv => tab_separated(&item, &source, marks, context(*id)).into_bytes(),
                _ => json_line(&item, &source, marks, context(*id)),
            });
        }
        Ok(Self::Lines(format, lines))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Table(rows) => rows.is_empty(),
            Self::Lines(_, lines) => lines.is_empty(),
        }
    }

    /// Writes the list.
    pub fn write(&self, console: &mut Console<'_>) -> io::Result<()> {
        match self {
            Self::Table(rows) => write_table(rows, console),
            Self::Lines(ListFormat::Json, lines) => {
                write!(console.out, "[")?;
                write_lines(lines, ",\n", console.out)?;
                writeln!(console.out, "]")
            }
            Self::Lines(format, lines) => {
                if *format == ListFormat::Tsv {
                    writeln!(console.out, "{}", HEADINGS.join("\t"))?;
                }
                write_lines(lines, "\n", console.out)?;
                if lines.is_empty() { Ok(()) } else { writeln!(console.out) }
            }
        }
    }
}

impl Row {
    fn of(items: &Items, id: ItemId, context: Option<&Context>) -> Option<Self> {
        let entry = items.library().entry(id)?;
        Some(Self {
            date: entry
                .date
                .map(|date| format!("{}{}", mark(entry.date_source), day(date)))
                .unwrap_or_default(),
            site: items.site(id),
            broken: entry.broken,
            title: items.title(id).to_owned(),
            context: context.map(|context| context.text.clone()),
        })
    }
}

/// What stands before a date in a table, so that one that is only that of a file is not taken for more.
fn mark(source: DateSource) -> &'static str {
    match source {
        DateSource::Item => "",
        DateSource::File => "~",
    }
}

/// The columns of tab-separated values.
const HEADINGS: [&str; 16] = [
    "key",
    "title",
    "date",
    "site",
    "link",
    "authors",
    "topics",
    "summary",
    "minutes",
    "path",
    "problems",
    "read",
    "starred",
    "context",
    "source",
    "date_source",
];

fn write_lines(lines: &[Vec<u8>], between: &str, out: &mut dyn Write) -> io::Result<()> {
    for (number, line) in lines.iter().enumerate() {
        out.write_all(if number == 0 { b"" } else { between.as_bytes() })?;
        out.write_all(line)?;
    }
    Ok(())
}

fn json_line(item: &Item, source: &SafeText, marks: &Marks, context: Option<&Context>) -> Vec<u8> {
    let mut line = Vec::new();
    // Writing into memory cannot fail, and every field of an item has a form in JSON.
    let _ = to_json(&mut line, &ItemRecord::of(item, source, marks, context));
    line
}

fn tab_separated(item: &Item, source: &SafeText, marks: &Marks, context: Option<&Context>) -> String {
    let list = |names: Vec<String>| names.join("; ");
    [
        item.key.to_string(),
        item.title.to_string(),
        item.date.map(day).unwrap_or_default(),
        item.site.as_deref().unwrap_or_default().to_owned(),
        item.link.as_ref().map(ToString::to_string).unwrap_or_default(),
        list(item.authors.iter().map(ToString::to_string).collect()),
        list(item.topics.iter().map(topic_name).collect()),
        item.summary.to_string(),
        item.minutes.to_string(),
        SafeText::new(&item.path).to_string(),
        list(item.problems.iter().map(|problem| problem.code.to_owned()).collect()),
        marks.read.contains(&item.key).to_string(),
        marks.starred.contains(&item.key).to_string(),
        context.map(|context| context.text.to_string()).unwrap_or_default(),
        source.to_string(),
        item.date.map(|_| item.date_source.name()).unwrap_or_default().to_owned(),
    ]
    .join("\t")
}

/// Writes date, site and title in columns; on a terminal no line is wider than it.
fn write_table(rows: &[Row], console: &mut Console<'_>) -> io::Result<()> {
    const DATE: usize = 10;
    const WIDEST_SITE: usize = 28;
    let date_width = rows.iter().map(|row| cells(&row.date)).max().unwrap_or(0).max(DATE);
    let site_width = rows.iter().map(|row| cells(&row.site)).max().unwrap_or(0).min(WIDEST_SITE);
    for Row { date, site, broken, title, context } in rows {
        let site = cell(&fit(site, site_width), site_width);
        let mark = if *broken { '!' } else { ' ' };
        write_row(&format!("{}  {site} {mark} {title}", cell(date, date_width)), console)?;
        if let Some(context) = context {
            write_row(&format!("{}  {context}", cell("", date_width)), console)?;
        }
    }
    Ok(())
}

fn write_row(line: &str, console: &mut Console<'_>) -> io::Result<()> {
    match console.width {
        Some(width) => writeln!(console.out, "{}", fit(line, usize::from(width))),
        None => writeln!(console.out, "{line}"),
    }
}
