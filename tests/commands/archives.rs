//! Archives as people and programs make them, by the built program.

use std::fs;

use tar::EntryType;

use crate::foreign::make::{Zipped, entry, file, gz, hard_link, header, tar, zip};
use crate::support::Outcome;
use crate::support::program::rounds_at;
use crate::support::site::Site;
use crate::web::{Home, field, one_line};

/// A folder to work in, which is the home directory as well.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a file there, and gives its path.
    fn put(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.into_os_string().into_string().unwrap()
    }

    fn rounds(&self, words: &[&str]) -> Outcome {
        rounds_at(self.0.path(), words)
    }

    /// The titles that are listed of a source, in the order of their paths, and that nothing is wrong with it.
    fn titles(&self, source: &str) -> Vec<String> {
        let listed = self.rounds(&["list", "--format", "json", source]);
        assert_eq!((listed.status, listed.talk.as_str()), (0, ""));
        let checked = self.rounds(&["check", source]);
        assert_eq!(checked.status, 0, "{}{}", checked.out, checked.talk);
        let mut titles: Vec<_> = field(&listed, "path").into_iter().zip(field(&listed, "title")).collect();
        titles.sort();
        titles.into_iter().map(|(_, title)| title).collect()
    }
}

fn item(title: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\nlink: https://example.org/{title}\n---\n<p>Text of {title}.</p>\n")
        .into_bytes()
}

#[test]
fn a_corrected_item_that_was_appended_is_the_one_that_is_shown() {
    let desk = Desk::new();
    let (stale, correct) = (item("Stale"), item("Correct"));
    let appended = tar(&[file("./a.md", &stale), file("b.md", &item("Other")), file("a.md", &correct)]);
    let zipped =
        [Zipped::file("a.md", &stale), Zipped::file("b.md", &item("Other")), Zipped::file("a.md", &correct)];
    for (name, bytes) in [("news.tar", appended), ("news.zip", zip(&zipped))] {
        let source = desk.put(name, &bytes);
        assert_eq!(desk.titles(&source), ["Correct", "Other"]);
        let shown = desk.rounds(&["show", "a.md", &source]);
        assert!(shown.out.contains("Text of Correct") && !shown.out.contains("Stale"), "{}", shown.out);
        assert_eq!(desk.rounds(&["search", "stale", &source]).status, 1);
    }
}

#[test]
fn an_item_that_is_a_hard_link_in_a_tar_file_is_listed() {
    let desk = Desk::new();
    let entries = [
        file("a.txt", &item("Linked")),
        hard_link("a.md", "a.txt"),
        entry("folder/", EntryType::Directory, b""),
    ];
    assert_eq!(desk.titles(&desk.put("news.tar", &tar(&entries))), ["Linked"]);
}

#[test]
fn what_tar_and_gzip_add_to_an_archive_is_no_problem() {
    let desk = Desk::new();
    let mut label = header(b"Ward news 2026", EntryType::new(b'V'), 0);
    label.as_old_mut().size = [0; 12];
    label.set_cksum();
    let folder = entry("news/", EntryType::new(b'D'), b"Ya.md\0\0");
    let bytes = tar(&[label.as_bytes().to_vec(), folder, file("news/a.md", &item("One"))]);
    let padded = [gz(&bytes), vec![0; 10_240]].concat();
    assert_eq!(desk.titles(&desk.put("news.tar.gz", &padded)), ["One"]);
}

#[test]
fn an_item_whose_name_is_in_a_code_page_is_listed() {
    let desk = Desk::new();
    let of_windows = Zipped { host: 0, ..Zipped::file(b"\x9aberwachung.md", &item("One")) };
    for (name, bytes, path) in [
        ("news.zip", zip(&[of_windows]), "Überwachung.md"),
        ("news.tar", tar(&[file(b"\xdcberwachung.md", &item("One"))]), "\\xDCberwachung.md"),
    ] {
        let source = desk.put(name, &bytes);
        assert_eq!(desk.titles(&source), ["One"]);
        assert!(desk.rounds(&["show", path, &source]).out.contains("Text of One"));
    }
}

#[test]
fn kinds_that_are_not_read_are_named_in_one_line() {
    let desk = Desk::new();
    let cases: [(&str, &[u8], &str); 4] = [
        ("news.tar.lz4", b"\x04\x22\x4d\x18\x64\x40", "an LZ4 file"),
        ("news.tar.lz", b"LZIP\x01", "an lzip (.lz) file"),
        ("news.zip.001", b"PK\x03\x04\x14\0", "one part of an archive that was split"),
        ("news.run", b"#!/bin/sh\n", "a self-extracting archive"),
    ];
    for (name, bytes, reason) in cases {
        let refused = desk.rounds(&["list", &desk.put(name, bytes)]);
        assert_eq!((refused.status, refused.out.as_str()), (3, ""));
        one_line(&refused, reason);
    }
}

#[test]
fn what_is_compressed_in_a_folder_is_named() {
    let desk = Desk::new();
    desk.put("news/a.md", &item("One"));
    desk.put("news/b.md", &gz(&item("Two")));
    let bundle = desk.put("news/bundle.zip", &zip(&[Zipped::file("c.md", &item("Three"))]));
    let folder = bundle.trim_end_matches("/bundle.zip");
    let checked = desk.rounds(&["check", folder]);
    assert_eq!(checked.status, 1);
    assert!(checked.out.contains("b.md  error  file-compressed  This is a gzip file"), "{}", checked.out);
    assert!(
        checked.out.contains("bundle.zip  warning  archive-inside  This is an archive"),
        "{}",
        checked.out
    );
    let listed = desk.rounds(&["list", folder]);
    assert_eq!((listed.status, listed.talk.as_str()), (0, ""));
    assert!(!listed.out.contains("Gz"), "{}", listed.out);
    let packed = desk.rounds(&["pack", folder, "-o", &format!("{folder}/../n.zip")]);
    assert_eq!(packed.status, 1, "{}", packed.talk);
    assert!(packed.talk.contains("b.md  error  file-compressed"), "{}", packed.talk);
    assert_eq!(packed.talk.matches("bundle.zip").count(), 1, "{}", packed.talk);
}

#[test]
fn a_bundle_of_which_nothing_can_be_read_says_why() {
    let unread = ["a.md", "b.md"].map(|path| Zipped { method: 12, ..Zipped::file(path, b"x") });
    let bytes = zip(&unread);
    let desk = Desk::new();
    let listed = desk.rounds(&["list", &desk.put("news.zip", &bytes)]);
    assert!(
        listed.talk.contains("no items that could be read. a.md: It is compressed with"),
        "{}",
        listed.talk
    );
    assert!(listed.talk.contains("2 things could not be read"), "{}", listed.talk);
    let site = Site::with(bytes);
    one_line(
        &Home::new().rounds(&["list", &site.address()]),
        "no item in it could be read. a.md: It is compressed",
    );
}
