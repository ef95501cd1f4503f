//! The last good copy of a bundle from the web, on this disk.

use std::error::Error;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::digest::Sha256;
use super::fetcher::NewBundle;
use super::partial;
use super::validators::Validators;
use crate::item::SafeText;
use crate::source::signature::PublicKey;
use crate::source::{digest, reason, regular_file};

/// How long a download that broke off is kept to go on with.
const PARTIAL_KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The page that says which file is the copy.
const ABOUT: &str = "about.json";
/// The most bytes of it that are read: more than an address and what a server may say of a version have.
const LARGEST_ABOUT: u64 = 64 * 1024;
/// The file that a bundle is fetched into.
const PARTIAL: &str = "partial";
/// How the names of copies begin.
const BUNDLE: &str = "bundle-";

/// The last good copy of one bundle: a directory with the archive, `bundle-…`, and a page about it, `about.json`.
///
/// The archive has its digest in its name, and the page names the archive. So a new copy is there from the moment
/// that the new page takes the place of the old one, and whole; whatever happens before leaves the old copy, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalCopy {
    directory: PathBuf,
}

/// What is known of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Where it was fetched from, without name, password and pin.
    pub address: String,
    /// What tells the server which version it is.
    #[serde(default)]
    pub validators: Validators,
    /// The minisign public key that it was verified with, if it had to be signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its digest.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was last known to be what the server holds.
    pub fetched_at: Timestamp,
}

/// On what terms a bundle is taken, and its copy shown.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Where it comes from, and what it must be if the address pins it.
    pub address: &'a Address,
    /// The key that it must be verified with, if it must be signed.
    pub key: Option<&'a PublicKey>,
}

impl Terms<'_> {
    /// Whether a copy was taken on these terms: from this address, of the content that it pins, and signed with this
    /// key. Who asks for no signature is content with any.
    fn are_met_by(&self, about: &About) -> bool {
        about.address == self.address.to_string()
            && self.address.pin().is_none_or(|pin| pin == about.sha256)
            && self.key.is_none_or(|key| about.key == Some(key.to_string()))
    }
}

/// Why a copy could not be replaced. The copy that was there is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// Another process is at it.
    #[error("another Rounds is fetching this bundle now. Wait until it is done, or end that one")]
    Busy,
    /// The new bundle is not one to be trusted or read.
    #[error("{}", SafeText::of(.0))]
    Refused(Refusal),
    /// The disk failed.
    #[error(
        "{}: the bundle could not be kept ({}). Make room there, or check that you may write",
        SafeText::of(path.display()),
        reason(error)
    )]
    Disk {
        /// Where.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
}

/// Why a bundle is not one to be trusted or read: one line for a person.
pub type Refusal = Box<dyn Error + Send + Sync>;

/// The right to change a copy. One process has it at a time; it ends when this is dropped, or with the process.
#[derive(Debug)]
pub struct CopyLock<'a> {
    copy: &'a LocalCopy,
    _file: File,
}

impl LocalCopy {
    /// The copy that is kept in a directory of its own, which need not be there yet.
    pub fn at(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// What is known of the copy; `None` when there is none, or it is not the one that its page tells of.
    pub fn about(&self) -> Option<About> {
        let about: About =
            serde_json::from_slice(&regular_file::read(&self.directory.join(ABOUT), LARGEST_ABOUT).ok()?)
                .ok()?;
        let archive = fs::metadata(self.archive_of(about.sha256)).ok()?;
        (archive.is_file() && archive.len() == about.bytes).then_some(about)
    }

    /// What is known of the copy, if it was taken on these terms. Any other copy is not to be shown.
    pub fn taken_on(&self, terms: Terms<'_>) -> Option<About> {
        self.about().filter(|about| terms.are_met_by(about))
    }

    /// Where the archive lies that is told of.
    pub fn archive(&self, about: &About) -> PathBuf {
        self.archive_of(about.sha256)
    }

    /// What is known of the copy, if it was taken on these terms and its bytes are still those that were taken. A disk
    /// may have damaged it since, and then it must come again. All of it is read for this.
    pub fn sound_on(&self, terms: Terms<'_>) -> Option<About> {
        let about = self.taken_on(terms)?;
        let digest = digest::of_file(&self.archive(&about)).ok()?;
        (digest == about.sha256.to_string()).then_some(about)
    }

    /// Takes the right to change the copy.
    ///
    /// # Errors
    ///
    /// When another process has it, or the directory cannot be made.
    pub fn lock(&self) -> Result<CopyLock<'_>, CopyError> {
        let disk = |error| self.disk(error);
        fs::create_dir_all(&self.directory).map_err(disk)?;
        let file = regular_file::to_lock(&self.directory.join("lock")).map_err(disk)?;
        match file.try_lock() {
            Ok(()) => Ok(CopyLock { copy: self, _file: file }),
            Err(TryLockError::WouldBlock) => Err(CopyError::Busy),
            Err(TryLockError::Error(error)) => Err(disk(error)),
        }
    }

