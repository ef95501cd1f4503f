//! Archives that are what they should be.

use std::fs;

use rounds::source::{Location, Manifest, Report, Sighting, Source, Stamp, Surveyed};
use tar::EntryType;

use crate::desk::{Bundle, Loaded, item, load, open};
use crate::make::{END, Zipped, entry, file, gz, pax, tar, zip, zst};

/// Made by `xz -9` of a tar file with one item.
const XZ: &[u8] = include_bytes!("one.tar.xz");

/// The same items in every kind of archive.
fn every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let one = item("One");
    let two = item("Two");
    let entries = [
        entry("./", EntryType::Directory, b""),
        file("./one.md", &one),
        entry("news/", EntryType::Directory, b""),
        file("news/two.HTML", &two),
        file("logo.PNG", b"\x89PNG"),
        file("LICENCE", b"text"),
        file(".draft.md", b"hidden"),
        file(".git/objects/a.md", b"hidden"),
        file("__MACOSX/._one.md", b"hidden"),
    ];
    let plain = tar(&entries);
    let zipped = [
        Zipped::file("news/", b""),
        Zipped::file("one.md", &one),
        Zipped { method: 0, data: two.clone(), ..Zipped::file("news\\two.HTML", &two) },
        Zipped::file("logo.PNG", b"\x89PNG"),
        Zipped::file("LICENCE", b"text"),
        Zipped::file(".draft.md", b"hidden"),
        Zipped::file(".git/objects/a.md", b"hidden"),
        Zipped::file("__MACOSX/._one.md", b"hidden"),
    ];
    vec![("gz", gz(&plain)), ("zst", zst(&plain)), ("tar", plain), ("zip", zip(&zipped))]
}

#[test]
fn items_are_found_in_archives_of_every_kind_and_the_rest_is_counted() {
    for (kind, bytes) in every_kind() {
        let loaded = Bundle::of(&bytes).load().unwrap();
        assert_eq!(loaded.paths(), ["news/two.HTML", "one.md"], "{kind}");
        assert_eq!(loaded.items[1].title.as_str(), "One", "{kind}");
        let Report { files, items, hidden, .. } = loaded.report;
        assert_eq!((files, items, hidden), (2, 2, 3), "{kind}");
        let others: Vec<_> =
            loaded.report.others.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        assert_eq!(others, [("", 1), ("png", 1)], "{kind}");
        assert_eq!(loaded.codes(), [], "{kind}");
    }
}

#[test]
fn xz_is_read() {
    let bundle = Bundle::of(XZ);
    let loaded = bundle.load().unwrap();
    assert_eq!(loaded.items[0].title.as_str(), "One");
    assert_eq!(bundle.open().unwrap().read("one.md").item, loaded.items[0]);
}

#[test]
fn one_item_is_read_again_by_its_path() {
    for (kind, bytes) in every_kind() {
        let bundle = Bundle::of(&bytes);
        let source = bundle.open().unwrap();
        for item in bundle.load().unwrap().items {
            let file = source.read(&item.path);
            assert_eq!(file.item, item, "{kind}");
            assert!(file.body.raw.contains("Text of"), "{kind}");
            assert!(source.text(&item.path).starts_with("---\ntitle: "), "{kind}");
        }
        for gone in ["none.md", "../one.md", ".draft.md", "logo.PNG", ""] {
            let file = source.read(gone);
            assert_eq!(file.item.problems[0].code, "file-unreadable", "{kind} {gone}");
            assert_eq!(file.body.raw, "", "{kind} {gone}");
            assert!(source.text(gone).contains("Read the source again"), "{kind} {gone}");
        }
    }
}

