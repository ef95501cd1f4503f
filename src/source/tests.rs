//! Real directories, with everything in them that is not an item, and what a loading makes of it.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use tempfile::TempDir;

use super::{Batch, Location, Report, Source, SourceError};
use crate::item::{Item, Severity};

fn feed(files: &[&str]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        write(root.path(), file, format!("---\ntitle: {file}\n---\nText.\n").as_bytes());
    }
    root
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn open(root: &Path) -> Source {
    Source::open(&Location::parse(root.as_os_str()).unwrap()).unwrap()
}

fn load(source: &Source) -> (Vec<Item>, Report) {
    let mut items = Vec::new();
    let report = source
        .load(&mut |batch| {
            items.extend(batch.items);
            ControlFlow::Continue(())
        })
        .unwrap();
    items.sort_by(|one, other| one.path.cmp(&other.path));
    (items, report)
}

fn paths(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.path.as_str()).collect()
}

fn codes(report: &Report) -> Vec<(&str, &str)> {
    report.problems.iter().map(|(path, problem)| (path.as_str(), problem.code)).collect()
}

#[test]
fn item_files_are_found_at_any_depth_and_the_rest_is_counted() {
    let root = feed(&["a.md", "b/c/d/e.HTML", "b/f.markdown", "g h.htm", ".draft.md", ".git/objects/x.md"]);
    for other in ["logo.PNG", "b/photo.png", "LICENCE", "bundle.yaml"] {
        write(root.path(), other, b"");
    }
    let (items, report) = load(&open(root.path()));
    assert_eq!(paths(&items), ["a.md", "b/c/d/e.HTML", "b/f.markdown", "g h.htm"]);
    assert_eq!((report.files, report.items, report.hidden), (4, 4, 2));
    let others: Vec<_> = report.others.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(others, [("", 1), ("png", 2), ("yaml", 1)]);
    assert_eq!(report.problems, []);
}

#[test]
fn an_archive_in_a_folder_is_named_and_a_compressed_item_is_an_error() {
    let root = feed(&["a.md"]);
    let zip: &[u8] = b"PK\x05\x06";
    for (name, bytes) in [
        ("old/bundle.zip", zip),
        ("notes.md.gz", b"\x1f\x8b\x08"),
        ("named.zip", b"text"),
        ("logo.png", zip),
        ("gz.md", b"\x1f\x8b\x08\0\0"),
        ("zip.html", b"PK\x03\x04\x14\0"),
    ] {
        write(root.path(), name, bytes);
    }
    let (items, report) = load(&open(root.path()));
    assert_eq!(paths(&items), ["a.md", "gz.md", "zip.html"]);
    for (item, kind) in items.iter().skip(1).zip(["a gzip file", "a zip file"]) {
        let [problem] = item.problems.as_slice() else { panic!("{:?}", item.problems) };
        assert_eq!((problem.code, problem.severity), ("file-compressed", Severity::Error));
        assert!(problem.message.contains(kind), "{}", problem.message);
        let file = open(root.path()).read(&item.path);
        assert_eq!((file.body.text(), file.body.raw.as_str()), (&*problem.message, ""));
    }
    assert_eq!(codes(&report), [("notes.md.gz", "archive-inside"), ("old/bundle.zip", "archive-inside")]);
    assert!(report.problems.iter().all(|(_, problem)| problem.severity == Severity::Warning));
    assert_eq!(report.other_files(), 4);
}

