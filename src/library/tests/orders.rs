//! Lists are in the order that they are said to be in, however the items have come, changed and gone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::super::*;
use crate::item::{Release, SafeText};
use crate::search::fold;

const ORDERS: [Order; 6] =
    [Order::Newest, Order::Oldest, Order::Title, Order::Site, Order::Shortest, Order::Best];

/// An item of which little is different from the others, so that many are equal in one order or another.
fn headline(number: u32, made_of: u16) -> Headline {
    let title = match made_of % 7 {
        0 => format!("What to know about the ward in {}", made_of % 5),
        1 => format!("“What to know about the ward in {}”", made_of % 5),
        2 => "what to know about".to_owned(),
        3 => "Équipe".to_owned(),
        4 => "– –".to_owned(),
        _ => format!("{} questions", made_of % 12),
    };
    let site = ["b.example", "A.example", "ä.example"].into_iter().nth(usize::from(made_of % 4));
    Headline {
        id: ItemId::new(number),
        key: ItemKey(u64::from(made_of % 200)),
        // In the order of the numbers.
        path: format!("{number:05}.md"),
        title: SafeText::new(&title),
        date_source: crate::item::DateSource::Item,
        date: (!made_of.is_multiple_of(6))
            .then(|| date(2026, 11, 1).at((made_of % 4).try_into().unwrap_or(0), 0, 0, 0)),
        site: site.map(SafeText::new),
        topics: Vec::new(),
        offerings: Vec::new(),
        minutes: made_of % 3,
        has_link: true,
        problems: Vec::new(),
        source: None,
        place: 0,
        release: Release::default(),
    }
}

/// Items in an order, as it is described.
fn sorted(library: &Library, items: &ItemSet, query: &Query) -> Vec<ItemId> {
    let entry = |id: &ItemId| library.entry(*id).expect("it is listed");
    let mut ids: Vec<ItemId> = items.iter().collect();
    ids.sort_by_key(|id| (Reverse(entry(id).date), library.title(entry(id)).to_owned(), *id));
    let letters = |title: &str| fold(title.trim_start_matches(|letter: char| !letter.is_alphanumeric()));
    match query.order {
        Order::Newest => {}
        Order::Oldest => ids.sort_by_key(|id| (entry(id).date.is_none(), entry(id).date)),
        Order::Title => ids.sort_by_key(|id| letters(library.title(entry(id)))),
        Order::Site => ids.sort_by_key(|id| {
            let site = entry(id).site;
            let name = |site| library.topics().label(site);
            (site.is_none(), site.map(|site| (fold(name(site)), name(site).to_lowercase())))
        }),
        Order::Shortest => ids.sort_by_key(|id| (entry(id).minutes == 0, entry(id).minutes)),
        Order::Best => {
            let best = &query.hits.as_ref().expect("it was asked").best;
            ids.sort_by_key(|id| best.iter().position(|other| other == id).unwrap_or(usize::MAX));
        }
    }
    ids
}

/// Items that are written, items that go, and items that are to be shown by then.
fn any_change() -> impl Strategy<Value = (BTreeMap<u32, u16>, Vec<u32>, Vec<u32>)> {
    let some = |most| prop::collection::vec(0u32..150, 0..most);
    (prop::collection::btree_map(0u32..150, any::<u16>(), 0..12), some(6), some(8))
}

#[test]
fn whatever_came_changed_and_went_every_list_is_in_its_order() {
    let first = prop::collection::btree_map(0u32..150, any::<u16>(), 90..150);
    proptest!(ProptestConfig::with_cases(100), |(first in first, changes in prop::collection::vec(any_change(), 1..6))| {
        let mut library = Library::default();
        let all = (first, Vec::new(), Vec::new());
        for (written, removed, hidden) in std::iter::once(all).chain(changes) {
            let written: Vec<Headline> = written.into_iter().map(|(id, of)| headline(id, of)).collect();
            let written_ids: ItemSet = written.iter().map(|headline| headline.id).collect();
            let removed = removed.into_iter().map(ItemId::new).filter(|id| !written_ids.contains(*id));
            library.change(written, &removed.collect::<Vec<_>>());
            let mut items: ItemSet = library.newest_first().iter().copied().collect();
            for id in &hidden {
                items.remove(ItemId::new(*id));
            }
            let best: Vec<ItemId> = (0..150).step_by(7).map(ItemId::new).collect();
            for order in ORDERS {
                let hits = Hits { best: best.clone(), ..Hits::default() };
                let query = Query { order, hits: Some(hits), ..Query::default() };
                prop_assert_eq!(library.arrange(&items, &query), sorted(&library, &items, &query), "{:?}", order);
            }
        }
    });
}
