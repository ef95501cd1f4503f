//! Entries that are refused one by one while the rest is read.

use rounds::source::Limits;
use tar::EntryType;

use crate::desk::{Bundle, Loaded, item};
use crate::make::{Zipped, entry, file, pax, tar, zip};

/// Limits that are reached with little.
const LOW: Limits = Limits {
    inflated_bytes: 1 << 20,
    ratio: 200,
    entries: 2000,
    window_bytes: 1 << 20,
    item_bytes: 1000,
    path_length: 200,
    path_depth: 5,
};

fn assert_refused(name: &str, loaded: &Loaded, code: &str) {
    let codes: Vec<&str> = loaded.codes().into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, [code], "{name}");
    assert_eq!(loaded.paths(), ["first.md", "last.md"], "{name}");
}

/// A sparse file of GNU tar, with a second block of its map.
fn sparse() -> Vec<u8> {
    let mut header = crate::make::header(b"holes.md", EntryType::GNUSparse, 512);
    header.as_gnu_mut().unwrap().isextended[0] = 1;
    header.set_cksum();
    let mut more = [0; 512];
    more[504] = 1;
    [header.as_bytes().to_vec(), more.to_vec(), vec![0; 512], vec![b'x'; 512]].concat()
}

#[test]
fn entries_of_tar_files_are_refused_one_by_one() {
    let long = format!("{}.md", "n".repeat(300));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("absolute", file("/etc/passwd.md", b"x"), "entry-path-absolute"),
        ("drive", file("C:/news.md", b"x"), "entry-path-absolute"),
        ("parent", file("../../x.md", b"x"), "entry-path-outside"),
        ("parent in the middle", file("a/../../x.md", b"x"), "entry-path-outside"),
        ("parent by pax", [pax("path", b"../x.md"), file("x.md", b"x")].concat(), "entry-path-outside"),
        ("NUL by pax", [pax("path", b"a\0b.md"), file("x.md", b"x")].concat(), "entry-path-nul"),
        ("long", [pax("path", long.as_bytes()), file("x.md", b"x")].concat(), "entry-path-too-long"),
        ("deep", file("a/b/c/d/e/f.md", b"x"), "entry-path-too-deep"),
        ("symbolic link", entry("x.md", EntryType::Symlink, b""), "entry-link"),
        ("hard link", entry("x.md", EntryType::Link, b""), "entry-link"),
        ("link of another name", entry("logo.png", EntryType::Symlink, b""), "entry-link"),
        ("character device", entry("x.md", EntryType::Char, b""), "entry-special"),
        ("block device", entry("x.md", EntryType::Block, b""), "entry-special"),
        ("pipe", entry("x.md", EntryType::Fifo, b""), "entry-special"),
        ("unknown", entry("x.md", EntryType::new(b'Z'), b"some bytes"), "entry-special"),
        ("sparse", sparse(), "entry-sparse"),
        ("sparse by pax", [pax("GNU.sparse.major", b"1"), file("x.md", b"x")].concat(), "entry-sparse"),
        ("large", file("x.md", &[b'x'; 1001]), "entry-too-large"),
    ];
    for (name, bytes, code) in cases {
        let bytes = tar(&[file("first.md", &item("First")), bytes, file("last.md", &item("Last"))]);
        let loaded = Bundle::of(&bytes).within(LOW).load().unwrap();
        assert_refused(name, &loaded, code);
        assert_eq!(loaded.items[0].title.as_str(), "First", "{name}");
    }
}

