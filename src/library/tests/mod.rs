//! Whatever comes, changes and goes, lists and counts say the same as a look at all items would.

mod orders;
mod recount;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::item::{ItemFile, SafeText};
use crate::search::Search;

/// An item by its number and what it is made of: some have the same original, some the same slug and no original, some
/// the same topics.
fn headline(number: u32, made_of: u8) -> Headline {
    let name = made_of % 7;
    let name =
        if made_of < 160 { format!("link: https://example.org/{name}") } else { format!("slug: s{name}") };
    let text = format!(
        "---\ntitle: Item {made_of}\ndate: 2026-11-{:02}\ncategories: ['A: {}', 'B: {}']\n{name}\n---\nText",
        made_of % 28 + 1,
        made_of % 3,
        made_of % 5,
    );
    Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item)
}

#[derive(Debug, Clone)]
enum Event {
    Change { written: Vec<(u32, u8)>, removed: Vec<u32> },
    Mark { of: u8, mark: Mark, marked: bool },
    New(u8),
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (prop::collection::vec((0u32..12, any::<u8>()), 0..6), prop::collection::vec(0u32..12, 0..3))
            .prop_map(|(written, removed)| Event::Change { written, removed }),
        2 => (any::<u8>(), prop::sample::select(vec![Mark::Read, Mark::Starred]), any::<bool>())
            .prop_map(|(of, mark, marked)| Event::Mark { of, mark, marked }),
        1 => any::<u8>().prop_map(Event::New),
    ]
}

/// What an item is known by: its key, and its number where it has no original that others could share.
type Identity = (ItemKey, Option<ItemId>);

/// What each item is by now, with all files of one original together.
#[derive(Default)]
struct Model {
    items: BTreeMap<u32, Headline>,
    read: HashSet<ItemKey>,
    starred: HashSet<ItemKey>,
}

impl Model {
    /// The items in a topic.
    fn items_in(&self, term: &str) -> BTreeSet<Identity> {
        let named = |headline: &&Headline| headline.topics.iter().any(|topic| topic.term.as_str() == term);
        self.items.values().filter(named).map(identity).collect()
    }

    fn items(&self) -> BTreeSet<Identity> {
        self.items.values().map(identity).collect()
    }

    fn counts(&self, items: &BTreeSet<Identity>) -> Counts {
        let unread = items.iter().filter(|(key, _)| !self.read.contains(key)).count();
        Counts { unread, total: items.len() }
    }
}

fn identity(headline: &Headline) -> Identity {
    (headline.key, (!headline.has_link).then_some(headline.id))
}

fn listed(library: &Library, view: View) -> Vec<Identity> {
    let ids = library.list(&Query { view, ..Query::default() }, &ItemSet::default());
    let identity = |id: &ItemId| {
        let entry = library.entry(*id).expect("what is listed is there");
        (entry.key, (!entry.has_link).then_some(*id))
    };
    ids.iter().map(identity).collect()
}

