//! What is found on the way through a source, before it is read.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::archive::Manifest;
use super::hints::{FileTime, Hints};
use super::path_text::path_text;
use super::problem_code::NOT_A_FILE;
use super::stamp::Stamp;
use crate::item::{Problem, SafeText, Severity};

/// One thing found in a source.
#[derive(Debug)]
pub(super) enum Found {
    /// A file that is read as an item.
    Item(ItemPlace),
    /// A file of another kind, by its extension in lower case (empty when it has none).
    Other(String),
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// What a bundle says about itself.
    Manifest(Box<Manifest>),
    /// Something that stays unread, by its path in the source.
    Problem(String, Problem),
    /// Nothing yet. This comes while a source is looked at before anything of it is handed over, so that it is noticed
    /// when the rest is not wanted.
    Nothing,
}

/// Where an item is.
#[derive(Debug)]
pub(super) struct ItemPlace {
    /// Its path in the source.
    pub(super) path: String,
    /// Where its bytes are.
    pub(super) bytes: Bytes,
    /// The stamp that it had when it was last read, where that is known.
    pub(super) known: Option<Stamp>,
    /// What its place tells of it.
    pub(super) hints: Hints,
}

impl ItemPlace {
    pub(super) fn new(path: String, bytes: Bytes, hints: Hints) -> Self {
        Self { path, bytes, known: None, hints }
    }
}

/// Where the bytes of an item are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In a file on this machine.
    File(PathBuf),
    /// In the program itself.
    BuiltIn(&'static [u8]),
    /// Here, as they were read from an archive.
    Owned(Vec<u8>),
}

/// The way through a source that is one file.
pub(super) fn single(file: &Path) -> impl Iterator<Item = Found> + Send + use<> {
    let name = file.file_name().map_or_else(|| file.to_owned(), PathBuf::from);
    let place = ItemPlace::new(path_text(&name), Bytes::File(file.to_owned()), hints_of_single(file));
    std::iter::once(Found::Item(place))
}

/// What the place of a file tells of its item when it is a source by itself.
pub(super) fn hints_of_single(file: &Path) -> Hints {
    Hints { folders_from: None, time: FileTime::of_files_in(file.parent().unwrap_or(file)) }
}

/// A file that is not read as an item.
pub(super) fn other(path: &Path) -> Found {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    Found::Other(extension.to_lowercase())
}

/// The problem of something named like an item that is no file, such as a named pipe, which must not be
/// opened: that could wait for ever.
pub(super) fn special(kind: FileType) -> Problem {
    let message = format!(
        "This is named like an item but is {}, so it was not opened. Remove it, or give it another name.",
        kind_name(kind)
    );
    Problem { line: None, severity: Severity::Error, code: NOT_A_FILE, message: SafeText::new(&message) }
}

/// What something that is no file is called.
#[cfg(unix)]
fn kind_name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;

    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "not a file"
    }
}

/// What something that is no file is called.
#[cfg(not(unix))]
fn kind_name(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "not a file" }
}
