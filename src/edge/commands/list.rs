//! `rounds list`: the items of sources, newest first.

use super::listing::{self, Entry};
use super::topic_filter::TopicFilter;
use super::{Answer, CommandError, ListFormat, SourceArguments, for_each_item, say_what_is_missing, shown};
use crate::edge::output::Console;
use crate::edge::store::Store;
use crate::item::SafeText;

/// Print the list of items, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds list ~/news
  rounds list ~/news --topic 'Healthcare IT News: Precision Medicine'
  rounds list health ~/news --topic uncategorised
  rounds list ~/news --format ndjson | jq -r .link

An item that is marked ! could not be read whole; rounds check says why.")]
pub struct Arguments {
    #[command(flatten)]
    sources: SourceArguments,
    /// Only items on this topic: a term, a taxonomy, or 'Taxonomy: Term'
    #[arg(long)]
    topic: Option<String>,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Arguments {
    /// The arguments of a plain list of sources.
    pub fn of(sources: SourceArguments) -> Self {
        Self { sources, topic: None, format: ListFormat::Table }
    }
}

/// Prints the list of items.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let mut reading = arguments.sources.read(console)?;
    let mut filter = arguments.topic.as_deref().map(TopicFilter::new);
    let marks = Store::of_this_user().marks(console);
    let (mut entries, mut files) = (Vec::new(), 0_usize);
    reading.each(console, |origin, source, console| {
        let (label, mut found) = (origin.label(), Vec::new());
        let report = for_each_item(source, |item| {
            if filter.as_mut().is_none_or(|filter| filter.admits(&item)) {
                found.push(Entry::new(item, &label, &marks, None, arguments.format));
            }
        })?;
        say_what_is_missing(&label, &report, console);
        files = files.saturating_add(report.files);
        found.sort_unstable_by(Entry::order);
        entries.append(&mut found);
        Ok(())
    })?;
    if let (Some(filter), Some(typed), true) = (&filter, &arguments.topic, entries.is_empty()) {
        say_unknown_topic(typed, filter, console);
        return Ok(reading.answer(Answer::No));
    }
    if files == 0 {
        let labels: Vec<String> = reading.labels().iter().map(SafeText::to_string).collect();
        let labels = labels.join(", ");
        console.say(format_args!(
            "{labels}: there are no items, which are files whose names end in .md or .html."
        ));
    }
    listing::one_of_each(&mut entries);
    entries.sort_unstable_by(Entry::order);
    listing::write(&entries, arguments.format, console)?;
    Ok(reading.answer(Answer::Yes))
}

/// Says that no item has the topic, and what topics come near.
fn say_unknown_topic(typed: &str, filter: &TopicFilter<'_>, console: &mut Console<'_>) {
    let typed = shown(typed);
    let nearest = filter.nearest();
    if nearest.is_empty() {
        console
            .say(format_args!("{typed}: no item has this topic. To see all topics: rounds topics SOURCE."));
    } else {
        let nearest = nearest.into_iter().map(|topic| [SafeText::of(topic)]);
        console.say_with(format_args!("{typed}: no item has this topic. The nearest are:"), nearest);
    }
}