#[test]
fn entries_of_zip_files_are_refused_one_by_one() {
    let file = |path: &[u8]| Zipped::file(path, b"x");
    let long = "n".repeat(300);
    let cases = [
        ("absolute", file(b"/etc/passwd.md"), "entry-path-absolute"),
        ("drive", file(b"c:\\news.md"), "entry-path-absolute"),
        ("parent", file(b"../x.md"), "entry-path-outside"),
        ("parent on Windows", file(b"a\\..\\..\\x.md"), "entry-path-outside"),
        ("NUL", file(b"a\0b.md"), "entry-path-nul"),
        ("long", file(long.as_bytes()), "entry-path-too-long"),
        ("deep", file(b"a/b/c/d/e/f.md"), "entry-path-too-deep"),
        ("symbolic link", Zipped { mode: 0o120_777, ..file(b"x.md") }, "entry-link"),
        ("device", Zipped { mode: 0o020_666, ..file(b"x.md") }, "entry-special"),
        ("pipe", Zipped { mode: 0o010_666, ..file(b"x.md") }, "entry-special"),
        ("encrypted", Zipped { flags: 1, ..file(b"x.md") }, "entry-encrypted"),
        ("strongly encrypted", Zipped { flags: 0x41, ..file(b"x.md") }, "entry-encrypted"),
        ("imploded", Zipped { method: 6, ..file(b"x.md") }, "entry-compression"),
        ("by bzip2", Zipped { method: 12, ..file(b"x.md") }, "entry-compression"),
        ("by nobody", Zipped { method: 999, ..file(b"x.md") }, "entry-compression"),
        ("large", Zipped::file("x.md", &[b'x'; 1001]), "entry-too-large"),
        ("large by its own account", Zipped { size: u32::MAX - 1, ..file(b"x.md") }, "entry-too-large"),
    ];
    for (name, refused, code) in cases {
        let [first, last] =
            ["First", "Last"].map(|title| Zipped::file(format!("{}.md", title.to_lowercase()), &item(title)));
        let loaded = Bundle::of(&zip(&[first, refused, last])).within(LOW).load().unwrap();
        assert_refused(name, &loaded, code);
        assert_eq!(loaded.items[0].title.as_str(), "First", "{name}");
    }
}

#[test]
fn a_refusal_names_the_way_of_compression_and_the_limit() {
    let unread = Zipped { method: 12, ..Zipped::file("x.md", b"x") };
    let message = |loaded: Loaded| loaded.report.problems[0].1.message.to_string();
    let loaded = Bundle::of(&zip(&[unread])).load().unwrap();
    assert!(message(loaded).to_lowercase().contains("bzip2"));
    let loaded = Bundle::of(&tar(&[file("x.md", &[b'x'; 2000])])).within(LOW).load().unwrap();
    assert!(message(loaded).contains("limits.item_bytes"));
}

#[test]
fn a_refused_item_that_is_asked_for_says_why() {
    let bundle = Bundle::of(&tar(&[entry("x.md", EntryType::Symlink, b""), file("y.md", b"Text.")]));
    let source = bundle.open().unwrap();
    assert_eq!(source.read("x.md").item.problems[0].code, "entry-link");
    assert_eq!(
        source.read("y.md").item.problems.first().map(|problem| problem.code),
        Some("front-matter-missing")
    );
}

#[test]
fn of_very_many_refusals_some_are_named_and_all_are_counted() {
    let entries: Vec<_> = (0..1500).map(|number| file(format!("../{number}.md"), b"")).collect();
    let loaded = Bundle::of(&tar(&entries)).within(LOW).load().unwrap();
    let (rest, named): (Vec<_>, Vec<_>) =
        loaded.report.problems.iter().partition(|(_, problem)| problem.code == "entries-refused");
    assert!(named.len() < 1500, "{}", named.len());
    let count = (1500 - named.len()).to_string();
    assert!(rest[0].1.message.starts_with(&count), "{}", rest[0].1.message);
}

#[test]
fn no_name_can_fill_the_memory_or_reach_the_terminal() {
    let long = format!("a.{}", "x".repeat(1000));
    let entries = [
        pax("path", long.as_bytes()),
        file("x", b""),
        file("a.\u{1b}[31m", b""),
        file("\u{1b}]0;x\u{7}.md", b"\x1b[31mText."),
        file(b"/\xff\x1b[31m.md", b""),
    ];
    let loaded = Bundle::of(&tar(&entries)).load().unwrap();
    assert!(loaded.report.others.keys().all(|kind| kind.len() < 20), "{:?}", loaded.report.others);
    assert_eq!(loaded.paths(), ["\u{1b}]0;x\u{7}.md"]);
    assert_eq!(loaded.codes(), [("/\\xFF\u{1b}[31m.md", "entry-path-absolute")]);
}
