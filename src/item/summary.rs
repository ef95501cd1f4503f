//! A sentence or two that say what an item is about.

use super::body::BodyKind;
use super::markup::{Said, html_of, said};
use super::sentence::{is_whole, whole_sentences};

/// How long a summary should be at most, in characters.
const SUMMARY_LIMIT: usize = 300;

/// How long a description may be that is shown whole, in characters.
const DESCRIPTION_LIMIT: usize = 600;

/// How much of the text of a body is searched for its first sentence, in bytes.
const TEXT_LIMIT: usize = 8 * 1024;

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

/// The first whole sentences of a body: those of the first paragraph that has any.
pub(super) fn of_body(kind: BodyKind, body: &str) -> Option<String> {
    let html = html_of(kind, body);
    Paragraphs::of(&html).find_map(|paragraph| {
        let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        whole_sentences(&text, SUMMARY_LIMIT).map(str::to_owned)
    })
}

/// The running text at the beginning of HTML, paragraph by paragraph, without headings, tables, captions and code.
struct Paragraphs<I> {
    said: I,
    paragraph: String,
    passed_over: Option<String>,
    /// How many bytes of text were read.
    read: usize,
}

impl<'a> Paragraphs<()> {
    fn of(html: &'a str) -> Paragraphs<impl Iterator<Item = Said<'a>>> {
        Paragraphs { said: said(html), paragraph: String::new(), passed_over: None, read: 0 }
    }
}

impl<'a, I: Iterator<Item = Said<'a>>> Iterator for Paragraphs<I> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.read < TEXT_LIMIT {
            match self.said.next() {
                None => {
                    self.read = TEXT_LIMIT;
                    return Some(std::mem::take(&mut self.paragraph));
                }
                Some(Said::Text(text)) => {
                    self.read = self.read.saturating_add(text.len());
                    if self.passed_over.is_none() {
                        self.paragraph.push_str(&text);
                    }
                }
                Some(Said::Edge { name, is_end }) => {
                    match &self.passed_over {
                        Some(open) if is_end && **open == *name => self.passed_over = None,
                        None if !is_end && is_no_running_text(&name) => {
                            self.passed_over = Some(name.clone().into_owned());
                        }
                        _ => {}
                    }
                    if name == "br" {
                        self.paragraph.push(' ');
                    } else if !self.paragraph.trim().is_empty() {
                        return Some(std::mem::take(&mut self.paragraph));
                    }
                }
            }
        }
        None
    }
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
    )
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
