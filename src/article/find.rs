//! Marks in a page what a search has found it for.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::page::Page;
use super::row::{Role, Row, Span, Style};
use crate::search::Highlights;

impl Page {
    /// Marks what was found in the title, the facts, the summary, the topics and the body, and takes earlier marks
    /// away. Words that stand next to each other are found across the ends of rows and around the numbers of links;
    /// a word that is itself too long for a row is not. No text changes.
    pub fn highlight(&mut self, highlights: &Highlights) {
        self.found.clear();
        self.rows.iter_mut().for_each(unmark);
        if highlights.is_empty() {
            return;
        }
        let rows = self.rows.get_mut(..self.text_rows).unwrap_or_default();
        let found = highlights.find(&running_text(rows));
        let mut found = found.as_slice();
        let mut begin = 0;
        for (number, row) in rows.iter_mut().enumerate() {
            let end = begin + length(row);
            if found.first().is_some_and(|range| range.start < end) {
                mark(row, begin, found);
                self.found.extend(row.spans.iter().any(|span| span.style.found).then_some(number));
            }
            begin = end + parting(row).len();
            while let Some((_, behind)) = found.split_first().filter(|(range, _)| range.end <= begin) {
                found = behind;
            }
        }
    }
}

/// Takes the marks off a row and joins the pieces that they have parted.
fn unmark(row: &mut Row) {
    let parted = row.spans.windows(2).any(|pair| matches!(pair, [one, other] if plain(one) == plain(other)));
    if parted || row.spans.iter().any(|span| span.style.found) {
        let spans = std::mem::take(&mut row.spans);
        for span in &spans {
            row.push(&span.text, plain(span));
        }
    }
}

fn plain(span: &Span) -> Style {
    Style { found: false, ..span.style }
}

/// Whether a piece of a row is text of the article, neither deleted nor something that we have put beside it.
fn is_text(span: &Span) -> bool {
    !span.style.strike && !matches!(span.style.role, Role::Furniture | Role::LinkNumber | Role::Problem)
}

/// The text of the article in these rows, as if it stood in one.
fn running_text(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        text.extend(row.spans.iter().filter(|span| is_text(span)).map(|span| span.text.as_str()));
        text.push_str(parting(row));
    }
    text
}

/// How many bytes of the running text stand in a row.
fn length(row: &Row) -> usize {
    row.spans.iter().filter(|span| is_text(span)).map(|span| span.text.len()).sum()
}

/// What stands between a row and the next one in the running text.
fn parting(row: &Row) -> &'static str {
    if row.goes_on { "" } else { " " }
}

/// Marks what was found in a row that begins at a byte of the running text.
fn mark(row: &mut Row, begin: usize, found: &[Range<usize>]) {
    let mut at = begin;
    for span in std::mem::take(&mut row.spans) {
        if is_text(&span) {
            mark_span(row, &span, at, found);
            at += span.text.len();
        } else {
            row.spans.push(span);
        }
    }
}

/// Adds a piece to a row, in as many pieces as the marks need.
fn mark_span(row: &mut Row, span: &Span, begin: usize, found: &[Range<usize>]) {
    let text = span.text.as_str();
    let end = begin + text.len();
    let mut done = 0;
    for range in found.iter().take_while(|range| range.start < end).filter(|range| range.end > begin) {
        let wanted = range.start.saturating_sub(begin)..(range.end - begin).min(text.len());
        let visible = whole_characters(text, wanted);
        row.push(text.get(done..visible.start).unwrap_or_default(), span.style);
        let marked = text.get(visible.start.max(done)..visible.end).unwrap_or_default();
        row.push(marked, Style { found: true, ..span.style });
        done = visible.end.max(done);
    }
    row.push(text.get(done..).unwrap_or_default(), span.style);
}

/// A range made as much longer as it takes to hold whole visible characters: one that is torn is not drawn well.
fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    if text.is_ascii() {
        return range;
    }
    let edges = || text.grapheme_indices(true).map(|(edge, _)| edge).chain([text.len()]);
    let start = edges().take_while(|edge| *edge <= range.start).last().unwrap_or(range.start);
    let end = edges().find(|edge| *edge >= range.end).unwrap_or(range.end);
    start..end
}
