//! Turns Markdown into HTML.

use std::borrow::Cow;
use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// The HTML of a Markdown text, with the extensions that Hugo and Jekyll turn on by themselves.
pub(super) fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let markdown = without_indented_tags(markdown);
    let mut written = String::with_capacity(markdown.len() + markdown.len() / 2);
    let parser = Parser::new_ext(&markdown, options);
    if markdown.contains("[^") {
        html::push_html(&mut written, with_footnotes_last(parser).into_iter());
    } else {
        html::push_html(&mut written, parser);
    }
    written
}

/// A line of text without the marks of Markdown in it: `What it *says*` is `What it says`.
pub(in crate::item) fn inline_text(line: &str) -> Cow<'_, str> {
    /// Behind a word nothing begins a list or a heading.
    const WORD: &str = "A ";
    if !line.contains(['*', '_', '`', '[']) {
        return Cow::Borrowed(line);
    }
    let mut text = String::with_capacity(line.len());
    for event in Parser::new(&format!("{WORD}{line}")) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    Cow::Owned(text.strip_prefix(WORD).unwrap_or(&text).to_owned())
}

/// The events of a text with its footnotes behind everything else, in the order in which they are referred to. A
/// reference and its note lead to each other; a note that is referred to several times leads back to the first one.
fn with_footnotes_last<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut text = Vec::new();
    let mut numbers: HashMap<CowStr<'a>, usize> = HashMap::new();
    let mut notes: Vec<(CowStr<'a>, Vec<Event<'a>>)> = Vec::new();
    let mut in_note = false;
    for event in events {
        let event = match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                notes.push((name, Vec::new()));
                in_note = true;
                continue;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                in_note = false;
                continue;
            }
            Event::FootnoteReference(name) => {
                let next = numbers.len() + 1;
                let number = *numbers.entry(name).or_insert(next);
                reference_to(number, number == next)
            }
            event => event,
        };
        match notes.last_mut().filter(|_| in_note) {
            Some((_, note)) => note.push(event),
            None => text.push(event),
        }
    }
    notes.sort_by_cached_key(|(name, _)| numbers.get(name).copied().unwrap_or(usize::MAX));
    for (name, note) in notes {
        let next = numbers.len() + 1;
        let is_referred_to = numbers.contains_key(&name);
        let number = *numbers.entry(name).or_insert(next);
        text.extend(note_of(number, is_referred_to, note));
    }
    text
}

/// The mark that refers to a footnote.
fn reference_to<'a>(number: usize, is_first: bool) -> Event<'a> {
    let id = if is_first { format!(" id=\"{REFERENCE_ID}{number}\"") } else { String::new() };
    let mark =
        format!("<sup class=\"footnote-reference\"{id}><a href=\"#{NOTE_ID}{number}\">{number}</a></sup>");
    Event::InlineHtml(mark.into())
}

/// A footnote with its number before it, and the way back behind its last paragraph.
fn note_of(number: usize, is_referred_to: bool, mut note: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let begin = format!(
        "<div class=\"footnote-definition\" id=\"{NOTE_ID}{number}\">\
         <sup class=\"footnote-definition-label\">{number}</sup>"
    );
    note.insert(0, Event::Html(begin.into()));
    if is_referred_to {
        let ends_paragraph = matches!(note.last(), Some(Event::End(TagEnd::Paragraph)));
        let way_back = format!(" <a href=\"#{REFERENCE_ID}{number}\">↩</a>");
        let at = note.len().saturating_sub(usize::from(ends_paragraph));
        note.insert(at, Event::InlineHtml(way_back.into()));
    }
    note.push(Event::Html("</div>\n".into()));
    note
}

/// How the ids of notes and of the marks that refer to them begin.
const NOTE_ID: &str = "markdown-note-";
const REFERENCE_ID: &str = "markdown-reference-";

/// Takes the indentation off the lines of HTML that is still open. A blank line ends HTML in Markdown
/// (`CommonMark` 4.6), and what is indented after it would be shown as code, tags and all, which nobody who
/// writes a table in HTML means.
fn without_indented_tags(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("</") {
        return Cow::Borrowed(markdown);
    }
    let mut written = String::with_capacity(markdown.len());
    let mut open = OpenHtml::default();
    for line in markdown.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t']);
        written.push_str(if open.claims(bare) { bare } else { line });
        open.pass(bare);
    }
    Cow::Owned(written)
}

/// How much HTML is open at a line.
#[derive(Default)]
struct OpenHtml {
    tables: usize,
    others: usize,
    in_fence: bool,
}

impl OpenHtml {
    /// Whether a line belongs to the HTML that is open, so that its indentation means nothing.
    fn claims(&self, bare: &str) -> bool {
        let is_tag = bare.starts_with("</")
            || bare.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        !self.in_fence && (self.tables > 0 || (self.others > 0 && is_tag))
    }

    /// Goes past a line.
    fn pass(&mut self, bare: &str) {
        if bare.starts_with("```") || bare.starts_with("~~~") {
            self.in_fence = !self.in_fence;
        }
        if self.in_fence {
            return;
        }
        let count = |tag: &str| bare.matches(tag).count();
        self.tables = (self.tables + count("<table")).saturating_sub(count("</table"));
        let opened = ["<div", "<ul", "<ol", "<p>", "<p "];
        let closed = ["</div", "</ul", "</ol", "</p>"];
        let others = self.others + opened.into_iter().map(count).sum::<usize>();
        self.others = others.saturating_sub(closed.into_iter().map(count).sum());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_goes_on_after_a_blank_line_however_it_is_indented() {
        let html =
            to_html("<table>\n  <tr>\n\n      <td>One</td>\n\n\t\t<td>Two</td>\n  </tr>\n</table>\n\nAfter");
        assert!(!html.contains("&lt;") && !html.contains("<pre>"), "{html}");
        assert!(html.contains("<td>One</td>") && html.contains("<p>After</p>"), "{html}");
    }

    #[test]
    fn code_stays_code() {
        for code in [
            "Text\n\n    <td>One</td>\n",
            "<div>\n\n    let x = 1;\n\n</div>",
            "```\n<table>\n```\n\n    <td>\n",
        ] {
            assert!(to_html(code).contains("<pre>"), "{code}");
        }
    }
}