fn topic(library: &Library, term: &str) -> Option<View> {
    let mut topics = library.topics().iter();
    topics
        .find(|(_, topic)| topic.kind == TopicKind::Term && topic.label() == term)
        .map(|(id, _)| View::Topic(id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_item_is_listed_and_counted_once_wherever_it_belongs(
        events in prop::collection::vec(any_event(), 0..25)
    ) {
        let mut library = Library::default();
        library.set_today(date(2026, 11, 22));
        let search = Search::parse("is:unread topic:1", date(2026, 11, 22)).expect("it can be understood");
        let saved = library.save_search(SafeText::new("is:unread topic:1"), search);
        let mut model = Model::default();
        for event in events {
            match event {
                Event::Change { written, removed } => {
                    let removed: Vec<u32> =
                        removed.into_iter().filter(|id| written.iter().all(|(other, _)| other != id)).collect();
                    for id in &removed {
                        model.items.remove(id);
                    }
                    let written: BTreeMap<u32, Headline> =
                        written.into_iter().map(|(id, of)| (id, headline(id, of))).collect();
                    model.items.extend(written.clone());
                    let removed: Vec<ItemId> = removed.into_iter().map(ItemId::new).collect();
                    library.change(written.into_values().collect(), &removed);
                }
                Event::Mark { of, mark, marked } => {
                    let key = headline(0, of).key;
                    library.set_mark(&[key], mark, marked);
                    let keys = if mark == Mark::Read { &mut model.read } else { &mut model.starred };
                    if marked { keys.insert(key) } else { keys.remove(&key) };
                }
                Event::New(of) => library.add_new(vec![headline(0, of).key]),
            }
            prop_assert_eq!(library.counts(View::All), model.counts(&model.items()));
            let all: BTreeSet<Identity> = listed(&library, View::All).into_iter().collect();
            prop_assert_eq!(&all, &model.items());
            for term in ["0", "1", "2", "3", "4"] {
                let expected = model.items_in(term);
                let view = topic(&library, term);
                // The terms 0 to 2 stand in two taxonomies; together they hold what the model says.
                let here = view.map(|view| listed(&library, view)).unwrap_or_default();
                prop_assert!(here.iter().all(|item| expected.contains(item)), "{term}");
                if let Some(view) = view {
                    prop_assert_eq!(library.counts(view).total, here.len());
                    let unread = here.iter().filter(|(key, _)| !model.read.contains(key)).count();
                    prop_assert_eq!(library.counts(view).unread, unread);
                }
                if matches!(term, "3" | "4") {
                    prop_assert_eq!(here.len(), expected.len());
                }
            }
            for view in View::STANDING.into_iter().chain([View::Search(saved)]) {
                prop_assert_eq!(library.counts(view).total, listed(&library, view).len(), "{:?}", view);
            }
            let starred: BTreeSet<Identity> = listed(&library, View::Starred).into_iter().collect();
            let expected = model.items().into_iter().filter(|(key, _)| model.starred.contains(key));
            prop_assert_eq!(starred, expected.collect());
        }
    }
}

#[test]
fn the_latest_of_several_files_of_one_original_stands_for_all_in_the_topics_of_all() {
    let mut library = Library::default();
    let file = |number: u32, day: u8, topic: &str| {
        let text = format!(
            "---\ntitle: T{number}\ndate: 2026-11-{day:02}\ncategories: ['{topic}']\nlink: https://example.org/one\n---\nText"
        );
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item)
    };
    library.insert(vec![file(1, 5, "A: one"), file(2, 9, "A: two")]);
    assert_eq!((library.len(), library.counts(View::All).unread), (1, 1));
    let first = library.newest_first().first().and_then(|id| library.entry(*id)).expect("it is listed");
    assert_eq!(library.title(first), "T2");
    for term in ["one", "two"] {
        assert_eq!(library.counts(topic(&library, term).expect(term)).total, 1, "{term}");
    }
    library.change(Vec::new(), &[ItemId::new(2)]);
    let first = library.newest_first().first().and_then(|id| library.entry(*id)).expect("the other is left");
    assert_eq!(library.title(first), "T1");
    assert_eq!(library.counts(topic(&library, "two").expect("it is known")).total, 0);
}

#[test]
fn a_view_is_found_again_by_its_name_in_the_next_run() {
    let mut library = Library::default();
    library
        .insert((0..20).map(|number| headline(number, 3 * u8::try_from(number).expect("small"))).collect());
    let search = Search::parse("sepsis", date(2026, 11, 22)).expect("it can be understood");
    let saved = library.save_search(SafeText::new("sepsis"), search.clone());
    let mut again = Library::default();
    again.save_search(SafeText::new("other"), search.clone());
    again.save_search(SafeText::new("sepsis"), search);
    again.insert(
        (0..20).rev().map(|number| headline(number, 3 * u8::try_from(number).expect("small"))).collect(),
    );
    let topics = library.topics().iter().map(|(id, _)| View::Topic(id));
    for view in View::STANDING.into_iter().chain([View::Search(saved)]).chain(topics) {
        let found = again.view_named(&library.view_name(view)).expect("it is there");
        assert_eq!(
            (again.full_label(found), again.counts(found)),
            (library.full_label(view), library.counts(view))
        );
    }
    assert_eq!(again.view_named("term\u{1f}A\u{1f}none"), None);
    assert_eq!(again.view_named(""), None);
}

#[test]
fn a_forged_number_costs_no_memory() {
    let mut library = Library::default();
    library.insert(vec![headline(u32::MAX, 1)]);
    assert!(library.is_empty());
}

#[test]
fn items_that_change_over_and_over_keep_their_titles_and_topics_and_take_no_more_room() {
    let mut library = Library::default();
    for round in 0..=250u8 {
        library.insert((0..50u8).map(|number| headline(number.into(), round.wrapping_add(number))).collect());
    }
    assert!(!library.names.is_wasteful() && !library.topic_lists.is_wasteful());
    for (id, entry) in library.entries() {
        let made_of = 250u8.wrapping_add(u8::try_from(id.number()).expect("small"));
        assert_eq!(library.title(entry), format!("Item {made_of}"));
        let term = (made_of % 5).to_string();
        assert!(library.topics().iter().any(|(topic, names)| {
            names.kind == TopicKind::Term && names.label() == term && library.is_in(View::Topic(topic), id)
        }));
    }
}

/// An item of a source that is called so, with an original or only with a name of its own.
fn of_source(number: u32, source: &str, link: Option<&str>) -> Headline {
    let link = link.map(|link| format!("\nlink: {link}")).unwrap_or_default();
    let text = format!("---\ntitle: From {source}\ndate: 2026-11-01{link}\n---\nText");
    let item = ItemFile::read("news.md", text.as_bytes()).item;
    Headline { source: Some(SafeText::new(source)), ..Headline::of(ItemId::new(number), &item) }
}

fn of_sources(library: &Library) -> Vec<(String, usize)> {
    let sources = library.topics().iter().filter(|(_, topic)| topic.kind == TopicKind::Source);
    sources.map(|(_, topic)| (topic.label().to_owned(), topic.counts.total)).collect()
}

#[test]
fn one_original_in_two_sources_is_one_item_in_the_topics_of_both() {
    let mut library = Library::default();
    let link = Some("https://example.org/one");
    library.insert(vec![of_source(1, "health", link), of_source(2, "ai", link)]);
    assert_eq!(library.len(), 1);
    assert_eq!(of_sources(&library), [("health".to_owned(), 1), ("ai".to_owned(), 1)]);
    library.change(Vec::new(), &[ItemId::new(1)]);
    assert_eq!(library.len(), 1);
    assert_eq!(of_sources(&library), [("health".to_owned(), 0), ("ai".to_owned(), 1)]);
}

#[test]
fn files_of_one_name_in_two_sources_are_two_items_that_share_their_marks() {
    let mut library = Library::default();
    library.insert(vec![of_source(1, "health", None), of_source(2, "ai", None)]);
    assert_eq!(library.len(), 2);
    assert_eq!(of_sources(&library), [("health".to_owned(), 1), ("ai".to_owned(), 1)]);
    let key = of_source(1, "health", None).key;
    library.set_mark(&[key], Mark::Read, true);
    assert_eq!(library.counts(View::Unread).total, 0);
    assert_eq!(library.counts(View::All), Counts { unread: 0, total: 2 });
}

#[test]
fn items_without_an_original_are_never_one_though_they_have_one_key() {
    let mut library = Library::default();
    let file = |number: u32, title: &str| {
        let text = format!("---\ntitle: {title}\ndate: 2026-11-01\nslug: same\n---\nText");
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{title}.md"), text.as_bytes()).item)
    };
    library.insert(vec![file(1, "English"), file(2, "French")]);
    library.change(vec![file(3, "German")], &[]);
    let titles: Vec<&str> = titles(&library);
    assert_eq!(titles, ["English", "French", "German"]);
    for id in [1, 2, 3].map(ItemId::new) {
        assert_eq!((library.listed(id), library.files_of(id)), (Some(id), vec![id]));
    }
    library.change(Vec::new(), &[ItemId::new(1)]);
    assert_eq!(library.len(), 2);
}

/// The titles of all items in their order.
fn titles(library: &Library) -> Vec<&str> {
    library.newest_first().iter().filter_map(|id| Some(library.title(library.entry(*id)?))).collect()
}

/// An item of one day, with a path and the place of its source.
fn placed(number: u32, (title, path, place): (&str, &str, u16), link: &str) -> Headline {
    let text = format!("---\ntitle: {title}\ndate: 2026-11-01\n{link}\n---\nText");
    let item = ItemFile::read(path, text.as_bytes()).item;
    Headline { place, ..Headline::of(ItemId::new(number), &item) }
}

#[test]
fn items_of_one_date_are_ordered_by_title_path_and_source_in_whatever_order_they_come() {
    let ordered = [
        ("A", "z.md", 0),
        ("A list", "a.md", 300),
        ("B", "a/x.md", 0),
        ("B", "a/x.md", 1),
        ("B", "a/x.md", 256),
        ("B", "b/x.md", 0),
        ("é", "a.md", 0),
    ];
    let numbers = [4, 0, 6, 2, 5, 1, 3];
    let items: Vec<Headline> =
        ordered.iter().zip(numbers).map(|(item, number)| placed(number, *item, "")).collect();
    let expected: Vec<ItemId> = numbers.into_iter().map(ItemId::new).collect();
    for first in 0..items.len() {
        let mut library = Library::default();
        for turn in 0..items.len() {
            library.insert(vec![items[(first + turn) % items.len()].clone()]);
        }
        assert_eq!(library.newest_first(), expected);
        assert_eq!(titles(&library), ordered.map(|(title, ..)| title));
    }
}

#[test]
fn of_equally_new_files_of_one_original_the_first_source_then_title_and_path_decide() {
    let link = "link: https://example.org/one";
    let files = [("B", "b.md", 0), ("C", "a.md", 0), ("A", "a.md", 1)];
    for first in 0..files.len() {
        let mut library = Library::default();
        for turn in 0..files.len() {
            let number = (first + turn) % files.len();
            library.insert(vec![placed(u32::try_from(9 - turn).expect("small"), files[number], link)]);
        }
        assert_eq!(titles(&library), ["B"]);
    }
}

#[test]
fn a_problem_of_an_item_bears_the_name_of_its_source_where_several_are_open() {
    let broken = ItemFile::read("news.md", b"---\ntitle: Broken\ndate: [2021\n---\nText").item;
    let headline = Headline::of(ItemId::new(1), &broken);
    for (source, path) in [(None, "news.md"), (Some("ward"), "ward: news.md")] {
        let mut library = Library::default();
        library.insert(vec![Headline { source: source.map(SafeText::new), ..headline.clone() }]);
        assert!(!library.problems().is_empty());
        assert!(library.problems().iter().all(|problem| &*problem.path == path), "{path}");
    }
}

#[test]
fn to_be_told_of_an_item_again_makes_the_spelling_of_its_topics_no_commoner() {
    let item = |number: u32, topic: &str| {
        let text = format!("---\ntitle: T\ncategories: ['{topic}']\n---\nText");
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item)
    };
    let all = || vec![item(1, "ai"), item(2, "AI"), item(3, "AI")];
    let mut library = Library::default();
    library.insert(vec![item(1, "ai")]);
    for _ in 0..3 {
        library.insert(vec![item(1, "ai")]);
    }
    library.insert(all());
    assert!(topic(&library, "AI").is_some() && topic(&library, "ai").is_none());
}

#[test]
fn topics_whose_names_differ_in_an_accent_alone_have_one_order() {
    let item = |number: u32, topic: &str| {
        let text = format!("---\ntitle: T\ncategories: ['A: {topic}']\n---\nText");
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item)
    };
    for names in [["Cafe", "Café"], ["Café", "Cafe"]] {
        let mut library = Library::default();
        library.insert(vec![item(1, names[0])]);
        library.insert(vec![item(2, names[1])]);
        let above = library.topics().children(None).next();
        let below = library.topics().children(above);
        let labels: Vec<&str> = below.map(|id| library.topics().label(id)).collect();
        assert_eq!(labels, ["Cafe", "Café"]);
    }
}
