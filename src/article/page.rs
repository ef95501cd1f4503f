//! An article set at one width.

use super::document::{Block, Document};
use super::row::{Role, Row, Span, Style};
use super::set::{self, flow};
use super::target::Target;
use super::{cells::cells, header};
use crate::item::{Item, Link, Offering, SafeText};

/// The widest that text is set, in cells: longer rows are hard to read.
pub const MAX_WIDTH: u16 = 72;

/// An article set at one width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its rows, from the title to the original link.
    pub rows: Vec<Row>,
    /// Its links; the first is number 1.
    pub links: Vec<Target>,
    /// How many of the rows, from the first, are the article's own text: behind them stand offerings and links.
    pub text_rows: usize,
    /// The rows that hold something that a search has found, in order.
    pub found: Vec<usize>,
}

impl Page {
    /// Sets an article: header, body, related offerings, links and the original link, in at most `width`
    /// cells and never in more than [`MAX_WIDTH`].
    pub fn set(item: &Item, document: &Document, width: u16) -> Self {
        let width = usize::from(width.clamp(1, MAX_WIDTH));
        let mut rows = header::set(item, document, width);
        let head_rows = rows.len();
        rows.push(Row::default());
        rows.extend(body(item, document, width));
        let text_rows = if document.is_empty() { head_rows } else { rows.len() };
        let back: Vec<Vec<Row>> = [
            offerings(&item.offerings, width),
            links(&document.links, width),
            item.link.as_ref().map(|link| original(link, width)).unwrap_or_default(),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
        if !back.is_empty() {
            rows.extend([Row::default(), set::rule(width)]);
        }
        for part in back {
            rows.push(Row::default());
            rows.extend(part);
        }
        Self { rows, links: document.links.clone(), text_rows, found: Vec::new() }
    }

    /// The row at which a place begins, to which a link of the article leads; counted from 0. A place at the very end of
    /// a text begins with its last row.
    pub fn row_of_place(&self, place: u16) -> usize {
        let begins = |row: &Row| row.spans.iter().any(|span| span.style.place == Some(place));
        self.rows.iter().position(begins).unwrap_or_else(|| self.text_rows.saturating_sub(1))
    }

    /// Shows an item's file as it is typed, for those who want to see what its page was made from.
    pub fn of_source(item: &Item, source: &Document, width: u16) -> Self {
        let width = usize::from(width.max(1));
        let style = Style::of(Role::Secondary);
        let note = format!("{}, as it is.", SafeText::new(&item.path));
        let mut rows = flow::set(&[Span::new(note, style)], width);
        rows.extend([set::rule(width)]);
        rows.extend(set::blocks(&source.blocks, width, 0));
        Self { text_rows: rows.len(), rows, ..Self::default() }
    }

    /// The page as plain text, one line for each row; but an address is never broken, so that it can be used.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut goes_on = false;
        for row in &self.rows {
            let line = row.text();
            text.push_str(if goes_on { line.trim_start() } else { &line });
            goes_on = row.goes_on;
            if !goes_on {
                text.push('\n');
            }
        }
        text
    }
}

fn body(item: &Item, document: &Document, width: usize) -> Vec<Row> {
    if !document.is_empty() {
        return set::blocks(&document.blocks, width, 0);
    }
    let note = match item.link {
        Some(_) => "There is no text here. The original may have some.",
        None => "There is no text here.",
    };
    let note = Span::new(note, Style::of(Role::Secondary));
    set::blocks(&[Block::Paragraph(vec![note])], width, 0)
}

/// The heading of a part behind the body.
fn label(text: &str, width: usize) -> Vec<Row> {
    flow::set(&[Span::new(text, Style::of(Role::Secondary).bold())], width)
}

fn offerings(offerings: &[Offering], width: usize) -> Vec<Row> {
    if offerings.is_empty() {
        return Vec::new();
    }
    let mut rows = label("Related offerings", width);
    let (margin, inner) = set::indent(2, width);
    for offering in offerings {
        for (index, mut row) in offering_rows(offering, inner).into_iter().enumerate() {
            row.prefix(Span::furniture(match index {
                _ if margin == 0 => "",
                0 => "• ",
                _ => "  ",
            }));
            rows.push(row);
        }
    }
    rows
}

/// The name of an offering, and where its page is: beside it, or below it where there is no room.
fn offering_rows(offering: &Offering, width: usize) -> Vec<Row> {
    let mut rows = flow::set(&[Span::new(offering.label.as_str(), Style::default())], width);
    let style = Style::of(Role::Secondary);
    let needed = cells(&offering.permalink) + 2;
    match rows.last_mut() {
        _ if offering.permalink.is_empty() => {}
        Some(row) if row.cells() + needed <= width => row.push(&format!("  {}", offering.permalink), style),
        _ => rows.extend(flow::set_address(&offering.permalink, style, width)),
    }
    rows
}

/// The list of where links lead, without those that lead to a place of the same article.
fn links(links: &[Target], width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let margin = cells(&format!("[{}] ", links.len()));
    for (link, number) in links.iter().zip(1_u16..) {
        let address = match link {
            Target::Web(link) => link.as_str(),
            Target::Mail(address) => address,
            Target::Place { .. } => continue,
        };
        if rows.is_empty() {
            rows = label("Links", width);
        }
        let (margin, inner) = set::indent(margin, width);
        let style = Style { link: Some(number), ..Style::of(Role::Link) };
        let mark = Style { link: Some(number), ..Style::of(Role::LinkNumber) };
        if margin == 0 {
            rows.extend(flow::set_address(&format!("[{number}]"), mark, width));
        }
        for (index, mut row) in flow::set_address(address, style, inner).into_iter().enumerate() {
            if index == 0 && margin > 0 {
                let label = format!("{:>width$} ", format!("[{number}]"), width = margin - 1);
                row.prefix(Span::new(label, mark));
            } else {
                row.prefix(Span::furniture(" ".repeat(margin)));
            }
            rows.push(row);
        }
    }
    rows
}

fn original(link: &Link, width: usize) -> Vec<Row> {
    let mut rows = label("Original", width);
    rows.extend(flow::set_address(link.as_str(), Style::of(Role::Link), width));
    rows
}
