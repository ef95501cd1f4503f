//! A sentence or two that say what an item is about.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::body::BodyKind;
use super::decode::head;
use super::markup::{Element, Piece, pieces, plain, without_short_codes};
use super::sentence::{is_whole, whole_sentences};

/// How long a summary should be at most, in characters.
const SUMMARY_LIMIT: usize = 300;

/// How long a description may be that is shown whole, in characters.
const DESCRIPTION_LIMIT: usize = 600;

/// How much of a body is searched for the divider below a summary, in bytes.
const DIVIDER_LIMIT: usize = 16 * 1024;

/// How much of a body is searched for its first sentence, in bytes.
const HEAD_LIMIT: usize = 8 * 1024;

/// A description that is made of whole sentences, as it is; one that is too long, as far as its sentences fit.
pub(super) fn of_whole(description: &str) -> Option<&str> {
    let description = description.trim();
    if !is_whole(description) {
        return None;
    }
    if description.chars().count() <= DESCRIPTION_LIMIT {
        Some(description)
    } else {
        of_beginning(description)
    }
}

/// The whole sentences at the beginning of a description.
pub(super) fn of_beginning(description: &str) -> Option<&str> {
    whole_sentences(description, SUMMARY_LIMIT)
}

/// A description that has no whole sentence, with an ellipsis to say so.
pub(super) fn of_cut(description: &str) -> String {
    let description = description.trim().trim_end_matches(['.', '…', ' ', ',', ';', ':', '-', '–']);
    if description.is_empty() {
        return String::new();
    }
    let end = description.char_indices().nth(SUMMARY_LIMIT).map_or(description.len(), |(at, _)| at);
    let cut = description.get(..end).unwrap_or(description);
    // Cut by us, it is cut between words.
    let cut =
        if end < description.len() { cut.rsplit_once(' ').map_or(cut, |(words, _)| words) } else { cut };
    format!("{cut}…")
}

/// The words above the divider `<!--more-->`, by which authors say where the summary of an article ends
/// (<https://gohugo.io/content-management/summaries/>).
pub(super) fn above_divider(kind: BodyKind, body: &str) -> Option<String> {
    let (above, _) = head(body, DIVIDER_LIMIT).split_once("<!--more-->")?;
    let words: Vec<String> = paragraphs(kind, &without_short_codes(above))
        .iter()
        .flat_map(|paragraph| plain(paragraph).split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let text = words.join(" ");
    let text = if text.chars().count() <= DESCRIPTION_LIMIT { text } else { of_beginning(&text)?.to_owned() };
    // Plain text comes out of the making of plain text as it is.
    (!text.is_empty()).then(|| html_escape::encode_text(&text).into_owned())
}

/// The first whole sentences of a body: those of the first paragraph that has any.
pub(super) fn of_body(kind: BodyKind, body: &str) -> Option<String> {
    let body = body.trim_start();
    let head = without_short_codes(head(body, HEAD_LIMIT));
    let mut paragraphs = paragraphs(kind, &head);
    if body.len() > head.len() {
        // The last one is cut where the head ends.
        paragraphs.pop();
    }
    paragraphs.iter().find_map(|paragraph| {
        let text = plain(paragraph);
        let text: Cow<'_, str> = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
        whole_sentences(&text, SUMMARY_LIMIT).map(str::to_owned)
    })
}

/// The running text of a body, paragraph by paragraph.
fn paragraphs(kind: BodyKind, text: &str) -> Vec<String> {
    match kind {
        BodyKind::Html => paragraphs_of_html(text),
        BodyKind::Markdown => paragraphs_of_markdown(text),
        BodyKind::Fragment | BodyKind::Plain => {
            text.replace("\r\n", "\n").split("\n\n").map(str::to_owned).collect()
        }
        BodyKind::Empty => Vec::new(),
    }
}

/// The running text of HTML, paragraph by paragraph, without headings, tables and captions.
fn paragraphs_of_html(html: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut paragraph = String::new();
    let mut passed_over: Option<String> = None;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if passed_over.is_none() => paragraph.push_str(text),
            Piece::Text(_) => {}
            Piece::Tag { name, element, is_end } => {
                if element == Element::Block && !paragraph.trim().is_empty() {
                    paragraphs.push(std::mem::take(&mut paragraph));
                } else if name == "br" {
                    paragraph.push(' ');
                }
                match &passed_over {
                    Some(open) if is_end && *open == name => passed_over = None,
                    None if !is_end && is_no_running_text(&name) => passed_over = Some(name.into_owned()),
                    _ => {}
                }
            }
        }
    }
    paragraphs.push(paragraph);
    paragraphs
}

