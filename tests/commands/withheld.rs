//! Items that are withheld: drafts, items with a later publication date, and expired ones.

use crate::support::{Article, Feed, Outcome, rounds_on};

/// An item with a front matter of its own besides its title, which is what follows from it.
fn item(title: &str, field: &str) -> Article {
    Article::titled(title).field(field).topics(&[title]).body("<p>Some words.</p>")
}

fn feed() -> Feed {
    Feed::of([
        ("plain.md", item("Plain", "date: 2021-12-05")),
        ("draft.md", item("Draft", "draft: true")),
        ("upper.md", item("Upper", "Draft: \"True\"")),
        ("unpublished.md", item("Unpublished", "published: false")),
        ("embargo.md", item("Embargo", "publishDate: 2999-01-01T10:00:00Z")),
        ("future.md", item("Future", "date: 2999-01-01")),
        ("expired.md", item("Expired", "expiryDate: 2021-12-05")),
        ("headless.md", item("Headless", "headless: true")),
        ("unlisted.md", item("Unlisted", "build:\n  list: never")),
        ("published.md", item("Published", "published: 2021-12-05")),
        ("event.md", item("Event", "publishDate: 2021-12-05\ndate: 2999-01-01")),
        ("later.md", item("Later", "expiryDate: 2999-01-01")),
        ("final.md", item("Final", "draft: false")),
    ])
}

const PUBLISHED: [&str; 5] = ["Event", "Final", "Later", "Plain", "Published"];

fn titles(outcome: &Outcome) -> Vec<String> {
    let items = outcome.json();
    let titles = items.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned());
    let mut titles: Vec<String> = titles.collect();
    titles.sort();
    titles
}

#[test]
fn what_hugo_and_jekyll_do_not_publish_is_not_listed_but_counted() {
    let feed = feed();
    let list = rounds_on(&feed, &["list", "{}", "--format", "json"]);
    assert_eq!(titles(&list), PUBLISHED);
    assert!(
        list.talk.contains("8 withheld. To see why: rounds check SOURCE. To list them: --drafts."),
        "{list:?}"
    );
    let drafts = rounds_on(&feed, &["list", "{}", "--drafts", "--format", "json"]);
    assert_eq!((titles(&drafts).len(), drafts.talk.as_str()), (13, ""));
    let topics = rounds_on(&feed, &["topics", "{}"]);
    assert!(topics.out.contains("Plain") && !topics.out.contains("Embargo"), "{topics:?}");
    let search = |words: &[&str]| {
        titles(&rounds_on(&feed, &[&["search", "words", "{}", "--format", "json"], words].concat()))
    };
    assert_eq!(search(&[]), PUBLISHED);
    assert_eq!(search(&["--drafts"]).len(), 13);
    for name in ["Embargo", "embargo.md"] {
        assert_eq!(rounds_on(&feed, &["show", name, "{}"]).status, 1);
        assert_eq!(rounds_on(&feed, &["show", name, "{}", "--drafts"]).status, 0);
    }
}

#[test]
fn a_single_file_that_was_named_is_shown_whatever_it_says() {
    let feed = feed();
    let file = feed.path().join("draft.md").into_os_string().into_string().unwrap();
    assert_eq!(titles(&rounds_on(&feed, &["list", &file, "--format", "json"])), ["Draft"]);
}

#[test]
fn check_names_each_withheld_item_with_its_line_and_is_no_worse_for_it() {
    let check = rounds_on(&feed(), &["check", "{}", "--strict"]);
    for line in [
        "draft.md:3  notice  withheld-draft",
        "embargo.md:3  notice  withheld-early",
        "future.md:3  notice  withheld-early",
        "expired.md:3  notice  withheld-expired",
        "headless.md:3  notice  withheld-unlisted",
    ] {
        assert!(check.out.contains(line), "{line}: {}", check.out);
    }
    assert!(check.out.contains("13 item files: 5 listed, 8 withheld, 0 errors, "), "{}", check.out);
}

#[test]
fn pack_leaves_out_what_is_withheld_and_says_so() {
    let feed = feed();
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("news.tar.zst").into_os_string().into_string().unwrap();
    let pack = rounds_on(&feed, &["pack", "{}", "-o", &bundle]);
    assert!(pack.out.contains("items      5\n") && pack.out.contains("withheld   8\n"), "{pack:?}");
    assert!(pack.talk.contains("draft.md:3") && pack.talk.contains("withheld-draft"), "{pack:?}");
    assert_eq!(titles(&rounds_on(&feed, &["list", &bundle, "--drafts", "--format", "json"])), PUBLISHED);
}