#[test]
fn a_survey_of_the_same_items_in_another_archive_finds_nothing_changed() {
    let mut known = std::collections::BTreeMap::<String, Stamp>::new();
    for (kind, bytes) in every_kind() {
        let source = Bundle::of(&bytes);
        let source = source.open().unwrap();
        let before = known.clone();
        let mut same = 0;
        let mut read = Vec::new();
        let mut stamp_of = |path: &str| before.get(path).copied();
        let report = source.survey(&mut stamp_of, false, &mut |step| {
            match step {
                Surveyed::File(Sighting::Read { file, stamp }) => read.push((file.item.path, stamp)),
                Surveyed::File(Sighting::Touched { path, .. }) => panic!("{kind}: {path} was touched"),
                Surveyed::Due { same: more, .. } => same += more,
            }
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(report.unwrap().items, 2, "{kind}");
        assert_eq!((same, read.len()), if known.is_empty() { (0, 2) } else { (2, 0) }, "{kind}");
        known.extend(read);
    }
}

#[test]
fn long_names_of_both_ways_are_read() {
    let long = format!("{}/{}.md", "folder".repeat(20), "name".repeat(30));
    let ways = [
        entry("././@LongLink", EntryType::GNULongName, format!("{long}\0").as_bytes()),
        pax("path", long.as_bytes()),
        [pax("path", long.as_bytes()), entry("././@LongLink", EntryType::GNULongName, b"other.md\0")]
            .concat(),
    ];
    for way in ways {
        let entries =
            [entry("g", EntryType::XGlobalHeader, b"14 comment=ab\n"), way, file("short.md", b"Text.")];
        assert_eq!(Bundle::of(&tar(&entries)).load().unwrap().paths(), [long.as_str()]);
    }
}

#[test]
fn what_pax_says_of_the_size_counts() {
    let mut lying = crate::make::header(b"one.md", EntryType::Regular, 0).as_bytes().to_vec();
    lying.extend(item("One"));
    lying.resize(1024, 0);
    let size = item("One").len().to_string();
    let bytes = tar(&[pax("size", size.as_bytes()), lying, file("two.md", &item("Two"))]);
    let loaded = Bundle::of(&bytes).load().unwrap();
    let titles: Vec<&str> = loaded.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["One", "Two"]);
}

#[test]
fn what_follows_the_end_of_a_tar_file_is_passed_over() {
    let bytes = [tar(&[file("a.md", b"Text.")]), vec![0; 8192], file("b.md", b"Text.")].concat();
    assert_eq!(Bundle::of(&bytes).load().unwrap().paths(), ["a.md"]);
    let halves = bytes.split_at(700);
    let members = [gz(halves.0), gz(halves.1)].concat();
    assert_eq!(Bundle::of(&members).load().unwrap().paths(), ["a.md"]);
    let frames = [b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zst(halves.0), zst(halves.1)].concat();
    assert_eq!(Bundle::of(&frames).load().unwrap().paths(), ["a.md"]);
}

#[test]
fn the_label_of_an_archive_and_its_listed_folders_are_no_files() {
    let mut label = crate::make::header(b"Ward news 2026", EntryType::new(b'V'), 0);
    for empty in [[0; 12], [b' '; 12], *b"00000000000\0"] {
        label.as_old_mut().size = empty;
        label.set_cksum();
        let listing = entry("news/", EntryType::new(b'D'), b"Ya.md\0\0");
        let bytes = tar(&[label.as_bytes().to_vec(), listing, file("news/a.md", b"Text.")]);
        for bytes in [gz(&bytes), bytes] {
            let loaded = Bundle::of(&bytes).load().unwrap();
            assert_eq!((loaded.paths(), loaded.codes()), (vec!["news/a.md"], vec![]));
            assert_eq!(loaded.report.other_files(), 0);
        }
    }
}

#[test]
fn zeros_behind_an_archive_are_padding() {
    let bytes = tar(&[file("a.md", b"Text.")]);
    let zipped = zip(&[Zipped::file("a.md", b"Text.")]);
    for zeros in [1, 512, 10_240, 70_000] {
        for whole in [gz(&bytes), zipped.clone()] {
            let padded = [whole, vec![0; zeros]].concat();
            assert_eq!(Bundle::of(&padded).load().unwrap().paths(), ["a.md"], "{zeros}");
        }
    }
    let complaint = Bundle::of(&[&gz(&bytes)[..], b"<!-- made by x -->\n"].concat()).complaint();
    assert!(complaint.contains("something follows its end") && !complaint.contains("cut off"), "{complaint}");
}

#[test]
fn names_in_a_code_page_are_read_or_written_as_a_folder_shows_them() {
    const WINDOWS: u8 = 0;
    const UNIX: u8 = 3;
    let unicode = |name: &[u8], right: &str| {
        [&b"\x01"[..], &rawzip::crc32(name).to_le_bytes(), right.as_bytes()].concat()
    };
    let raw = b"news\\\x9aberwachung.md";
    let right = unicode(raw, "news/Überwachung.md");
    let of_another = unicode(b"other", "news/other.md");
    let cases = [
        (WINDOWS, vec![], "news/Überwachung.md"),
        (UNIX, vec![], "news/\\x9Aberwachung.md"),
        (UNIX, right, "news/Überwachung.md"),
        (UNIX, of_another, "news/\\x9Aberwachung.md"),
    ];
    for (host, unicode_path, expected) in cases {
        let entry = Zipped { host, unicode_path, ..Zipped::file(raw, &item("One")) };
        let bundle = Bundle::of(&zip(&[entry, Zipped::file("news\\2026\\", b"")]));
        let loaded = bundle.load().unwrap();
        assert_eq!((loaded.paths(), loaded.codes()), (vec![expected], vec![]));
        assert_eq!(loaded.report.other_files(), 0, "the folder is counted as a file");
        assert_eq!(bundle.open().unwrap().read(expected).item.title.as_str(), "One");
    }
    let bundle = Bundle::of(&tar(&[file(b"\xdcberwachung.md", &item("One"))]));
    assert_eq!(bundle.load().unwrap().paths(), ["\\xDCberwachung.md"]);
    assert_eq!(bundle.open().unwrap().read("\\xDCberwachung.md").item.title.as_str(), "One");
}

#[test]
fn parts_and_other_kinds_of_archive_are_called_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let whole = zip(&[Zipped::file("a.md", &item("One"))]);
    let (head, tail) = whole.split_at(40);
    let mut last = tail.to_vec();
    let disk = last.len() - 18;
    last[disk] = 1;
    let program = [b"\x7fELF\x02\x01\x01\0", &whole[..]].concat();
    let cases: [(&str, &[u8], &str); 12] = [
        ("n.z01", head, "one part of an archive"),
        ("n.zip.001", head, "one part of an archive"),
        ("n.zip.002", b"the rest", "one part of an archive"),
        ("n.zip", &last, "one part of an archive"),
        ("m.zip", &[b"some text\n", &whole[..]].concat(), "a zip file with something else in front of it"),
        ("n.exe", &program, "a self-extracting archive"),
        ("n.run", b"#!/bin/sh\n", "a self-extracting archive"),
        ("n.tar.lz4", b"\x04\x22\x4d\x18\x64\x40", "an LZ4 file"),
        ("n.tar.lz", b"LZIP\x01", "an lzip (.lz) file"),
        ("n.tar.lzma", b"\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0", "an LZMA file"),
        ("n.tar.zz", b"\x78\x9c\xcb", "a zlib (.zz) file"),
        ("news", b"LZIP\x01", "an lzip (.lz) file"),
    ];
    for (name, bytes, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let opened = Location::parse(path.as_os_str()).and_then(|location| Source::open(&location));
        let error = opened.and_then(|source| load(&source)).err().unwrap().to_string();
        assert!(error.contains(expected) && error.contains(". "), "{name}: {error}");
    }
}

