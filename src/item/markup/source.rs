//! From a body of any kind to HTML.

use std::borrow::Cow;

use super::boilerplate::without_boilerplate;
use super::limits::allow_markdown;
use super::markdown;
use super::paragraphs::paragraphs;
use super::shortcode::{self, Host};
use crate::item::BodyKind;

/// The HTML of a body: its short codes replaced by what they show, its Markdown turned into HTML, and what surrounds the
/// article taken out. It may hold anything still that HTML may hold; [`events`](super::events) reads it.
pub fn html_of(kind: BodyKind, text: &str) -> Cow<'_, str> {
    match whole_html_of(kind, text) {
        Cow::Borrowed(html) => without_boilerplate(html),
        Cow::Owned(html) => match without_boilerplate(&html) {
            Cow::Borrowed(_) => Cow::Owned(html),
            Cow::Owned(article) => Cow::Owned(article),
        },
    }
}

fn whole_html_of(kind: BodyKind, text: &str) -> Cow<'_, str> {
    match kind {
        BodyKind::Empty => Cow::Borrowed(""),
        BodyKind::Html => shortcode::resolve(text, Host::Html),
        BodyKind::Fragment | BodyKind::Plain => Cow::Owned(paragraphs(&shortcode::resolve(text, Host::Html))),
        BodyKind::Markdown => {
            let text = without_payloads(text);
            if allow_markdown(&text) {
                Cow::Owned(markdown::to_html(&shortcode::resolve(&text, Host::Markdown)))
            } else {
                Cow::Owned(paragraphs(&text))
            }
        }
    }
}

/// How long the data of an inline picture must be to be taken out, in bytes.
const LONG_PAYLOAD: usize = 1024;

/// A text without the data of inline pictures, which are no text and may be a thousand times as long.
fn without_payloads(text: &str) -> Cow<'_, str> {
    const MARK: &str = ";base64,";
    if text.len() < LONG_PAYLOAD || !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(MARK) {
        output.push_str(before);
        output.push_str(MARK);
        let is_data = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%');
        let length = behind.bytes().take_while(is_data).count();
        rest = if length >= LONG_PAYLOAD { behind.get(length..).unwrap_or_default() } else { behind };
    }
    output.push_str(rest);
    Cow::Owned(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_of_an_inline_picture_is_no_text() {
        let data = "QUJD".repeat(300_000);
        let html =
            html_of(BodyKind::Markdown, &format!("![Chart](data:image/png;base64,{data})\n\nThe **text**."))
                .into_owned();
        assert!(html.len() < 200 && html.contains("<strong>text</strong>"), "{}", html.len());
        let short = "a ;base64,QUJD b";
        assert_eq!(without_payloads(short), short);
    }

    #[test]
    fn markdown_that_is_costly_to_parse_stays_as_it_is() {
        let html = html_of(BodyKind::Markdown, &("word ".to_owned() + &"[a](".repeat(50_000))).into_owned();
        assert!(html.starts_with("<p>word [a]("));
    }
}
