//! `rounds search`: the items that a search finds, as the reader finds them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::listing::{self, Entry};
use super::{Answer, CommandError, ListFormat, SourceArguments, say_what_is_missing, shown};
use crate::edge::calendar;
use crate::edge::origin::Origin;
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::SafeText;
use crate::library::{Hits, ItemId, Library, Order, Query};
use crate::search::Search;
use crate::source::{Report, Source};
use crate::store::catalog::{Catalog, CatalogError, CatalogReader};
use crate::store::refresh::{Refresh, RefreshStep, refresh};

/// How many characters of the text around what was found are printed.
const CONTEXT_CHARACTERS: usize = 160;

/// Print the items that a search finds, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Words find what begins so, in titles, summaries, texts, topics, authors and sites. More is asked for by
  \"a phrase\"        these words in a row
  -word             items without it; - stands before anything here
  topic:  site:  author:
                    there only, as in topic:\"precision medicine\"
  is:unread  is:read  is:starred  is:new
  since:7d  since:2w  since:2021-12  before:2021-12-05

Examples:
  rounds search 'ransomware -bank' ~/news
  rounds search 'topic:telehealth is:unread since:30d' ~/news --format ndjson
  rounds search --best '\"data intelligence\"' ~/news")]
pub struct Arguments {
    /// What to look for, as in the reader
    #[arg(allow_hyphen_values = true)]
    query: String,
    #[command(flatten)]
    sources: SourceArguments,
    /// Put the best match first
    #[arg(long)]
    best: bool,
    /// Print no more than this many items
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// Prints what is found.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let today = calendar::today();
    let search = Search::parse_finished(&arguments.query, today)
        .map_err(|problem| CommandError::Query(SafeText::new(&problem.to_string())))?;
    let mut reading = arguments.sources.read(console)?;
    let (marks, new) = Store::of_this_user().known_of(&reading.locations(), console);
    let (mut entries, mut known) = (Vec::new(), HashSet::new());
    reading.each(console, |origin, source, console| {
        let mut library = Library::default();
        library.set_today(today);
        library.set_marks(&marks);
        library.add_new(new.clone());
        let mut found = search_one(origin, source, &mut library, &search, arguments, console)?;
        // What an earlier source has is one item with it.
        found.retain(|entry| !known.contains(&entry.key));
        known.extend(found.iter().map(|entry| entry.key));
        entries.append(&mut found);
        Ok(())
    })?;
    if reading.len() > 1 && !arguments.best {
        entries.sort_unstable_by(Entry::order);
    }
    if entries.is_empty() {
        console.say(format_args!(
            "{}: nothing is found. Fewer or shorter words find more.",
            shown(&arguments.query)
        ));
    }
    let answer = if entries.is_empty() { Answer::No } else { Answer::Yes };
    entries.truncate(arguments.limit.unwrap_or(usize::MAX));
    listing::write(&entries, arguments.format, console)?;
    Ok(reading.answer(answer))
}

/// What is found in one source.
fn search_one(
    origin: &Origin,
    source: &Source,
    library: &mut Library,
    search: &Search,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<Vec<Entry>, CommandError> {
    let (mut catalog, notice) = Store::of_this_user().open_catalog(origin);
    if let Some(notice) = notice {
        console.say(format_args!("{notice}."));
    }
    let report = take_in(source, &mut catalog, library, console)?;
    say_what_is_missing(&report, console);
    let mut reader = catalog.reader();
    let hits = hits(&mut reader, search, arguments.best)?;
    let order = if arguments.best { Order::Best } else { Order::Newest };
    let query = Query { search: search.clone(), hits, order, ..Query::default() };
    let found = library.list(&query, &HashSet::new());
    Ok(entries(&mut reader, &found, search, library, &origin.label(), arguments.format)?)
}

/// Brings the catalog up to date with the source, and takes all items into the library.
fn take_in(
    source: &Source,
    catalog: &mut Catalog,
    library: &mut Library,
    console: &mut Console<'_>,
) -> Result<Report, CommandError> {
    let summary = refresh(source, catalog, Refresh::default(), &mut |step| {
        match step {
            RefreshStep::Changed { changes, .. } => library.change(changes.written, &changes.removed),
            RefreshStep::Restarted { notice } => {
                library.clear();
                if let Some(notice) = notice {
                    console.say(format_args!("{notice}."));
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    catalog.index_all(&mut |_| ControlFlow::Continue(()))?;
    Ok(summary.report)
}

/// What the text of a search finds; `None` when it asks for no text.
fn hits(reader: &mut CatalogReader, search: &Search, best: bool) -> Result<Option<Hits>, CatalogError> {
    if !search.has_text() {
        return Ok(None);
    }
    let found = if best { reader.search_best(&search.text) } else { reader.search(&search.text) };
    found.map(Some)
}

/// What is printed of the items that were found.
fn entries(
    reader: &mut CatalogReader,
    found: &[ItemId],
    search: &Search,
    library: &Library,
    label: &SafeText,
    format: ListFormat,
) -> Result<Vec<Entry>, CatalogError> {
    let highlights = search.highlights();
    let mut contexts = if highlights.is_empty() {
        Vec::new()
    } else {
        reader.contexts(found, &highlights, CONTEXT_CHARACTERS)?
    };
    contexts.sort_by_key(|(id, _)| *id);
    let mut entries = Vec::new();
    for id in found {
        let context = contexts.binary_search_by_key(id, |(other, _)| *other).ok();
        let context = context.and_then(|at| contexts.get(at)).map(|(_, context)| context);
        if let Some(file) = reader.file(*id)? {
            entries.push(Entry::new(file.item, label, library.marks(), context, format));
        }
    }
    Ok(entries)
}
