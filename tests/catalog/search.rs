//! Searching all text.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use rounds::library::ItemId;
use rounds::search::{Field, Search, Term, TextSearch, Wanted};
use rounds::store::catalog::{Catalog, CatalogError, Indexing};

use super::feed::{Feed, Viewer};

/// A feed in which each item is named after what can be found in it.
fn feed() -> Feed {
    let feed = Feed::new();
    let item = |title: &str, more: &str, body: &str| format!("---\ntitle: {title}\n{more}\n---\n{body}\n");
    for (path, text) in [
        ("title.md", item("Sepsis alerts at the bedside", "author: Ann Smith", "<p>Nothing else.</p>")),
        (
            "body.md",
            item("Quiet wards", "author: [Bob Jones, Zoë Müller]", "<p>On sep<b>sis</b> and fever.</p>"),
        ),
        (
            "topic.md",
            item(
                "Trials",
                "categories: ['Medicine: Sepsis', 'Care: Ann']",
                "<ul><li>precision</li><li>medicine</li></ul>",
            ),
        ),
        (
            "summary.md",
            item("Notes", "description: Sepsis is on the rise.", "Precision medicine &amp; caf&eacute;s"),
        ),
        ("site.md", item("Elsewhere", "link: https://sepsis.example.org/x", "# Heading\n\nprecise work")),
        (
            "none.md",
            item(
                "Nothing",
                "",
                "<p class='sepsis'><!-- sepsis --><script>sepsis</script>Plain 糖尿病 text</p>",
            ),
        ),
    ] {
        feed.write(path, text.as_bytes());
    }
    feed
}

fn parse(typed: &str) -> TextSearch {
    Search::parse_finished(typed, jiff::civil::date(2021, 12, 1)).unwrap().text
}

fn found(viewer: &Viewer, catalog: &Catalog, typed: &str) -> Vec<String> {
    let hits = catalog.reader().search(&parse(typed)).unwrap();
    assert!(hits.complete);
    let mut paths: Vec<_> =
        hits.items.iter().map(|id| viewer.list[&id].path.trim_end_matches(".md").to_owned()).collect();
    paths.sort();
    paths
}

#[test]
fn every_part_of_an_item_is_searched() {
    let feed = feed();
    let (viewer, catalog) = Viewer::open(&feed);
    for (typed, expected) in [
        ("sepsis", &["body", "site", "summary", "title", "topic"][..]),
        ("SÉPSIS", &["body", "site", "summary", "title", "topic"]),
        ("s", &["body", "site", "summary", "title", "topic"]),
        ("se", &["body", "site", "summary", "title", "topic"]),
        ("sep", &["body", "site", "summary", "title", "topic"]),
        ("seps", &["body", "site", "summary", "title", "topic"]),
        ("epsis", &[]),
        ("\"sep\"", &[]),
        ("sepsis alert", &["title"]),
        ("alert sepsis", &["title"]),
        ("\"sepsis alerts\"", &["title"]),
        ("\"alerts sepsis\"", &[]),
        ("precis", &["site", "summary", "topic"]),
        ("\"precision medicine\"", &["summary", "topic"]),
        ("precision-med", &["summary", "topic"]),
        ("cafes", &["summary"]),
        ("author:ann", &["title"]),
        ("author:a", &["title"]),
        ("author:\"zoe muller\"", &["body"]),
        ("author:\"jones zoe\"", &[]),
        ("sepsis -author:smith", &["body", "site", "summary", "topic"]),
        ("sepsis -pre", &["body", "title"]),
        ("se pr -\"precision medicine\"", &["site"]),
        ("-sepsis", &["none"]),
        ("-s", &["none"]),
        ("糖尿", &["none"]),
        ("尿", &["none"]),
        ("zzz", &[]),
        ("z s", &["body"]),
    ] {
        assert_eq!(found(&viewer, &catalog, typed), expected, "{typed}");
    }
}

#[test]
fn what_has_changed_is_found_as_it_is_now() {
    let feed = feed();
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.write("title.md", b"---\ntitle: Fever\n---\nOn influenza.");
    feed.remove("body.md");
    feed.write("new.md", b"---\ntitle: Influenza\n---\nFever.");
    viewer.refresh(&feed, &mut catalog);
    assert_eq!(found(&viewer, &catalog, "fever"), ["new", "title"]);
    assert_eq!(found(&viewer, &catalog, "fe"), ["new", "title"]);
    assert_eq!(found(&viewer, &catalog, "influenza"), ["new", "title"]);
    assert_eq!(found(&viewer, &catalog, "alerts"), [""; 0]);
    assert_eq!(found(&viewer, &catalog, "al"), [""; 0]);
}

#[test]
fn the_best_are_those_with_the_words_in_the_title() {
    let feed = feed();
    let (viewer, catalog) = Viewer::open(&feed);
    for (typed, first) in [("sepsis", "title.md"), ("se", "title.md"), ("fev", "body.md")] {
        let hits = catalog.reader().search_best(&parse(typed)).unwrap();
        let found: BTreeSet<ItemId> = hits.items.iter().collect();
        assert!(hits.best.iter().all(|id| found.contains(id)), "{typed}");
        let best = hits.best.first().map(|id| viewer.list[id].path.as_str());
        if typed != "fev" {
            assert_eq!(best, Some(first), "{typed}");
        }
    }
    let hits = catalog.reader().search_best(&parse("sepsis")).unwrap();
    assert_eq!(hits.best.len(), 5);
    assert_eq!(catalog.reader().search_best(&parse("-sepsis")).unwrap().best, []);
}

