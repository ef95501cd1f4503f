//! The catalogs of several sources, seen as one.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::ControlFlow;

use jiff::civil::date;
use rounds::item::SafeText;
use rounds::library::{Hits, ItemId, ItemSet, Library, Query, View};
use rounds::search::{Search, TextSearch};
use rounds::store::catalog::Catalog;
use rounds::store::collection::Collection;
use rounds::store::refresh::RefreshStep;

use super::feed::Feed;

/// Two feeds whose items have nothing in common but the words of their titles.
fn feeds() -> (Feed, Feed) {
    let (health, ai) = (Feed::of(300), Feed::new());
    for number in 0..5 {
        let text =
            format!("---\ntitle: Machine {number}\ndate: 2022-01-0{}\n---\nA body on machines.", number + 1);
        ai.write(&format!("machine-{number}.md"), text.as_bytes());
    }
    (health, ai)
}

fn open(feeds: &[(&str, &Feed)]) -> Collection {
    let catalog = |(name, feed): &(&str, &Feed)| (SafeText::new(name), Catalog::open(&feed.catalog()).0);
    Collection::of(feeds.iter().map(catalog).collect())
}

/// Takes steps of a refresh as a reader does.
fn take(library: &mut Library, step: RefreshStep) -> ControlFlow<()> {
    match step {
        RefreshStep::Changed { changes, .. } => library.change(changes.written, &changes.removed),
        RefreshStep::Restarted { .. } => library.clear(),
    }
    ControlFlow::Continue(())
}

fn refresh(collection: &mut Collection, feeds: &[&Feed], library: &mut Library) {
    for (at, feed) in feeds.iter().enumerate() {
        collection.refresh(at, &feed.source(), false, &mut |step| take(library, step)).unwrap();
    }
}

fn titles(library: &Library, hits: &Hits) -> Vec<String> {
    let mut titles: Vec<String> = hits.items.iter().map(|id| title(library, id)).collect();
    titles.sort();
    titles
}

fn title(library: &Library, id: ItemId) -> String {
    library.entry(id).map(|entry| library.title(entry).to_owned()).unwrap_or_default()
}

fn text(typed: &str) -> TextSearch {
    Search::parse(typed, date(2026, 11, 22)).unwrap().text
}

fn counts_by_source(library: &Library) -> BTreeMap<String, usize> {
    let sources = library.topics().iter().filter(|(id, _)| library.full_label(View::Topic(*id)) != "Sources");
    let sources = sources
        .filter(|(_, topic)| topic.parent.is_some_and(|parent| library.topics().label(parent) == "Sources"));
    sources.map(|(_, topic)| (topic.label().to_owned(), topic.counts.total)).collect()
}

#[test]
fn all_items_are_in_one_list_and_each_source_is_a_topic() {
    let (health, ai) = feeds();
    let mut library = Library::default();
    let mut collection = open(&[("health", &health), ("ai", &ai)]);
    refresh(&mut collection, &[&health, &ai], &mut library);
    let list = library.list(&Query::default(), &ItemSet::default());
    assert_eq!(list.len(), 305);
    assert_eq!(title(&library, list[0]), "Machine 4");
    let counted = BTreeMap::from([("health".to_owned(), 300), ("ai".to_owned(), 5)]);
    assert_eq!(counts_by_source(&library), counted);
    // Every number leads to the page of its own item.
    let mut reader = collection.reader();
    for id in list {
        let file = reader.file(id).unwrap().expect("every item has a page");
        assert_eq!(file.item.title.to_string(), title(&library, id));
        assert_eq!(reader.source_of(id), Some(usize::from(file.item.path.starts_with("machine"))));
    }
}

#[test]
fn one_source_alone_is_no_topic() {
    let (health, _) = feeds();
    let mut library = Library::default();
    refresh(&mut open(&[("health", &health)]), &[&health], &mut library);
    assert_eq!((library.len(), counts_by_source(&library).len()), (300, 0));
}

