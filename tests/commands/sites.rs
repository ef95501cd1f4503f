//! Whole sites of static site generators, as they lie on disk and as they are published.

use crate::support::{Article, Feed, rounds_on};

/// A site of Hugo below a folder, with everything that such a site has.
fn hugo(below: &str) -> Feed {
    let at = |path: &str| format!("{below}{path}");
    let page = |title: &str| Article::titled(title).dated("2021-12-05").body("Text.").text();
    let toml =
        |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\ndate = 2021-12-05\n{more}+++\nText.\n");
    Feed::new()
        .with(at("hugo.toml"), "baseURL = 'https://example.org/'\n")
        .with(at("README.md"), "# How to build this site\n")
        .with(at("archetypes/default.md"), "+++\ntitle = '{{ .Name }}'\ndraft = true\n+++\n")
        .with(at("layouts/index.html"), "<html>{{ range .Pages }}{{ .Title }}{{ end }}</html>")
        .with(at("themes/plain/README.md"), page("A theme"))
        .with(at("content/_index.md"), page("Home"))
        .with(at("content/post/_index.md"), page("News section"))
        .with(at("content/post/one.md"), page("One"))
        .with(at("content/post/two/index.md"), page("Two"))
        .with(at("content/post/two/notes.md"), page("Notes of two"))
        .with(at("content/post/three.md"), toml("Three", "[link]\noriginal = 'https://a.example/3'\n"))
        .with(at("content/post/draft.md"), toml("A draft", "draft = true\n"))
}

fn titles(feed: &Feed, words: &[&str]) -> Vec<String> {
    let list = rounds_on(feed, words).json();
    let titles = list.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned());
    let mut titles: Vec<String> = titles.collect();
    titles.sort();
    titles
}

#[test]
fn of_a_site_only_its_articles_are_listed_in_a_folder_and_in_archives() {
    for below in ["", "news-main/"] {
        let feed = hugo(below);
        assert_eq!(titles(&feed, &["list", "{}", "--format", "json"]), ["One", "Three", "Two"], "{below}");
        let folder = tempfile::tempdir().unwrap();
        for name in ["site.tar.gz", "site.zip"] {
            let bundle = folder.path().join(name).into_os_string().into_string().unwrap();
            let pack = rounds_on(&feed, &["pack", "{}", "-o", &bundle]);
            assert_eq!(pack.status, 0, "{pack:?}");
            assert!(pack.out.contains("items      3\n") && pack.out.contains("withheld   1\n"), "{pack:?}");
            assert_eq!(
                titles(&feed, &["list", &bundle, "--format", "json"]),
                ["One", "Three", "Two"],
                "{name}"
            );
            let shown = rounds_on(&feed, &["show", "Three", &bundle]);
            assert!(shown.out.contains("Three"), "{shown:?}");
        }
    }
    let check = rounds_on(&hugo(""), &["check", "{}"]);
    assert_eq!(check.status, 0, "{}", check.out);
}

#[test]
fn a_template_outside_of_a_site_is_named_and_not_listed() {
    let feed = Feed::new()
        .with("item.md", "---\ntitle: Real\n---\n{{< youtube x >}}\n")
        .with("list.html", "<!doctype html>\n<html lang=\"{{ .Lang }}\">\n<p>Text</p>")
        .with(
            "post.html",
            "---\nlayout: default\n---\n<article>{% if page %}{{ content }}{% endif %}</article>",
        );
    assert_eq!(titles(&feed, &["list", "{}", "--format", "json"]), ["Real"]);
    let check = rounds_on(&feed, &["check", "{}"]);
    for path in ["list.html", "post.html"] {
        let line = check
            .lines()
            .into_iter()
            .find(|line| line.starts_with(path) && line.contains("withheld-template"));
        assert!(line.is_some(), "{path}: {}", check.out);
    }
}

#[test]
fn a_folder_of_a_source_can_be_chosen() {
    let feed = hugo("news-main/").with("news-main/notes/a.md", "---\ntitle: A note\n---\nText.\n");
    let at = |place: &str| format!("{}{place}", feed.path().display());
    let bundles = tempfile::tempdir().unwrap();
    let bundle = bundles.path().join("site.tar.gz").into_os_string().into_string().unwrap();
    assert_eq!(rounds_on(&feed, &["pack", "{}", "-o", &bundle]).status, 0);
    for (place, expected) in [
        (at("#path=news-main/notes"), vec!["A note"]),
        (at("#path=news-main/content/post/two"), vec!["Two"]),
        (format!("{bundle}#path=notes"), vec!["A note"]),
        (format!("{bundle}#path=/news-main/notes/"), vec!["A note"]),
        (format!("{bundle}#path=content/post"), vec!["One", "Three", "Two"]),
        (format!("{bundle}#path=content/post/two"), vec!["Two"]),
    ] {
        assert_eq!(titles(&feed, &["list", &place, "--format", "json"]), expected, "{place}");
    }
    for place in [at("#path=../x"), at("#path=nowhere")] {
        let refused = rounds_on(&feed, &["list", &place]);
        assert!(refused.status != 0, "{refused:?}");
    }
}
