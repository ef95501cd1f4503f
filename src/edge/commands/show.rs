//! `rounds show`: one article as text.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::find::{Candidate, Found, find};
use super::{Answer, CommandError, SourceArguments, for_each_item, say_what_is_missing, shown};
use crate::article::{Document, Page};
use crate::edge::output::{Console, ItemRecord, to_json_line};
use crate::edge::store::Store;
use crate::item::{ItemFile, Link, SafeText, Severity};
use crate::library::Marks;
use crate::source::{Location, Source, path_text};

/// The widest that an article is set unless another width is asked for: a line that the eye can follow back.
const COLUMN: u16 = 72;

/// Print one article
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds show 'data intelligence' ~/news
  rounds show cardiology/2021-12-05-stents.md ~/news
  rounds show ~/news/cardiology/2021-12-05-stents.md
  rounds show 'data intelligence' ~/news --format json | jq -r '.links[]'")]
pub struct Arguments {
    /// The article: its key, slug or path, or a part of its title that no other title has
    item: OsString,
    #[command(flatten)]
    sources: SourceArguments,
    /// The width of the text, in characters [default: 72, or less where the terminal is narrower]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    width: Option<u16>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ShowFormat,
}

/// The layouts of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// Text for people
    #[default]
    Text,
    /// All that is known of the item, as JSON
    Json,
}

/// Prints one article.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let Some((source, file)) = choose(arguments, console)? else { return Ok(Answer::No) };
    let width = arguments.width.or(console.width.map(|width| width.min(COLUMN))).unwrap_or(COLUMN);
    let document = Document::of(&file.body, file.item.link.as_ref());
    let page = Page::set(&file.item, &document, width);
    match arguments.format {
        ShowFormat::Text => {
            console.out.write_all(page.text().as_bytes())?;
            say_what_is_broken(&file, console);
        }
        ShowFormat::Json => {
            let marks = Store::of_this_user().marks(console);
            write_json(&file, &source, &page, &marks, console.out)?;
        }
    }
    Ok(Answer::Yes)
}

/// Reads the item that is meant, with the label of its source; `None` when it could not be told, which has then been
/// said.
fn choose(
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<Option<(SafeText, ItemFile)>, CommandError> {
    let (named, sources) = (Path::new(&arguments.item), &arguments.sources.sources);
    if sources.is_empty() && named.is_file() {
        let name = path_text(Path::new(named.file_name().unwrap_or_default()));
        let source = Source::open(&Location::parse(&arguments.item)?)?;
        return Ok(Some((source.label(), source.read(&name))));
    }
    let mut reading = arguments.sources.read(console)?;
    let (mut candidates, mut known, mut number) = (Vec::new(), HashSet::new(), 0_usize);
    let mut reports = Vec::new();
    reading.each(console, |origin, source, _| {
        let (mut found, mut met) = (Vec::new(), Vec::new());
        let this = number;
        number = number.saturating_add(1);
        let report = for_each_item(source, |item| {
            met.push(item.key);
            // An original that an earlier source has as well is one item with it.
            if item.link.is_none() || !known.contains(&item.key) {
                found.push(Candidate::new(item, this));
            }
        })?;
        known.extend(met);
        candidates.append(&mut found);
        reports.push((origin.label(), report));
        Ok(())
    })?;
    let typed = within(named, sources);
    match find(&typed, &candidates) {
        Found::One(candidate) => {
            let from = reading.source(candidate.source);
            return Ok(from.map(|(origin, source)| (origin.label(), source.read(&candidate.path))));
        }
        Found::Several(meant) => say_ambiguous(&typed, &meant, console),
        Found::None(nearest) => {
            for (label, report) in &reports {
                say_what_is_missing(label, report, console);
            }
            say_unknown(&typed, &nearest, console);
        }
    }
    Ok(None)
}

/// The name of an item inside its source, also when it was typed as a path that leads there from here.
fn within(typed: &Path, sources: &[OsString]) -> String {
    let inside = sources.iter().find_map(|source| typed.strip_prefix::<&OsStr>(source).ok());
    match inside {
        Some(inside) if !inside.as_os_str().is_empty() => path_text(inside),
        _ => path_text(typed),
    }
}

fn say_ambiguous(typed: &str, meant: &[&Candidate], console: &mut Console<'_>) {
    const SHOWN: usize = 20;
    let mut rows: Vec<[SafeText; 2]> = meant
        .iter()
        .take(SHOWN)
        .map(|candidate| [candidate.shown_path(), SafeText::new(&candidate.title)])
        .collect();
    if let Some(more @ 1..) = meant.len().checked_sub(SHOWN) {
        rows.push([SafeText::of(format_args!("and {more} more")), SafeText::default()]);
    }
    let (count, typed) = (meant.len(), shown(typed));
    console.say_with(
        format_args!("{count} titles contain “{typed}”. Type more of the title, or one of these paths:"),
        rows,
    );
}

fn say_unknown(typed: &str, nearest: &[&str], console: &mut Console<'_>) {
    let typed = shown(typed);
    if nearest.is_empty() {
        console.say(format_args!("no item matches “{typed}”. To see all items: rounds list SOURCE."));
    } else {
        let nearest = nearest.iter().map(|title| [SafeText::new(title)]);
        console.say_with(format_args!("no item matches “{typed}”. The nearest titles are:"), nearest);
    }
}

/// Says what of the item could not be read as it was meant.
fn say_what_is_broken(file: &ItemFile, console: &mut Console<'_>) {
    let path = SafeText::new(&file.item.path);
    for problem in file.item.problems.iter().filter(|problem| problem.severity == Severity::Error) {
        match problem.line {
            Some(line) => console.say(format_args!("{path}:{line}: {}", problem.message)),
            None => console.say(format_args!("{path}: {}", problem.message)),
        }
    }
}

/// An article as JSON: the item with its text.
#[derive(Serialize)]
struct ArticleRecord<'a> {
    #[serde(flatten)]
    item: ItemRecord<'a>,
    text: &'a str,
    links: Vec<&'a str>,
    html: &'a str,
}

fn write_json(
    file: &ItemFile,
    source: &SafeText,
    page: &Page,
    marks: &Marks,
    out: &mut dyn Write,
) -> io::Result<()> {
    let record = ArticleRecord {
        item: ItemRecord::of(&file.item, source, marks, None),
        text: &page.text(),
        links: page.links.iter().map(Link::as_str).collect(),
        html: &file.body.raw,
    };
    to_json_line(out, &record)
}
