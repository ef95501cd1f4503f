//! `rounds search`: the items that a search finds, as the reader finds them.

use super::listing::Listing;
use super::{Answer, CommandError, ItemArguments, Items, ListFormat, shown};
use crate::edge::calendar;
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::SafeText;
use crate::library::{Hits, ItemId, ItemSet, Order, Query};
use crate::search::{Context, Search, table_of_spellings};
use crate::store::catalog::CatalogError;
use crate::store::collection::CollectionReader;

/// How many characters of the text around what was found are printed.
const CONTEXT_CHARACTERS: usize = 160;

/// What stands below the options.
const HELP: &str = "\
Words find what begins with them, in titles, summaries, texts, topics, authors and sites. More is asked for by
  \"a phrase\"        these words in a row
  -word             items without it; - stands before anything here
  topic:  site:  author:
                    there only, as in topic:\"precision medicine\"
  is:unread  is:read  is:starred  is:new
  since:7d  since:2w  since:2021-12  before:2021-12-05
covid19 finds COVID-19, 400mg finds 400 mg, edema finds oedema, beta finds β, and the other way round; --help has
the whole table.

Examples:
  rounds search 'ransomware -bank' ~/news
  rounds search 'topic:telehealth is:unread since:30d' ~/news --format ndjson
  rounds search --best '\"data intelligence\"' ~/news";

/// The same with the table of spellings.
fn long_help() -> String {
    format!("{HELP}\n\n{}", table_of_spellings())
}

/// Print the items that a search finds, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = HELP, after_long_help = long_help())]
pub struct Arguments {
    /// What to look for, as in the reader
    #[arg(allow_hyphen_values = true)]
    query: String,
    #[command(flatten)]
    sources: ItemArguments,
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
    let search = Search::parse_finished(&arguments.query, calendar::today())
        .map_err(|problem| CommandError::Query(SafeText::new(&problem.to_string())))?;
    let mut reading = arguments.sources.read(console)?;
    let store = Store::of_this_user();
    let (marks, new) = store.known_of(&reading.locations(), console);
    let listing = reading.answer_from_items((&store, marks), console, |items| {
        items.add_new(&new);
        find(items, &search, arguments)
    })?;
    reading.say_notices(console);
    reading.say_what_is_withheld(console);
    reading.say_what_is_missing(console);
    if listing.is_empty() {
        console.say(format_args!(
            "{}: nothing found. Fewer or shorter words find more.",
            shown(&arguments.query)
        ));
    }
    listing.write(console)?;
    Ok(reading.answer(if listing.is_empty() { Answer::No } else { Answer::Yes }))
}

/// What is found, as it is to be printed.
fn find(items: &mut Items, search: &Search, arguments: &Arguments) -> Result<Listing, CatalogError> {
    let reader = items.index()?;
    let hits = hits(reader, search, arguments.best)?;
    let order = if arguments.best { Order::Best } else { Order::Newest };
    let query = Query { search: search.clone(), hits, order, ..Query::default() };
    let mut found = items.library().list(&query, &ItemSet::default());
    found.truncate(arguments.limit.unwrap_or(usize::MAX));
    let contexts = contexts(items.index()?, &found, search)?;
    Listing::of(items, &found, &contexts, arguments.format)
}

/// What the text of a search finds; `None` when it asks for no text.
fn hits(reader: &mut CollectionReader, search: &Search, best: bool) -> Result<Option<Hits>, CatalogError> {
    if !search.has_text() {
        return Ok(None);
    }
    let found = if best { reader.search_best(&search.text) } else { reader.search(&search.text) };
    found.map(Some)
}

/// The words around what was found in each item, in the order of the numbers.
fn contexts(
    reader: &mut CollectionReader,
    found: &[ItemId],
    search: &Search,
) -> Result<Vec<(ItemId, Context)>, CatalogError> {
    let highlights = search.highlights();
    if highlights.is_empty() {
        return Ok(Vec::new());
    }
    let mut contexts = reader.contexts(found, &highlights, CONTEXT_CHARACTERS)?;
    contexts.sort_by_key(|(id, _)| *id);
    Ok(contexts)
}
