//! Bodies made to cost too much. In a debug build a minute would pass, were a limit missing.

use super::{bare_item, page, rows};
use crate::article::read::{guard, is_read_as_tree};
use crate::item::BodyKind::{self, Html, Markdown, Plain};

fn is_readable(kind: BodyKind, text: &str) {
    let page = page(&bare_item(), kind, text, 40);
    assert!(page.text().contains("word"), "{}", text.get(..60).unwrap_or(text));
}

#[test]
fn deep_html_is_read_without_its_tags() {
    for open in ["<div>", "<div></b></i>", "<i><p></i>", "<em><p></em>", "<ul><li>", "<b><p>"] {
        let text = open.repeat(20_000) + "word";
        assert!(!is_read_as_tree(&text), "{open}");
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
        assert!(is_read_as_tree(&text), "{line}");
    }
}

#[test]
fn many_tags_are_refused_and_many_attributes_are_not_read() {
    is_readable(Html, &format!("<p{}>word", " a=1".repeat(100_000)));
    is_readable(Html, &format!("<p{}>word", " title=1".repeat(10_000)));
    assert!(!is_read_as_tree(&"<br>".repeat(guard::MAX_TAGS + 1)));
    assert!(!is_read_as_tree(&"&amp;".repeat(guard::MAX_ESCAPES + 1)));
    is_readable(Html, &("<br>".repeat(guard::MAX_TAGS + 1) + "word"));
}

#[test]
fn stripped_text_has_no_tags_and_no_scripts() {
    let text =
        "<div>".repeat(300) + "<p>one<script>if (a<b) x</script><p class='a>b'>two &amp; <del>three</del>";
    let rows = rows(Html, &text, 72);
    let note = "This is the bare text: the page has more markup than is read of one";
    assert_eq!(rows, ["one", "", "two & [deleted: three]", "", note, "article."]);
}

#[test]
fn a_body_that_is_too_long_says_so() {
    let text = "word ".repeat(guard::MAX_TEXT_BYTES / 5 + 1);
    for kind in [Html, Markdown, Plain] {
        let rows = rows(kind, &text, 72);
        assert!(rows.last().is_some_and(|last| last.contains("of one article")), "{kind:?}");
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