#[test]
fn every_item_is_handed_over_once_however_many_there_are() {
    let names: Vec<String> = (0..3000).map(|number| format!("{}/{number}.md", number % 7)).collect();
    let root = feed(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut seen = BTreeSet::new();
    let mut found_before = 0;
    let report = open(root.path())
        .load(&mut |Batch { items, found }| {
            assert!(found >= found_before, "the count of files found went back");
            found_before = found;
            for item in items {
                assert!(seen.insert(item.path.clone()), "{} came twice", item.path);
            }
            assert!(seen.len() <= found, "more items than files");
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(seen, names.into_iter().collect());
    assert_eq!((report.files, report.items), (3000, 3000));
}

#[test]
fn a_loading_that_is_not_wanted_any_more_stops() {
    let names: Vec<String> = (0..5000).map(|number| format!("{number}.md")).collect();
    let root = feed(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut batches = 0;
    let report = open(root.path())
        .load(&mut |_| {
            batches += 1;
            ControlFlow::Break(())
        })
        .unwrap();
    assert_eq!(batches, 1);
    assert!(report.files < 5000, "all {} files were read", report.files);
}

#[test]
fn an_item_is_read_again_by_its_path() {
    let root = feed(&["a.md", "b/c.md"]);
    let source = open(root.path());
    let (items, _) = load(&source);
    for item in items {
        assert_eq!(source.read(&item.path).item, item);
    }
}

#[test]
fn a_file_that_has_gone_is_an_item_with_a_problem() {
    let root = feed(&["a.md"]);
    let source = open(root.path());
    fs::remove_file(root.path().join("a.md")).unwrap();
    let file = source.read("a.md");
    assert_eq!(file.item.path, "a.md");
    let problem = file.item.problems.first().unwrap();
    assert_eq!((problem.code, problem.severity), ("link-broken", Severity::Error));
    assert_eq!(file.body.text(), &*problem.message, "whoever reads the item is not told why it is empty");
    assert_eq!(file.body.raw, "");
}

#[test]
fn a_source_that_has_gone_is_not_a_source_without_items() {
    let root = feed(&["news/a.md", "b.md"]);
    let folder = open(&root.path().join("news"));
    let file = open(&root.path().join("b.md"));
    fs::remove_dir_all(root.path().join("news")).unwrap();
    fs::remove_file(root.path().join("b.md")).unwrap();
    for source in [folder, file] {
        let mut batches = 0;
        let loaded = source.load(&mut |_| {
            batches += 1;
            ControlFlow::Continue(())
        });
        assert!(matches!(loaded, Err(SourceError::Missing { .. })), "{loaded:?}");
        assert_eq!(batches, 0);
    }
}

#[test]
fn nothing_outside_the_directory_is_ever_read() {
    let outside = feed(&["secret.md"]);
    let root = feed(&["inside/a.md"]);
    let source = open(&root.path().join("inside"));
    write(root.path(), "b.md", b"secret");
    let absolute = outside.path().join("secret.md");
    for path in ["../b.md", "../inside/../b.md", absolute.to_str().unwrap(), "..", "/etc/passwd"] {
        let file = source.read(path);
        assert_eq!(file.body.raw, "", "{path} was read");
        assert_eq!(file.item.problems.len(), 1, "{path}");
    }
}

#[test]
fn locations_that_cannot_be_opened_say_why() {
    let root = feed(&["a.md"]);
    for name in ["bundle.zip", "bundle.tar.gz", "photo.jpeg"] {
        write(root.path(), name, b"");
    }
    write(root.path(), "a bundle", b"\x1f\x8b\x08");
    write(root.path(), "portal.zip", b"<!DOCTYPE html>");
    let parse = |name: &str| Location::parse(root.path().join(name).as_os_str());
    assert!(matches!(parse("a.md"), Ok(Location::File(_))));
    assert!(matches!(parse(""), Ok(Location::Directory(_))));
    assert!(matches!(parse("none"), Err(SourceError::Missing { .. })));
    assert!(matches!(parse("a.md/b"), Err(SourceError::Unreadable { .. })));
    assert!(matches!(parse("a bundle"), Ok(Location::Archive(_))));
    for name in ["bundle.zip", "bundle.tar.gz", "portal.zip"] {
        let opened = Source::open(&parse(name).unwrap());
        assert!(matches!(opened, Err(SourceError::Archive { .. })), "{opened:?}");
    }
    assert!(matches!(parse("photo.jpeg"), Err(SourceError::NotAnItem { .. })));
    for (address, shown) in [
        ("https://example.org/news.zip", "https://example.org/news.zip: it is a web address"),
        ("HTTP://me:sec/r@et@example.org/x", "HTTP://example.org/x: it is a web address"),
    ] {
        let refused = Location::parse(address.as_ref()).unwrap_err();
        assert!(refused.to_string().starts_with(shown), "{refused}");
    }
}

#[test]
fn the_sample_can_be_loaded_and_read() {
    let source = Source::open(&Location::Sample).unwrap();
    let (items, report) = load(&source);
    assert!(items.len() >= 30, "{} items", items.len());
    assert_eq!((report.files, report.problems.len()), (items.len(), 0));
    let specimen = "how-data-intelligence-will-drive-precision-healthcare.md";
    assert!(source.read(specimen).body.raw.contains("patient backlog"));
    assert_eq!(source.read("none.md").item.problems.len(), 1);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links_to_files_inside_are_followed_and_all_others_reported() {
        let outside = feed(&["secret.md"]);
        let root = feed(&["a.md", "folder/b.md", "photo.png"]);
        let link = |target: &Path, name: &str| symlink(target, root.path().join(name)).unwrap();
        link(Path::new("a.md"), "again.md");
        link(&outside.path().join("secret.md"), "secret.md");
        link(outside.path(), "outside");
        link(Path::new("folder"), "folder-again");
        link(Path::new(".."), "up");
        link(Path::new("nowhere"), "gone.md");
        link(Path::new("round.md"), "round.md");
        link(Path::new("nowhere"), "gone.png");
        link(Path::new("/etc/passwd"), "other.txt");
        let source = open(root.path());
        let (items, report) = load(&source);
        assert_eq!(paths(&items), ["a.md", "again.md", "folder/b.md"]);
        let expected = [
            ("folder-again", "link-to-folder"),
            ("gone.md", "link-broken"),
            ("outside", "link-outside"),
            ("round.md", "link-broken"),
            ("secret.md", "link-outside"),
            ("up", "link-outside"),
        ];
        assert_eq!(codes(&report), expected);
        assert_eq!(report.other_files(), 3);
        assert_eq!(source.read("secret.md").body.raw, "");
        assert_eq!(source.read("outside/secret.md").body.raw, "");
        assert_eq!(source.read("again.md").body.raw, source.read("a.md").body.raw);
    }

    #[test]
    fn what_is_no_file_is_reported_and_never_opened() {
        let root = feed(&["a.md"]);
        let _socket = UnixListener::bind(root.path().join("socket.md")).unwrap();
        symlink("/dev/zero", root.path().join("zero.md")).unwrap();
        symlink("socket.md", root.path().join("link.md")).unwrap();
        let (items, report) = load(&open(root.path()));
        assert_eq!(paths(&items), ["a.md"]);
        let expected = [("link.md", "not-a-file"), ("socket.md", "not-a-file"), ("zero.md", "link-outside")];
        assert_eq!(codes(&report), expected);
    }

    // Other systems refuse such names.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_unicode_are_listed_apart_and_read() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let root = feed(&[]);
        for (name, text) in [(&b"caf\xe9.md"[..], "acute"), (b"caf\xe8.md", "grave")] {
            fs::write(root.path().join(OsStr::from_bytes(name)), text).unwrap();
        }
        let source = open(root.path());
        let (items, _) = load(&source);
        assert_eq!(paths(&items), ["caf\\xE8.md", "caf\\xE9.md"]);
        assert_eq!(source.read("caf\\xE9.md").body.raw, "acute");
        assert_eq!(source.read("caf\\xE8.md").body.raw, "grave");
    }

    #[test]
    fn a_linked_root_is_opened_and_named_by_its_target() {
        let root = feed(&["news/a.md"]);
        symlink("news", root.path().join("today")).unwrap();
        let source = open(&root.path().join("today"));
        assert_eq!(source.label().as_str(), "news");
        assert_eq!(paths(&load(&source).0), ["a.md"]);
    }

    #[test]
    fn a_linked_root_may_lead_to_another_folder_later() {
        let root = feed(&["one/a.md", "two/b.md"]);
        let current = root.path().join("current");
        symlink("one", &current).unwrap();
        let source = open(&current);
        assert_eq!(paths(&load(&source).0), ["a.md"]);
        fs::remove_file(&current).unwrap();
        symlink("two", &current).unwrap();
        let (items, _) = load(&source);
        assert_eq!(paths(&items), ["b.md"]);
        assert_eq!(source.read("b.md").item, items[0]);
    }

    #[test]
    fn a_file_that_has_become_a_pipe_is_not_waited_for() {
        let root = feed(&["a.md"]);
        let file = root.path().join("a.md");
        let source = open(&file);
        fs::remove_file(&file).unwrap();
        let _socket = UnixListener::bind(&file).unwrap();
        let loaded = source.load(&mut |_| ControlFlow::Continue(()));
        assert!(matches!(loaded, Err(SourceError::Special { .. })), "{loaded:?}");
        assert_eq!(source.read("a.md").item.problems[0].code, "not-a-file");
        assert!(source.text("a.md").contains("a socket"), "{}", source.text("a.md"));
    }
}
