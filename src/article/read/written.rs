//! Writes events as HTML for the parser of html2text: nothing but what the reader of its tree knows, within limits.

use super::guard::{MAX_TEXT_BYTES, Scan};
use crate::item::markup::{Attributes, Event, events};

/// HTML that the parser takes.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The HTML.
    pub(super) html: String,
    /// Whether there was more text than an article may have.
    pub(super) is_cut: bool,
}

/// The attributes that are read of any element.
const ATTRIBUTES: [&str; 22] = [
    "align",
    "alt",
    "aria-label",
    "checked",
    "cite",
    "class",
    "colspan",
    "data",
    "data-src",
    "height",
    "href",
    "id",
    "placeholder",
    "reversed",
    "role",
    "rowspan",
    "src",
    "start",
    "title",
    "type",
    "value",
    "width",
];

/// The longest value of an attribute that is read, in bytes: no address is longer.
const LONGEST_VALUE: usize = 8 * 1024;

/// Writes HTML as events tell it. `None` when its elements are beyond the limits of the parser.
pub(super) fn written(html: &str) -> Option<Written> {
    let html_length = html.len().min(MAX_TEXT_BYTES);
    let written = Written { html: String::with_capacity(html_length), is_cut: false };
    let mut writer = Writer { written, scan: Scan::default(), left: MAX_TEXT_BYTES };
    let mut between_cells = Vec::new();
    for event in events(html) {
        if writer.scan.is_between_cells() && !is_part_of_table(&event) {
            if !is_shown(&event) {
                between_cells.push(event);
                continue;
            }
            writer.begin_cell();
        }
        between_cells.drain(..).for_each(|event| writer.write(event));
        writer.write(event);
        if !writer.scan.is_within_limits() {
            return None;
        }
        if writer.written.is_cut {
            break;
        }
    }
    between_cells.drain(..).for_each(|event| writer.write(event));
    writer.scan.is_within_limits().then_some(writer.written)
}

/// Writes events as HTML.
struct Writer {
    written: Written,
    scan: Scan,
    /// How many bytes of text may still be written.
    left: usize,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        let html = &mut self.written.html;
        match event {
            Event::Text(text) => {
                let within = head(&text, self.left);
                self.left = self.left.saturating_sub(within.len());
                self.scan.count_escapes(write_text(html, within));
                self.written.is_cut |= within.len() < text.len();
            }
            Event::Start(name, _, attributes) => {
                html.extend(["<", &name]);
                write_attributes(html, &name, attributes);
                html.push('>');
                self.scan.start(&name);
            }
            Event::End(name, _) => {
                html.extend(["</", &name, ">"]);
                self.scan.end(&name);
            }
            Event::Drawing(name) => {
                html.push_str("<img alt=\"");
                write_text(html, &name);
                html.push_str("\">");
                self.scan.start("img");
            }
        }
    }

    /// Begins a cell for what stands between the cells: a parser would put that before the table, out of its order. One
    /// that is not in a row is as wide as its table.
    fn begin_cell(&mut self) {
        self.written.html.push_str(if self.scan.is_in_row() { "<td>" } else { "<td colspan=\"1000\">" });
        self.scan.start("td");
    }
}

fn is_part_of_table(event: &Event<'_>) -> bool {
    let (Event::Start(name, ..) | Event::End(name, _)) = event else { return false };
    matches!(&**name, "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

/// Whether there is something to see in an event by itself.
fn is_shown(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Drawing(_) => true,
        Event::Start(name, ..) => name == "img",
        Event::End(..) => false,
    }
}

/// The beginning of a text that is not longer than this, in bytes.
pub(in crate::article) fn head(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Writes text, and tells how many of its characters HTML writes as entities.
fn write_text(html: &mut String, text: &str) -> usize {
    let mut escapes = 0;
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '"', '\u{a0}']) {
        let (plain, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        html.push_str(plain);
        escapes += 1;
        let character = behind.chars().next().unwrap_or(' ');
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
        rest = behind.get(character.len_utf8()..).unwrap_or_default();
    }
    html.push_str(rest);
    escapes
}

fn write_attributes(html: &mut String, element: &str, attributes: Attributes<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in attributes.iter() {
        let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name));
        let of_this_element = match element {
            "td" | "th" => Some("style"),
            "a" => Some("name"),
            _ => None,
        };
        let of_this_element = || of_this_element.filter(|known| known.eq_ignore_ascii_case(name));
        let known = known.copied().or_else(of_this_element);
        let Some(known) = known.filter(|known| !seen.contains(known)) else { continue };
        seen.push(known);
        if known != "class" || value.contains("footnote") {
            html.extend([" ", known, "=\""]);
            write_text(html, head(&value, LONGEST_VALUE));
            html.push('"');
        }
    }
}
