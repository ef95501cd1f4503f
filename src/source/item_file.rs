//! Item files on disk: which files they are, and how their bytes are read within bounds.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::panic;
use std::path::Path;

use super::archive::compressed;
use super::error::reason;
use super::hints::Hints;
use super::problem_code::{FILE_COMPRESSED, FILE_NOT_UNDERSTOOD, FILE_TOO_LARGE, FILE_UNREADABLE};
use crate::item::{BodyKind, ByteCount, ItemFile, Problem, SafeText, Severity};

/// The most bytes that are read of one item file (8 MiB). The specimen has 7 KiB.
pub const LARGEST_ITEM_FILE: usize = 8 * 1024 * 1024;

/// Reads an item file as far as it can be read.
///
/// `path` is where it is in its source; `file` is where it is on this machine.
pub(super) fn read(path: &str, file: &Path, hints: Hints) -> ItemFile {
    match read_bytes(file) {
        Ok((bytes, metadata)) => read_from(path, bytes, (hints, Some(&metadata))),
        Err(error) => unread(path, unreadable(&error)),
    }
}

/// The text of a file as it is, or why it cannot be read.
pub(super) fn text(file: &Path) -> String {
    match read_bytes(file) {
        Ok((bytes, _)) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => unreadable(&error).message.to_string(),
    }
}

/// The item for a file whose bytes cannot be had: nothing of it is known but its path, and its body says why.
pub(super) fn unread(path: &str, problem: Problem) -> ItemFile {
    let mut file = ItemFile::read(path, b"");
    file.body.kind = BodyKind::Plain;
    file.body.repaired = Some(problem.message.to_string());
    // What an empty file would be blamed for is not the matter here.
    file.item.problems = vec![problem];
    file
}

/// Whether a file of this name is read as an item.
pub(super) fn is_item_name(name: &OsStr) -> bool {
    const KINDS: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];
    Path::new(name)
        .extension()
        .is_some_and(|found| KINDS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Reads at most one byte more than the limit, which shows that there is more. With the bytes comes what the file
/// system said of the file before they were read.
pub(super) fn read_bytes(file: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let file = File::open(file)?;
    let metadata = file.metadata()?;
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    let limit = LARGEST_ITEM_FILE.saturating_add(1);
    let mut bytes = Vec::with_capacity(length.saturating_add(1).min(limit));
    file.take(limit as u64).read_to_end(&mut bytes)?;
    Ok((bytes, metadata))
}

/// The item in these bytes, of which there is one too many when the file is too large, with what its place tells of it, and
/// what the file system says of its file.
pub(super) fn read_from(
    path: &str,
    bytes: Vec<u8>,
    (hints, metadata): (Hints, Option<&Metadata>),
) -> ItemFile {
    let mut file = read_whole(path, bytes);
    hints.complete(&mut file, metadata);
    file
}

fn read_whole(path: &str, mut bytes: Vec<u8>) -> ItemFile {
    if let Some(kind) = compressed(&bytes) {
        return unread(path, is_compressed(kind));
    }
    if bytes.len() <= LARGEST_ITEM_FILE {
        return parse(path, &bytes);
    }
    bytes.truncate(LARGEST_ITEM_FILE);
    drop_half_character(&mut bytes);
    let mut file = parse(path, &bytes);
    file.item.problems.insert(0, too_large());
    file
}

/// Parses an item. A file that makes a library panic is listed like one that cannot be read, and costs no other.
fn parse(path: &str, bytes: &[u8]) -> ItemFile {
    panic::catch_unwind(|| ItemFile::read(path, bytes)).unwrap_or_else(|_| unread(path, not_understood()))
}

/// Drops the beginning of a UTF-8 character that was cut off; else the whole file would seem not to be UTF-8.
fn drop_half_character(bytes: &mut Vec<u8>) {
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
}

pub(super) fn unreadable(error: &io::Error) -> Problem {
    let message = format!(
        "This file could not be read ({}), so nothing is known of it but its name. Check that you have the right to read it.",
        reason(error)
    );
    Problem { line: None, severity: Severity::Error, code: FILE_UNREADABLE, message: SafeText::new(&message) }
}

fn not_understood() -> Problem {
    let message = "Reading this file failed, so nothing is known of it but its name. \
                   Open it in an editor, and please report it to the makers of Rounds.";
    Problem {
        line: None,
        severity: Severity::Error,
        code: FILE_NOT_UNDERSTOOD,
        message: SafeText::new(message),
    }
}

fn is_compressed(kind: &str) -> Problem {
    let message = format!(
        "This is {kind}, though its name is that of an item, so nothing is known of it but its name. Unpack it; if it \
         is a bundle, open it by itself."
    );
    Problem { line: None, severity: Severity::Error, code: FILE_COMPRESSED, message: SafeText::new(&message) }
}

fn too_large() -> Problem {
    let message = format!(
        "This file is larger than {}, and only that much of it was read. Take out what is not text, or split it.",
        ByteCount(LARGEST_ITEM_FILE as u64)
    );
    Problem { line: None, severity: Severity::Error, code: FILE_TOO_LARGE, message: SafeText::new(&message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn item_files_are_told_by_their_ending_in_any_case() {
        for name in ["a.md", "A.MD", "b.markdown", "c.mdown", "d.html", "e.HTM", "a.tar.md"] {
            assert!(is_item_name(OsStr::new(name)), "{name}");
        }
        for name in ["md", ".md", "a.md.bak", "a.mdx", "a.txt", "a.", "a.md~"] {
            assert!(!is_item_name(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn a_character_cut_in_two_is_dropped_and_a_whole_one_kept() {
        for whole in ["é", "’", "😀"] {
            let mut bytes = format!("x{whole}").into_bytes();
            bytes.pop();
            drop_half_character(&mut bytes);
            assert_eq!(bytes, b"x", "{whole}");
        }
        for kept in [&b"abc"[..], "caf\u{e9}".as_bytes(), b"caf\xe9 au lait"] {
            let mut bytes = kept.to_vec();
            drop_half_character(&mut bytes);
            assert_eq!(bytes, kept);
        }
    }

    #[test]
    fn a_file_over_the_limit_is_read_as_far_as_the_limit() {
        let bytes = vec![b'a'; LARGEST_ITEM_FILE + 1];
        let file = read_from("large.md", bytes, (Hints::default(), None));
        assert_eq!(file.body.raw.len(), LARGEST_ITEM_FILE);
        assert_eq!(file.item.problems.first().map(|problem| problem.code), Some("file-too-large"));
    }
}