#[test]
fn archives_without_entries_are_empty_sources() {
    for bytes in [END.to_vec(), gz(&END), zip(&[])] {
        let loaded = Bundle::of(&bytes).load().unwrap();
        assert_eq!((loaded.report.files, loaded.codes()), (0, vec![]));
    }
}

#[test]
fn an_archive_in_an_archive_is_a_file_like_others() {
    let inner = zip(&[Zipped::file("inner.md", b"Text.")]);
    let loaded = Bundle::of(&tar(&[file("inner.zip", &inner), file("a.md", b"Text.")])).load().unwrap();
    assert_eq!(loaded.paths(), ["a.md"]);
    assert_eq!(loaded.report.others.get("zip"), Some(&1));
}

fn manifest_of(entries: &[(&str, &str)]) -> Loaded {
    let in_tar: Vec<_> = entries.iter().map(|(path, text)| file(path, text.as_bytes())).collect();
    let in_zip: Vec<_> = entries.iter().map(|(path, text)| Zipped::file(path, text.as_bytes())).collect();
    let [tar, zip] = [tar(&in_tar), zip(&in_zip)].map(|bytes| Bundle::of(&bytes).load().unwrap());
    assert_eq!(tar.report, zip.report);
    tar
}

#[test]
fn what_a_bundle_says_about_itself_is_told() {
    let yaml = "name: Health\nhomepage: https://example.org/\n";
    let name = |loaded: Loaded| loaded.report.manifest.map(|Manifest { name, .. }| name.to_string());
    assert_eq!(name(manifest_of(&[("bundle.yaml", yaml), ("a.md", "")])).as_deref(), Some("Health"));
    assert_eq!(name(manifest_of(&[("a.md", ""), ("bundle.yaml", yaml)])).as_deref(), Some("Health"));
    let only_folder = [("n/a.md", ""), ("n/bundle.yaml", yaml), ("__MACOSX/x", ""), (".x", "")];
    assert_eq!(name(manifest_of(&only_folder)).as_deref(), Some("Health"));
    assert_eq!(name(manifest_of(&[("n/bundle.yaml", yaml), ("b.md", "")])), None);
    assert_eq!(name(manifest_of(&[("n/bundle.yaml", yaml), ("m/b.md", "")])), None);
    let both = [("n/bundle.yaml", "name: Other\n"), ("bundle.yaml", yaml)];
    assert_eq!(name(manifest_of(&both)).as_deref(), Some("Health"));
    let broken = manifest_of(&[("bundle.yaml", "name: 'Health\n"), ("a.md", "")]);
    assert_eq!(
        (broken.codes(), broken.paths()),
        (vec![("bundle.yaml", "bundle-yaml-invalid")], vec!["a.md"])
    );
}

