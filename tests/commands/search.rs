//! `rounds search`: the same search as in the reader, for scripts.

use std::fs;
use std::path::Path;

use crate::support::program::rounds_at;
use crate::support::{Article, Feed, Outcome, rounds_on};

fn feed() -> Feed {
    Feed::of([
        (
            "genes.md",
            Article::titled("Genes at the bedside")
                .dated("2021-12-05")
                .link("https://www.healthcareitnews.com/news/genes")
                .author("Radhika Narayanan")
                .topics(&["Healthcare IT News: Precision Medicine"])
                .summary("Sequencing comes to the ward.")
                .body("<p>In the café of the ward they speak of ransomware and of follow-up care.</p>"),
        ),
        (
            "ransom.md",
            Article::titled("Ransomware, again")
                .dated("2022-02-01")
                .topics(&["Security"])
                .body("<p>A hospital was locked out of its records for a week.</p>"),
        ),
        ("old.md", Article::titled("Wards without paper").dated("2019-02-01").body("Paper, precisely.")),
    ])
}

/// The titles that a search prints, without their dates and sites.
fn found(outcome: &Outcome) -> Vec<String> {
    let value = outcome.json();
    value.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_other_searches_take_for_an_operator_is_explained_instead_of_finding_nothing() {
    for (typed, said) in
        [("ransomware OR cafe", "OR is no operator here"), ("title:ransomware", "topic: site: author:")]
    {
        let outcome = rounds_on(&feed(), &["search", typed, "{}"]);
        assert_eq!(outcome.status, 2, "{typed}: {}", outcome.talk);
        assert!(outcome.talk.contains(said), "{typed}: {}", outcome.talk);
    }
}

#[test]
fn every_word_of_the_search_language_finds_what_it_says() {
    let feed = feed();
    let [genes, ransom, old] = ["Genes at the bedside", "Ransomware, again", "Wards without paper"];
    let table: &[(&str, &[&str])] = &[
        ("ransomware", &[ransom, genes]),
        ("RANSOM", &[ransom, genes]),
        ("cafe", &[genes]),
        ("ransomware -cafe", &[ransom]),
        ("-ransomware", &[old]),
        ("\"locked out\"", &[ransom]),
        ("\"out locked\"", &[]),
        ("\"ransom\"", &[]),
        ("follow-up", &[genes]),
        ("sequenc", &[genes]),
        ("precis", &[genes, old]),
        ("topic:precision", &[genes]),
        ("-topic:precision -topic:security", &[old]),
        ("topic:\"healthcare it news\"", &[genes]),
        ("site:healthcareit", &[genes]),
        ("author:radhika", &[genes]),
        ("author:ransomware", &[]),
        ("since:2021", &[ransom, genes]),
        ("before:2021-12", &[old]),
        ("since:2021-12-05 before:2021-12-06", &[genes]),
        ("is:unread ransomware", &[ransom, genes]),
        ("is:read", &[]),
        ("is:starred", &[]),
        ("narayanan ransomware", &[genes]),
    ];
    for (query, expected) in table {
        let outcome = rounds_on(&feed, &["search", query, "{}", "--format", "json"]);
        assert_eq!(found(&outcome), *expected, "{query}");
        assert_eq!(outcome.status, i32::from(expected.is_empty()), "{query}: {}", outcome.talk);
    }
}

#[test]
fn the_words_around_what_was_found_come_with_it() {
    let feed = feed();
    let table = rounds_on(&feed, &["search", "cafe", "{}"]);
    assert!(table.out.contains("In the café of the ward"), "{}", table.out);
    let json = rounds_on(&feed, &["search", "cafe", "{}", "--format", "ndjson"]).json();
    assert_eq!(json["context"]["found"][0], "café");
}

#[test]
fn the_best_match_comes_first_when_that_is_asked_for_and_the_newest_otherwise() {
    let feed = feed()
        .with("new.md", Article::titled("A list").dated("2023-01-01").body("Ransomware and more.").text());
    let first = |words: &[&str]| found(&rounds_on(&feed, words)).remove(0);
    assert_eq!(first(&["search", "ransomware", "{}", "--format", "json"]), "A list");
    assert_eq!(first(&["search", "ransomware", "{}", "--format", "json", "--best"]), "Ransomware, again");
    let limited = rounds_on(&feed, &["search", "ransomware", "{}", "--limit", "1", "--format", "tsv"]);
    assert_eq!(limited.lines().len(), 2, "a line of headings and one item");
}

#[test]
fn a_search_that_cannot_be_understood_is_explained_in_one_line() {
    let outcome = rounds_on(&feed(), &["search", "since:7x", "{}"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.talk.contains("since:7x") && outcome.talk.lines().count() == 1, "{}", outcome.talk);
}

#[test]
fn nothing_found_is_an_answer_of_its_own() {
    let outcome = rounds_on(&feed(), &["search", "zebra", "{}"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (1, ""));
    assert!(outcome.talk.contains("zebra: nothing found"), "{}", outcome.talk);
}

#[test]
fn what_has_changed_since_the_last_search_is_seen() {
    let (feed, home) = (feed(), tempfile::tempdir().unwrap());
    let search = |home: &Path, query: &str| {
        let feed = feed.path().into_os_string();
        rounds_at(home, ["search".into(), query.into(), feed, "--format".into(), "json".into()])
    };
    assert_eq!(found(&search(home.path(), "ransomware")).len(), 2);
    fs::write(feed.path().join("third.md"), Article::titled("Ransomware, a third time").text()).unwrap();
    fs::remove_file(feed.path().join("genes.md")).unwrap();
    assert_eq!(found(&search(home.path(), "ransomware")), ["Ransomware, a third time", "Ransomware, again"]);
}

#[test]
fn words_find_each_other_however_they_are_spelled() {
    let article =
        |name: &'static str, text: &str| (name, Article::titled(name).body(&format!("<p>{text}</p>")));
    let articles = [
        article("hyphen", "Since COVID-19 the dose is 400 mg of the β-blocker; IL-6 is up."),
        article("joined", "Since covid19 the dose is 400mg of the betablocker; il6 is up."),
        article("countries", "Oedema and anaemia, randomised."),
        article("others", "Edema and anemia, randomized: IL-60, covid 190, 4000 mg, a 1-year study."),
    ];
    let feed = articles
        .into_iter()
        .fold(Feed::new(), |feed, (name, article)| feed.with(format!("{name}.md"), article.text()));
    for (typed, expected) in [
        ("covid19", &["hyphen", "joined"][..]),
        ("COVID-19", &["hyphen", "joined"]),
        ("400 mg", &["hyphen", "joined"]),
        ("400mg", &["hyphen", "joined"]),
        ("il6", &["hyphen", "joined"]),
        ("IL-6", &["hyphen", "joined"]),
        ("beta-blocker", &["hyphen", "joined"]),
        ("β", &["hyphen", "joined"]),
        ("oedema anemia", &["countries", "others"]),
        ("randomized", &["countries", "others"]),
        ("-covid19", &["countries", "others"]),
        ("a1", &[]),
    ] {
        let outcome = rounds_on(&feed, &["search", typed, "{}", "--format", "json"]);
        let mut titles = found(&outcome);
        titles.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(titles, expected, "{typed}");
    }
}
