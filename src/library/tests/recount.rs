//! What is counted as items come, change and go is what a look at all of them would count.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::super::*;
use crate::item::{ItemFile, SafeText};
use crate::reached::Reached;
use crate::search::{Criterion, Search, fold};

/// How many different items there are, by what they are made of.
const MAKES: u16 = 600;

/// An item by its number and what it is made of. There are many taxonomies, some items have none or no topic at all,
/// spellings differ, some share a key, and some are of no day.
fn headline(number: u32, made_of: u16) -> Headline {
    let (taxonomy, term) = (made_of % 37, made_of % 11);
    let topics = match made_of % 6 {
        0 => String::new(),
        1 => format!("'Term {term}'"),
        2 => format!("'TAX {taxonomy}: term {term}', 'Tax {taxonomy}: Other {term}'"),
        3 => format!("'Täx {taxonomy}: Term {term}', 'Term {term}'"),
        _ => format!("'Tax {taxonomy}: Term {term}', 'Tax {}: Term 0'", taxonomy + 1),
    };
    let day = match made_of % 9 {
        0 => String::new(),
        _ => format!("date: 2026-11-{:02}\n", made_of % 28 + 1),
    };
    let original = match made_of % 4 {
        0 => format!("slug: s{}\n", made_of % 50),
        _ => format!("link: https://site{}.example/{}\n", made_of % 5, made_of % 90),
    };
    let text = format!("---\ntitle: Item {made_of}\n{day}categories: [{topics}]\n{original}---\nText");
    let headline =
        Headline::of(ItemId::new(number), &ItemFile::read(&format!("{number}.md"), text.as_bytes()).item);
    let source = [None, Some("health"), Some("ai")].into_iter().nth(usize::from(made_of % 3)).flatten();
    Headline { source: source.map(SafeText::new), ..headline }
}

/// Searches to be saved.
const SEARCHES: [&str; 12] = [
    "is:unread topic:1",
    "topic:term",
    "topic:\"tax 3\"",
    "-topic:tax",
    "site:site2",
    "since:7d",
    "before:2026-11-10 -is:starred",
    "is:new",
    "is:read -since:3d",
    "text",
    "text -is:read topic:0",
    "is:starred since:2026-11-05",
];

#[derive(Debug, Clone)]
enum Event {
    Change { written: BTreeMap<u32, u16>, removed: Vec<u32> },
    Mark { of: Vec<u16>, mark: Mark, marked: bool },
    MarkedElsewhere(Vec<(u16, Mark, bool)>),
    Remembered { read: Vec<u16>, starred: Vec<u16> },
    New(Vec<u16>),
    Day(i8),
    Save(usize),
    Drop(usize),
    Hits { of: usize, found: Vec<u32> },
    Clear,
}

fn any_mark() -> impl Strategy<Value = Mark> {
    prop::sample::select(vec![Mark::Read, Mark::Starred])
}

fn any_items() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0..MAKES, 0..60)
}