    /// How much has come of a new bundle, and when: another value whenever something has come to whoever fetches it.
    pub fn arrival(&self) -> Option<(u64, SystemTime)> {
        let partial = fs::metadata(self.directory.join(PARTIAL)).ok()?;
        Some((partial.len(), partial.modified().ok()?))
    }

    fn archive_of(&self, sha256: Sha256) -> PathBuf {
        self.directory.join(format!("{BUNDLE}{sha256}"))
    }

    fn disk(&self, error: io::Error) -> CopyError {
        CopyError::Disk { path: self.directory.clone(), error }
    }
}

impl CopyLock<'_> {
    /// The file to fetch into. What an earlier download left there is thrown away when it is a week old.
    pub fn partial(&self, now: Timestamp) -> PathBuf {
        let path = self.copy.directory.join(PARTIAL);
        if is_stale(&path, now) {
            // If it cannot be removed, the fetch will say why.
            let _ = partial::discard(&path);
        }
        path
    }

    /// The file to fetch a signature into.
    pub fn signature(&self) -> PathBuf {
        self.copy.directory.join("signature")
    }

    /// Throws away what was fetched into a file, whole or not.
    pub fn discard(&self, file: &Path) {
        // What cannot be removed now is written over the next time.
        let _ = partial::discard(file);
    }

    /// Makes a bundle that was fetched into `file` the copy. `file` must lie where [`CopyLock::partial`] says.
    ///
    /// `verify` looks at it first: whether it is signed, and whether it is an archive that can be read. When it is
    /// refused, it is removed, and the copy that was there stays.
    ///
    /// # Errors
    ///
    /// When `verify` refuses it, or the disk fails. The copy that was there is still there.
    pub fn replace(
        &self,
        file: &Path,
        terms: Terms<'_>,
        new: &NewBundle,
        now: Timestamp,
        verify: &dyn Fn(&Path) -> Result<(), Refusal>,
    ) -> Result<About, CopyError> {
        if let Err(refused) = verify(file) {
            self.discard(file);
            return Err(CopyError::Refused(refused));
        }
        let about = About {
            address: terms.address.to_string(),
            validators: new.validators.clone(),
            key: terms.key.map(ToString::to_string),
            sha256: new.sha256,
            bytes: new.bytes,
            fetched_at: now,
        };
        let archive = self.copy.archive_of(about.sha256);
        let disk = |error| self.copy.disk(error);
        fs::rename(file, &archive).map_err(disk)?;
        self.write_about(&about).map_err(disk)?;
        self.remove_others(&archive);
        Ok(about)
    }

    /// Takes note that the server still holds the copy. Without a copy, nothing happens.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn confirm(&self, now: Timestamp) -> Result<(), CopyError> {
        let Some(about) = self.copy.about() else { return Ok(()) };
        self.write_about(&About { fetched_at: now, ..about }).map_err(|error| self.copy.disk(error))
    }

    /// Puts a page in the place of the one that is there, in one step.
    fn write_about(&self, about: &About) -> io::Result<()> {
        let directory = &self.copy.directory;
        let written = directory.join("about.new");
        let mut file = File::create(&written)?;
        file.write_all(&serde_json::to_vec_pretty(about)?)?;
        file.sync_all()?;
        // The new archive is in the directory for good before a page tells of it.
        sync_directory(directory)?;
        fs::rename(&written, directory.join(ABOUT))?;
        sync_directory(directory)
    }

    /// Removes what was the copy before, and what a crash left. What cannot be removed now goes the next time.
    fn remove_others(&self, archive: &Path) {
        let Ok(entries) = fs::read_dir(&self.copy.directory) else { return };
        for entry in entries.flatten() {
            let is_bundle = entry.file_name().to_string_lossy().starts_with(BUNDLE);
            if is_bundle && entry.path() != archive {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Whether a download that broke off is too old to go on with.
fn is_stale(path: &Path, now: Timestamp) -> bool {
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let changed = changed.and_then(|changed| Timestamp::try_from(changed).ok());
    changed.is_some_and(|changed| {
        Duration::try_from(now.duration_since(changed)).is_ok_and(|age| age > PARTIAL_KEPT)
    })
}

/// Makes sure that the names in a directory are on the disk, where the system can be told to.
fn sync_directory(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
