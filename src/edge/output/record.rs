//! Items, topics and problems as scripts get them.

use serde::Serialize;

use crate::item::{Item, Problem, SafeText, Severity, Topic};
use crate::library::Marks;
use crate::search::Context;

/// An item as JSON. The names of the fields are a promise to scripts.
#[derive(Debug, Serialize)]
pub struct ItemRecord<'a> {
    key: String,
    title: &'a str,
    date: Option<String>,
    /// `item`, or `file` where the item has no date and this is when its file was last changed.
    date_source: Option<&'static str>,
    site: Option<&'a str>,
    link: Option<&'a str>,
    authors: Vec<&'a str>,
    topics: Vec<TopicRecord<'a>>,
    summary: &'a str,
    minutes: u16,
    source: &'a str,
    path: &'a str,
    /// The path as it is printed. A decoded one may hold characters that a terminal would obey.
    printed_path: String,
    problems: Vec<ProblemRecord<'a>>,
    read: bool,
    starred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ContextRecord<'a>>,
}

/// The words around what a search has found, as JSON.
#[derive(Debug, Serialize)]
pub struct ContextRecord<'a> {
    text: &'a str,
    found: Vec<&'a str>,
}

/// A topic as JSON.
#[derive(Debug, Serialize)]
pub struct TopicRecord<'a> {
    taxonomy: Option<&'a str>,
    term: &'a str,
}

/// A problem of an item as JSON.
#[derive(Debug, Serialize)]
pub struct ProblemRecord<'a> {
    line: Option<u32>,
    severity: Severity,
    code: &'a str,
    message: &'a str,
}

impl<'a> ItemRecord<'a> {
    /// An item of a source with its marks, and with what a search has found in it.
    pub fn of(item: &'a Item, source: &'a str, marks: &Marks, context: Option<&'a Context>) -> Self {
        Self {
            key: item.key.to_string(),
            title: &item.title,
            date: item.date.map(day),
            date_source: item.date.map(|_| item.date_source.name()),
            site: item.site.as_deref(),
            link: item.link.as_ref().map(crate::item::Link::as_str),
            authors: item.authors.iter().map(|author| &**author).collect(),
            topics: item.topics.iter().map(TopicRecord::from).collect(),
            summary: &item.summary,
            minutes: item.minutes,
            source,
            path: &item.path,
            printed_path: SafeText::new(&item.path).to_string(),
            problems: item.problems.iter().map(ProblemRecord::from).collect(),
            read: marks.read.contains(&item.key),
            starred: marks.starred.contains(&item.key),
            context: context.map(ContextRecord::from),
        }
    }
}

impl<'a> From<&'a Context> for ContextRecord<'a> {
    fn from(context: &'a Context) -> Self {
        let found = context.found.iter().filter_map(|range| context.text.get(range.clone())).collect();
        Self { text: &context.text, found }
    }
}

impl<'a> From<&'a Topic> for TopicRecord<'a> {
    fn from(topic: &'a Topic) -> Self {
        Self { taxonomy: topic.taxonomy.as_deref(), term: &topic.term }
    }
}

impl<'a> From<&'a Problem> for ProblemRecord<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self { line: problem.line, severity: problem.severity, code: problem.code, message: &problem.message }
    }
}

/// The day of a date, as `2021-12-05`.
pub fn day(date: jiff::civil::DateTime) -> String {
    date.date().to_string()
}

/// A topic as one name: `Taxonomy: Term`, or the bare term.
pub fn topic_name(topic: &Topic) -> String {
    match &topic.taxonomy {
        Some(taxonomy) => format!("{taxonomy}: {}", topic.term),
        None => topic.term.to_string(),
    }
}
