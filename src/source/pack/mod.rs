//! Making a bundle of a directory: the same files always make the same bytes.
//!
//! Nothing of the machine gets into a bundle: entries are in the order of their paths, after `bundle.yaml`, and all have
//! one time, one mode and no owner.

mod contents;
mod error;
mod format;
mod sign;
mod write;

pub use contents::Contents;
pub use error::PackError;
pub use format::PackFormat;
pub use sign::{KeyError, SigningKey};

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::archive::Archive;
use super::digest;
use super::draft::{Access, Draft, FolderLock};
use super::limits::Limits;
use super::signature::signature_path;

/// What came of a packing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// How many of its files are items.
    pub items: usize,
    /// How many files are in the bundle.
    pub files: usize,
    /// How many bytes the bundle has.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// Where its signature is, if it was signed.
    pub signature: Option<PathBuf>,
}

/// Writes a bundle to `out`, and its signature beside it, if there is a key.
///
/// The bundle is read back before it is put in its place, so that what nobody can open never gets there; a bundle that
/// was there before is replaced whole or not at all.
///
/// # Errors
///
/// When there is no item, a file cannot be read, or the bundle cannot be written or would not be taken by Rounds.
pub fn pack(
    contents: &Contents,
    out: &Path,
    format: PackFormat,
    key: Option<&SigningKey>,
) -> Result<Packed, PackError> {
    if contents.items() == 0 {
        return Err(PackError::NoItems);
    }
    let unwritable = |error| PackError::Unwritable { path: out.to_owned(), error };
    let bundle = begin(out)?;
    let mut buffered = BufWriter::new(bundle.file());
    write::write(contents, format, &mut buffered).map_err(|error| error.at(out))?;
    buffered.flush().map_err(unwritable)?;
    drop(buffered);
    read_back(bundle.path(), contents)?;
    let bytes = bundle.file().metadata().map_err(unwritable)?.len();
    let sha256 = digest::of_file(bundle.path()).map_err(unwritable)?;
    let signature = key.map(|key| sign_beside(key, bundle.path(), out)).transpose()?;
    put(bundle, out)?;
    let signature = match signature {
        Some((signature, path)) => Some(put(signature, &path).map(|()| path)?),
        None => None,
    };
    Ok(Packed { items: contents.items(), files: contents.files().len(), bytes, sha256, signature })
}

fn begin(out: &Path) -> Result<Draft, PackError> {
    let draft = Draft::of(out, Access::Usual, &FolderLock::beside(out));
    draft.map_err(|error| PackError::Unwritable { path: out.to_owned(), error })
}

fn put(draft: Draft, out: &Path) -> Result<(), PackError> {
    let put = draft.put(&FolderLock::beside(out));
    put.map_err(|error| PackError::Unwritable { path: out.to_owned(), error })
}

/// Makes sure that the bundle can be read within the usual limits, and has all items.
fn read_back(bundle: &Path, contents: &Contents) -> Result<(), PackError> {
    let count = Archive::new(bundle, Limits::default()).count_items();
    match count {
        Ok(items) if items == contents.items() => Ok(()),
        Ok(items) => Err(PackError::Lost { items, of: contents.items() }),
        Err(error) => Err(PackError::Unsound(error)),
    }
}

/// Signs a bundle by the name that it will have.
fn sign_beside(key: &SigningKey, bundle: &Path, out: &Path) -> Result<(Draft, PathBuf), PackError> {
    let path = signature_path(out);
    let file = File::open(bundle).map_err(|error| PackError::Unwritable { path: out.to_owned(), error })?;
    let text = key.sign(file, &out.file_name().unwrap_or_default().to_string_lossy())?;
    let signature = begin(&path)?;
    let written = signature.file().write_all(text.as_bytes());
    written.map_err(|error| PackError::Unwritable { path: path.clone(), error })?;
    Ok((signature, path))
}
