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
mod tests {
    use sha2::Digest as _;

    use super::*;

    const ADDRESS: &str = "https://news.example.org/health.zip";

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    fn key(text: &str) -> PublicKey {
        PublicKey::parse(text).expect(text)
    }

    fn address(text: &str) -> Address {
        Address::parse(text, false).expect(text)
    }

    fn now() -> Timestamp {
        Timestamp::now()
    }

    fn new(content: &str) -> NewBundle {
        NewBundle {
            validators: Validators { etag: Some(format!("\"{content}\"")), last_modified: None },
            bytes: content.len() as u64,
            sha256: Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(content))),
            site: address(ADDRESS).host(),
            resumed: false,
        }
    }

    /// Fetches a bundle with this content, and makes it the copy if it is one.
    fn fetch(copy: &LocalCopy, content: &str, good: bool) -> Result<About, CopyError> {
        let lock = copy.lock()?;
        let file = lock.partial(now());
        fs::write(&file, content).unwrap();
        let terms = Terms { address: &address(ADDRESS), key: None };
        lock.replace(&file, terms, &new(content), now(), &|file| {
            assert_eq!(fs::read_to_string(file).unwrap(), content);
            if good { Ok(()) } else { Err("it is not signed. Ask whoever publishes it".into()) }
        })
    }

    fn content(copy: &LocalCopy) -> Option<String> {
        Some(fs::read_to_string(copy.archive(&copy.about()?)).unwrap())
    }

    fn names(copy: &LocalCopy) -> usize {
        fs::read_dir(&copy.directory).unwrap().count()
    }

    #[test]
    fn a_good_bundle_takes_the_place_of_the_last_and_a_bad_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path().join("not/yet/there"));
        assert_eq!(copy.about(), None);
        let about = fetch(&copy, "first", true).unwrap();
        assert_eq!((content(&copy).as_deref(), copy.about()), (Some("first"), Some(about)));
        let error = fetch(&copy, "second", false).unwrap_err();
        assert_eq!(error.to_string(), "it is not signed. Ask whoever publishes it");
        assert_eq!(content(&copy).as_deref(), Some("first"));
        fetch(&copy, "third", true).unwrap();
        assert_eq!(content(&copy).as_deref(), Some("third"));
        assert_eq!(names(&copy), 3, "the bundle, what is known of it, and the lock");
    }

    #[test]
    fn a_crash_at_any_moment_leaves_the_old_copy_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        fetch(&copy, "first", true).unwrap();
        // The archive is in its place, and the page about it is half written.
        fs::write(copy.archive_of(new("second").sha256), "second").unwrap();
        fs::write(folder.path().join("about.new"), "{\"addr").unwrap();
        assert_eq!(content(&copy).as_deref(), Some("first"));
        // The page is in its place, and the old archive is still there.
        fetch(&copy, "second", true).unwrap();
        fs::write(copy.archive_of(new("first").sha256), "first").unwrap();
        assert_eq!(content(&copy).as_deref(), Some("second"));
        fetch(&copy, "second", true).unwrap();
        assert_eq!(names(&copy), 3);
    }

    #[test]
    fn a_copy_that_is_not_what_its_page_says_is_fetched_anew() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        fetch(&copy, "first", true).unwrap();
        let ours = key(KEY);
        let sound = |text: &str, key| copy.sound_on(Terms { address: &address(text), key });
        assert_eq!(sound(ADDRESS, None).map(|about| about.validators), Some(new("first").validators));
        let others = [
            "https://news.example.org/other.zip".to_owned(),
            format!("{ADDRESS}#sha256={}", new("second").sha256),
        ];
        for other in others {
            assert_eq!(sound(&other, None), None, "{other}");
        }
        assert_eq!(sound(ADDRESS, Some(&ours)), None);
        for damaged in ["fir\0t", "cut"] {
            fs::write(copy.archive_of(new("first").sha256), damaged).unwrap();
            assert_eq!(sound(ADDRESS, None), None, "{damaged}");
        }
        let page = fs::read(folder.path().join(ABOUT)).unwrap();
        fs::write(copy.archive_of(new("first").sha256), "first").unwrap();
        assert!(sound(ADDRESS, None).is_some());
        for page in [b"\0\0\0".to_vec(), [page, vec![b' '; 64 * 1024]].concat()] {
            fs::write(folder.path().join(ABOUT), page).unwrap();
            assert_eq!(copy.about(), None);
        }
    }

    #[test]
    fn a_copy_is_shown_on_the_terms_on_which_it_was_taken() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        let (ours, other) = (key(KEY), key(&KEY.replace('5', "6")));
        let pinned = format!("{ADDRESS}#sha256={}", new("first").sha256);
        let shown = |address: &Address, key| copy.taken_on(Terms { address, key }).is_some();
        fetch(&copy, "first", true).unwrap();
        assert!(shown(&address(&pinned), None) && !shown(&address(ADDRESS), Some(&ours)));
        let terms = Terms { address: &address(ADDRESS), key: Some(&ours) };
        let lock = copy.lock().unwrap();
        let file = lock.partial(now());
        fs::write(&file, "first").unwrap();
        lock.replace(&file, terms, &new("first"), now(), &|_| Ok(())).unwrap();
        assert!(shown(&address(ADDRESS), Some(&ours)) && !shown(&address(ADDRESS), Some(&other)));
        assert!(shown(&address(ADDRESS), None), "who asks for no signature is content with any");
    }

    #[test]
    fn one_process_changes_a_copy_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        let lock = copy.lock().unwrap();
        let line = "another Rounds is fetching this bundle now. Wait until it is done, or end that one";
        assert_eq!(copy.clone().lock().unwrap_err().to_string(), line);
        drop(lock);
        assert!(copy.lock().is_ok());
    }

    #[test]
    fn a_download_that_broke_off_is_gone_on_with_for_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        let lock = copy.lock().unwrap();
        let partial = lock.partial(now());
        fs::write(&partial, "half").unwrap();
        fs::write(folder.path().join("partial.json"), "{}").unwrap();
        lock.partial(now() + jiff::SignedDuration::from_hours(6 * 24));
        assert!(partial.exists());
        lock.partial(now() + jiff::SignedDuration::from_hours(8 * 24));
        assert!(!partial.exists() && !folder.path().join("partial.json").exists());
    }

    #[test]
    fn an_unchanged_copy_is_known_to_be_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let copy = LocalCopy::at(folder.path());
        fetch(&copy, "first", true).unwrap();
        let later = now() + jiff::SignedDuration::from_hours(2);
        copy.lock().unwrap().confirm(later).unwrap();
        assert_eq!(copy.about().map(|about| about.fetched_at), Some(later));
        assert_eq!(content(&copy).as_deref(), Some("first"));
    }
}
