//! Reading an archive equals unpacking it: of a path that is there twice the last entry counts, and a hard link is what it
//! leads to.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use rounds::source::pack::Contents;
use rounds::source::{ArchiveError, Exceeded, Limits, Location, Source, inspect};
use tar::EntryType;

use crate::desk::{Bundle, Loaded, item, load};
use crate::make::{Zipped, entry, file, gz, hard_link, pax, tar, zip, zst};
use crate::viewer::{Viewer, counts};

/// What is there, the entries, and what is found in them: titles by their paths.
type Case<'a> = (&'a str, Vec<Vec<u8>>, Vec<(&'a str, &'a str)>);

/// The titles by their paths.
fn titles(loaded: &Loaded) -> Vec<(&str, &str)> {
    loaded.items.iter().map(|item| (item.path.as_str(), item.title.as_str())).collect()
}

#[test]
fn the_last_entry_of_a_path_counts() {
    let [first, last] = [item("First"), item("Last")];
    let other = ("b.md", "Other");
    let link = || entry("a.md", EntryType::Symlink, b"");
    let kept = [("a.md", "Last"), other];
    let cases: Vec<(Case<'_>, &[(&str, &str)])> = vec![
        (("appended", vec![file("a.md", &first), file("a.md", &last)], kept.to_vec()), &[]),
        (("in another form", vec![file("./a.md", &first), file("a.md", &last)], kept.to_vec()), &[]),
        (("back again", [&last, &first, &last].map(|text| file("a.md", text)).to_vec(), kept.to_vec()), &[]),
        (("a link", vec![file("a.md", &first), link()], vec![other]), &[("a.md", "entry-link")]),
        (("once a link", vec![link(), file("a.md", &last)], kept.to_vec()), &[]),
        (
            ("a folder", vec![file("a.md", &last), entry("a.md/", EntryType::Directory, b"")], kept.to_vec()),
            &[],
        ),
    ];
    for ((name, copies, expected), codes) in cases {
        let bytes = tar(&[
            copies,
            vec![file("b.md", &item("Other")), file("logo.png", b"1"), file("logo.png", b"2")],
        ]
        .concat());
        for bytes in [gz(&bytes), zst(&bytes), bytes] {
            let bundle = Bundle::of(&bytes);
            let loaded = bundle.load().unwrap();
            assert_eq!((titles(&loaded), loaded.codes()), (expected.clone(), codes.to_vec()), "{name}");
            let report = &loaded.report;
            assert_eq!(
                (report.items, report.files, report.other_files()),
                (expected.len(), expected.len(), 1),
                "{name}"
            );
            let source = bundle.open().unwrap();
            for (path, title) in &expected {
                assert_eq!(source.read(path).item.title.as_str(), *title, "{name}");
                assert!(source.text(path).contains(title), "{name}");
            }
        }
    }
    let twice =
        [Zipped::file("a.md", &first), Zipped::file("b.md", &item("Other")), Zipped::file("a.md", &last)];
    let loaded = Bundle::of(&zip(&twice)).load().unwrap();
    assert_eq!((titles(&loaded), loaded.codes()), (vec![("a.md", "Last"), other], vec![]));
}

#[test]
fn the_last_bundle_yaml_counts() {
    let yaml = |name: &str| file("bundle.yaml", format!("name: {name}\n").as_bytes());
    let loaded = Bundle::of(&tar(&[yaml("Old"), file("a.md", b"Text."), yaml("New")])).load().unwrap();
    assert_eq!(loaded.report.manifest.unwrap().name.as_str(), "New");
}

