//! `rounds list`: the items of a source, newest first.

use std::ffi::OsString;

use super::listing::{self, Entry};
use super::topic_filter::TopicFilter;
use super::{Answer, CommandError, ListFormat, for_each_item, open, say_what_is_missing, shown};
use crate::edge::output::Console;
use crate::edge::store::Store;

/// Print the list of items, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds list ~/news
  rounds list ~/news --topic 'Healthcare IT News: Precision Medicine'
  rounds list ~/news --topic uncategorised
  rounds list ~/news --format ndjson | jq -r .link

An item that is marked ! could not be read whole; rounds check says why.")]
pub struct Arguments {
    /// A folder of items, one item file, or an archive of items [default: the built-in sample]
    source: Option<OsString>,
    /// Only items on this topic: a term, a taxonomy, or 'Taxonomy: Term'
    #[arg(long)]
    topic: Option<String>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Arguments {
    /// The arguments of a plain list of a source.
    pub fn of(source: Option<OsString>) -> Self {
        Self { source, topic: None, format: ListFormat::Table }
    }
}

/// Prints the list of items.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let source = open(arguments.source.as_ref(), console)?;
    let mut filter = arguments.topic.as_deref().map(TopicFilter::new);
    let marks = Store::of_this_user().marks(console);
    let mut entries = Vec::new();
    let report = for_each_item(&source, |item| {
        if filter.as_mut().is_none_or(|filter| filter.admits(&item)) {
            entries.push(Entry::new(item, &marks, None, arguments.format));
        }
    })?;
    say_what_is_missing(&report, console);
    if let (Some(filter), Some(typed), true) = (&filter, &arguments.topic, entries.is_empty()) {
        say_unknown_topic(typed, filter, console);
        return Ok(Answer::No);
    }
    if report.files == 0 {
        console.say("this source has no items, which are files whose names end in .md or .html.");
    }
    entries.sort_unstable_by(Entry::order);
    listing::write(&entries, arguments.format, console)?;
    Ok(Answer::Yes)
}

/// Says that no item has the topic, and what topics come near.
fn say_unknown_topic(typed: &str, filter: &TopicFilter<'_>, console: &mut Console<'_>) {
    let typed = shown(typed);
    let nearest = filter.nearest().into_iter().map(|topic| format!("  {topic}")).collect::<Vec<_>>();
    if nearest.is_empty() {
        console
            .say(format_args!("{typed}: no item has this topic. To see all topics: rounds topics SOURCE."));
    } else {
        console
            .say(format_args!("{typed}: no item has this topic. The nearest are:\n{}", nearest.join("\n")));
    }
}
