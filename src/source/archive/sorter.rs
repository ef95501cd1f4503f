//! What becomes of each entry of an archive, of whatever kind the archive is.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::ControlFlow;
use std::path::Path;

use super::error::ArchiveError;
use super::manifest::{self, Manifest};
use super::path::{clean, is_hidden};
use super::refusal::{self, Refusal};
use crate::item::Problem;
use crate::source::item_file::is_item_name;
use crate::source::limits::{Exceeded, Limits};
use crate::source::site::{Scan, Site};
use crate::source::walk::{self, Bytes, Found, ItemPlace};

/// How many refused entries are named; of more, only the number is told.
const NAMED: u64 = 500;

/// The longest extension that other files are counted by, in bytes. Nobody writes longer ones, except to fill memory.
const LONGEST_EXTENSION: usize = 16;

/// An entry as an archive has it.
pub(super) struct Entry<'a> {
    pub(super) path: &'a [u8],
    pub(super) what: What,
    /// How many bytes it has when its compression is undone, by its own account.
    pub(super) size: u64,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    File,
    Folder,
    Refused(Refusal),
}

/// Takes one entry after the other and hands over what is found in them.
pub(super) struct Sorter<'a> {
    limits: Limits,
    /// The one item that is wanted, or all that there is.
    only: Option<&'a str>,
    /// Which of the files are news.
    site: &'a Site,
    /// What the paths tell, where only that is gathered.
    scan: Option<&'a mut Scan>,
    on: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    entries: u64,
    refused: u64,
    /// By digests: a million paths must fit into memory. Nobody can make two digests alike, as their key is random.
    seen: HashSet<u64>,
    digests: RandomState,
    tops: Tops,
    /// The manifest with the folder that it lies in.
    manifest: Option<(String, Manifest)>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(
        limits: Limits,
        only: Option<&'a str>,
        site: &'a Site,
        on: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Self {
        Self {
            limits,
            only,
            site,
            scan: None,
            on,
            entries: 0,
            refused: 0,
            seen: HashSet::new(),
            digests: RandomState::new(),
            tops: Tops::None,
            manifest: None,
        }
    }

    /// Has only what the paths tell gathered.
    pub(super) fn scanning(self, scan: &'a mut Scan) -> Self {
        Self { scan: Some(scan), ..self }
    }

    /// Takes an entry. `read` gives its bytes, and is called for the few that are wanted.
    ///
    /// # Errors
    ///
    /// When there are too many entries, or its bytes cannot be had.
    pub(super) fn take(
        &mut self,
        entry: &Entry<'_>,
        read: impl FnOnce() -> Result<Vec<u8>, ArchiveError>,
    ) -> Result<ControlFlow<()>, ArchiveError> {
        self.entries = self.entries.saturating_add(1);
        if self.entries > self.limits.entries {
            return Err(ArchiveError::Limit(Exceeded::Entries(self.limits.entries)));
        }
        let path = match clean(entry.path, &self.limits) {
            Ok(path) => path,
            Err(refusal) => return Ok(self.refuse(raw_path(entry.path), refusal)),
        };
        if path.is_empty() || entry.what == What::Folder || self.only.is_some_and(|only| only != path) {
            return Ok(ControlFlow::Continue(()));
        }
        if let Some(scan) = &mut self.scan {
            if entry.what == What::File {
                scan.take(&path, entry.size, read)?;
            }
            return Ok(ControlFlow::Continue(()));
        }
        if is_hidden(&path) {
            return Ok((self.on)(Found::Hidden));
        }
        self.tops.note(&path);
        if let What::Refused(refusal) = entry.what {
            return Ok(self.refuse(path, refusal));
        }
        self.file(path, entry.size, read)
    }

    /// Takes a file with a path that is sound.
    fn file(
        &mut self,
        path: String,
        size: u64,
        read: impl FnOnce() -> Result<Vec<u8>, ArchiveError>,
    ) -> Result<ControlFlow<()>, ArchiveError> {
        let is_item = is_item_name(Path::new(&path).file_name().unwrap_or_default());
        if !is_item || !self.site.admits_entry(&path) {
            if let Some(folder) = manifest::folder_of(&path) {
                self.take_manifest(folder, &path, size, read)?;
            }
            return Ok((self.on)(other(&path)));
        }
        if size > self.limits.item_bytes {
            return Ok(self.refuse(path, Refusal::TooLarge(self.limits.item_bytes)));
        }
        if !self.seen.insert(self.digests.hash_one(&path)) {
            return Ok(self.refuse(path, Refusal::Repeated));
        }
        Ok((self.on)(Found::Item(ItemPlace::new(path, Bytes::Owned(read()?)))))
    }

    /// Keeps a manifest until it is known whether it is the archive's. The first one counts, of those at the top.
    fn take_manifest(
        &mut self,
        folder: &str,
        path: &str,
        size: u64,
        read: impl FnOnce() -> Result<Vec<u8>, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let has_better =
            self.manifest.as_ref().is_some_and(|(known, _)| known.is_empty() || !folder.is_empty());
        if has_better || self.only.is_some() {
            return Ok(());
        }
        let parsed = if size > manifest::LARGEST {
            Err("it is too long".to_owned())
        } else {
            Manifest::parse(&read()?)
        };
        match parsed {
            Ok(manifest) => self.manifest = Some((folder.to_owned(), manifest)),
            Err(reason) => {
                let _ = self.name(path.to_owned(), refusal::manifest_unreadable(&reason));
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: String, refusal: Refusal) -> ControlFlow<()> {
        if self.only.is_some_and(|only| only != path) {
            return ControlFlow::Continue(());
        }
        self.name(path, refusal.problem())
    }

    /// Names an entry that is left out, unless that was done for many.
    fn name(&mut self, path: String, problem: Problem) -> ControlFlow<()> {
        self.refused = self.refused.saturating_add(1);
        if self.refused > NAMED {
            return ControlFlow::Continue(());
        }
        (self.on)(Found::Problem(path, problem))
    }

    /// Hands over what is known only when all entries have been seen.
    pub(super) fn finish(&mut self) {
        if let Some((folder, manifest)) = self.manifest.take()
            && (folder.is_empty() || self.tops == Tops::One(folder))
        {
            let _ = (self.on)(Found::Manifest(Box::new(manifest)));
        }
        if let Some(more) = self.refused.checked_sub(NAMED).filter(|more| *more > 0) {
            let _ = (self.on)(Found::Problem(".".to_owned(), refusal::more_refused(more)));
        }
    }
}

/// A file that is no item.
fn other(path: &str) -> Found {
    match walk::other(Path::new(path)) {
        Found::Other(extension) if extension.len() > LONGEST_EXTENSION => Found::Other(String::new()),
        other => other,
    }
}

/// A path that was refused, as text that differs for every path: bytes that are not UTF-8 are written as `\xE9`.
fn raw_path(raw: &[u8]) -> String {
    const SHOWN: usize = 200;
    let mut text = String::new();
    for chunk in raw.get(..SHOWN).unwrap_or(raw).utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    if raw.len() > SHOWN {
        text.push('…');
    }
    text
}

/// What lies at the top of an archive.
#[derive(Debug, PartialEq, Eq)]
enum Tops {
    None,
    /// Everything lies in the folder of this name.
    One(String),
    Many,
}

impl Tops {
    fn note(&mut self, path: &str) {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        match (&*self, folder) {
            (Self::None, Some(folder)) => *self = Self::One(folder.to_owned()),
            (Self::One(known), Some(folder)) if known == folder => {}
            _ => *self = Self::Many,
        }
    }
}