fn is_no_running_text(element: &str) -> bool {
    matches!(
        element,
        "h1" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "figure"
            | "figcaption"
            | "nav"
            | "pre"
            | "form"
            | "button"
            | "head"
    )
}

/// The running text of Markdown, paragraph by paragraph, without headings, tables, code and pictures.
#[allow(clippy::wildcard_enum_match_arm, reason = "of the many events, these few say where paragraphs are")]
fn paragraphs_of_markdown(markdown: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut paragraph = String::new();
    let mut html = String::new();
    let mut passed_over: usize = 0;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_) | Tag::Image { .. }) => {
                passed_over = passed_over.saturating_add(1);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::Image) => {
                passed_over = passed_over.saturating_sub(1);
            }
            Event::Text(text) | Event::Code(text) if passed_over == 0 => escape(&text, &mut paragraph),
            Event::SoftBreak | Event::HardBreak => paragraph.push(' '),
            Event::Html(text) => html.push_str(&text),
            Event::End(TagEnd::HtmlBlock) => {
                paragraphs.append(&mut paragraphs_of_html(&std::mem::take(&mut html)));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => paragraphs.push(std::mem::take(&mut paragraph)),
            _ => {}
        }
    }
    paragraphs
}

/// Text that is plain already, written so that it comes out of [`plain`] as it is.
fn escape(text: &str, output: &mut String) {
    html_escape::encode_text_to_string(text, output);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentences_of_a_body_are_found_in_every_kind() {
        let cases = [
            (
                BodyKind::Html,
                "<h1>No. 1.</h1><p>By Someone</p><p>It &amp; <b>that</b>. More.</p>",
                "It & that. More.",
            ),
            (BodyKind::Html, "<figure><figcaption>A picture.</figcaption></figure><div>Text.</div>", "Text."),
            (BodyKind::Fragment, "By <i>Someone</i>\n\nIt is <b>so</b>.\nReally.", "It is so. Really."),
            (BodyKind::Plain, "Byline\r\n\r\nFirst.\r\n\r\nSecond.", "First."),
            (
                BodyKind::Markdown,
                "# Head.\n\n![alt.](x.png)\n\nA [link](https://e.org), *so* `a<b>`.\nYes.",
                "A link, so a<b>. Yes.",
            ),
            (BodyKind::Markdown, "{{< fig >}}\n\n<p>In a <b>block</b>.</p>\n\nThen.", "In a block."),
            (BodyKind::Markdown, "* One.\n* Two.", "One."),
        ];
        for (kind, body, summary) in cases {
            assert_eq!(of_body(kind, body).as_deref(), Some(summary), "{body:?}");
        }
        assert_eq!(of_body(BodyKind::Empty, ""), None);
        assert_eq!(of_body(BodyKind::Plain, "no sentence"), None);
    }

    #[test]
    fn a_cut_description_says_that_it_is_cut() {
        assert_eq!(of_cut("3M Health Informati"), "3M Health Informati…");
        assert_eq!(of_cut("goes on..."), "goes on…");
        assert_eq!(of_cut(" ... "), "");
        let long = of_cut(&"word ".repeat(200));
        assert!(long.ends_with("word…") && long.chars().count() <= SUMMARY_LIMIT + 1);
    }

    #[test]
    fn a_long_description_is_kept_as_far_as_its_sentences_fit() {
        assert_eq!(of_whole("Short. And whole."), Some("Short. And whole."));
        assert_eq!(of_whole("Cut in the mid"), None);
        let long = "A sentence of some length. ".repeat(40);
        let kept = of_whole(&long).expect("sentences");
        assert!(kept.ends_with("length.") && kept.chars().count() <= SUMMARY_LIMIT);
    }
}
