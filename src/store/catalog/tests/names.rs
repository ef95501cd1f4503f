//! Which of several items with one slug has the key of the slug, whatever comes, changes and goes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::item::{ItemFile, ItemKey, Link};
use crate::library::ItemId;
use crate::source::Stamp;
use crate::store::catalog::{Catalog, Changes, Put, Writer};

/// Paths in the order in which one comes before the other.
const PATHS: [&str; 6] = ["b.md", "ab/c.md", "page.md", "week-9.md", "page.fr.md", "week-10.md"];

/// What stands in the file of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Slug(u8),
    Link(u8),
    Nothing,
}

fn file(path: &str, named: Named) -> ItemFile {
    let field = match named {
        Named::Slug(slug) => format!("slug: s{slug}"),
        Named::Link(link) => format!("slug: s0\nlink: https://example.org/{link}"),
        Named::Nothing => String::new(),
    };
    ItemFile::read(path, format!("---\ntitle: Title\n{field}\n---\nText").as_bytes())
}

/// The keys that the items of these files must have.
fn expected(files: &BTreeMap<usize, Named>) -> BTreeMap<&'static str, ItemKey> {
    let key = |(at, named): (&usize, &Named)| {
        let path = PATHS[*at];
        let is_first = files.range(..*at).all(|(_, other)| other != named);
        let key = match named {
            Named::Link(link) => {
                ItemKey::of(Link::parse(&format!("https://example.org/{link}")).as_ref(), "", path)
            }
            Named::Slug(slug) if is_first => ItemKey::of(None, &format!("s{slug}"), path),
            Named::Slug(_) | Named::Nothing => ItemKey::of(None, "", path),
        };
        (path, key)
    };
    files.iter().map(key).collect()
}

fn any_event() -> impl Strategy<Value = (usize, Option<Named>)> {
    let named = prop_oneof![
        4 => (0u8..2).prop_map(Named::Slug),
        1 => (0u8..2).prop_map(Named::Link),
        1 => Just(Named::Nothing),
    ];
    (0..PATHS.len(), prop::option::weighted(0.7, named))
}

/// The items of a catalog as those see them who are told of its changes.
#[derive(Default)]
struct Told(BTreeMap<ItemId, (String, ItemKey)>);

impl Told {
    fn take(&mut self, Changes { written, removed }: Changes) {
        self.0.extend(written.into_iter().map(|headline| (headline.id, (headline.path, headline.key))));
        self.0.retain(|id, _| !removed.contains(id));
    }

    fn keys(&self) -> BTreeMap<&str, ItemKey> {
        self.0.values().map(|(path, key)| (path.as_str(), *key)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_first_by_its_path_has_the_key_of_the_slug_and_all_are_told_when_that_changes(
        events in prop::collection::vec(any_event(), 0..20)
    ) {
        let catalog = Catalog::temporary();
        let mut reader = catalog.reader();
        let (mut files, mut at_once, mut later, mut seen) =
            (BTreeMap::new(), Told::default(), Told::default(), 0);
        for (at, named) in events {
            let mut writer = Writer::begin(catalog.connection().unwrap()).unwrap();
            let mut changes = Changes::default();
            if let Some(named) = named {
                files.insert(at, named);
                let file = file(PATHS[at], named);
                let Put { id, key, rekeyed, .. } = writer.put(&file, Stamp::default()).unwrap();
                at_once.0.insert(id, (file.item.path, key));
                changes.written = rekeyed;
            } else {
                files.remove(&at);
                if let Some((id, successor)) = writer.remove(PATHS[at]).unwrap() {
                    changes = Changes { written: successor.into_iter().collect(), removed: vec![id] };
                }
            }
            writer.commit().unwrap();
            at_once.take(changes);
            seen = reader.changes_after(seen, &mut |changes| {
                later.take(changes);
                ControlFlow::Continue(())
            }).unwrap();
            prop_assert_eq!(at_once.keys(), expected(&files));
            prop_assert_eq!(later.keys(), expected(&files));
        }
        for (id, (path, key)) in &at_once.0 {
            let item = reader.file(*id).unwrap().unwrap().item;
            prop_assert_eq!((&item.path, item.key), (path, *key));
        }
    }
}
