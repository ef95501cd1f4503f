//! Sites as they lie in folders and in archives.

use std::fs;
use std::path::Path;

use super::{Scan, Site};
use crate::source::item_file::is_item_name;

/// Which of some paths are news, in a folder and in an archive that hold them all. Both must agree.
fn news<'a>(files: &[(&'a str, &str)]) -> Vec<&'a str> {
    let folder = tempfile::tempdir().unwrap();
    let mut scan = Scan::default();
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        scan.take(path, 1, || Ok::<_, ()>(text.as_bytes().to_vec())).unwrap();
    }
    let (in_folder, in_archive) = (Site::of_folder(folder.path()), scan.site());
    let items: Vec<&str> = files
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| is_item_name(Path::new(path).as_os_str()))
        .collect();
    let admitted =
        |site: &dyn Fn(&str) -> bool| items.iter().copied().filter(|path| site(path)).collect::<Vec<_>>();
    let of_folder = admitted(&|path| in_folder.admits_file(folder.path(), path));
    assert_eq!(
        of_folder,
        admitted(&|path| in_archive.admits_entry(path)),
        "a folder and an archive of it differ"
    );
    of_folder
}

fn empty<'a>(paths: &[&'a str]) -> Vec<(&'a str, &'static str)> {
    paths.iter().map(|path| (*path, "")).collect()
}

fn with<'a>(configuration: (&'a str, &'a str), paths: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(configuration).chain(paths.iter().map(|path| (*path, ""))).collect()
}

#[test]
fn of_a_site_the_articles_in_its_content_folder_are_news() {
    let hugo = [
        "content/post/a.md",
        "content/post/_index.md",
        "layouts/index.html",
        "themes/x/b.md",
        "archetypes/default.md",
    ];
    assert_eq!(news(&with(("hugo.toml", ""), &hugo)), ["content/post/a.md"]);
    assert_eq!(news(&with(("config.toml", "title = 'x'"), &hugo)), ["content/post/a.md"]);
    let moved = ["src/news/a.md", "content/b.md", "layouts/index.html"];
    for (file, text) in [
        ("hugo.toml", "contentDir = 'src/news'"),
        ("hugo.yaml", "title: x\ncontentDir: ./src/news/ # here"),
        ("hugo.json", "{\"title\": \"x\", \"contentDir\": \"src/news\"}"),
    ] {
        assert_eq!(news(&with((file, text), &moved)), ["src/news/a.md"], "{file}");
    }
    let jekyll =
        ["_posts/a.md", "health/_posts/b.md", "_drafts/c.md", "_layouts/d.html", "_news/e.md", "about.md"];
    assert_eq!(news(&with(("_config.yml", "title: x"), &jekyll)), ["_posts/a.md", "health/_posts/b.md"]);
    let collections = "collections:\n  news:\n    output: true\n  other:\n    output: false\n";
    assert_eq!(news(&with(("_config.yml", collections), &jekyll)).last(), Some(&"_news/e.md"));
    let zola = ["content/a.md", "content/_index.md", "templates/index.html"];
    assert_eq!(news(&with(("config.toml", "base_url = 'x'"), &zola)), ["content/a.md"]);
    let eleventy = ["src/a.md", "src/_includes/b.html", "README.md", "docs/c.md"];
    let input = "module.exports = function(config) {\n  // input: 'no'\n  return { dir: { input: \"src\", output: \"x\" } };\n}";
    assert_eq!(news(&with(("eleventy.config.js", input), &eleventy)), ["src/a.md"]);
    assert_eq!(news(&with((".eleventy.js", "config.addInput('x')"), &eleventy)), ["src/a.md", "docs/c.md"]);
}

#[test]
fn a_site_may_lie_in_the_one_folder_at_the_top() {
    let files =
        [("news-main/hugo.toml", ""), ("news-main/content/a.md", ""), ("news-main/layouts/b.html", "")];
    assert_eq!(news(&files), ["news-main/content/a.md"]);
    let two = [files[0], files[1], ("other/b.md", "")];
    assert_eq!(news(&two), ["news-main/content/a.md", "other/b.md"], "a site beside others is no site");
}

#[test]
fn beside_the_index_of_a_leaf_bundle_nothing_is_news() {
    let paths = [
        "content/index.md",
        "content/post/_index.md",
        "content/post/one/index.md",
        "content/post/one/index.de.md",
        "content/post/one/notes.md",
        "content/post/one/deep/more.md",
        "content/post/one/inner/index.md",
        "content/post/two.md",
    ];
    let expected = [
        "content/index.md",
        "content/post/one/index.md",
        "content/post/one/index.de.md",
        "content/post/two.md",
    ];
    assert_eq!(news(&with(("hugo.toml", ""), &paths)), expected);
}

#[test]
fn the_content_folder_of_a_site_is_one_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "hugo.toml",
        "content/post/one/index.md",
        "content/post/one/notes.md",
        "notes/index.md",
        "notes/a.md",
    ] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), "").unwrap();
    }
    let admits = |below: &str, path: &str| {
        let root = folder.path().join(below);
        Site::of_folder(&root).admits_file(&root, path)
    };
    assert!(admits("content/post", "one/index.md") && !admits("content/post", "one/notes.md"));
    assert!(admits("notes", "a.md"), "outside of the content folder, a folder is one of its own");
}

#[test]
fn what_is_no_site_is_news_but_for_what_is_about_its_folders() {
    let paths = [
        "index.md",
        "a.md",
        "b/index.md",
        "b/c.md",
        "b/_index.md",
        "README.md",
        "b/LICENSE.md",
        "readme.md",
        "security.md",
    ];
    assert_eq!(news(&empty(&paths)), ["index.md", "a.md", "b/index.md", "b/c.md", "security.md"]);
    assert_eq!(news(&with(("config.toml", "[server]"), &["a.md"])), ["a.md"], "no content folder, no site");
    assert_eq!(news(&with(("_config.yml", ""), &["a.md"])), ["a.md"], "no posts, no site");
    assert_eq!(news(&with(("hugo.toml", "contentDir = '../..'"), &["a.md"])), ["a.md"]);
}
