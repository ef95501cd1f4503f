//! The words of a body without its markup: for an index and for what is quoted from it, not for a page.

use super::Body;
use super::markup::{Said, html_of, said};

impl Body {
    /// Appends the words that a reader will see of the body: those of its page, in the same order, with those that say
    /// what a picture shows. Left out are words that are deleted, and marks that only refer to something. What stands in
    /// blocks of its own is parted by spaces. It is not safe to draw.
    pub fn plain_text(&self, plain: &mut String) {
        let html = html_of(self.kind, self.text());
        plain.reserve(html.len());
        for said in said(&html) {
            match said {
                Said::Text(text) => plain.push_str(&text),
                Said::Picture(words) => plain.extend([" ", &words, " "]),
                Said::Edge { .. } => plain.push(' '),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::item::BodyKind;

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
            (BodyKind::Html, "<img alt=\"A hut\" src=x> a &lt;b&gt; c", "A hut a <b> c"),
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
            (BodyKind::Markdown, "Lactate[^1].\n\n[^1]: In mmol.", "Lactate. In mmol."),
            (BodyKind::Markdown, "| a | b |\n|---|---|\n| c | ![hut](no.png) |", "a b c hut"),
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
