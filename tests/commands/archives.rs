//! Archives as people and programs make them, by the built program.

use std::fs;

use tar::EntryType;

use crate::foreign::make::{Zipped, entry, file, hard_link, tar, zip};
use crate::support::Outcome;
use crate::support::program::rounds_at;
use crate::web::field;

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
