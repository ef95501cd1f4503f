//! Sets what stands above the body of an article: title, site, date, authors, topics and summary.

use jiff::civil::Date;

use super::cells::NO_BREAK_SPACE;
use super::document::{Block, Document};
use super::read::flow_of;
use super::row::{Role, Row, Span, Style};
use super::set::{self, flow};
use crate::item::{DateSource, Item, SafeText, Severity, Topic};

/// Blanks between two topics, and before those that begin a row below the name of their taxonomy.
const CHIP_GAP: usize = 2;

/// How much of the text of a body is looked at for what the summary says, in bytes: more than is searched for a summary.
const LOOKED_AT: usize = 16 * 1024;

/// Sets the head of an article in rows of at most `width` cells.
pub(super) fn set(item: &Item, document: &Document, width: usize) -> Vec<Row> {
    let mut rows = flow::set(&flow_of(&item.title, Style::of(Role::Title).bold()), width);
    let facts = facts(item);
    if !facts.is_empty() {
        rows.extend(without_loose_dots(flow::set(&[Span::new(facts, Style::of(Role::Secondary))], width)));
    }
    rows.extend(broken(item, width));
    if !item.summary.is_empty() && !says(document, &item.summary) {
        rows.push(Row::default());
        rows.extend(flow::set(&flow_of(&item.summary, Style::of(Role::Summary).italic()), width));
    }
    if !item.topics.is_empty() {
        rows.push(Row::default());
        rows.extend(topics(&item.topics, width));
    }
    rows
}

/// Site, date, authors and reading time, as far as they are known.
fn facts(item: &Item) -> String {
    let site = item.site.as_ref().map(|site| site.as_str().to_owned());
    let from = match item.date_source {
        DateSource::Item => "",
        DateSource::File => " (date of the file)",
    };
    let date = item.date.map(|date| format!("{}{from}", written(date.date())));
    let authors = item.authors.iter().map(SafeText::as_str).collect::<Vec<_>>().join(", ");
    let minutes = (item.minutes > 0).then(|| format!("{}{NO_BREAK_SPACE}min", item.minutes));
    let facts = [site, date, Some(authors).filter(|authors| !authors.is_empty()), minutes];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A dot between two facts parts nothing where a row ends.
fn without_loose_dots(mut rows: Vec<Row>) -> Vec<Row> {
    for span in rows.iter_mut().flat_map(|row| &mut row.spans) {
        span.text = span.text.trim_matches([' ', '·']).to_owned();
    }
    rows.retain(|row| row.cells() > 0);
    rows
}

/// A date as British readers write it, which no line is broken in.
fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string().replace(' ', &NO_BREAK_SPACE.to_string())
}

/// Sets topics as chips, each taxonomy with its name before its terms.
fn topics(topics: &[Topic], width: usize) -> Vec<Row> {
    let mut taxonomies: Vec<Option<&SafeText>> = Vec::new();
    for topic in topics {
        let taxonomy = topic.taxonomy.as_ref();
        if !taxonomies.contains(&taxonomy) {
            taxonomies.push(taxonomy);
        }
    }
    let mut rows = Vec::new();
    for taxonomy in taxonomies {
        let terms = topics.iter().filter(|topic| topic.taxonomy.as_ref() == taxonomy);
        rows.extend(taxonomy_rows(taxonomy, terms.map(|topic| topic.term.as_str()), width));
    }
    rows
}

fn taxonomy_rows<'a>(
    taxonomy: Option<&SafeText>,
    terms: impl Iterator<Item = &'a str>,
    width: usize,
) -> Vec<Row> {
    let name = |name: &SafeText| flow::set(&[Span::new(name.as_str(), Style::of(Role::Secondary))], width);
    let mut rows = taxonomy.map(name).unwrap_or_default();
    let (margin, room) = if rows.is_empty() { (0, width) } else { set::indent(CHIP_GAP, width) };
    for term in terms {
        for mut chip in flow::set(&[Span::new(term, Style::of(Role::Chip))], room) {
            match rows.last_mut() {
                Some(row) if row.cells() + CHIP_GAP + chip.cells() <= width => {
                    row.push(&" ".repeat(CHIP_GAP), Style::default());
                    row.spans.extend(chip.spans);
                }
                _ => {
                    chip.prefix(Span::furniture(" ".repeat(margin)));
                    rows.push(chip);
                }
            }
        }
    }
    rows
}

/// What could not be read of the file, and where there is more about it.
fn broken(item: &Item, width: usize) -> Vec<Row> {
    let errors = item.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let Some(first) = errors.map(|problem| &problem.message).next() else { return Vec::new() };
    let (_, room) = set::indent(2, width);
    let mut rows = flow::set(&[Span::new(first.as_str(), Style::of(Role::Problem))], room);
    for (index, row) in rows.iter_mut().enumerate().filter(|_| room < width) {
        row.prefix(Span::new(if index == 0 { "! " } else { "  " }, Style::of(Role::Problem)));
    }
    rows
}

/// Whether a document says near its beginning what a summary says, so that the summary need not be shown.
fn says(document: &Document, summary: &str) -> bool {
    let mut said = Words::default();
    said.add_blocks(&document.blocks);
    let mut wanted = Words::default();
    wanted.add(summary);
    !wanted.0.is_empty() && said.0.contains(&wanted.0)
}

/// Words without case and punctuation, each between two line ends.
#[derive(Debug, Default)]
struct Words(String);

impl Words {
    fn add_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.add_block(block);
        }
    }

    fn add_block(&mut self, block: &Block) {
        if self.0.len() > LOOKED_AT {
            return;
        }
        match block {
            Block::Paragraph(flow) | Block::Term(flow) => self.add(&said(flow)),
            Block::Quote(inner) | Block::Indented(inner) => self.add_blocks(inner),
            Block::List(items) => {
                for item in items {
                    self.add_blocks(&item.blocks);
                }
            }
            // A summary that was taken from the body was not taken from its headings.
            Block::Heading(..)
            | Block::Preformatted(_)
            | Block::Table(_)
            | Block::Caption(_)
            | Block::Rule => {}
        }
    }

    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if self.0.is_empty() {
                self.0.push('\n');
            }
            self.0.extend(word.chars().flat_map(char::to_lowercase));
            self.0.push('\n');
        }
    }
}

/// The text of a paragraph as a summary has it: without deleted words, without what pictures show, and without what is
/// ours.
fn said(flow: &[Span]) -> String {
    let is_said = |span: &&Span| {
        !span.style.strike && !matches!(span.style.role, Role::LinkNumber | Role::Furniture | Role::Image)
    };
    flow.iter().filter(is_said).map(|span| span.text.as_str()).collect()
}
