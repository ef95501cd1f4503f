//! A sentence or two that say what an item is about.

use super::body::BodyKind;
use super::markup::{Said, html_of, said};
use super::sentence::{self, whole_sentences};

/// How long a summary should be at most, in characters.
const SUMMARY_LIMIT: usize = 300;

/// How much of a body is searched for the divider below a summary, in characters.
const DIVIDER_LIMIT: usize = 16 * 1024;

/// How much of the text of a body is searched for its first sentence, in bytes.
const TEXT_LIMIT: usize = 8 * 1024;

/// Whether a description is made of whole sentences.
pub(super) fn is_whole(description: &str) -> bool {
    sentence::is_whole(description) && !says_that_it_is_cut(description)
}

/// Whether a description ends as machines end what they cut off.
pub(super) fn says_that_it_is_cut(description: &str) -> bool {
    const ENDS: [&str; 10] =
        ["…", "...", "[…]", "[...]", "(…)", "(more)", "[more]", "read more", "continue reading", "→"];
    let end = description.trim_end().to_lowercase();
    ENDS.iter()
        .any(|known| end.ends_with(known) || end.trim_end_matches(['.', ' ', '»', '>']).ends_with(known))
}

/// Whether a text goes on behind what `beginning` says.
pub(super) fn begins(text: &str, beginning: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    beginning.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.next() == Some(c))
        && letters.next().is_some()
}

/// Whether a paragraph of a body goes on behind what `beginning` says.
pub(super) fn body_begins(kind: BodyKind, body: &str, beginning: &str) -> bool {
    Paragraphs::of(&html_of(kind, body)).any(|paragraph| begins(&paragraph, beginning))
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
/// (<https://gohugo.io/content-management/summaries/>). They are never cut.
pub(super) fn above_divider(kind: BodyKind, body: &str) -> Option<String> {
    let end = body.char_indices().nth(DIVIDER_LIMIT).map_or(body.len(), |(at, _)| at);
    let (above, _) = body.get(..end)?.split_once("<!--more-->")?;
    let html = html_of(kind, above);
    let paragraphs: Vec<String> = Paragraphs::of(&html).collect();
    let words: Vec<&str> = paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace()).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
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
                Some(Said::Picture(_)) => {}
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
    fn what_a_machine_cut_off_is_told_from_what_ends_without_a_full_stop() {
        for cut in [
            "It goes on…",
            "It goes on...",
            "It goes [...]",
            "It does. Read more",
            "It does. Continue reading »",
        ] {
            assert!(says_that_it_is_cut(cut) && !is_whole(cut), "{cut}");
        }
        for whole in
            ["Recap of our winter webinars on reading an ECG", "Among others:", "3M Health Informati"]
        {
            assert!(!says_that_it_is_cut(whole), "{whole}");
        }
        let body = "<p>By A. B.</p><p>The <b>heart</b> of it: an ECG, read well.</p>";
        assert!(body_begins(BodyKind::Html, body, "The heart of it, an EC"));
        assert!(!body_begins(BodyKind::Html, body, "The heart of it: an ECG, read well"));
        assert!(!body_begins(BodyKind::Html, body, "A heart"));
    }
}
