//! `rounds list`: what is listed, in what order, and how.

use serde_json::{Value, json};

use crate::support::{Article, Feed, rounds_on};

fn feed() -> Feed {
    Feed::of([
        (
            "genes.md",
            Article::titled("Genes at the bedside")
                .dated("2021-12-05")
                .link("https://www.healthcareitnews.com/news/genes")
                .author("Radhika Narayanan")
                .topics(&[
                    "Healthcare IT News: Precision Medicine",
                    "Medical Subject Headings (MeSH): Data Interpretation, Statistical",
                ])
                .summary("Genes come to the ward.")
                .body("<p>Genes come to the ward. They stay.</p>"),
        ),
        ("b/wards.md", Article::titled("Wards without paper").dated("2022-02-01").topics(&["AI"])),
        ("a/wards.md", Article::titled("Wards without paper").dated("2022-02-01").topics(&["ai"])),
        ("zebra.html", Article::titled("A zebra, not a horse").dated("2022-02-01")),
        ("undated.md", Article::titled("Without a date").body("Text.")),
    ])
}

fn titles(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[test]
fn items_come_newest_first_then_by_title_then_by_path() {
    let listed = rounds_on(&feed(), &["list", "{}", "--format", "json"]);
    let json = listed.json();
    let paths: Vec<_> = json.as_array().unwrap().iter().map(|item| item["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["zebra.html", "a/wards.md", "b/wards.md", "genes.md", "undated.md"]);
    assert_eq!(listed.status, 0);
    assert_eq!(listed.talk, "");
}

#[test]
fn a_json_item_has_every_field_that_was_promised() {
    let feed = feed();
    let json = rounds_on(&feed, &["list", "{}", "--format", "json", "--topic", "precision medicine"]).json();
    let mut item = json.as_array().unwrap().first().unwrap().clone();
    let key = item.as_object_mut().unwrap().remove("key").unwrap();
    assert_eq!(key.as_str().unwrap().len(), 16, "{key}");
    let expected = json!({
        "title": "Genes at the bedside",
        "date": "2021-12-05",
        "site": "healthcareitnews.com",
        "link": "https://www.healthcareitnews.com/news/genes",
        "authors": ["Radhika Narayanan"],
        "topics": [
            {"taxonomy": "Healthcare IT News", "term": "Precision Medicine"},
            {"taxonomy": "Medical Subject Headings (MeSH)", "term": "Data Interpretation, Statistical"},
        ],
        "summary": "Genes come to the ward.",
        "minutes": 1,
        "read": false,
        "starred": false,
        "source": feed.path().file_name().unwrap().to_str().unwrap(),
        "path": "genes.md",
        "problems": [],
    });
    assert_eq!(item, expected);
}

#[test]
fn what_an_item_does_not_have_is_null_or_empty() {
    let feed = Feed::of([("bare.md", Article::titled("Bare"))]);
    let json = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let item = &json[0];
    for (field, expected) in [
        ("date", Value::Null),
        ("site", Value::Null),
        ("link", Value::Null),
        ("authors", json!([])),
        ("topics", json!([])),
        ("summary", json!("")),
        ("minutes", json!(0)),
    ] {
        assert_eq!(item[field], expected, "{field}");
    }
}

#[test]
fn ndjson_and_json_hold_the_same_items_in_the_same_order() {
    let feed = feed();
    let json = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let ndjson = rounds_on(&feed, &["list", "{}", "--format", "ndjson"]);
    let lines: Vec<Value> =
        ndjson.lines().into_iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines), json);
}

#[test]
fn tab_separated_values_have_headings_and_as_many_fields_in_every_row() {
    let listed = rounds_on(&feed(), &["list", "{}", "--format", "tsv"]);
    let rows: Vec<Vec<&str>> = listed.lines().iter().map(|line| line.split('\t').collect()).collect();
    let headings = [
        "key", "title", "date", "site", "link", "authors", "topics", "summary", "minutes", "path",
        "problems", "read", "starred", "context", "source",
    ];
    assert_eq!(rows[0], headings);
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row.len() == headings.len()), "{rows:?}");
    assert_eq!(
        rows[4][1..=6],
        [
            "Genes at the bedside",
            "2021-12-05",
            "healthcareitnews.com",
            "https://www.healthcareitnews.com/news/genes",
            "Radhika Narayanan",
            "Healthcare IT News: Precision Medicine; \
             Medical Subject Headings (MeSH): Data Interpretation, Statistical",
        ]
    );
}

