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
const ATTRIBUTES: [&str; 21] = [
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
    let mut written = Written { html: String::with_capacity(html.len().min(MAX_TEXT_BYTES)), is_cut: false };
    let mut scan = Scan::default();
    let mut left = MAX_TEXT_BYTES;
    for event in events(html) {
        match event {
            Event::Text(text) => {
                let within = head(&text, left);
                left = left.saturating_sub(within.len());
                scan.count_escapes(write_text(&mut written.html, within));
                written.is_cut = within.len() < text.len();
            }
            Event::Start(name, _, attributes) => {
                written.html.extend(["<", &name]);
                write_attributes(&mut written.html, &name, attributes);
                written.html.push('>');
                scan.start(&name);
            }
            Event::End(name, _) => {
                written.html.extend(["</", &name, ">"]);
                scan.end(&name);
            }
            Event::Drawing(name) => {
                written.html.push_str("<img alt=\"");
                write_text(&mut written.html, &name);
                written.html.push_str("\">");
                scan.start("img");
            }
        }
        if !scan.is_within_limits() {
            return None;
        }
        if written.is_cut {
            break;
        }
    }
    Some(written)
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
        let aligns = matches!(element, "td" | "th") && name.eq_ignore_ascii_case("style");
        let known = known.copied().or(aligns.then_some("style"));
        let Some(known) = known.filter(|known| !seen.contains(known)) else { continue };
        seen.push(known);
        if known != "class" || value.contains("footnote") {
            html.extend([" ", known, "=\""]);
            write_text(html, head(&value, LONGEST_VALUE));
            html.push('"');
        }
    }
}
