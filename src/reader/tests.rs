//! Whatever happens, and however large the screen is, nothing panics and every cursor stays within bounds.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::article::{Page, Row};
use crate::item::{Clock, ItemFile, Problem, Severity};
use crate::library::{Headline, Hits, ItemId, ItemSet, Mark, MarkChange, Marks, Order, Query};

fn headline(number: u8) -> Headline {
    let text = format!(
        "---\ntitle: Item {number}\ndate: 2026-11-{:02}\ncategories: ['A: {}', 'B: {number}']\nslug: s{}\n---\nText",
        number % 28 + 1,
        number % 3,
        number / 2
    );
    let item = ItemFile::read(&format!("{number}.md"), text.as_bytes()).item;
    Headline::of(ItemId::new(number.into()), &item)
}

/// A number of any item, or of none.
fn any_id() -> impl Strategy<Value = ItemId> {
    (0u32..260).prop_map(ItemId::new)
}

/// What the index may find.
fn any_hits() -> impl Strategy<Value = Hits> {
    (prop::collection::vec(any_id(), 0..60), any::<bool>()).prop_map(|(best, complete)| Hits {
        items: best.iter().copied().collect(),
        best,
        complete,
    })
}

fn any_bundle_news() -> impl Strategy<Value = BundleNews> {
    let copy = LastCopy { as_of: date(2026, 11, 21).at(23, 59, 0, 0), age: SafeText::new("9 h") };
    prop::sample::select(vec![
        BundleNews::Copy(None),
        BundleNews::Copy(Some(copy)),
        BundleNews::Progress(SafeText::new("12.3 of 40.1 MB · 1.2 MB/s · 23 s left")),
        BundleNews::Fetched,
        BundleNews::Unchanged,
        BundleNews::Offline,
        BundleNews::Failed(SafeText::new(
            "news.example.org: the server sent an empty file. Tell its publisher.",
        )),
    ])
}

fn any_memory() -> impl Strategy<Value = Memory> {
    let keys = || prop::collection::vec(any::<u8>().prop_map(|number| headline(number).key), 0..20);
    let position = (any::<u32>(), any::<u32>()).prop_map(|(row, rows)| Position { row, rows });
    let view = prop::sample::select(vec!["all", "unread", "term\u{1f}A\u{1f}1", "search\u{1f}text", "odd"]);
    let place = (view, prop::option::of(any::<u8>())).prop_map(|(view, selected)| Place {
        view: view.to_owned(),
        selected: selected.map(|number| headline(number).key),
        order: Order::default(),
    });
    (keys(), keys(), keys(), prop::option::of(place), prop::collection::vec((any::<u8>(), position), 0..9))
        .prop_map(|(read, starred, new, place, positions)| Memory {
            marks: Marks { read: read.into_iter().collect(), starred: starred.into_iter().collect() },
            new,
            place,
            positions: positions
                .into_iter()
                .map(|(number, position)| (headline(number).key, position))
                .collect(),
            searches: vec![
                SafeText::new("text"),
                SafeText::new("is:unread topic:1"),
                SafeText::new("since:"),
            ],
            settings: vec![("of a newer Rounds".to_owned(), "\u{1b}[2J".to_owned())],
        })
}

fn any_part() -> impl Strategy<Value = Part> {
    prop::sample::select(vec![
        Part::Loading,
        Part::Saving,
        Part::Searching,
        Part::Pages,
        Part::Fetching(0),
        Part::Watching,
        Part::Errand,
    ])
}