#[test]
fn a_hard_link_is_what_it_leads_to() {
    let [first, last] = [item("First"), item("Last")];
    let long = format!("{}.md", "n".repeat(150));
    let cases: Vec<Case<'_>> = vec![
        (
            "to an item",
            vec![file("a.md", &first), hard_link("b.md", "a.md")],
            vec![("a.md", "First"), ("b.md", "First")],
        ),
        (
            "to what is no item",
            vec![file("a.txt", &first), hard_link("b.md", "./a.txt")],
            vec![("b.md", "First")],
        ),
        ("to a hidden file", vec![file(".a", &first), hard_link("b.md", ".a")], vec![("b.md", "First")]),
        (
            "to a link",
            vec![file("a.txt", &first), hard_link("b", "a.txt"), hard_link("c.md", "b")],
            vec![("c.md", "First")],
        ),
        (
            "replaced",
            vec![file("a.txt", &first), hard_link("b.md", "a.txt"), file("b.md", &last)],
            vec![("b.md", "Last")],
        ),
        (
            "to what is replaced later",
            vec![file("a.md", &first), hard_link("b.md", "a.md"), file("a.md", &last)],
            vec![("a.md", "Last"), ("b.md", "First")],
        ),
        (
            "in the place of a file",
            vec![file("a.md", &last), file("b.md", &first), hard_link("b.md", "a.md")],
            vec![("a.md", "Last"), ("b.md", "Last")],
        ),
        (
            "by a long name",
            vec![
                file("a.txt", &first),
                entry("././@LongLink", EntryType::GNULongLink, b"a.txt\0"),
                hard_link("b.md", "short"),
            ],
            vec![("b.md", "First")],
        ),
        (
            "by pax",
            vec![
                pax("path", long.as_bytes()),
                file("short", &first),
                pax("linkpath", long.as_bytes()),
                hard_link("b.md", "x"),
            ],
            vec![("b.md", "First"), (&long, "First")],
        ),
    ];
    for (name, entries, expected) in cases {
        let bytes = tar(&entries);
        for bytes in [gz(&bytes), bytes] {
            let bundle = Bundle::of(&bytes);
            let loaded = bundle.load().unwrap();
            assert_eq!((titles(&loaded), loaded.codes()), (expected.clone(), vec![]), "{name}");
            for (path, title) in &expected {
                assert_eq!(bundle.open().unwrap().read(path).item.title.as_str(), *title, "{name}");
            }
        }
    }
}

#[test]
fn a_hard_link_to_nothing_is_refused() {
    let first = item("First");
    for target in ["none.md", "../a.md", "c.md", "folder"] {
        let entries = [
            entry("folder/", EntryType::Directory, b""),
            file("a.md", &first),
            hard_link("b.md", target),
            file("c.md", &first),
        ];
        let loaded = Bundle::of(&tar(&entries)).load().unwrap();
        assert_eq!(
            (loaded.paths(), loaded.codes()),
            (vec!["a.md", "c.md"], vec![("b.md", "entry-link")]),
            "{target}"
        );
    }
}

