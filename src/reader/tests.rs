//! Whatever happens, and however large the screen is, nothing panics and every cursor stays within bounds.

use std::collections::HashSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::article::{Page, Row};
use crate::item::{ItemFile, Problem, Severity};
use crate::library::Query;

fn item(number: u8) -> crate::item::Item {
    let text = format!(
        "---\ntitle: Item {number}\ndate: 2026-11-{:02}\ncategories: ['A: {}', 'B: {number}']\nslug: s{}\n---\nText",
        number % 28 + 1,
        number % 3,
        number / 2
    );
    ItemFile::read(&format!("{number}.md"), text.as_bytes()).item
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
    let problem =
        Problem { line: Some(3), severity: Severity::Error, code: "any", message: SafeText::new("Any.") };
    prop_oneof![
        12 => any_key().prop_map(Message::Key),
        2 => mouse.prop_map(|(kind, column, row)| Message::Mouse(Mouse { kind, column, row })),
        1 => any::<String>().prop_map(Message::Pasted),
        2 => any_size().prop_map(Message::Resized),
        1 => (1i8..28).prop_map(|day| Message::NewDay(date(2026, 11, day))),
        3 => (1u64..4, prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(generation, numbers)| {
            let items: Vec<_> = numbers.into_iter().map(item).collect();
            Message::Loaded { generation, found: items.len(), items }
        }),
        1 => (1u64..4).prop_map(move |generation| Message::LoadFinished {
            generation,
            problems: vec![("odd.md".to_owned(), problem.clone())],
        }),
        1 => (1u64..4).prop_map(|generation| Message::LoadFailed { generation, reason: SafeText::new("Gone.") }),
        3 => (0u64..60, 0usize..200).prop_map(|(request, rows)| Message::PageSet {
            request,
            page: Box::new(Page { rows: vec![Row::default(); rows], ..Page::default() }),
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
    for (cursor, rows, area) in [
        (reader.topics.cursor, reader.topics.rows.len(), panes.topics),
        (reader.list.cursor, reader.list.ids.len(), panes.list),
    ] {
        prop_assert!(cursor.row() < rows.max(1));
        if let Some(area) = area.filter(|area| area.height > 0) {
            let shown = cursor.top()..cursor.top() + usize::from(area.height);
            prop_assert!(shown.contains(&cursor.row()), "{cursor:?} of {rows} in {area:?}");
        }
    }
    if let Some(area) = panes.article.filter(|_| !reader.article.is_coming()) {
        let last_top = reader.article.rows().saturating_sub(usize::from(area.height));
        prop_assert!(reader.article.scroll <= last_top);
    }
    let topics = reader.library.topics().iter().map(|(id, _)| View::Topic(id));
    for view in View::STANDING.into_iter().chain(topics) {
        let here = reader.library.entries().filter(|(_, entry)| reader.library.is_in(view, entry));
        let (total, unread) = here.fold((0, 0), |(all, new), (_, e)| (all + 1, new + usize::from(!e.read)));
        prop_assert_eq!(reader.counts(view), Counts { unread, total });
        let listed = reader.library.list(&Query { view, ..Query::default() }, &HashSet::new());
        prop_assert_eq!(listed.len(), total);
    }
    Ok(())
}

#[test]
fn what_is_typed_before_the_page_is_here_holds_for_it() {
    for (key, scroll) in [(Key::char(' '), 6), (Key::char('j'), 1), (Key::char('G'), 92)] {
        let mut reader = Reader::new(SafeText::new("any"), None);
        update(&mut reader, Message::Started(Size { columns: 40, rows: 10 }, date(2026, 11, 22)));
        update(&mut reader, Message::Loaded { generation: 1, items: vec![item(1), item(2)], found: 2 });
        let selected = reader.list.selected();
        let effects = update(&mut reader, Message::Key(Key::plain(KeyCode::Enter)));
        let [Effect::SetPage(PageRequest { request, .. })] = effects.as_slice() else {
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
