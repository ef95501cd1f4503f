//! Why a bundle was not made.

use std::io;
use std::path::{Path, PathBuf};

use super::sign::KeyError;
use crate::item::SafeText;
use crate::source::archive::ArchiveError;
use crate::source::error::reason;

/// Why a bundle was not made. Whatever was at its place is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// There is nothing to read in it.
    #[error(
        "there are no items here, which are files whose names end in .md or .html, so no bundle was made. Name another folder"
    )]
    NoItems,
    /// A file cannot be read.
    #[error(
        "{}: it could not be read ({}), so no bundle was made. Check that you have the right to read it",
        shown(path),
        reason(error)
    )]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The bundle or its signature cannot be written.
    #[error(
        "{}: it could not be written ({}). Check that its folder is there, that you have the right to write in it, and \
         that there is room",
        shown(path),
        reason(error)
    )]
    Unwritable {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// Readers of the bundle would be refused it.
    #[error("the bundle was not made, as no one could read it: {0}")]
    Unsound(ArchiveError),
    /// Readers of the bundle would not find all items in it.
    #[error(
        "the bundle was not made, as only {items} of its {of} items could be read in it. Run rounds check on the folder, and please report this to the makers of Rounds"
    )]
    Lost {
        /// How many items were found in it.
        items: usize,
        /// How many there should be.
        of: usize,
    },
    /// The bundle cannot be signed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

fn shown(path: &Path) -> SafeText {
    SafeText::new(&path.to_string_lossy())
}
