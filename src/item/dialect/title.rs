//! The title of an item, which is never empty.

use super::super::markup::{Said, Token, html_of, plain, said, tokens};
use super::super::{BodyKind, SafeText};
use super::{Dialect, File};

/// Where the title stands in most collections.
const TITLE: &str = "title";

/// Where the title may stand, the best first. The last ones name people and things in other collections.
pub(super) const TITLES: &[&str] = &[
    TITLE,
    "openGraphMetaData.ogtitle",
    "htmlMetaData.ogtitle",
    "twitterMetaData.twittertitle",
    "ogtitle",
    "twittertitle",
    "headline",
    "name",
    "display_name",
];

impl Dialect<'_, '_> {
    /// The title: as the file says, else its first heading, else its name made readable.
    pub(super) fn title(&mut self, file: File<'_>) -> SafeText {
        self.prose(TITLE)
            .or_else(|| self.first_text(TITLES))
            .or_else(|| first_heading(file.kind, file.body).map(|heading| self.fit(TITLE, &heading)))
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| readable_name(file.path))
    }
}

/// The first heading of a body, or the title of a page, that says something.
fn first_heading(kind: BodyKind, body: &str) -> Option<String> {
    if kind == BodyKind::Html
        && let Some(title) = page_title(body)
    {
        return Some(title);
    }
    let html = html_of(kind, body);
    let mut heading: Option<String> = None;
    for said in said(&html) {
        match (said, &mut heading) {
            (Said::Text(text), Some(heading)) => heading.push_str(&text),
            (Said::Text(_), None) | (Said::Picture(_), _) => {}
            (Said::Edge { name, is_end }, open) => {
                let is_heading = matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                if is_heading && is_end && open.as_deref().is_some_and(|text| !text.trim().is_empty()) {
                    return heading;
                }
                if is_heading {
                    *open = (!is_end).then(String::new);
                } else if let Some(text) = open {
                    text.push(' ');
                }
            }
        }
    }
    None
}

/// What the `<title>` of a page says, where it stands before everything that is shown.
fn page_title(body: &str) -> Option<String> {
    let mut tokens = tokens(body);
    loop {
        match tokens.next()? {
            Token::Tag(tag) if tag.name == "title" && tokens.has_end("title") => {
                let title = plain(tokens.take_to_end("title")).trim().to_owned();
                return (!title.is_empty()).then_some(title);
            }
            Token::Tag(tag) if matches!(&*tag.name, "html" | "head" | "meta" | "link" | "base") => {}
            Token::Text(text) if text.trim().is_empty() => {}
            Token::Tag(_) | Token::Text(_) => return None,
        }
    }
}

/// The name of a file as a person would write it: no folder, no extension, no date, blanks for dashes. For a file
/// that is only the index of its folder, the name of the folder.
fn readable_name(path: &str) -> SafeText {
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if matches!(stem, "index" | "_index") { parts.next().unwrap_or(stem) } else { stem };
    let undated = match super::super::date::at_start_of_name(stem) {
        Some(_) => stem.get(11..).unwrap_or_default(),
        None => stem,
    };
    let words = SafeText::new(&undated.replace(['-', '_'], " "));
    let mut letters = words.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    match (name.is_empty(), stem) {
        (false, _) => SafeText::new(&name),
        (true, stem) if !SafeText::new(stem).is_empty() => SafeText::new(stem),
        (true, _) => SafeText::new("Untitled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_in_markdown_and_in_html() {
        let cases = [
            (
                BodyKind::Markdown,
                "Text\n\n## The *first* [one](https://e.org) ##\n\n# Two",
                Some("The first one"),
            ),
            (BodyKind::Markdown, "```\n# no\n```\nTitle\n=====\n", Some("Title")),
            (BodyKind::Markdown, "<h2>In HTML</h2>\n\n* x\n* y", Some("In HTML")),
            (BodyKind::Html, "<p>x</p><h1></h1><h2>A <b>B</b></h2>", Some("A B")),
            (BodyKind::Html, "<h1>never closed", None),
            (BodyKind::Plain, "# text", None),
        ];
        for (kind, body, heading) in cases {
            assert_eq!(first_heading(kind, body).as_deref(), heading, "{body:?}");
        }
    }

    #[test]
    fn a_file_name_is_made_readable() {
        let cases = [
            ("news/2019-03-27-precision-medicine.md", "Precision medicine"),
            ("some_notes.on.care.md", "Some notes.on.care"),
            ("authors/jane-doe/_index.md", "Jane doe"),
            ("2019-03-27.md", "2019-03-27"),
            ("\u{202e}\u{1b}[2J.md", "Untitled"),
            ("", "Untitled"),
            ("_index.md", "Index"),
        ];
        for (path, name) in cases {
            assert_eq!(&*readable_name(path), name, "{path:?}");
        }
    }
}
