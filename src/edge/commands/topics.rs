//! `rounds topics`: the topics of sources, with counts.

use std::io::{self, Write};

use serde::Serialize;

use super::{Answer, CommandError, ItemArguments, ListFormat};
use crate::edge::output::{Console, to_json_line};
use crate::edge::store::Store;
use crate::library::{Counts, Library, Topic, TopicId, TopicKind};

/// Print the topics, with the number of items in each
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  rounds topics ~/news
  rounds topics ~/news --format tsv | sort -t \"$(printf '\\t')\" -k 5 -nr

An item in two terms of a taxonomy counts once in the taxonomy.")]
pub struct Arguments {
    #[command(flatten)]
    sources: ItemArguments,
    /// The layout of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// Prints the topics of all sources together.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Answer, CommandError> {
    let mut reading = arguments.sources.read(console)?;
    let store = Store::of_this_user();
    let marks = store.marks(console);
    let library = reading.answer_from_items((&store, marks), console, |items| Ok(items.take_library()))?;
    reading.say_what_is_withheld(console);
    reading.say_what_is_missing(console);
    let mut records = Vec::new();
    gather(&library, None, &mut records);
    write_records(&records, arguments.format, console.out)?;
    Ok(reading.answer(Answer::Yes))
}

/// A topic for scripts.
#[derive(Debug, Serialize)]
struct TopicRecord<'a> {
    kind: &'static str,
    /// The taxonomy; `None` for what belongs to none.
    taxonomy: Option<&'a str>,
    /// The term, site or offering; `None` for a heading, whose counts are those of all below it.
    term: Option<&'a str>,
    unread: usize,
    total: usize,
    #[serde(skip)]
    label: &'a str,
    #[serde(skip)]
    depth: usize,
}

/// Gathers the topics below one, each followed by those below it.
fn gather<'a>(
    library: &'a Library,
    parent: Option<(TopicId, &'a Topic)>,
    records: &mut Vec<TopicRecord<'a>>,
) {
    for id in library.topics().children(parent.map(|(id, _)| id)) {
        if let Some(topic) = library.topics().get(id) {
            records.push(record(topic, parent.map(|(_, parent)| parent)));
            // The tree is two levels deep, whatever the items say.
            if parent.is_none() {
                gather(library, Some((id, topic)), records);
            }
        }
    }
}

fn record<'a>(topic: &'a Topic, parent: Option<&'a Topic>) -> TopicRecord<'a> {
    let label = topic.label();
    let (kind, taxonomy, term) = match topic.kind {
        TopicKind::Taxonomy => ("taxonomy", Some(label), None),
        TopicKind::Untaxonomised => ("untaxonomised", None, None),
        TopicKind::Uncategorised => ("uncategorised", None, Some(label)),
        TopicKind::Sources => ("sources", None, None),
        TopicKind::Sites => ("sites", None, None),
        TopicKind::Offerings => ("offerings", None, None),
        TopicKind::Term => {
            let taxonomy = parent.filter(|parent| parent.kind == TopicKind::Taxonomy).map(Topic::label);
            ("term", taxonomy, Some(label))
        }
        TopicKind::Site => ("site", None, Some(label)),
        TopicKind::Offering => ("offering", None, Some(label)),
        TopicKind::Source => ("source", None, Some(label)),
    };
    let Counts { unread, total } = topic.counts;
    TopicRecord { kind, taxonomy, term, unread, total, label, depth: usize::from(parent.is_some()) }
}

fn write_records(records: &[TopicRecord<'_>], format: ListFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ListFormat::Table => records.iter().try_for_each(|record| {
            writeln!(out, "{:>6}  {:indent$}{}", record.total, "", record.label, indent = record.depth * 2)
        }),
        ListFormat::Json => to_json_line(out, &records),
        ListFormat::Ndjson => records.iter().try_for_each(|record| to_json_line(out, record)),
        ListFormat::Tsv => {
            writeln!(out, "kind\ttaxonomy\tterm\tunread\ttotal")?;
            records.iter().try_for_each(|record| {
                let TopicRecord { kind, taxonomy, term, unread, total, .. } = record;
                let (taxonomy, term) = (taxonomy.unwrap_or_default(), term.unwrap_or_default());
                writeln!(out, "{kind}\t{taxonomy}\t{term}\t{unread}\t{total}")
            })
        }
    }
}
