//! What is said by markup of every kind.

use super::super::said::{Said, said};
use super::*;

/// The text that is said, its parts parted by `|`.
fn text(html: &str) -> String {
    let mut text = String::new();
    for said in said(html) {
        match said {
            Said::Text(said) => text.push_str(&said),
            Said::Picture(said) => text.extend(["{", &said, "}"]),
            Said::Edge { .. } if text.is_empty() || text.ends_with('|') => {}
            Said::Edge { .. } => text.push('|'),
        }
    }
    text
}

/// All events, in short.
fn all(html: &str) -> String {
    let parts = events(html).map(|event| match event {
        Event::Text(text) => text.into_owned(),
        Event::Start(name, ..) => format!("<{name}>"),
        Event::End(name, _) => format!("</{name}>"),
        Event::Drawing(name) => format!("<drawing {name}>"),
    });
    parts.collect()
}

#[test]
fn numbers_are_read_as_they_are_meant() {
    for (html, expected) in [
        ("50 × 10<sup>9</sup>/L", "50 × 10⁹/L"),
        ("10<sup>-3</sup>, 10<SUP> &minus;3 </SUP>", "10⁻³, 10 ⁻³ "),
        ("10<sup>6.5</sup> and 2<sup>k+1</sup>", "10^(6.5) and 2^(k+1)"),
        ("10<sup><b>9</b></sup>", "10⁹"),
        ("10<sup>9", "10^9"),
        ("1<sup>st</sup>, Drug<sup>®</sup>, x<sup>k</sup>", "1st, Drug®, x^k"),
        ("by 12<sup><a href=\"#r9\">9</a></sup> per cent", "by 12 per cent"),
        ("5<sup><a href=\"https://a.org\">3</a></sup> days", "5 days"),
        ("5<a href=\"https://a.org\"><sup>3</sup></a> days", "5 days"),
        ("5<sup>[3]</sup> days", "5 days"),
        ("5<sup class=\"footnote-reference\"><a href=\"#1\">1</a></sup> days", "5 days"),
        ("5<sup><a href=#a>1</a>,<a href=#b>2</a></sup> days", "5 days"),
        ("5<sup>[<i><a href=x>citation needed</a></i>]</sup> days", "5 days"),
        ("m<sup>2</sup>, <a href=x>kg/m<sup>2</sup></a>", "m², kg/m²"),
        ("see<sup><a href=x>the guideline</a></sup>", "seethe guideline"),
        ("5<sup><a href=x>the guideline</a></sup>", "5^the guideline"),
        ("H<sub>2</sub>O, HbA<sub>1c</sub>, t<sub>1/2</sub>, 10<sub>x</sub>", "H₂O, HbA1c, t_(1/2), 10_x"),
        ("10<sup>9<p>x</p></sup>", "10^9|x|"),
    ] {
        assert_eq!(text(html), expected, "{html}");
    }
    let marked = "12<reference>⁽⁹⁾<a></a></reference> per cent";
    assert_eq!(all("12<sup><a href=\"#r9\">9</a></sup> per cent"), marked);
    assert_eq!(all("12<a href=\"#r9\"><sup>9</sup></a> per cent"), marked);
    assert_eq!(all("<reference>no author writes it</reference>"), "no author writes it");
}

#[test]
fn deleted_words_are_left_out_wherever_their_deletion_ends() {
    for (html, expected) in [
        ("Give <del>10 mg</del> <ins>1 mg</ins>", "Give  1 mg"),
        ("<s>a</s><strike>b</strike><del>c</del>d", "d"),
        ("<p>a <del>b</p><p>c</p>", "a |c|"),
        ("<p>a <s>b<p>c", "a |c"),
        ("<ul><li>a<del>b<li>c</ul>d", "a|c|d"),
        ("<del><p>a</p><p>b</p></del><p>c</p>", "c|"),
        ("<del>a<ins>b</del>c</ins>d", "cd"),
        ("a</del>b<del>c", "ab"),
    ] {
        assert_eq!(text(html), expected, "{html}");
    }
    assert_eq!(all("<p>a <s>b<p>c"), "<p>a <del>b</del><p>c");
}

#[test]
fn what_is_never_shown_is_not_said() {
    for (html, expected) in [
        ("a<!-- b --><template>c</template><title>d</title>e", "ae"),
        ("<head><title>x</title></head><header>a</header>", "a|"),
        ("a<span hidden>b<span>c</span></span>d", "ad"),
        ("a<b style='color: red; display : none'>x</b>b", "ab"),
        ("a<p hidden>b<p>c", "a|b|c"),
        ("<body style='display:none'>a", "a"),
        ("a<video src=x>No video here.</video>b<iframe src=y><p>No.</p></iframe>c", "abc"),
        ("a<noscript><p>Turn scripts on.</p></noscript>b<audio>c", "abc"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("a<svg><title>b</title><path/></svg>c", "a{b}c"),
        ("a<img alt='A ward' src=x>b<del><img alt=x></del><img alt=x width=1><img src=1.jpg>", "a{A ward}b"),
        ("good<img alt='🙂' src=x>", "good🙂"),
        ("<q>one <q>two</q></q>", "“one ‘two’”"),
        ("<math><msup><mn>10</mn><mn>9</mn></msup></math>/L", "10⁹/L"),
        ("<a href=mailto:a@b.org>write</a>, <a href='tel:+44 20'>+44-20</a>", "write (a@b.org), +44-20"),
        ("W<b>or</b>d<br>a<span>b</span>", "Word|ab"),
    ] {
        assert_eq!(text(html), expected, "{html}");
    }
    assert_eq!(
        all("<svg aria-label='a hut'></svg><video><p>no</p><source src=x></video>"),
        "<drawing a hut><video><source></video>"
    );
}

#[test]
fn markup_made_to_take_long_does_not() {
    for piece in [
        "<sup>",
        "<a href=x>",
        "<del>",
        "<span hidden>",
        "<div></p>",
        "<x-y>",
        "<svg>",
        "<math>",
        "<q>",
        "<video>",
        "<a href=x><sup>",
        "<b hidden></b",
        "&",
        "&#",
        "<sup>1",
        "<div hidden></div><div hidden>",
        "<!--",
        "<a<b>c",
    ] {
        for html in
            [piece.repeat(100_000 / piece.len()), piece.repeat(50_000 / piece.len()) + "</x-y></div></span>"]
        {
            assert!(events(&html).count() < 1_000_000);
        }
    }
}
