//! Reading a whole archive before anything of it is believed.

use std::path::Path;

use super::error::ArchiveError;
use super::{Archive, verify};
use crate::source::limits::Limits;
use crate::source::signature::PublicKey;

/// What was found by reading a whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspected {
    /// How many items there are in it.
    pub items: usize,
}

/// Reads a whole archive within limits, after its signature was verified, if there is a key: what must be so before it
/// takes the place of another. All is read of one open file.
///
/// # Errors
///
/// When the signature does not fit, the archive cannot be read to its end, or there are no items in it.
pub fn inspect(
    archive: &Path,
    limits: Limits,
    signature: Option<(&PublicKey, &str)>,
) -> Result<Inspected, ArchiveError> {
    let archive = Archive::new(archive, limits);
    let (mut file, kind) = archive.open()?;
    if let Some((key, signature)) = signature {
        verify(key, &mut file, signature)?;
    }
    let (items, problem) = archive.count_items_of(&file, kind)?;
    match (items, problem) {
        (0, None) => Err(ArchiveError::NoItems),
        (0, Some((path, problem))) => Err(ArchiveError::none_read(&path, &problem)),
        _ => Ok(Inspected { items }),
    }
}
