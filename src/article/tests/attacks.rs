//! Bodies made to cost too much. In a debug build a minute would pass, were a limit missing.

use super::{bare_item, page, rows};
use crate::article::read::guard;
use crate::item::BodyKind::{self, Html, Markdown, Plain};

fn is_readable(kind: BodyKind, text: &str) {
    let page = page(&bare_item(), kind, text, 40);
    assert!(page.text().contains("word"), "{}", text.get(..60).unwrap_or(text));
}

#[test]
fn deep_html_is_read_without_its_tags() {
    for open in
        ["<div>", "<div></b></i>", "<font><p></font>", "<span><p></span>", "<ul><li>", "<svg><td>", "<b><p>"]
    {
        let text = open.repeat(20_000) + "word";
        assert!(!guard::allows(&text), "{open}");
        is_readable(Html, &text);
    }
}

#[test]
fn ordinary_html_that_leaves_out_end_tags_is_not_deep() {
    for line in [
        "<p>word",
        "<li>word",
        "<tr><td>a<td>word",
        "<dt>a<dd>word",
        "<option>word",
        "<br>word<img>",
        "<div><p>word</div>",
    ] {
        let text = line.repeat(1_000);
        assert!(guard::allows(&text), "{line}");
    }
}

#[test]
fn many_attributes_and_many_tags_are_refused() {
    let attributes = " a=1".repeat(1_000);
    assert!(!guard::allows(&format!("<p{attributes}>word")));
    assert!(guard::allows("<p a=1 b='2 x=3 y=4' c>word"));
    assert!(!guard::allows(&"<br>".repeat(guard::MAX_TAGS + 1)));
    assert!(!guard::allows(&"&amp;".repeat(guard::MAX_ESCAPES + 1)));
    is_readable(Html, &("<br>".repeat(guard::MAX_TAGS + 1) + "word"));
}

#[test]
fn stripped_text_has_no_tags_and_no_scripts() {
    let text = "<div>".repeat(300) + "<p>one<script>if (a<b) x</script><p class='a>b'>two &amp; three";
    assert_eq!(rows(Html, &text, 40), ["one", "", "two & three"]);
}

#[test]
fn a_body_that_is_too_long_says_so() {
    let text = "word ".repeat(guard::MAX_BODY_BYTES / 5 + 1);
    for kind in [Html, Markdown, Plain] {
        let rows = rows(kind, &text, 72);
        assert!(rows.last().is_some_and(|last| last.contains("too long to show")), "{kind:?}");
    }
}

#[test]
fn hostile_spans_do_not_grow_a_table() {
    let text =
        "<table>".to_owned() + &"<tr><td colspan=1000 rowspan=65535>word<td colspan=1000>b".repeat(500);
    let rows = rows(Html, &text, 40);
    assert!(rows.len() < 5_000, "{} rows", rows.len());
    is_readable(Html, &text);
}

#[test]
fn markdown_that_is_costly_to_parse_is_shown_as_it_is() {
    is_readable(Markdown, &("word ".to_owned() + &"[a](".repeat(50_000)));
    is_readable(Markdown, &(">".repeat(5_000) + "word"));
}
