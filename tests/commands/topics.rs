//! `rounds topics`: the tree of topics with counts.

use serde_json::json;

use crate::support::{Article, Feed, rounds_on};

fn feed() -> Feed {
    Feed::of([
        ("a.md", Article::titled("One").topics(&["Medigy: AI", "Medigy: Genomics", "Fax"])),
        ("b.md", Article::titled("Two").topics(&["Medigy: ai"]).link("https://example.org/two")),
        ("c.md", Article::titled("Three").topics(&["Medigy: AI"])),
        ("d.md", Article::titled("Four")),
    ])
}

#[test]
fn an_item_in_two_terms_counts_once_in_their_taxonomy_and_twins_are_one() {
    let topics = rounds_on(&feed(), &["topics", "{}", "--format", "json"]);
    let record = |kind: &str, taxonomy: Option<&str>, term: Option<&str>, total: usize| json!({"kind": kind, "taxonomy": taxonomy, "term": term, "unread": total, "total": total});
    let medigy = Some("Medigy");
    let expected = json!([
        record("taxonomy", medigy, None, 3),
        record("term", medigy, Some("AI"), 3),
        record("term", medigy, Some("Genomics"), 1),
        record("untaxonomised", None, None, 1),
        record("term", None, Some("Fax"), 1),
        record("uncategorised", None, Some("Uncategorised"), 1),
        record("sites", None, None, 1),
        record("site", None, Some("example.org"), 1),
    ]);
    assert_eq!(topics.json(), expected);
    assert_eq!(topics.status, 0);
}

#[test]
fn every_format_has_the_same_topics() {
    let feed = feed();
    let json = rounds_on(&feed, &["topics", "{}", "--format", "json"]).json();
    let ndjson = rounds_on(&feed, &["topics", "{}", "--format", "ndjson"]);
    let lines: serde_json::Value = ndjson
        .lines()
        .into_iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .collect();
    assert_eq!(lines, json);
    let count = json.as_array().unwrap().len();
    assert_eq!(rounds_on(&feed, &["topics", "{}", "--format", "tsv"]).lines().len(), count + 1);
    let table = rounds_on(&feed, &["topics", "{}"]);
    assert_eq!(table.lines().len(), count);
    assert_eq!(table.lines()[..2], ["     3  Medigy", "     3    AI"]);
}

#[test]
fn every_term_that_is_printed_can_be_listed_with_as_many_items() {
    let feed = feed();
    for topic in rounds_on(&feed, &["topics", "{}", "--format", "json"]).json().as_array().unwrap() {
        if let ("term" | "uncategorised", Some(term)) =
            (topic["kind"].as_str().unwrap(), topic["term"].as_str())
        {
            let name = match topic["taxonomy"].as_str() {
                Some(taxonomy) => format!("{taxonomy}: {term}"),
                None => term.to_owned(),
            };
            let listed = rounds_on(&feed, &["list", "{}", "--topic", &name]);
            assert_eq!(listed.lines().len() as u64, topic["total"].as_u64().unwrap(), "{name}");
        }
    }
}