#[test]
fn a_warm_start_has_the_newest_of_all_sources_first() {
    let (health, ai) = feeds();
    let names = [("health", &health), ("ai", &ai)];
    refresh(&mut open(&names), &[&health, &ai], &mut Library::default());
    let newest = open(&names).newest(7);
    let titles: Vec<&str> = newest.iter().map(|headline| headline.title.as_str()).collect();
    let machines = titles.iter().filter(|title| title.starts_with("Machine")).count();
    assert_eq!((titles[0], machines, titles.len()), ("Machine 4", 5, 7));
}

#[test]
fn a_search_finds_in_all_sources_and_each_has_its_best_at_the_top() {
    let (health, ai) = feeds();
    let mut library = Library::default();
    let mut collection = open(&[("health", &health), ("ai", &ai)]);
    refresh(&mut collection, &[&health, &ai], &mut library);
    collection.index_all(&mut |_| ControlFlow::Continue(())).unwrap();
    let mut reader = collection.reader();
    let hits = reader.search(&text("body -topic")).unwrap();
    assert!(hits.complete);
    assert_eq!(titles(&library, &hits).len(), 5);
    let hits = reader.search_best(&text("body")).unwrap();
    assert_eq!(hits.items.len(), 305);
    let first: HashSet<_> = hits.best.iter().take(2).map(|id| reader.source_of(*id)).collect();
    assert_eq!(first.len(), 2, "one of each source");
    let machine = library.list(&Query::default(), &ItemSet::default())[0];
    let highlights = Search::parse("machines", date(2026, 11, 22)).unwrap().highlights();
    let contexts = reader.contexts(&[machine], &highlights, 60).unwrap();
    assert_eq!(contexts.len(), 1);
    assert_eq!((contexts[0].0, contexts[0].1.text.as_str()), (machine, "A body on machines."));
}

#[test]
fn a_change_in_one_source_leaves_the_others_alone() {
    let (health, ai) = feeds();
    let mut library = Library::default();
    let mut collection = open(&[("health", &health), ("ai", &ai)]);
    refresh(&mut collection, &[&health, &ai], &mut library);
    ai.remove("machine-0.md");
    ai.write("machine-9.md", b"---\ntitle: Machine 9\ndate: 2022-02-01\n---\nNew.");
    let mut steps = 0;
    let summary = collection.refresh(1, &ai.source(), false, &mut |step| {
        steps += usize::from(matches!(&step, RefreshStep::Changed { changes, .. } if !changes.is_empty()));
        take(&mut library, step)
    });
    let summary = summary.unwrap();
    assert_eq!((summary.added, summary.removed), (1, 1));
    assert!((1..=2).contains(&steps), "only what has changed is handed over: {steps}");
    assert_eq!(counts_by_source(&library)["ai"], 5);
    assert_eq!(title(&library, library.newest_first()[0]), "Machine 9");
}

#[test]
fn a_catalog_that_is_made_anew_costs_no_item_of_the_others() {
    let (health, ai) = feeds();
    let names = [("health", &health), ("ai", &ai)];
    refresh(&mut open(&names), &[&health, &ai], &mut Library::default());
    let mut bytes = fs::read(ai.catalog()).unwrap();
    for at in 0..bytes.len() - 9 {
        if bytes[at..].starts_with(b"Machine 3") {
            bytes[at] = b'L';
        }
    }
    fs::write(ai.catalog(), bytes).unwrap();
    let mut library = Library::default();
    let mut collection = open(&names);
    let _flow = collection.hand_over_all(&mut |changes| {
        library.change(changes.written, &changes.removed);
        ControlFlow::Continue(())
    });
    let mut restarts = 0;
    for (at, feed) in [&health, &ai].into_iter().enumerate() {
        let refreshed = collection.refresh(at, &feed.source(), true, &mut |step| {
            restarts += usize::from(matches!(step, RefreshStep::Restarted { .. }));
            take(&mut library, step)
        });
        refreshed.unwrap();
    }
    assert_eq!(restarts, 1, "the damage must be met while all are open");
    assert_eq!(
        counts_by_source(&library),
        BTreeMap::from([("health".to_owned(), 300), ("ai".to_owned(), 5)])
    );
    let mut reader = collection.reader();
    for id in library.newest_first() {
        assert_eq!(
            reader.file(*id).unwrap().map(|file| file.item.title.to_string()),
            Some(title(&library, *id))
        );
    }
}
