//! What a search marks in a page.

use jiff::civil::date;
use proptest::prelude::*;

use super::{bare_item, page};
use crate::article::{Page, Row};
use crate::item::{BodyKind, Item, Link, Offering, SafeText, Topic};
use crate::search::{Highlights, Search};

fn highlights(typed: &str) -> Highlights {
    Search::parse(typed, date(2021, 12, 15)).expect("a search").highlights()
}

/// A row with brackets around what is marked in it.
fn marked(row: &Row) -> String {
    let pieces = row
        .spans
        .iter()
        .map(|span| if span.style.found { format!("[{}]", span.text) } else { span.text.clone() });
    pieces.collect()
}

/// The rows of a page in which something is marked.
fn found(page: &Page) -> Vec<String> {
    page.found.iter().map(|row| marked(&page.rows[*row])).collect()
}

fn found_in(html: &str, typed: &str, width: u16) -> Vec<String> {
    let mut page = page(&bare_item(), BodyKind::Html, html, width);
    page.highlight(&highlights(typed));
    found(&page)
}

#[test]
fn words_are_marked_wherever_they_stand_in_the_body() {
    let html = "<h2>Low dose</h2><ul><li>the dose</li></ul><pre>dose = 5</pre><table><tr><th>Dose</th><th>Unit</th>\
        </tr><tr><td>5</td><td>doses</td></tr></table><blockquote><p>a <b>d</b>ose</p></blockquote>";
    let expected =
        ["Low [dose]", "• the [dose]", "  [dose] = 5", "[Dose]  Unit", "   5  [doses]", "│ a [d][ose]"];
    assert_eq!(found_in(html, "dose", 40), expected);
}

#[test]
fn a_phrase_is_marked_across_the_ends_of_rows_and_around_the_numbers_of_links() {
    let text = "<p>Some more about the precision medicine of today.</p>";
    assert_eq!(
        found_in(text, "\"precision medicine of\"", 30),
        ["Some more about the [precision]", "[medicine of] today."]
    );
    let listed = "<ul><li>precision medicine</li></ul>";
    assert_eq!(found_in(listed, "precision-med", 12), ["• [precision]", "  [medicine]"]);
    let linked = "<p><a href='/x'>Precision</a> <i>medicine</i> today</p>";
    assert_eq!(found_in(linked, "\"precision medicine\"", 40), ["[Precision][1][ medicine] today"]);
}

#[test]
fn the_head_is_marked_but_not_what_stands_behind_the_body() {
    let link = Link::parse("https://example.org/dose").expect("a link");
    let item = Item {
        title: SafeText::new("Dose"),
        site: Some(SafeText::new("dose.org")),
        authors: vec![SafeText::new("A. Dose")],
        summary: SafeText::new("On the dose."),
        topics: vec![Topic { taxonomy: None, term: SafeText::new("Dose") }],
        offerings: vec![Offering { label: SafeText::new("Dose"), permalink: SafeText::new("/dose") }],
        link: Some(link),
        ..bare_item()
    };
    let mut page = page(&item, BodyKind::Html, "<p>A <a href='/dose'>dose</a>.</p>", 40);
    page.highlight(&highlights("dose"));
    assert_eq!(
        found(&page),
        ["[Dose]", "[dose].org · A. [Dose]", "On the [dose].", "[Dose]", "A [dose][1]."]
    );
}

#[test]
fn our_own_words_about_a_missing_text_are_not_marked() {
    let mut page = page(&bare_item(), BodyKind::Html, "", 40);
    page.highlight(&highlights("text"));
    assert_eq!(found(&page), [""; 0]);
}

#[test]
fn a_letter_is_marked_with_all_that_is_drawn_with_it() {
    assert_eq!(found_in("<p>ก็น้ำ e\u{301}</p>", "น e", 40), ["ก็[น้ำ] [e\u{301}]"]);
}

proptest! {
    #[test]
    fn marks_change_no_text_and_later_ones_replace_earlier_ones(
        html in "(<p>|<li>|<b>|</b>|<a href=/x>|</a>|<pre>|<td>|ab|cd|é|糖|นำ|ค้|👩‍⚕️|한| |-|\\PC){0,60}",
        typed in "(ab|c|糖|น|ค|\"ab cd\"|한| ){1,4}",
        width in 1_u16..60,
    ) {
        let plain = page(&bare_item(), BodyKind::Html, &html, width);
        let mut page = plain.clone();
        page.highlight(&highlights(&typed));
        prop_assert_eq!(page.text(), plain.text());
        for (number, (row, before)) in page.rows.iter().zip(&plain.rows).enumerate() {
            prop_assert_eq!(row.cells(), before.cells());
            prop_assert_eq!(page.found.contains(&number), row.spans.iter().any(|span| span.style.found));
        }
        let once = page.clone();
        page.highlight(&highlights("a 糖 \"cd ab\""));
        page.highlight(&highlights(&typed));
        prop_assert_eq!(&page, &once);
        page.highlight(&Highlights::default());
        prop_assert!(page.found.is_empty() && page.rows.iter().all(|row| row.text() == marked(row)));
    }
}