#[test]
fn many_links_to_one_item_count_as_many_items() {
    let links = (0..100).map(|number| hard_link(&format!("{number}.md"), "a.txt"));
    let bytes = gz(&tar(&[vec![file("a.txt", &vec![b' '; 1 << 20])], links.collect()].concat()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle");
    fs::write(&path, bytes).unwrap();
    let limits = Limits { inflated_bytes: 50 << 20, ratio: u64::MAX, ..Limits::default() };
    let inflated = inspect(&path, limits, None).unwrap_err();
    assert!(matches!(inflated, ArchiveError::Limit(Exceeded::InflatedBytes(_))), "{inflated}");
    let ratio = inspect(&path, Limits::default(), None).unwrap_err();
    assert!(matches!(ratio, ArchiveError::Limit(Exceeded::Ratio(200))), "{ratio}");
    let enough = Limits { inflated_bytes: 200 << 20, ..limits };
    assert_eq!(inspect(&path, enough, None).unwrap().items, 100);
}

#[test]
fn a_correction_that_was_appended_is_what_the_catalog_and_every_count_have() {
    let entries = |titles: &[(&str, &str)]| {
        gz(&tar(&titles.iter().map(|(path, title)| file(path, &item(title))).collect::<Vec<_>>()))
    };
    let mut viewer = Viewer::new();
    viewer.publish(&entries(&[("a.md", "Stale"), ("b.md", "Other"), ("a.md", "Correct")]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [2, 0, 0]);
    assert_eq!(viewer.known(), ["Correct", "Other"]);
    assert_eq!(inspect(&viewer.bundle(), Limits::default(), None).unwrap().items, 2);
    // Nothing has changed of what counts, whichever copy came before it.
    viewer.publish(&entries(&[("a.md", "Staler"), ("b.md", "Other"), ("a.md", "Correct")]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 0, 0]);
    // The correction is taken back, so that the last copy is the one that was first before.
    viewer.publish(&entries(&[("a.md", "Correct"), ("b.md", "Other"), ("a.md", "Staler")]));
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 1, 0]);
    assert_eq!(viewer.known(), ["Other", "Staler"]);
    viewer.restart();
    assert_eq!(counts(&viewer.refresh().unwrap()), [0, 0, 0]);
}

/// What is done to a path of an archive.
#[derive(Debug, Clone)]
enum Step {
    Write(usize, u8),
    Link(usize, usize),
}

const PATHS: [&str; 6] = ["a.md", "b.md", "news/c.html", "news/2026/d.md", "logo.png", "e.txt"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let path = 0..PATHS.len();
    let write = (path.clone(), 0..4_u8).prop_map(|(path, text)| Step::Write(path, text));
    let link = (path.clone(), path).prop_map(|(path, target)| Step::Link(path, target));
    prop::collection::vec(prop_oneof![3 => write, 1 => link], 1..20)
}

/// The entries of a tar file, without links that no program could unpack: to nothing, or to a place where something is.
fn entries(steps: &[Step]) -> Vec<Vec<u8>> {
    let mut there = [false; PATHS.len()];
    let mut entries = Vec::new();
    for step in steps {
        match *step {
            Step::Write(path, text) => {
                there[path] = true;
                entries.push(file(PATHS[path], &item(&format!("Text {text}"))));
            }
            Step::Link(path, target) if there[target] && !there[path] => {
                there[path] = true;
                entries.push(hard_link(PATHS[path], PATHS[target]));
            }
            Step::Link(..) => {}
        }
    }
    entries
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn reading_an_archive_equals_unpacking_it(steps in steps()) {
        let bytes = tar(&entries(&steps));
        let folder = tempfile::tempdir().unwrap();
        tar::Archive::new(bytes.as_slice()).unpack(folder.path()).unwrap();
        let unpacked = load(&Source::open(&Location::Directory(folder.path().to_owned())).unwrap()).unwrap();
        let bundle = Bundle::of(&gz(&bytes));
        let read = bundle.load().unwrap();
        prop_assert_eq!(titles(&read), titles(&unpacked));
        prop_assert_eq!(&read.report.others, &unpacked.report.others);
        prop_assert_eq!(read.codes(), vec![]);
        for item in &unpacked.items {
            let text = fs::read_to_string(folder.path().join(&item.path)).unwrap();
            prop_assert_eq!(bundle.open().unwrap().text(&item.path), text);
        }
        // A bundle that is made of the folder has the same items.
        prop_assert_eq!(Contents::of(folder.path(), &folder.path().join("x.zip")).items(), read.items.len());
    }

    #[test]
    fn a_zip_file_has_the_last_entry_of_each_path(steps in prop::collection::vec((0..PATHS.len(), 0..4_u8), 1..20)) {
        let entries: Vec<_> =
            steps.iter().map(|(path, text)| Zipped::file(PATHS[*path], &item(&format!("Text {text}")))).collect();
        let last: BTreeMap<&str, String> =
            steps.iter().map(|(path, text)| (PATHS[*path], format!("Text {text}"))).collect();
        let read = Bundle::of(&zip(&entries)).load().unwrap();
        let items = last.iter().filter(|(path, _)| !matches!(**path, "logo.png" | "e.txt"));
        prop_assert_eq!(titles(&read), items.map(|(path, title)| (*path, title.as_str())).collect::<Vec<_>>());
        prop_assert_eq!(read.report.other_files(), last.len() - read.items.len());
    }
}
