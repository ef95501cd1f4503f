//! Items that have another key than before, where it is certain which item is meant.

use rounds::item::{ItemKey, Link, Succession};
use rounds::store::catalog::Catalog;

use super::feed::{Feed, Viewer};

/// What stands in the file of an item.
fn text(title: &str, slug: &str, link: &str) -> Vec<u8> {
    let field = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{name}: {value}\n"),
    };
    format!("---\ntitle: {title}\n{}{}---\n<p>Text.</p>\n", field("slug", slug), field("link", link))
        .into_bytes()
}

fn link(address: &str) -> ItemKey {
    ItemKey::of(Some(&Link::parse(address).unwrap()), "", "")
}

/// The successions that a catalog notes when some files have become others.
fn noted(before: &[(&str, Vec<u8>)], after: &[(&str, Vec<u8>)]) -> Vec<Succession> {
    let feed = Feed::new();
    for (path, bytes) in before {
        feed.write(path, bytes);
    }
    let (mut catalog, _) = Catalog::open(&feed.catalog());
    let mut viewer = Viewer::default();
    viewer.refresh(&feed, &mut catalog);
    assert_eq!(catalog.reader().successions(0).unwrap().0, [], "nothing had another key before");
    for (path, _) in before.iter().filter(|(path, _)| after.iter().all(|(other, _)| other != path)) {
        feed.remove(path);
    }
    for (path, bytes) in after.iter().filter(|file| !before.contains(file)) {
        feed.write(path, bytes);
    }
    viewer.refresh(&feed, &mut catalog);
    catalog.reader().successions(0).unwrap().0
}

const OLD: &str = "https://example.org/old";
const NEW: &str = "https://example.org/new";

#[test]
fn a_link_that_is_corrected_added_or_taken_away_leaves_the_item_what_it_was() {
    let by_path = ItemKey::of(None, "", "a.md");
    let by_slug = ItemKey::of(None, "s", "a.md");
    let cases = [
        (("", OLD), ("", NEW), link(OLD), link(NEW)),
        (("", ""), ("", NEW), by_path, link(NEW)),
        (("s", ""), ("s", NEW), by_slug, link(NEW)),
        (("s", OLD), ("s", ""), link(OLD), by_slug),
        (("", ""), ("s", ""), by_path, by_slug),
    ];
    for ((slug_before, link_before), (slug_after, link_after), old, new) in cases {
        let noted = noted(
            &[("a.md", text("A", slug_before, link_before))],
            &[("a.md", text("A", slug_after, link_after))],
        );
        assert_eq!(noted, [Succession { old, new }], "{link_before:?} {link_after:?}");
    }
}

#[test]
fn another_article_in_the_same_file_is_another_item() {
    assert_eq!(noted(&[("a.md", text("A", "", OLD))], &[("a.md", text("B", "", NEW))]), []);
}

#[test]
fn a_link_that_names_another_article_of_its_page_is_another_item() {
    let [twelve, thirteen] = ["https://example.org/news?id=12", "https://example.org/news?id=13"];
    let [one_visit, another] =
        ["https://example.org/news?id=12&sid=a", "https://example.org/news?sid=b&id=12"];
    let same = [Succession { old: link(one_visit), new: link(another) }];
    let cases = [(twelve, thirteen, &[][..]), (one_visit, another, &same)];
    for (old, new, expected) in cases {
        assert_eq!(noted(&[("a.md", text("A", "s", old))], &[("a.md", text("A", "s", new))]), expected);
        assert_eq!(
            noted(&[("old/a.md", text("A", "s", old))], &[("new/b.md", text("A", "s", new))]),
            expected
        );
    }
}

#[test]
fn a_file_that_moves_is_followed_by_its_slug_or_by_its_path_below_the_first_folder() {
    let moved = noted(&[("old/a.md", text("A", "s", OLD))], &[("new/b.md", text("A", "s", NEW))]);
    assert_eq!(moved, [Succession { old: link(OLD), new: link(NEW) }]);
    let paths = ["news-1.0/wards/a.md", "news-1.1/wards/a.md"];
    let released = noted(&[(paths[0], text("A", "", ""))], &[(paths[1], text("A", "", ""))]);
    let [old, new] = paths.map(|path| ItemKey::of(None, "", path));
    assert_eq!(released, [Succession { old, new }]);
}

#[test]
fn where_two_items_could_be_meant_nothing_follows() {
    let before = [("1/x/a.md", text("A", "s", OLD)), ("1/y/a.md", text("A", "s", NEW))];
    let third = "https://example.org/third";
    let after =
        [("2/x/a.md", text("A", "s", third)), ("2/y/a.md", text("A", "s", "https://example.org/fourth"))];
    assert_eq!(noted(&before, &after), []);
    // The link that it had is that of another item as well.
    let shared = noted(
        &[("a.md", text("A", "", OLD)), ("b.md", text("B", "", OLD))],
        &[("a.md", text("A", "", NEW)), ("b.md", text("B", "", OLD))],
    );
    assert_eq!(shared, []);
}

#[test]
fn a_name_that_was_kept_with_its_accents_apart_is_the_same_name() {
    let feed = Feed::new();
    feed.write("cafe\u{301}.md", &text("A", "", ""));
    let (mut catalog, _) = Catalog::open(&feed.catalog());
    Viewer::default().refresh(&feed, &mut catalog);
    let [Succession { old, new }] = catalog.reader().successions(0).unwrap().0.try_into().unwrap();
    assert_eq!(Some(old), ItemKey::uncomposed(None, "", "cafe\u{301}.md"));
    assert_eq!(new, ItemKey::of(None, "", "caf\u{e9}.md"));
}
