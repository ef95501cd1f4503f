//! A download that is not finished: its bytes, and what is needed to go on with it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::digest::Sha256;
use super::head::{ContentRange, Head, is_sendable};
use super::validators::Validators;
use crate::source::regular_file;

/// The most bytes of the file beside a download that are read.
const LARGEST_ORIGIN: u64 = 64 * 1024;

/// The file that a download is written to, with the digest of what is in it so far.
///
/// What is needed to go on with it (which address, which version) stands in a file beside it, whose name has
/// `.json` at its end.
pub(super) struct Partial {
    path: PathBuf,
    file: File,
    bytes: u64,
    hasher: sha2::Sha256,
    origin: Option<Origin>,
}

/// Where the bytes of a partial download come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The address, as it is shown.
    pub(super) address: String,
    /// What proves to the server that it still holds the same file ([`Validators::proof`]).
    pub(super) proof: String,
    /// All that the server said of the version that it began to send.
    pub(super) validators: Validators,
    /// How many bytes that version has.
    pub(super) total: u64,
}

impl Origin {
    /// Whether an answer brings what is missing behind so many bytes of the very file that was begun.
    fn goes_on(&self, head: &Head, bytes: u64) -> bool {
        let wanted = ContentRange { first: bytes, total: Some(self.total) };
        head.range() == Some(wanted)
            && self.validators.are_repeated_by(&Validators::of(&head.headers), &self.proof)
    }
}

impl Partial {
    /// Opens the file, with what an earlier try for the same address left in it, if that can be gone on with.
    pub(super) fn open(path: &Path, address: &str) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        let path = path.to_owned();
        let origin = read_origin(&path).filter(|origin| origin.address == address);
        let mut hasher = sha2::Sha256::new();
        if origin.is_none() {
            let mut partial = Self { path, file, bytes: 0, hasher, origin };
            partial.restart(None)?;
            return Ok(partial);
        }
        let bytes = hash_all(&mut file, &mut hasher)?;
        Ok(Self { path, file, bytes, hasher, origin })
    }

    /// How many bytes are there.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where to go on, and what proves that it is the same file; `None` when it must begin at the beginning.
    pub(super) fn resumable(&self) -> Option<(u64, &str)> {
        let origin = self.origin.as_ref()?;
        (self.bytes > 0).then_some((self.bytes, origin.proof.as_str()))
    }

    /// What the server said of the version that it began to send, if an answer brings what is missing of it.
    pub(super) fn goes_on_with(&self, head: &Head) -> Option<Validators> {
        let origin = self.origin.as_ref().filter(|origin| origin.goes_on(head, self.bytes))?;
        Some(origin.validators.clone())
    }

    /// Throws away what is there. With an `origin`, what is written from now on can be gone on with later.
    pub(super) fn restart(&mut self, origin: Option<Origin>) -> io::Result<()> {
        // In this order, so that bytes of one version never lie beside the proof of another.
        remove(&origin_path(&self.path))?;
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.bytes = 0;
        self.hasher = sha2::Sha256::new();
        if let Some(origin) = &origin {
            fs::write(origin_path(&self.path), serde_json::to_vec(origin)?)?;
        }
        self.origin = origin;
        Ok(())
    }

    /// Adds bytes at the end.
    pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Leaves what is there for a later fetch; when there is nothing, leaves nothing.
    pub(super) fn leave(&self) -> io::Result<()> {
        if self.bytes == 0 { discard(&self.path) } else { self.file.sync_all() }
    }

    /// The digest of what is there.
    pub(super) fn digest(&self) -> Sha256 {
        Sha256::from(<[u8; 32]>::from(self.hasher.clone().finalize()))
    }

    /// Makes sure that all is on the disk, and leaves the file without what would be needed to go on with it.
    pub(super) fn finish(&self) -> io::Result<()> {
        self.file.sync_all()?;
        remove(&origin_path(&self.path))
    }
}

/// Removes a partial download and what lies beside it. That it is not there is no error.
pub(super) fn discard(path: &Path) -> io::Result<()> {
    remove(&origin_path(path))?;
    remove(path)
}

fn origin_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".json");
    name.into()
}

fn read_origin(path: &Path) -> Option<Origin> {
    let origin: Origin =
        serde_json::from_slice(&regular_file::read(&origin_path(path), LARGEST_ORIGIN).ok()?).ok()?;
    is_sendable(&origin.proof).then_some(origin)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads a file to its end into the digest, and says how many bytes it has.
fn hash_all(file: &mut File, hasher: &mut sha2::Sha256) -> io::Result<u64> {
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes: u64 = 0;
    loop {
        let count = file.read(&mut buffer)?;
        let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { return Ok(bytes) };
        hasher.update(read);
        bytes = bytes.saturating_add(read.len() as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(address: &str) -> Origin {
        let validators = Validators { etag: Some("\"v1\"".into()), last_modified: None };
        Origin { address: address.into(), proof: "\"v1\"".into(), validators, total: 7 }
    }

    #[test]
    fn a_download_goes_on_where_it_stopped_and_has_the_digest_of_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("partial");
        let mut first = Partial::open(&path, "https://a/").unwrap();
        first.restart(Some(origin("https://a/"))).unwrap();
        first.append(b"one ").unwrap();
        drop(first);

        let mut second = Partial::open(&path, "https://a/").unwrap();
        assert_eq!(second.resumable(), Some((4, "\"v1\"")));
        second.append(b"two").unwrap();
        let whole = Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(b"one two")));
        assert_eq!(second.digest(), whole);
        second.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_from_elsewhere_or_of_unknown_origin_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("partial");
        let mut first = Partial::open(&path, "https://a/").unwrap();
        first.restart(Some(origin("https://a/"))).unwrap();
        first.append(b"one").unwrap();
        let other = Partial::open(&path, "https://b/").unwrap();
        assert_eq!((other.bytes(), other.resumable()), (0, None));
        assert_eq!(fs::read(&path).unwrap(), b"");

        fs::write(&path, "left by something else").unwrap();
        fs::write(folder.path().join("partial.json"), "{").unwrap();
        assert_eq!(Partial::open(&path, "https://a/").unwrap().bytes(), 0);
    }
}
