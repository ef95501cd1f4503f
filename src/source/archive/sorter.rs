//! What becomes of each entry of an archive, of whatever kind the archive is.

use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::DateTime;

use super::entry::{Entry, EntrySink, Read, What};
use super::error::ArchiveError;
use super::inflate::Meter;
use super::layout::Layout;
use super::manifest::{self, Manifest};
use super::path::{clean, is_hidden};
use super::refusal::{self, Refusal};
use crate::item::Problem;
use crate::source::hints::{FileTime, Hints};
use crate::source::item_file::is_item_name;
use crate::source::limits::Limits;
use crate::source::path_text::push_bytes;
use crate::source::site::Site;
use crate::source::walk::{self, Bytes, Found, ItemPlace};

/// How many refused entries are named; of more, only the number is told.
const NAMED: u64 = 500;

/// The longest extension that other files are counted by, in bytes. Nobody writes longer ones, except to fill memory.
const LONGEST_EXTENSION: usize = 16;

/// Takes one entry after the other and hands over what is found in them.
pub(super) struct Sorter<'a> {
    limits: Limits,
    /// The one item that is wanted, or all that there is.
    only: Option<&'a str>,
    /// Which of the files are news.
    site: &'a Site,
    on: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    layout: &'a Layout,
    meter: &'a Meter,
    /// Whether the folders of an item name its topic, as in an archive of one's own.
    has_topics: bool,
    /// The number of the next entry.
    next: u64,
    refused: u64,
    tops: Tops,
    /// The manifest with the folder that it lies in.
    manifest: Option<(String, Manifest)>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(
        limits: Limits,
        layout: &'a Layout,
        meter: &'a Meter,
        only: Option<&'a str>,
        site: &'a Site,
        on: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Self {
        let (tops, manifest) = (Tops::None, None);
        Self { limits, only, site, on, layout, meter, has_topics: false, next: 0, refused: 0, tops, manifest }
    }

    /// The same, in which the folders of an item name its topic where it names none.
    pub(super) fn with_topics(self) -> Self {
        Self { has_topics: true, ..self }
    }

    /// Takes what is in an entry for what lies at a path.
    fn place(
        &mut self,
        path: String,
        what: What<'_>,
        (size, time): (u64, Option<DateTime>),
        read: &mut Read<'_>,
    ) -> Result<ControlFlow<()>, ArchiveError> {
        if path.is_empty() || what == What::Folder || self.only.is_some_and(|only| only != path) {
            return Ok(ControlFlow::Continue(()));
        }
        if is_hidden(&path) {
            return Ok((self.on)(Found::Hidden));
        }
        self.tops.note(&path);
        match what {
            What::Refused(refusal) => Ok(self.refuse(path, refusal)),
            What::HardLink(_) => Ok(self.refuse(path, Refusal::Link)),
            What::Folder | What::File => self.file(path, (size, time), read),
        }
    }

    /// Takes a file with a path that is sound.
    fn file(
        &mut self,
        path: String,
        (size, time): (u64, Option<DateTime>),
        read: &mut Read<'_>,
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
        let folders_from = self.has_topics.then(|| self.site.below_top(&path));
        let hints = Hints { folders_from, time: time.map_or(FileTime::Unknown, FileTime::At) };
        Ok((self.on)(Found::Item(ItemPlace::new(path, Bytes::Owned(read()?), hints))))
    }

    /// Keeps a manifest until it is known whether it is the archive's.
    fn take_manifest(
        &mut self,
        folder: &str,
        path: &str,
        size: u64,
        read: &mut Read<'_>,
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

impl EntrySink for Sorter<'_> {
    fn take(&mut self, entry: &Entry<'_>, read: &mut Read<'_>) -> Result<ControlFlow<()>, ArchiveError> {
        let (number, layout) = (self.next, self.layout);
        self.next = self.next.saturating_add(1);
        let keep = layout.links_to(number).next().is_some();
        let mut bytes = Shared { read, meter: self.meter, keep, bytes: None };
        if !layout.passes_over(number) {
            let flow = match clean(entry.path, &self.limits) {
                Ok(path) => self.place(path, entry.what, (entry.size, entry.time), &mut || bytes.get())?,
                Err(refusal) => self.refuse(raw_path(entry.path), refusal),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        for link in layout.links_to(number) {
            let linked =
                self.place(link.to_owned(), What::File, (entry.size, entry.time), &mut || bytes.get())?;
            if linked.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The bytes of an entry that may be wanted for several paths. They are read once, and each copy counts as if it had been
/// read: by many links to one item, a small archive would be as large as its bytes many times over.
struct Shared<'a, 'b> {
    read: &'a mut Read<'b>,
    meter: &'a Meter,
    /// Whether they may be wanted again.
    keep: bool,
    bytes: Option<Vec<u8>>,
}

impl Shared<'_, '_> {
    fn get(&mut self) -> Result<Vec<u8>, ArchiveError> {
        if let Some(bytes) = &self.bytes {
            self.meter.inflate(bytes.len())?;
            return Ok(bytes.clone());
        }
        let bytes = (self.read)()?;
        self.bytes = self.keep.then(|| bytes.clone());
        Ok(bytes)
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
    push_bytes(&mut text, raw.get(..SHOWN).unwrap_or(raw));
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
