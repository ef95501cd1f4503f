//! What a file is, by its first bytes or its name, before it is opened as an archive.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::error::ArchiveError;
use super::kind;

/// Whether a file begins as an archive does.
pub(in crate::source) fn is_archive(path: &Path) -> bool {
    head(path).is_ok_and(|head| kind::tell(&head).is_ok())
}

/// Whether a file begins as something does that is known and is no archive that is read.
pub(in crate::source) fn is_of_other_kind(path: &Path) -> bool {
    head(path).is_ok_and(|head| matches!(kind::tell(&head), Err(ArchiveError::OtherKind(_))))
}

/// The first bytes of a file, which tell its kind.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(kind::HEAD);
    File::open(path)?.take(kind::HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a file is named like one part of an archive that was split: `.z01` and so on, or `.001`.
pub(in crate::source) fn is_part(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.as_encoded_bytes().to_ascii_lowercase());
    matches!(extension.as_deref(), Some([b'z' | b'0'..=b'9', tens, ones]) if tens.is_ascii_digit() && ones.is_ascii_digit())
}
