//! `rounds search`: the items that a search finds, as the reader finds them.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::listing::{self, Entry};
use super::{Answer, CommandError, ListFormat, Reading, SourceArguments, say_what_is_missing, shown};
use crate::edge::calendar;
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::{ItemKey, SafeText};
use crate::library::{Hits, ItemId, ItemSet, Library, Order, Query};
use crate::search::Search;
use crate::source::{Report, Source};
use crate::store::catalog::CatalogError;
use crate::store::collection::{Collection, CollectionReader};
use crate::store::refresh::RefreshStep;

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
    let store = Store::of_this_user();
    let mut collection = open_collection(&reading, &store, console);
    let mut library = Library::default();
    library.set_today(today);
    let (marks, new) = store.known_of(&reading.locations(), console);
    library.set_marks(marks);
    let mut new = new.into_iter().enumerate();
    reading.each(console, |origin, source, console| {
        let (at, mut new) = new.next().unwrap_or_default();
        let report = take_in(at, source, &mut collection, &mut library, console)?;
        say_what_is_missing(&origin.label(), &report, console);
        // What is new by the visits to one source may have come from another one.
        let here: HashSet<ItemKey> = collection.keys(at)?.into_iter().collect();
        new.retain(|key| here.contains(key));
        library.add_new(new);
        Ok(())
    })?;
    collection.index_all(&mut |_| ControlFlow::Continue(()))?;
    let entries = find(&search, arguments, &mut collection.reader(), &library, &reading.labels())?;
    if entries.is_empty() {
        console.say(format_args!(
            "{}: nothing is found. Fewer or shorter words find more.",
            shown(&arguments.query)
        ));
    }
    listing::write(&entries, arguments.format, console)?;
    Ok(reading.answer(if entries.is_empty() { Answer::No } else { Answer::Yes }))
}

/// Opens the catalogs of all sources as one.
fn open_collection(reading: &Reading, store: &Store, console: &mut Console<'_>) -> Collection {
    let mut catalogs = Vec::new();
    for origin in reading.origins() {
        let (catalog, notice) = store.open_catalog(origin);
        if let Some(notice) = notice {
            console.say(format_args!("{notice}."));
        }
        catalogs.push((origin.label(), catalog));
    }
    Collection::of(catalogs)
}

/// Brings the catalog of a source up to date, and takes all its items into the library.
fn take_in(
    at: usize,
    source: &Source,
    collection: &mut Collection,
    library: &mut Library,
    console: &mut Console<'_>,
) -> Result<Report, CommandError> {
    let summary = collection.refresh(at, source, false, &mut |step| {
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
    Ok(summary.report)
}

/// What is found, as it is to be printed.
fn find(
    search: &Search,
    arguments: &Arguments,
    reader: &mut CollectionReader,
    library: &Library,
    labels: &[SafeText],
) -> Result<Vec<Entry>, CatalogError> {
    let hits = hits(reader, search, arguments.best)?;
    let order = if arguments.best { Order::Best } else { Order::Newest };
    let query = Query { search: search.clone(), hits, order, ..Query::default() };
    let found = library.list(&query, &ItemSet::default());
    let wanted = found.get(..arguments.limit.unwrap_or(found.len())).unwrap_or(&found);
    entries(reader, wanted, search, library, labels, arguments.format)
}

/// What the text of a search finds; `None` when it asks for no text.
fn hits(reader: &mut CollectionReader, search: &Search, best: bool) -> Result<Option<Hits>, CatalogError> {
    if !search.has_text() {
        return Ok(None);
    }
    let found = if best { reader.search_best(&search.text) } else { reader.search(&search.text) };
    found.map(Some)
}

/// What is printed of the items that were found.
fn entries(
    reader: &mut CollectionReader,
    found: &[ItemId],
    search: &Search,
    library: &Library,
    labels: &[SafeText],
    format: ListFormat,
) -> Result<Vec<Entry>, CatalogError> {
    let (highlights, unknown) = (search.highlights(), SafeText::default());
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
            let label = reader.source_of(*id).and_then(|source| labels.get(source)).unwrap_or(&unknown);
            entries.push(Entry::new(file.item, label, library.marks(), context, format));
        }
    }
    Ok(entries)
}
