//! The sample feed that is built into the program.

use include_dir::{Dir, DirEntry, include_dir};

use super::hints::Hints;
use super::item_file::{self, is_item_name};
use super::problem_code::FILE_UNREADABLE;
use super::walk::{self, Bytes, Found, ItemPlace};
use crate::item::{ItemFile, Problem, SafeText, Severity};

static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/sample-feed");

/// Goes through the sample in the order of its paths.
pub(super) fn walk() -> impl Iterator<Item = Found> + Send {
    let mut waiting = vec![SAMPLE.entries().iter()];
    std::iter::from_fn(move || {
        loop {
            match waiting.last_mut()?.next() {
                None => drop(waiting.pop()),
                Some(DirEntry::Dir(folder)) => waiting.push(folder.entries().iter()),
                Some(DirEntry::File(file)) => return Some(found(file)),
            }
        }
    })
}

/// Reads one item of the sample.
pub(super) fn read(path: &str) -> ItemFile {
    match SAMPLE.get_file(path) {
        Some(file) => ItemFile::read(path, file.contents()),
        None => item_file::unread(path, absent()),
    }
}

/// The text of one file of the sample.
pub(super) fn text(path: &str) -> String {
    let contents = SAMPLE.get_file(path).and_then(include_dir::File::contents_utf8);
    contents.map_or_else(|| absent().message.to_string(), str::to_owned)
}

fn found(file: &'static include_dir::File<'static>) -> Found {
    match file.path().file_name() {
        Some(name) if is_item_name(name) => Found::Item(ItemPlace::new(
            file.path().to_string_lossy().into_owned(),
            Bytes::BuiltIn(file.contents()),
            Hints::default(),
        )),
        _ => walk::other(file.path()),
    }
}

fn absent() -> Problem {
    Problem {
        line: None,
        severity: Severity::Error,
        code: FILE_UNREADABLE,
        message: SafeText::new(
            "The sample has no item of this name. Run rounds list to see those that it has.",
        ),
    }
}