/// What comes from the source, the catalog and what is kept.
fn any_news() -> impl Strategy<Value = Message> {
    let written = prop::collection::vec(any::<u8>(), 0..40);
    let change = (any::<u8>(), prop::sample::select(vec![Mark::Read, Mark::Starred]), any::<bool>());
    let problem =
        Problem { line: Some(3), severity: Severity::Error, code: "any", message: SafeText::new("Any.") };
    prop_oneof![
        6 => (0u64..3, written, prop::collection::vec(any_id(), 0..9)).prop_map(|(epoch, written, removed)| {
            let written: Vec<_> = written.into_iter().map(headline).collect();
            Message::Items { epoch, written, removed }
        }),
        1 => (0usize..9).prop_map(|found| Message::LoadProgress(Progress { checked: found / 2, found })),
        2 => (1u64..4, 0usize..3).prop_map(move |(generation, added)| Message::LoadFinished {
            generation,
            loaded: Loaded { added, problems: vec![("odd.md".to_owned(), problem.clone())], ..Loaded::default() },
        }),
        1 => (1u64..4).prop_map(|generation| Message::LoadFinished {
            generation,
            loaded: Loaded { failures: vec![SafeText::new("Gone."); 2], ..Loaded::default() },
        }),
        2 => (0usize..3, any_bundle_news()).prop_map(|(bundle, news)| Message::Bundle { bundle, news }),
        1 => (0u64..3).prop_map(|epoch| Message::Restarted { epoch, notice: None }),
        1 => Just(Message::SourceChanged),
        2 => any_memory().prop_map(|memory| Message::Remembered(Box::new(memory))),
        1 => change.prop_map(|(number, mark, marked)| {
            Message::MarksChanged {
                as_of: u64::from(number % 9),
                changes: vec![MarkChange { key: headline(number).key, mark, marked }],
            }
        }),
        1 => any::<u8>().prop_map(|number| Message::NewItems(vec![headline(number).key])),
        1 => (0usize..3).prop_map(|waiting| Message::Indexed { waiting }),
        4 => (0u64..30, 0u64..3, any_hits())
            .prop_map(|(question, epoch, hits)| Message::Found { question, epoch, asker: Asker::List, hits }),
        2 => (0u64..9).prop_map(Message::Saved),
        1 => Just(Message::NotSaved(SafeText::new("The disk is full."))),
        1 => Just(Message::SavingLate),
        1 => any_part().prop_map(|part| Message::PartEnded { part, reason: SafeText::new("a fault") }),
        1 => any::<bool>().prop_map(|is_written| Message::UnsavedWritten {
            path: SafeText::new("marks.json"),
            outcome: if is_written { Ok(()) } else { Err(SafeText::new("No.")) },
        }),
        1 => (0u64..30).prop_map(|question| Message::NotFound { question, reason: SafeText::new("No.") }),
    ]
}

fn any_key() -> impl Strategy<Value = Key> {
    let codes = prop_oneof![
        6 => prop::char::range(' ', '~').prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
        4 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace, KeyCode::Delete,
            KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End,
            KeyCode::PageUp, KeyCode::PageDown,
        ]),
    ];
    (codes, prop::bool::weighted(0.2)).prop_map(|(code, ctrl)| Key { code, ctrl })
}

pub fn any_size() -> impl Strategy<Value = Size> {
    (0u16..220, 0u16..70).prop_map(|(columns, rows)| Size { columns, rows })
}

pub fn any_message() -> impl Strategy<Value = Message> {
    let mouse = (
        prop::sample::select(vec![MouseKind::Click, MouseKind::WheelUp, MouseKind::WheelDown]),
        0u16..230,
        0u16..80,
    );
    prop_oneof![
        12 => any_key().prop_map(Message::Key),
        2 => mouse.prop_map(|(kind, column, row)| Message::Mouse(Mouse { kind, column, row })),
        1 => any::<String>().prop_map(Message::Pasted),
        2 => any_size().prop_map(Message::Resized),
        1 => (1i8..28).prop_map(|day| Message::NewDay(date(2026, 11, day))),
        8 => any_news(),
        3 => (0u64..60, 0usize..200).prop_map(|(request, rows)| Message::PageSet {
            request,
            page: Box::new(Page { rows: vec![Row::default(); rows], found: (0..rows).step_by(9).collect(), ..Page::default() }),
        }),
    ]
}

fn check(reader: &Reader) -> Result<(), TestCaseError> {
    let panes = reader.panes();
    let size = reader.layout.size;
    let areas = [
        panes.header,
        panes.topics,
        panes.topics_rule,
        panes.list,
        panes.list_rule,
        panes.article,
        panes.footer,
    ];
    for area in areas.into_iter().flatten() {
        prop_assert!(area.x + area.width <= size.columns && area.y + area.height <= size.rows, "{panes:?}");
    }
    let (topics, list) = (reader.topics.cursor, reader.list.cursor);
    prop_assert!(topics.row() < reader.topics.rows.len().max(1));
    prop_assert!(list.row() < reader.list.ids.len().max(1));
    if let Some(area) = panes.topics.filter(|area| area.height > 0 && !topics.is_scrolled()) {
        let shown = topics.top()..topics.top() + usize::from(area.height);
        prop_assert!(shown.contains(&topics.row()), "{topics:?} in {area:?}");
    }
    if let Some(area) = panes.list.filter(|area| area.height > 0 && !list.is_scrolled()) {
        let shown = reader.shown_headlines(area);
        let selected = shown.iter().find(|shown| shown.number == list.row());
        let is_whole = |shown: &ShownHeadline| shown.row == 0 || shown.row + shown.height <= area.height;
        prop_assert!(reader.list.ids.is_empty() || selected.is_some_and(is_whole), "{list:?} in {area:?}");
    }
    if let Some(area) = panes.article.filter(|_| !reader.article.is_coming()) {
        let last_top = reader.article.rows().saturating_sub(usize::from(area.height));
        prop_assert!(reader.article.scroll <= last_top);
    }
    let topics = reader.library.topics().iter().map(|(id, _)| View::Topic(id));
    let searches = reader.library.searches().iter().map(|saved| View::Search(saved.id));
    for view in View::STANDING.into_iter().chain(searches).chain(topics) {
        let here = reader.library.entries().filter(|(id, _)| reader.library.is_in(view, *id));
        let (total, unread) = here.fold((0, 0), |(all, new), (_, e)| (all + 1, new + usize::from(!e.read)));
        prop_assert_eq!(reader.counts(view), Counts { unread, total });
        let listed = reader.library.list(&Query { view, ..Query::default() }, &ItemSet::default());
        prop_assert_eq!(listed.len(), total);
    }
    Ok(())
}