#[test]
fn the_words_around_are_taken_from_where_they_are() {
    let feed = feed();
    let (viewer, catalog) = Viewer::open(&feed);
    let highlights = Search::parse("sepsis", jiff::civil::date(2021, 12, 1)).unwrap().highlights();
    let ids: Vec<ItemId> = viewer.list.keys().copied().chain([ItemId::new(4_000_000)]).collect();
    let contexts = catalog.reader().contexts(&ids, &highlights, 60).unwrap();
    let mut texts: Vec<_> =
        contexts.iter().map(|(id, context)| (viewer.list[id].path.as_str(), context.text.as_str())).collect();
    texts.sort_unstable();
    let expected = [
        ("body.md", "On sepsis and fever."),
        ("summary.md", "Sepsis is on the rise."),
        ("title.md", "Nothing else."),
        ("topic.md", "Sepsis, Ann"),
    ];
    assert_eq!(texts, expected, "where it is in the title only, the summary says what the item is about");
}

#[test]
fn an_index_is_built_behind_in_short_turns_the_newest_first() {
    let feed = Feed::of(1500);
    let (viewer, mut catalog) = Viewer::open(&feed);
    assert_eq!(catalog.waiting().unwrap(), 1500, "so many are not indexed at once");
    assert!(matches!(catalog.index_some(Duration::ZERO), Ok(Indexing::Waiting(1..1500))));
    let hits = catalog.reader().search(&parse("body")).unwrap();
    assert!(!hits.complete && !hits.items.is_empty());
    let newest: BTreeSet<ItemId> =
        catalog.reader().newest(300).unwrap().into_iter().map(|headline| headline.id).collect();
    assert!(hits.items.iter().all(|id| newest.contains(&id)));
    while catalog.index_some(Duration::from_millis(20)).unwrap() != Indexing::Done {}
    assert_eq!(found(&viewer, &catalog, "body").len(), 1500);
    assert_eq!(
        found(&viewer, &catalog, "number77"),
        ["77", "770", "771", "772", "773", "774", "775", "776", "777", "778", "779"]
    );
}

#[test]
fn a_search_that_nobody_waits_for_can_be_stopped() {
    let feed = Feed::of(2000);
    let (_viewer, mut catalog) = Viewer::open(&feed);
    while catalog.index_some(Duration::from_secs(1)).unwrap() != Indexing::Done {}
    let mut reader = catalog.reader();
    let interrupt = reader.interrupt().unwrap();
    let (started, has_started) = crossbeam_channel::unbounded();
    let searching = thread::spawn(move || {
        let all = parse("\"of the feed\" \"body\" -zzz");
        loop {
            let searched = reader.search(&all);
            let _ = started.send(());
            if let Err(error) = searched {
                return (error, reader);
            }
        }
    });
    while !searching.is_finished() {
        let _ = has_started.try_recv();
        interrupt.stop();
    }
    let (error, mut reader) = searching.join().unwrap();
    assert!(matches!(error, CatalogError::Interrupted), "{error}");
    assert_eq!(reader.search(&parse("feed")).unwrap().items.len(), 2000, "the next search is not stopped");
}

fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]{0,4}",
        "\\PC{0,6}",
        Just("\"".to_owned()),
        Just("\" OR title : \"x".to_owned()),
        Just("*".to_owned()),
        Just("\0".to_owned()),
        Just("NEAR(".to_owned()),
        Just("^".to_owned()),
        Just("{body} : x".to_owned()),
        Just("'; DROP TABLE items; --".to_owned()),
        Just("x".repeat(100_000)),
    ]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let term = (prop::collection::vec(token(), 0..5), any::<bool>());
    (term, any::<bool>()).prop_map(|((tokens, prefix), author)| Wanted {
        field: if author { Field::Author } else { Field::Any },
        term: Term { tokens, prefix },
    })
}

#[test]
fn nothing_that_is_looked_for_is_taken_for_a_command() {
    let feed = feed();
    let (_viewer, catalog) = Viewer::open(&feed);
    let search = (prop::collection::vec(wanted(), 0..4), prop::collection::vec(wanted(), 0..3));
    proptest!(|((wanted, unwanted) in search)| {
        let mut reader = catalog.reader();
        let search = TextSearch { wanted, unwanted };
        prop_assert!(reader.search(&search).is_ok(), "{search:?}");
        prop_assert!(reader.search_best(&search).is_ok(), "{search:?}");
    });
    let mut all = 0;
    catalog
        .reader()
        .changes_after(0, &mut |changes| {
            all += changes.written.len();
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(all, 6);
}

#[test]
fn a_very_long_search_is_answered() {
    let feed = feed();
    let (_viewer, catalog) = Viewer::open(&feed);
    let word =
        |text: &str| Wanted { field: Field::Any, term: Term { tokens: vec![text.to_owned()], prefix: true } };
    let search = TextSearch { wanted: vec![word("sepsis"); 3000], unwanted: vec![word("zebra"); 3000] };
    assert_eq!(catalog.reader().search(&search).unwrap().items.len(), 5);
    let phrase =
        Wanted { field: Field::Any, term: Term { tokens: vec!["sepsis".to_owned(); 5000], prefix: false } };
    let search = TextSearch { wanted: vec![phrase], unwanted: Vec::new() };
    assert!(catalog.reader().search(&search).unwrap().items.is_empty());
}
