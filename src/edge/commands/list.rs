//! `rounds list`: the items of sources, newest first.

use super::listing::Listing;
use super::topic_filter::TopicFilter;
use super::{Answer, CommandError, ItemArguments, Items, ListFormat, shown};
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::SafeText;
use crate::store::catalog::CatalogError;

/// Print the list of items, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds list ~/news
  rounds list ~/news --topic 'Healthcare IT News: Precision Medicine'
  rounds list health ~/news --topic uncategorised
  rounds list ~/news --format ndjson | jq -r .link

An item that is marked ! could not be read whole; rounds check says why. A date behind ~ is that of the file, because the
item has none.")]
pub struct Arguments {
    #[command(flatten)]
    sources: ItemArguments,
    /// Only items on this topic: a term, a taxonomy, or 'Taxonomy: Term'
    #[arg(long)]
    topic: Option<String>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Arguments {
    /// The arguments of a plain list of sources.
    pub fn of(sources: ItemArguments) -> Self {
        Self { sources, topic: None, format: ListFormat::Table }
    }
}

/// What a list has found.
enum Found {
    /// The items, and how many item files there are.
    Items(Listing, usize),
    /// No item has the topic; these topics come near.
    NoSuchTopic { typed: String, nearest: Vec<String> },
}

/// Prints the list of items.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let mut reading = arguments.sources.read(console)?;
    let store = Store::of_this_user();
    let marks = store.marks(console);
    let found = reading.answer_from_items((&store, marks), console, |items| find(items, arguments))?;
    reading.say_what_is_withheld(console);
    reading.say_what_is_missing(console);
    match found {
        Found::Items(listing, files) => {
            if files == 0 {
                let labels: Vec<String> = reading.labels().iter().map(SafeText::to_string).collect();
                let labels = labels.join(", ");
                match reading.first_missing() {
                    Some(first) => {
                        console.say(format_args!("{labels}: there are no items that could be read. {first}"));
                    }
                    None => console.say(format_args!(
                        "{labels}: there are no items, which are files whose names end in .md or .html."
                    )),
                }
            }
            listing.write(console)?;
            Ok(reading.answer(Answer::Yes))
        }
        Found::NoSuchTopic { typed, nearest } => {
            say_unknown_topic(&typed, &nearest, console);
            Ok(reading.answer(Answer::No))
        }
    }
}

fn find(items: &mut Items, arguments: &Arguments) -> Result<Found, CatalogError> {
    let mut ids = items.library().newest_first().to_vec();
    if let Some(typed) = &arguments.topic {
        let filter = TopicFilter::new(typed, items.library());
        ids.retain(|id| filter.admits(*id));
        if ids.is_empty() {
            return Ok(Found::NoSuchTopic { typed: typed.clone(), nearest: filter.nearest() });
        }
    }
    let listing = Listing::of(items, &ids, &[], arguments.format)?;
    Ok(Found::Items(listing, items.file_count()))
}

/// Says that no item has the topic, and what topics come near.
fn say_unknown_topic(typed: &str, nearest: &[String], console: &mut Console<'_>) {
    let typed = shown(typed);
    if nearest.is_empty() {
        console
            .say(format_args!("{typed}: no item has this topic. To see all topics: rounds topics SOURCE."));
    } else {
        let nearest = nearest.iter().map(|topic| [SafeText::new(topic)]);
        console.say_with(format_args!("{typed}: no item has this topic. The nearest are:"), nearest);
    }
}