#[test]
fn a_table_for_people_is_not_cut_when_it_goes_into_a_pipe() {
    let long = "A title that goes on and on ".repeat(20);
    let feed = Feed::of([("long.md", Article::titled(long.trim()).dated("2022-02-01"))]);
    let listed = rounds_on(&feed, &["list", "{}"]);
    assert!(listed.out.starts_with("2022-02-01"), "{}", listed.out);
    assert!(listed.out.trim_end().ends_with(long.trim()), "{}", listed.out);
}

#[test]
fn a_broken_item_is_marked_in_the_table() {
    let feed = Feed::of([("whole.md", Article::titled("Whole"))])
        .with("broken.md", "---\ntitle: Broken\ndate: [2021\n---\nText.\n");
    let listed = rounds_on(&feed, &["list", "{}"]);
    let marked: Vec<&str> = listed.lines().into_iter().filter(|line| line.contains(" ! ")).collect();
    assert_eq!(marked.len(), 1, "{}", listed.out);
    assert!(marked[0].contains("Broken"), "{}", listed.out);
}

#[test]
fn without_a_command_the_list_goes_into_the_pipe() {
    let feed = feed();
    assert_eq!(rounds_on(&feed, &["{}"]).out, rounds_on(&feed, &["list", "{}"]).out);
}

#[test]
fn a_topic_is_found_by_its_term_its_taxonomy_or_both_in_any_case() {
    let feed = feed();
    let cases: [(&str, &[&str]); 8] = [
        ("Precision Medicine", &["Genes at the bedside"]),
        ("PRECISION medicine", &["Genes at the bedside"]),
        ("healthcare it news", &["Genes at the bedside"]),
        ("Healthcare IT News: Precision Medicine", &["Genes at the bedside"]),
        ("data interpretation, statistical", &["Genes at the bedside"]),
        ("AI", &["Wards without paper", "Wards without paper"]),
        ("ai", &["Wards without paper", "Wards without paper"]),
        ("uncategorised", &["A zebra, not a horse", "Without a date"]),
    ];
    for (topic, expected) in cases {
        let listed = rounds_on(&feed, &["list", "{}", "--format", "json", "--topic", topic]);
        assert_eq!(titles(&listed.json()), expected, "{topic}");
        assert_eq!(listed.status, 0, "{topic}");
    }
}

#[test]
fn an_unknown_topic_is_a_no_and_the_nearest_topics_are_named() {
    let feed = feed();
    let listed = rounds_on(&feed, &["list", "{}", "--topic", "Precison Medecine"]);
    assert_eq!((listed.status, listed.out.as_str()), (1, ""));
    assert!(listed.talk.contains("Precision Medicine"), "{}", listed.talk);
    let listed = rounds_on(&feed, &["list", "{}", "--topic", "Beekeeping"]);
    assert_eq!(listed.status, 1);
    assert!(listed.talk.contains("rounds topics"), "{}", listed.talk);
}

#[test]
fn an_empty_source_is_an_empty_list_in_every_format() {
    let feed = Feed::new().with("logo.png", "");
    for (format, expected) in [("table", ""), ("json", "[]\n"), ("ndjson", "")] {
        let listed = rounds_on(&feed, &["list", "{}", "--format", format]);
        assert_eq!((listed.status, listed.out.as_str()), (0, expected), "{format}");
        let name = feed.path().file_name().unwrap().to_str().unwrap().to_owned();
        assert!(listed.talk.contains(&format!("{name}: there are no items")), "{}", listed.talk);
    }
    assert_eq!(rounds_on(&feed, &["list", "{}", "--format", "tsv"]).lines().len(), 1);
}

#[test]
fn files_of_one_original_are_one_item_and_the_newest_stands_for_all() {
    let of = |title: &str, date: &str| Article::titled(title).dated(date).link("https://example.org/one");
    let feed = Feed::of([
        ("a.md", of("Older", "2021-12-01")),
        ("b.md", of("Newer", "2021-12-05")),
        ("c.md", Article::titled("Another").dated("2021-12-03")),
    ]);
    let run = rounds_on(&feed, &["list", "{}", "--format", "json"]);
    let titles: Vec<_> = run.json().as_array().unwrap().iter().map(|item| item["title"].clone()).collect();
    assert_eq!(titles, ["Newer", "Another"]);
}