#[test]
fn the_kind_is_told_by_content_whatever_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = tar(&[file("a.md", b"Text.")]);
    for (name, bytes) in [("a.zip", gz(&bytes)), ("b", zst(&bytes)), ("c.md", zip(&[])), ("d.tar.gz", bytes)]
    {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert!(matches!(Location::parse(path.as_os_str()), Ok(Location::Archive(_))), "{name}");
        assert_eq!(open(&path).label().as_str(), name);
        assert!(load(&open(&path)).is_ok(), "{name}");
    }
}

#[test]
fn an_archive_may_be_replaced_between_two_readings() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news");
    fs::write(&path, tar(&[file("a.md", b"Text.")])).unwrap();
    let source = open(&path);
    assert_eq!(load(&source).unwrap().paths(), ["a.md"]);
    fs::write(&path, zip(&[Zipped::file("b.md", b"Text.")])).unwrap();
    assert_eq!(load(&source).unwrap().paths(), ["b.md"]);
    fs::remove_file(&path).unwrap();
    assert!(load(&source).is_err());
    assert!(source.text("b.md").contains("no such file") || source.text("b.md").contains("No such file"));
}

#[test]
fn a_loading_that_is_not_wanted_any_more_stops() {
    let entries: Vec<_> = (0..5000).map(|number| file(format!("{number}.md"), b"Text.")).collect();
    let bundle = Bundle::of(&gz(&tar(&entries)));
    let mut batches = 0;
    let report = bundle.open().unwrap().load(&mut |_| {
        batches += 1;
        std::ops::ControlFlow::Break(())
    });
    assert_eq!(batches, 1);
    assert!(report.unwrap().files < 5000);
}
