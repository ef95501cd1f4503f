//! Sets what stands above the body of an article: title, site, date, authors, topics and summary.

use jiff::civil::Date;

use super::cells::NO_BREAK_SPACE;
use super::cells::cells;
use super::document::text_of;
use super::document::{Block, Document};
use super::row::{Role, Row, Span, Style};
use super::set::flow;
use crate::item::{Item, SafeText, Topic};

/// Sets the head of an article in rows of at most `width` cells.
pub(super) fn set(item: &Item, document: &Document, width: usize) -> Vec<Row> {
    let mut rows = flow::set(&[Span::new(item.title.as_str(), Style::of(Role::Title).bold())], width);
    let facts = facts(item);
    if !facts.is_empty() {
        rows.extend(without_loose_dots(flow::set(&[Span::new(facts, Style::of(Role::Secondary))], width)));
    }
    if !item.topics.is_empty() {
        rows.push(Row::default());
        rows.extend(topics(&item.topics, width));
    }
    if !item.summary.is_empty() && !begins_with(document, &item.summary) {
        rows.push(Row::default());
        rows.extend(flow::set(&[Span::new(item.summary.as_str(), Style::of(Role::Summary).italic())], width));
    }
    rows
}

/// Site, date, authors and reading time, as far as they are known.
fn facts(item: &Item) -> String {
    let site = item.site.as_ref().map(|site| site.as_str().to_owned());
    let date = item.date.map(|date| written(date.date()));
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
    let name = taxonomy.map_or("", SafeText::as_str);
    let mut rows = flow::set(&[Span::new(name, Style::of(Role::Secondary))], width);
    for term in terms {
        for chip in chips(term, width) {
            let gap = usize::from(rows.last().is_some_and(|row| !row.spans.is_empty()));
            let filled = rows.last().map_or(0, Row::cells);
            match rows.last_mut() {
                Some(row) if filled + gap + chip.cells() <= width => {
                    row.push(&" ".repeat(gap), Style::default());
                    row.spans.extend(chip.spans);
                }
                _ => rows.push(chip),
            }
        }
    }
    rows
}

/// A term as a chip, on several rows when it is longer than one.
fn chips(term: &str, width: usize) -> Vec<Row> {
    let style = Style::of(Role::Chip);
    let padding = if width > cells("  ") { " " } else { "" };
    let mut rows = flow::set(&[Span::new(term, style)], width.saturating_sub(2 * cells(padding)).max(1));
    for span in rows.iter_mut().flat_map(|row| &mut row.spans) {
        span.text = format!("{padding}{}{padding}", span.text);
    }
    rows
}

/// Whether the text of a document says at its beginning what a summary says.
fn begins_with(document: &Document, summary: &str) -> bool {
    let mut said = document.blocks.iter().flat_map(words_of_block);
    words(summary).all(|word| said.next().as_ref() == Some(&word))
}

fn words_of_block(block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(text) | Block::Heading(_, text) | Block::Term(text) => {
            words(&text_of(text)).collect()
        }
        Block::Quote(inner) | Block::Indented(inner) => inner.iter().flat_map(words_of_block).collect(),
        Block::List(items) => items.iter().flat_map(|item| &item.blocks).flat_map(words_of_block).collect(),
        Block::Preformatted(_) | Block::Table(_) | Block::Caption(_) | Block::Rule => Vec::new(),
    }
}

/// The words of a text, without case and punctuation.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
