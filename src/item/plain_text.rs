//! The words of a body without its markup: for an index and for what is quoted from it, not for a page.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::markup::{Element, Piece, pieces, without_short_codes};
use super::{Body, BodyKind};

/// The longest body whose Markdown is understood, in bytes; the signs of a longer one stay. Nobody writes so much, and
/// what nobody has written might have been made to take long.
const MARKDOWN_LIMIT: usize = 256 * 1024;

impl Body {
    /// Appends the words that a reader will see of the body, quickly and roughly: tags are left out, entities decoded,
    /// and what stands in blocks of its own is parted by blanks. It is not safe to draw.
    pub fn plain_text(&self, plain: &mut String) {
        let text = self.text();
        plain.reserve(text.len());
        match self.kind {
            BodyKind::Empty => {}
            BodyKind::Plain => decode(text, plain),
            BodyKind::Markdown if text.len() <= MARKDOWN_LIMIT => markdown(text, plain),
            BodyKind::Html | BodyKind::Fragment | BodyKind::Markdown => html(text, plain),
        }
    }
}

fn decode(text: &str, plain: &mut String) {
    if text.contains('&') {
        html_escape::decode_html_entities_to_string(text, plain);
    } else {
        plain.push_str(text);
    }
}

/// The text between tags.
fn html(text: &str, plain: &mut String) {
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => decode(text, plain),
            Piece::Tag { name, element, .. } if element == Element::Block || name == "br" => plain.push(' '),
            Piece::Tag { .. } => {}
        }
    }
}

/// The text of Markdown, and that of the HTML in it.
#[allow(clippy::wildcard_enum_match_arm, reason = "of the many events, these few bring text or part it")]
fn markdown(text: &str, plain: &mut String) {
    let text: Cow<'_, str> = without_short_codes(text);
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => html(&text, plain),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(_) => plain.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(kind: BodyKind, text: &str) -> String {
        let body = Body { kind, raw: text.to_owned(), repaired: None, first_line: 1 };
        let mut plain = String::new();
        body.plain_text(&mut plain);
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn readers_find_the_words_they_see_and_no_others() {
        for (kind, text, expected) in [
            (BodyKind::Html, "<p>On sep<b>sis</b>.</p><p>Caf&eacute;</p>", "On sepsis. Café"),
            (BodyKind::Html, "<!-- no --><script>no</script><li>one<li>two<br>three", "one two three"),
            (BodyKind::Html, "<img alt=\"no\" src=x> a &lt;b&gt; c", "a <b> c"),
            (BodyKind::Fragment, "One <i>t</i>wo\n\nthree", "One two three"),
            (BodyKind::Plain, "a < b &amp; c", "a < b & c"),
            (
                BodyKind::Markdown,
                "# Head\n\nA [li**nk**](https://no.example)\nand `co&de`",
                "Head A link and co&de",
            ),
            (
                BodyKind::Markdown,
                "* one\n* two\n\n<p>th<b>r</b>ee</p>\n\n{{< no >}}four",
                "one two three four",
            ),
            (BodyKind::Markdown, "| a | b |\n|---|---|\n| c | ![d](no.png) |", "a b c d"),
            (BodyKind::Empty, "<!-- no -->", ""),
        ] {
            assert_eq!(plain(kind, text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_body_without_end_takes_no_long_time() {
        for text in ["<", "<p", "[", "![](", "**a", "> ", "&", "{{<", "`", "<!--", "* a\n"] {
            let text = text.repeat(100_000 / text.len());
            for kind in [BodyKind::Html, BodyKind::Markdown, BodyKind::Plain] {
                plain(kind, &text);
            }
        }
    }

    proptest! {
        #[test]
        fn no_body_is_too_odd(text in "(\\PC|[<>&;a-z/!-]|\\[|\\]|\\(|\\)|[*`#>|\n]){0,80}") {
            for kind in [BodyKind::Html, BodyKind::Fragment, BodyKind::Markdown, BodyKind::Plain] {
                plain(kind, &text);
            }
        }
    }
}
