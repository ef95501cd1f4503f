//! How a body is set, as it comes out of `show`.

use crate::support::{Article, Feed, rounds_on};

/// The page of a body at a width, without its title.
fn set(body: &str, width: &str) -> String {
    let feed = Feed::of([("a.md", Article::titled("Title").body(body))]);
    let page = rounds_on(&feed, &["show", "a.md", "{}", "--width", width]);
    assert_eq!(page.status, 0, "{}", page.talk);
    page.out.split_once("min\n\n").map(|(_, text)| text.trim_end().to_owned()).unwrap_or_default()
}

#[test]
fn a_number_stays_with_its_unit_wherever_a_row_ends() {
    for width in 20..40 {
        let page = set("<p>Start with a dose of 2.5 / mg, at most 120 mg/kg a day.</p>", &width.to_string());
        let rows: Vec<&str> = page.lines().collect();
        assert!(rows.iter().any(|row| row.contains("2.5 / mg,")), "{page}");
        assert!(rows.iter().any(|row| row.contains("120 mg/kg")), "{page}");
    }
}

#[test]
fn typed_text_that_fits_is_not_broken_for_its_indent() {
    let line = "x".repeat(72);
    assert_eq!(set(&format!("<pre>dose:\n{line}</pre>"), "72"), format!("dose:\n{line}"));
}

#[test]
fn what_belongs_to_a_whole_table_is_said_once() {
    let table = "<table><caption>Adults</caption><tr><th colspan=2>Doses<tr><th>Drug<th>Indication\
                 <tr><td>Paracetamol<td>Pain<tr><td>Ibuprofen<td>Inflammation</table>";
    let page = set(table, "20");
    assert_eq!(page.matches("Doses").count(), 1, "{page}");
    assert!(page.starts_with("Adults\n\nDoses\n\nDrug: Paracetamol\n"), "{page}");
    let list = set("<table><caption>Signs</caption><tr><td>Fever<tr><td>Rash</table>", "40");
    assert_eq!(list, "Signs\n\nFever\n\nRash");
}
