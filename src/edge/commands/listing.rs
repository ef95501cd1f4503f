//! The list of items in each of its layouts.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::ListFormat;
use crate::edge::output::{Console, ItemRecord, cell, day, to_json, topic_name};
use crate::item::{Item, ItemKey, SafeText, Severity};
use crate::library::Marks;
use crate::screen::fit;
use crate::search::Context;

/// What a list keeps of an item until all have been read and can be put in order.
pub struct Entry {
    /// The key of an item that has an original, which all files of that original share.
    original: Option<ItemKey>,
    date: Option<jiff::civil::DateTime>,
    title: SafeText,
    path: String,
    shown: Shown,
}

/// What is printed of an item.
enum Shown {
    /// The cells of a table beside the date and the title.
    Cells { site: SafeText, broken: bool, context: Option<SafeText> },
    /// A line that is ready to be printed.
    Line(Box<[u8]>),
}

impl Entry {
    /// The entry of an item of a source in a list of this layout.
    pub fn new(
        item: Item,
        source: &SafeText,
        marks: &Marks,
        context: Option<&Context>,
        format: ListFormat,
    ) -> Self {
        let shown = match format {
            ListFormat::Table => {
                let broken = item.problems.iter().any(|problem| problem.severity == Severity::Error);
                let context = context.map(|context| context.text.clone());
                Shown::Cells { site: item.site.unwrap_or_default(), broken, context }
            }
            ListFormat::Tsv => Shown::Line(tab_separated(&item, source, marks, context).into_bytes().into()),
            ListFormat::Json | ListFormat::Ndjson => Shown::Line(json_line(&item, source, marks, context)),
        };
        let original = item.link.is_some().then_some(item.key);
        Self { original, date: item.date, title: item.title, path: item.path, shown }
    }

    /// Newest first, those without a date last, then by title and path, as in the reader.
    pub fn order(&self, other: &Self) -> Ordering {
        let newest_first = Reverse(self.date).cmp(&Reverse(other.date));
        newest_first.then_with(|| self.title.cmp(&other.title)).then_with(|| self.path.cmp(&other.path))
    }
}

/// Makes one item of all files of one original, as in the reader: the newest stands for all, and of several that are
/// equally new the first.
pub fn one_of_each(entries: &mut Vec<Entry>) {
    let mut newest: HashMap<ItemKey, usize> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(key) = entry.original {
            let known = newest.entry(key).or_insert(number);
            if entries.get(*known).is_some_and(|known| known.date < entry.date) {
                *known = number;
            }
        }
    }
    let mut number = 0..;
    entries.retain(|entry| {
        let number = number.next();
        entry.original.is_none_or(|key| newest.get(&key).copied() == number)
    });
}

/// Writes the list.
pub fn write(entries: &[Entry], format: ListFormat, console: &mut Console<'_>) -> io::Result<()> {
    match format {
        ListFormat::Table => write_table(entries, console),
        ListFormat::Ndjson => {
            write_lines(entries, "\n", console.out).and_then(|()| end_line(entries, console))
        }
        ListFormat::Tsv => {
            writeln!(console.out, "{}", HEADINGS.join("\t"))?;
            write_lines(entries, "\n", console.out)?;
            end_line(entries, console)
        }
        ListFormat::Json => {
            write!(console.out, "[")?;
            write_lines(entries, ",\n", console.out)?;
            writeln!(console.out, "]")
        }
    }
}

/// The columns of tab-separated values.
const HEADINGS: [&str; 15] = [
    "key", "title", "date", "site", "link", "authors", "topics", "summary", "minutes", "path", "problems",
    "read", "starred", "context", "source",
];

fn write_lines(entries: &[Entry], between: &str, out: &mut dyn Write) -> io::Result<()> {
    let lines = entries.iter().filter_map(|entry| match &entry.shown {
        Shown::Line(line) => Some(line),
        Shown::Cells { .. } => None,
    });
    for (number, line) in lines.enumerate() {
        out.write_all(if number == 0 { b"" } else { between.as_bytes() })?;
        out.write_all(line)?;
    }
    Ok(())
}

fn end_line(entries: &[Entry], console: &mut Console<'_>) -> io::Result<()> {
    if entries.is_empty() { Ok(()) } else { writeln!(console.out) }
}

fn json_line(item: &Item, source: &SafeText, marks: &Marks, context: Option<&Context>) -> Box<[u8]> {
    let mut line = Vec::new();
    // Writing into memory cannot fail, and every field of an item has a form in JSON.
    let _ = to_json(&mut line, &ItemRecord::of(item, source, marks, context));
    line.into()
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
    ]
    .join("\t")
}

/// Writes date, site and title in columns; on a terminal no line is wider than it.
fn write_table(entries: &[Entry], console: &mut Console<'_>) -> io::Result<()> {
    const DATE: usize = 10;
    const WIDEST_SITE: usize = 28;
    let sites = entries.iter().map(|entry| match &entry.shown {
        Shown::Cells { site, .. } => site.width(),
        Shown::Line(_) => 0,
    });
    let site_width = sites.max().unwrap_or(0).min(WIDEST_SITE);
    for entry in entries {
        let Shown::Cells { site, broken, context } = &entry.shown else { continue };
        let date = entry.date.map(day).unwrap_or_default();
        let site = cell(&fit(site, site_width), site_width);
        let mark = if *broken { '!' } else { ' ' };
        let line = format!("{}  {site} {mark} {}", cell(&date, DATE), entry.title);
        match console.width {
            Some(width) => writeln!(console.out, "{}", fit(&line, usize::from(width)))?,
            None => writeln!(console.out, "{line}")?,
        }
        if let Some(context) = context {
            let line = format!("{}  {context}", cell("", DATE));
            match console.width {
                Some(width) => writeln!(console.out, "{}", fit(&line, usize::from(width)))?,
                None => writeln!(console.out, "{line}")?,
            }
        }
    }
    Ok(())
}
