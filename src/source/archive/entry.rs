//! Entries of archives, of whatever kind the archive is, and what takes them.

use std::ops::ControlFlow;

use jiff::civil::DateTime;

use super::error::ArchiveError;
use super::refusal::Refusal;

/// An entry as an archive has it.
pub(super) struct Entry<'a> {
    pub(super) path: &'a [u8],
    pub(super) what: What<'a>,
    /// How many bytes it has when its compression is undone, by its own account.
    pub(super) size: u64,
    /// When it was last changed, if that tells anything.
    pub(super) time: Option<DateTime>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What<'a> {
    File,
    Folder,
    /// One more name for what lies at a path.
    HardLink(&'a [u8]),
    Refused(Refusal),
}

/// What takes the entries of an archive, one after the other: first to find out which of them count, then to hand over
/// what is in them.
pub(super) trait EntrySink {
    /// Takes an entry. `read` gives its bytes, and is called at most once, for the few that are wanted. When this breaks,
    /// the rest of the archive is not wanted.
    ///
    /// # Errors
    ///
    /// When a limit is reached, or the bytes cannot be had.
    fn take(&mut self, entry: &Entry<'_>, read: &mut Read<'_>) -> Result<ControlFlow<()>, ArchiveError>;
}

/// What reads the bytes of an entry.
pub(super) type Read<'a> = dyn FnMut() -> Result<Vec<u8>, ArchiveError> + 'a;
