//! Why a source cannot be opened, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use super::archive::ArchiveError;
use crate::item::SafeText;

/// Why a source cannot be opened. Each names the source, the reason and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing is there.
    #[error(
        "{}: there is no file or folder of this name. Check the spelling; to see what can be typed, run rounds --help",
        shown(path)
    )]
    Missing {
        /// As it was named.
        path: PathBuf,
    },
    /// It is there, but may not be read.
    #[error(
        "{}: it could not be read ({}). Check that you have the right to read it",
        shown(path),
        reason(error)
    )]
    Unreadable {
        /// As it was named.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// It is neither a directory nor a file.
    #[error(
        "{}: it is neither a folder nor a file. Name a folder of items, one item file or an archive of them",
        shown(path)
    )]
    Special {
        /// As it was named.
        path: PathBuf,
    },
    /// It is a file, but not one of the kinds that items are written in.
    #[error(
        "{}: it is not an item file, whose name ends in .md or .html, nor an archive of them. Name a folder of items, one item file or an archive",
        shown(path)
    )]
    NotAnItem {
        /// As it was named.
        path: PathBuf,
    },
    /// It is an archive, or should be one, that cannot be read, or not to its end.
    #[error("{}: {error}", shown(path))]
    Archive {
        /// As it was named.
        path: PathBuf,
        /// What is the matter with it.
        #[source]
        error: ArchiveError,
    },
    /// It should be signed, and is of a kind that cannot be.
    #[error(
        "{}: there is a key for it in the configuration, but only an archive of items can be signed. Name the archive, or take the key out",
        shown(path)
    )]
    NotSigned {
        /// As it was named.
        path: PathBuf,
    },
    /// It is written in the configuration so that it cannot be opened.
    #[error("{name}: {reason}")]
    Unusable {
        /// Its name there.
        name: SafeText,
        /// Why not, and what to do.
        reason: SafeText,
    },
    /// It is an address on the web.
    #[error(
        "{}: it is a web address, and Rounds opens a folder of items or one item file. Download the items, and name the folder",
        address
    )]
    Address {
        /// As it was named, as it may be shown.
        address: SafeText,
    },
}

impl SourceError {
    /// Whether the copy of a bundle was there and is not any more: another process has put a new one in its place.
    pub fn is_copy_gone(&self) -> bool {
        matches!(self, Self::Archive { error: ArchiveError::CopyGone, .. })
    }

    /// The error for a path that the system would not read.
    pub(super) fn unreadable(path: PathBuf, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::Missing { path }
        } else {
            Self::Unreadable { path, error }
        }
    }
}

/// What the system says went wrong, without the number that means nothing to a reader.
pub fn reason(error: &io::Error) -> SafeText {
    let text = error.to_string();
    SafeText::new(text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words))
}

/// A path as it may be shown.
fn shown(path: &Path) -> SafeText {
    if path.as_os_str().is_empty() {
        SafeText::new("(empty name)")
    } else {
        SafeText::new(&path.to_string_lossy())
    }
}