fn any_change() -> impl Strategy<Value = Event> {
    let written = prop::collection::btree_map(0u32..80, 0..MAKES, 0..30);
    (written, prop::collection::vec(0u32..80, 0..10)).prop_map(|(written, removed)| {
        let removed = removed.into_iter().filter(|id| !written.contains_key(id)).collect();
        Event::Change { written, removed }
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => any_change(),
        3 => (any_items(), any_mark(), any::<bool>())
            .prop_map(|(of, mark, marked)| Event::Mark { of, mark, marked }),
        3 => prop::collection::vec((0..MAKES, any_mark(), any::<bool>()), 0..60)
            .prop_map(Event::MarkedElsewhere),
        1 => (any_items(), any_items()).prop_map(|(read, starred)| Event::Remembered { read, starred }),
        2 => any_items().prop_map(Event::New),
        2 => (1i8..=30).prop_map(Event::Day),
        6 => (0..SEARCHES.len()).prop_map(Event::Save),
        1 => any::<usize>().prop_map(Event::Drop),
        3 => (any::<usize>(), prop::collection::vec(0u32..90, 0..60))
            .prop_map(|(of, found)| Event::Hits { of, found }),
        1 => Just(Event::Clear),
    ]
}

/// What has happened so far, as plainly as it can be kept.
struct Model {
    today: Date,
    items: BTreeMap<ItemId, Headline>,
    marks: Marks,
    new: HashSet<ItemKey>,
    /// What the index has found for each search since it was asked.
    found: HashMap<SearchId, HashSet<ItemId>>,
}

impl Model {
    /// Whether a view holds an item that is listed.
    fn holds(&self, library: &Library, view: View, id: ItemId, entry: &Entry) -> bool {
        let within = |days: i64| {
            let first = self.today.checked_sub(days.days()).expect("it is a day");
            entry.day().is_some_and(|day| (first..=self.today).contains(&day))
        };
        match view {
            View::All => true,
            View::New => self.new.contains(&entry.key),
            View::Unread => !self.marks.read.contains(&entry.key),
            View::Starred => self.marks.starred.contains(&entry.key),
            View::Today => within(0),
            View::ThisWeek => within(6),
            View::Topic(wanted) => library.topics_of(entry).iter().any(|id| {
                *id == wanted || library.topics().get(*id).is_some_and(|topic| topic.parent == Some(wanted))
            }),
            View::Search(search) => {
                let search = &library.search(search).expect("it is saved").search;
                let found = self.found.get(&search_id(view));
                let text = !search.has_text() || found.is_some_and(|found| found.contains(&id));
                let filters = &search.filters;
                text && filters.iter().all(|filter| self.admits(&filter.what, library, entry) != filter.not)
            }
        }
    }

    fn admits(&self, what: &Criterion, library: &Library, entry: &Entry) -> bool {
        let named = |words: &crate::search::Words, is_site: bool| {
            library.topics_of(entry).iter().any(|id| {
                let kind = library.topics().get(*id).expect("it is there").kind;
                let name = fold(&library.topics().full_label(*id));
                (kind == TopicKind::Site) == is_site && words.all_begin_in(&name)
            })
        };
        match what {
            Criterion::Topic(words) => named(words, false),
            Criterion::Site(words) => named(words, true),
            Criterion::Unread => !self.marks.read.contains(&entry.key),
            Criterion::Read => self.marks.read.contains(&entry.key),
            Criterion::Starred => self.marks.starred.contains(&entry.key),
            Criterion::New => self.new.contains(&entry.key),
            Criterion::Since(day) => entry.day().is_some_and(|published| published >= *day),
            Criterion::Before(day) => entry.day().is_some_and(|published| published < *day),
        }
    }
}

fn search_id(view: View) -> SearchId {
    let View::Search(id) = view else { panic!("{view:?} is no search") };
    id
}

/// The search at a place, counted round, among those that are saved and for which something holds.
fn saved_at(library: &Library, at: usize, holds: impl Fn(&Search) -> bool) -> Option<SearchId> {
    let all: Vec<SearchId> =
        library.searches().iter().filter(|saved| holds(&saved.search)).map(|saved| saved.id).collect();
    all.get(at.checked_rem(all.len())?).copied()
}

fn save(library: &mut Library, typed: &str, today: Date) -> SearchId {
    let search = Search::parse_finished(typed, today).expect("it can be understood");
    library.save_search(SafeText::new(typed), search)
}

/// Tells the library and the model of something that has happened.
fn happen(event: Event, library: &mut Library, model: &mut Model) {
    let key = |made_of: u16| headline(0, made_of).key;
    match event {
        Event::Change { written, removed } => {
            let written: Vec<Headline> = written.into_iter().map(|(id, of)| headline(id, of)).collect();
            let removed: Vec<ItemId> = removed.into_iter().map(ItemId::new).collect();
            model.items.retain(|id, _| !removed.contains(id));
            model.items.extend(written.iter().map(|headline| (headline.id, headline.clone())));
            library.change(written, &removed);
        }
        Event::Mark { of, mark, marked } => {
            let keys: Vec<ItemKey> = of.into_iter().map(key).collect();
            library.set_mark(&keys, mark, marked);
            for key in keys {
                model.marks.set(key, mark, marked);
            }
        }
        Event::MarkedElsewhere(changes) => {
            let change = |(of, mark, marked)| MarkChange { key: key(of), mark, marked };
            let changes: Vec<MarkChange> = changes.into_iter().map(change).collect();
            library.take_marks(&changes);
            for MarkChange { key, mark, marked } in changes {
                model.marks.set(key, mark, marked);
            }
        }
        Event::Remembered { read, starred } => {
            let keys = |of: Vec<u16>| of.into_iter().map(key).collect();
            model.marks = Marks { read: keys(read), starred: keys(starred) };
            library.set_marks(model.marks.clone());
        }
        Event::New(of) => {
            let keys: Vec<ItemKey> = of.into_iter().map(key).collect();
            model.new.extend(keys.iter().copied());
            library.add_new(keys);
        }
        Event::Day(day) => {
            model.today = date(2026, 11, day);
            library.set_today(model.today);
            let typed: Vec<SafeText> = library.searches().iter().map(|saved| saved.typed.clone()).collect();
            for typed in typed {
                save(library, &typed, model.today);
            }
        }
        Event::Save(at) => {
            save(library, SEARCHES[at], model.today);
        }
        Event::Drop(at) => {
            if let Some(id) = saved_at(library, at, |_| true) {
                library.drop_search(id);
                model.found.remove(&id);
            }
        }
        Event::Hits { of, found } => {
            if let Some(search) = saved_at(library, of, Search::has_text) {
                let items: Vec<ItemId> = found.into_iter().map(ItemId::new).collect();
                library.set_hits(search, Hits { items: items.iter().copied().collect(), ..Hits::default() });
                let whole: Vec<ItemId> = items.iter().filter_map(|id| library.listed(*id)).collect();
                model.found.insert(search, items.into_iter().chain(whole).collect());
            }
        }
        Event::Clear => {
            library.clear();
            model.items.clear();
            model.found.clear();
        }
    }
}

/// The topics right below one, or at the top, as a look at all topics finds them.
fn children(library: &Library, parent: Option<TopicId>) -> Vec<TopicId> {
    let below = library.topics().iter().filter(|(_, topic)| topic.parent == parent && topic.counts.total > 0);
    let mut named: Vec<_> = below
        .map(|(id, topic)| (topic.kind, fold(topic.label()), topic.label().to_lowercase(), id))
        .collect();
    named.sort();
    named.into_iter().map(|(.., id)| id).collect()
}

fn check(library: &Library, model: &Model, reached: &Reached) -> Result<(), TestCaseError> {
    let topics = || library.topics().iter().map(|(id, _)| id);
    let searches: Vec<View> = library.searches().iter().map(|saved| View::Search(saved.id)).collect();
    for view in View::STANDING.into_iter().chain(searches.clone()).chain(topics().map(View::Topic)) {
        let here: Vec<(ItemId, &Entry)> =
            library.entries().filter(|(id, entry)| model.holds(library, view, *id, entry)).collect();
        let unread = here.iter().filter(|(_, entry)| !model.marks.read.contains(&entry.key)).count();
        prop_assert_eq!(library.counts(view), Counts { unread, total: here.len() }, "{:?}", view);
        let mut listed = library.list(&Query { view, ..Query::default() }, &ItemSet::default());
        listed.sort_unstable();
        prop_assert_eq!(listed, here.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "{:?}", view);
        prop_assert!(here.iter().all(|(id, _)| library.is_in(view, *id)), "{view:?}");
        let is_search = matches!(view, View::Search(_));
        reached
            .note("a search found some of the items", is_search && (1..library.len()).contains(&here.len()));
        let has_text = is_search && library.search(search_id(view)).is_some_and(|one| one.search.has_text());
        reached.note("a search had hits", has_text && !here.is_empty());
        reached.note(
            "a standing view held some of the items",
            !is_search && (1..library.len()).contains(&here.len()),
        );
    }
    for parent in std::iter::once(None).chain(topics().map(Some)) {
        let expected = children(library, parent);
        reached.note("many topics stood side by side", expected.len() > 20);
        prop_assert_eq!(library.topics().children(parent).collect::<Vec<_>>(), expected.clone());
        if let Some(parent) = parent {
            let name = library.view_name(View::Topic(parent));
            let found = library.view_named(&name).map(|view| library.full_label(view));
            prop_assert_eq!(found, Some(library.full_label(View::Topic(parent))));
        }
    }
    for placed in library.topics().order() {
        prop_assert_eq!(placed.below as usize, children(library, Some(placed.id)).len());
    }
    let same_keys = model.items.values().map(|headline| headline.key).collect::<HashSet<_>>().len();
    reached.note("items shared a key", same_keys < model.items.len());
    Ok(())
}

/// What a library that has been through all of it shows is what one shows that is given the rest at once.
fn compare_with_another(library: &Library, model: &Model) -> Result<(), TestCaseError> {
    let mut another = Library::default();
    another.insert(model.items.values().cloned().collect());
    another.set_marks(model.marks.clone());
    another.add_new(model.new.iter().copied().collect());
    another.set_today(model.today);
    prop_assert_eq!(another.newest_first(), library.newest_first());
    let topics = |library: &Library| -> BTreeMap<(TopicKind, String, String), Counts> {
        let held = library.topics().iter().filter(|(_, topic)| topic.counts.total > 0);
        held.map(|(id, topic)| {
            let parent = library.parent_label(View::Topic(id)).to_lowercase();
            ((topic.kind, parent, topic.label().to_lowercase()), topic.counts)
        })
        .collect()
    };
    prop_assert_eq!(topics(&another), topics(library));
    for view in View::STANDING {
        prop_assert_eq!(another.counts(view), library.counts(view));
    }
    Ok(())
}

#[test]
fn whatever_happens_every_count_is_that_of_a_look_at_all_items() {
    let reached = Reached::of(&[
        "a search found some of the items",
        "a search had hits",
        "a standing view held some of the items",
        "many topics stood side by side",
        "items shared a key",
    ]);
    let first = prop::collection::btree_map(0u32..80, 0..MAKES, 40..80);
    proptest!(ProptestConfig::with_cases(60), |(first in first, events in prop::collection::vec(any_event(), 1..12))| {
        let today = date(2026, 11, 22);
        let mut library = Library::default();
        library.set_today(today);
        let mut model = Model {
            today,
            items: BTreeMap::new(),
            marks: Marks::default(),
            new: HashSet::new(),
            found: HashMap::new(),
        };
        for typed in ["text", "text -is:read topic:0"] {
            save(&mut library, typed, today);
        }
        let full = Event::Change { written: first, removed: Vec::new() };
        for event in std::iter::once(full).chain(events) {
            happen(event, &mut library, &mut model);
            check(&library, &model, &reached)?;
        }
        compare_with_another(&library, &model)?;
    });
    reached.must_each_be(50);
}