fn loaded_two() -> Message {
    let written = vec![headline(1), headline(2)];
    Message::Items { epoch: 0, written, removed: Vec::new() }
}

/// An item without an original, in a source among several.
fn of_source(number: u8, source: &str) -> Headline {
    let item = ItemFile::read("same.md", b"---\ntitle: Same\n---\nText").item;
    Headline { source: Some(SafeText::new(source)), ..Headline::of(ItemId::new(number.into()), &item) }
}

#[test]
fn what_is_marked_elsewhere_stays_in_the_list_in_every_source_that_has_its_name() {
    let mut reader = Reader::new(SafeText::new("any"), None);
    update(&mut reader, Message::Started(Size { columns: 120, rows: 40 }, date(2026, 11, 22)));
    let written = vec![of_source(1, "health"), of_source(2, "ai")];
    let key = written[0].key;
    update(&mut reader, Message::Items { epoch: 0, written, removed: Vec::new() });
    reader.show_view(View::Unread);
    assert_eq!(reader.listed(), 2);
    update(
        &mut reader,
        Message::MarksChanged { as_of: 0, changes: vec![MarkChange { key, mark: Mark::Read, marked: true }] },
    );
    assert_eq!((reader.listed(), reader.counts(View::Unread).total), (2, 0));
}

#[test]
fn what_is_typed_before_the_page_is_here_holds_for_it() {
    for (key, scroll) in [(Key::char(' '), 6), (Key::char('j'), 1), (Key::char('G'), 92)] {
        let mut reader = Reader::new(SafeText::new("any"), None)
            .with_bundles(vec![SafeText::new("a"), SafeText::new("b")]);
        update(&mut reader, Message::Started(Size { columns: 40, rows: 10 }, date(2026, 11, 22)));
        update(&mut reader, loaded_two());
        let selected = reader.list.selected();
        let effects = update(&mut reader, Message::Key(Key::plain(KeyCode::Enter)));
        let Some(Effect::SetPage(PageRequest { request, .. })) = effects.first() else {
            panic!("{effects:?}")
        };
        update(&mut reader, Message::Key(key));
        let page = Box::new(Page { rows: vec![Row::default(); 100], ..Page::default() });
        update(&mut reader, Message::PageSet { request: *request, page });
        assert_eq!((reader.list.selected(), reader.article.scroll), (selected, scroll), "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_that_happens_leads_out_of_bounds(
        size in any_size(),
        messages in prop::collection::vec(any_message(), 0..80)
    ) {
        let mut reader = Reader::new(SafeText::new("any"), Some(SafeText::new("Welcome.")));
        update(&mut reader, Message::Started(size, date(2026, 11, 22)));
        for message in messages {
            update(&mut reader, message);
            check(&reader)?;
        }
    }
}

#[test]
fn an_item_whose_hour_has_come_is_listed_and_counted_at_once() {
    let clock = |now: &str| Message::Time(Clock { now: now.parse().unwrap(), newest: None });
    let text = "---\ntitle: Early\npublishDate: 2026-12-24T10:00:00Z\n---\nText";
    let item = ItemFile::read("early.md", text.as_bytes()).item;
    let mut reader = Reader::default();
    update(&mut reader, clock("2026-12-24T09:00:00Z"));
    let written = vec![Headline::of(ItemId::new(1), &item)];
    update(&mut reader, Message::Items { epoch: 0, written, removed: Vec::new() });
    assert_eq!(reader.listed(), 0);
    assert_eq!(update(&mut reader, clock("2026-12-24T09:59:00Z")), []);
    let effects = update(&mut reader, clock("2026-12-24T10:00:00Z"));
    assert_eq!(reader.listed(), 1);
    assert!(
        matches!(effects[..], [Effect::Load { thorough: false, .. }]),
        "it is new since the last visit: {effects:?}"
    );
}
