//! The text of a field.

use std::borrow::Cow;

use super::entity::decoded;
use super::said::{Said, said};
use super::shortcode::{self, Host};

/// The text of a field that should hold plain text: markup taken out and entities decoded, twice when they had been
/// encoded twice (`&amp;nbsp;`). A `<` that begins no tag stays.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '{', '&', '~']) {
        return Cow::Borrowed(text);
    }
    let mut plain = without_markup(text);
    if text.contains("&amp;") && plain.contains('&') {
        plain = decoded(&plain).into_owned();
    }
    // An author who encodes an end tag has encoded a piece of HTML, not written about it.
    if text.contains("&lt;") && plain.contains("</") {
        plain = without_markup(&plain);
    }
    Cow::Owned(without_struck(&plain))
}

fn without_markup(text: &str) -> String {
    let html = shortcode::resolve(text, Host::Field);
    let mut plain = String::with_capacity(html.len());
    for said in said(&html) {
        match said {
            Said::Text(text) => plain.push_str(&text),
            Said::Edge { .. } => plain.push(' '),
            Said::Picture(_) => {}
        }
    }
    plain
}

/// A text without what stands between two pairs of tildes, which is how Markdown strikes words out.
fn without_struck(text: &str) -> String {
    const MARK: &str = "~~";
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(MARK) {
        match behind.split_once(MARK) {
            Some((struck, behind))
                if !struck.is_empty() && !struck.starts_with([' ', '~']) && !struck.ends_with(' ') =>
            {
                output.push_str(before);
                rest = behind;
            }
            _ => {
                output.push_str(before);
                output.push_str(MARK);
                rest = behind;
            }
        }
    }
    output.push_str(rest);
    output
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_field_becomes_plain_text() {
        let cases = [
            ("plain", "plain"),
            ("a < b and c > d", "a < b and c > d"),
            ("x<y", "x<y"),
            ("if <name> is set", "if <name> is set"),
            ("<p>One <b>two</b></p><p>three</p>", " One two  three "),
            ("AT&amp;T", "AT&T"),
            ("one&amp;nbsp;two", "one\u{a0}two"),
            ("FSA&amp;#8217;s &ldquo;new&rdquo; &lt;b&gt; tag", "FSA’s “new” <b> tag"),
            ("&lt;p&gt;Encoded&lt;/p&gt;", " Encoded "),
            ("R&D &unknown; & more", "R&D &unknown; & more"),
            ("a<!-- hidden -->b<script>x < y</script>c<STYLE>p{}</STYLE>d", "abcd"),
            ("before <a href=\"https://exam", "before "),
            ("<img alt=\"a > b\" src='x'>after", "after"),
            ("{{< figure src=\"x\" >}}text{% img=\"y\" %}{one} {{ two }}", "  text  {one} {{ two }}"),
            ("I <3 care", "I <3 care"),
            ("50 × 10<sup>9</sup>/L and 10<sup>-3</sup>", "50 × 10⁹/L and 10⁻³"),
            ("by 12<sup><a href=\"#r9\">9</a></sup> per cent", "by 12 per cent"),
            ("H<sub>2</sub>O, HbA<sub>1c</sub>, t<sub>1/2</sub>", "H₂O, HbA1c, t_(1/2)"),
            ("Give <del>10 mg</del> <ins>1 mg</ins>", "Give  1 mg"),
            ("Give ~~10 mg~~ 1 mg, about ~5 or ~~ 6", "Give  1 mg, about ~5 or ~~ 6"),
            (
                "[Audio unclear] she said <https://x.example/a>",
                "[Audio unclear] she said <https://x.example/a>",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_taken_apart(text in "([<>/{}%!\"'= &;-]|[a-z]{1,3}|script|su[pb]|del|math|p|é){0,40}") {
            plain(&text);
        }
    }
}
