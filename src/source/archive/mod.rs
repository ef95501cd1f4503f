//! An archive on disk as a source of items: read as a stream, entry by entry, and never unpacked.
//!
//! Whatever an archive says of itself, reading it takes no more memory than a few items have, and no more time than
//! its [`Limits`] allow. An entry that cannot be taken is refused by itself, as a problem; what is wrong with the
//! archive as a whole ends the reading with an [`ArchiveError`], so that half a bundle never passes for a whole one.
//!
//! An archive is gone through twice: what it holds is what unpacking it would leave, in which a later entry takes the place
//! of an earlier one of the same path, and a hard link is what it leads to. See [`layout`].
//!
//! The path of an item is that in the archive. Where everything lies in one folder at the top, the folder stays: a
//! stream is not known to have only one until it ends, and an archive that gains a second one tomorrow must not give
//! every item another path.

mod entry;
mod error;
mod gz_members;
mod inflate;
mod inspect;
mod kind;
mod layout;
mod look;
mod manifest;
pub(super) mod path;
mod pax;
pub(super) mod refusal;
mod sorter;
mod tar_stream;
mod zip_file;
mod zip_name;

pub use error::ArchiveError;
pub use inspect::{Inspected, inspect};
pub(super) use kind::compressed;
pub(super) use look::{is_archive, is_of_other_kind, is_part};
pub use manifest::Manifest;

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::SystemTime;

use crossbeam_channel::Sender;

use super::error::SourceError;
use super::hints::Hints;
use super::limits::Limits;
use super::path_text::path_text;
use super::signature::{self, PublicKey, SignatureError, read_beside};
use super::site::Site;
use super::stamp::sure_time;
use super::walk::{Bytes, Found};
use crate::item::{Problem, SafeText};
use entry::EntrySink;
use inflate::Meter;
use kind::Kind;
use layout::{Layout, LayoutBuilder};
use sorter::Sorter;

/// How many bytes of items are handed over at once, which saves most of the cost of handing over small ones.
const LOAD: usize = 256 * 1024;
/// The version of the rules by which archives are read. It rises when the same archive gives other items than before, so
/// that it is read again.
const RULES: u32 = 3;
/// How many entries are handed over at once.
const LOAD_ENTRIES: usize = 512;

/// An archive of items.
#[derive(Debug, Clone)]
pub(super) struct Archive {
    /// Where it is on this machine.
    path: PathBuf,
    origin: Option<Origin>,
    limits: Limits,
    /// Whose signature must lie beside it; that of a copy was verified when it was made.
    key: Option<PublicKey>,
    /// The one folder in it that is read.
    folder: Option<String>,
}

/// What an archive is known by, where that is not the path of it.
#[derive(Debug, Clone)]
struct Origin {
    location: String,
    label: SafeText,
}

impl Archive {
    pub(super) fn new(path: &Path, limits: Limits) -> Self {
        Self { path: path.to_owned(), origin: None, limits, key: None, folder: None }
    }

    /// An archive that is known by another name than its path.
    pub(super) fn of_copy(path: &Path, location: String, label: SafeText, limits: Limits) -> Self {
        Self { origin: Some(Origin { location, label }), ..Self::new(path, limits) }
    }

    /// The archive as one that must be signed with this key.
    pub(super) fn signed_by(self, key: PublicKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// The archive, of which only a folder is read.
    pub(super) fn within(self, folder: Option<String>) -> Self {
        Self { folder, ..self }
    }

    /// What to call it in a heading.
    pub(super) fn label(&self) -> SafeText {
        match &self.origin {
            Some(origin) => origin.label.clone(),
            None => SafeText::new(&self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy()),
        }
    }

    /// What it is known by from one run to the next.
    pub(super) fn location(&self) -> String {
        match (&self.origin, &self.folder) {
            (Some(origin), _) => origin.location.clone(),
            (None, None) => self.place(),
            (None, Some(folder)) => format!("{}#path={folder}", self.place()),
        }
    }

    /// Where it really is on this machine.
    fn place(&self) -> String {
        path_text(&fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone()))
    }

    /// By what it is known to give the items that it gave before: the file, the terms on which it is read, and the version
    /// of the rules by which it is read.
    pub(super) fn seal(&self) -> Option<String> {
        let metadata = fs::metadata(&self.path).ok().filter(fs::Metadata::is_file)?;
        // A copy has its digest in its name, and is never changed in its place.
        let name = self.origin.as_ref().and_then(|_| self.path.file_name()).unwrap_or_default();
        let now = self.origin.is_none().then(SystemTime::now);
        let modified = sure_time(&metadata, now)?;
        let Limits { inflated_bytes, ratio, entries, window_bytes, item_bytes, path_length, path_depth } =
            self.limits;
        let key = self.key.as_ref().map(PublicKey::to_string).unwrap_or_default();
        Some(format!(
            "by rules {RULES}, {} bytes of {modified}, {inflated_bytes}/{ratio}/{entries}/{window_bytes}/{item_bytes}/{path_length}/{path_depth}, {key}, {}",
            metadata.len(),
            name.display(),
        ))
    }

    /// Makes sure that it is there, may be read, and is an archive.
    pub(super) fn check(&self) -> Result<(), SourceError> {
        self.open().map(drop).map_err(|error| self.named(error))
    }

    /// Reads the archive on a thread of its own while `gather` takes what is found. What `gather` makes of it is only
    /// handed on if all of the archive was sound.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read to its end.
    pub(super) fn walk<T>(
        &self,
        gather: impl FnOnce(std::iter::Flatten<crossbeam_channel::IntoIter<Vec<Found>>>) -> T,
    ) -> Result<T, SourceError> {
        // One load waits while the next one is put together.
        let (sender, receiver) = crossbeam_channel::bounded(1);
        let (gathered, read) = thread::scope(|scope| {
            let reader = thread::Builder::new().spawn_scoped(scope, move || self.send(&sender));
            let reader = reader.map_err(ArchiveError::Unreadable)?;
            let gathered = gather(receiver.into_iter().flatten());
            let failed = || Err(ArchiveError::damaged("reading it failed"));
            Ok((gathered, reader.join().unwrap_or_else(|_panic| failed())))
        })
        .map_err(|error| self.named(error))?;
        read.map(|()| gathered).map_err(|error| self.named(error))
    }

    /// The bytes of one item, with what its place tells of it. A zip file is read where the item is, any other from its beginning.
    ///
    /// # Errors
    ///
    /// In words, when there is no such item or it cannot be read.
    pub(super) fn item(&self, path: &str) -> Result<(Vec<u8>, Hints), Problem> {
        let mut found = None;
        let visited = self.visit(Some(path), &mut |entry| {
            found = Some(entry);
            ControlFlow::Break(())
        });
        match (found, visited) {
            (Some(Found::Item(place)), _) => match place.bytes {
                Bytes::Owned(bytes) => Ok((bytes, place.hints)),
                Bytes::File(_) | Bytes::BuiltIn(_) => {
                    Err(refusal::item_gone("it is no longer there. Read the source again"))
                }
            },
            (Some(Found::Problem(_, problem)), _) => Err(problem),
            (_, Err(error)) => Err(refusal::item_gone(&error.to_string())),
            (_, Ok(())) => Err(refusal::item_gone("it is no longer there. Read the source again")),
        }
    }

    /// Reads all of the archive and counts the items in it.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read to its end.
    pub(super) fn count_items(&self) -> Result<usize, ArchiveError> {
        let (file, kind) = self.open()?;
        Ok(self.count_items_of(&file, kind)?.0)
    }

    /// How many items there are in an open file, and the first entry that was left out.
    fn count_items_of(
        &self,
        file: &File,
        kind: Kind,
    ) -> Result<(usize, Option<(String, Problem)>), ArchiveError> {
        let (mut items, mut first): (usize, _) = (0, None);
        self.visit_file(file, kind, None, &mut |found| {
            match found {
                Found::Item(_) => items = items.saturating_add(1),
                Found::Problem(path, problem) if first.is_none() => first = Some((path, problem)),
                _ => {}
            }
            ControlFlow::Continue(())
        })?;
        Ok((items, first))
    }

    fn open(&self) -> Result<(File, Kind), ArchiveError> {
        // To open a named pipe could wait for ever.
        if !fs::metadata(&self.path).map_err(ArchiveError::Unreadable)?.is_file() {
            return Err(ArchiveError::NoArchive);
        }
        let mut file = File::open(&self.path).map_err(ArchiveError::Unreadable)?;
        let mut head = Vec::with_capacity(kind::HEAD);
        file.by_ref().take(kind::HEAD as u64).read_to_end(&mut head).map_err(ArchiveError::Unreadable)?;
        match kind::tell(&head) {
            Ok(kind) => {
                file.rewind().map_err(ArchiveError::Unreadable)?;
                Ok((file, kind))
            }
            Err(ArchiveError::NoArchive) => Err(zip_file::without_beginning(&mut file)),
            Err(error) => Err(error),
        }
    }

    /// Goes through the archive and hands over what is found, or the one item that is wanted, until `on` breaks.
    fn visit(
        &self,
        only: Option<&str>,
        on: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<(), ArchiveError> {
        let (mut file, kind) = self.open()?;
        if let (Some(key), None) = (&self.key, &self.origin) {
            let signature = read_beside(&self.path).map_err(|error| self.unsigned(error))?;
            verify(key, &mut file, &signature)?;
        }
        self.visit_file(&file, kind, only, on)
    }

    /// Goes through an open file as [`Archive::visit`] does: once to find out which entries count, and once more to hand
    /// over what is in them.
    fn visit_file(
        &self,
        file: &File,
        kind: Kind,
        only: Option<&str>,
        on: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<(), ArchiveError> {
        let Some((layout, site)) = self.layout(file, kind, &mut || on(Found::Nothing))? else {
            return Ok(());
        };
        // An item that is asked for is known to be one.
        let site = if only.is_some() { site.of_all() } else { site };
        let site = site.within(self.folder.as_deref().filter(|_| only.is_none()));
        let meter = self.meter(file, kind)?;
        let mut sorter = Sorter::new(self.limits, &layout, &meter, only, &site, on);
        if self.origin.is_none() {
            sorter = sorter.with_topics();
        }
        if self.entries(file, kind, &meter, &mut sorter)?.is_continue() {
            sorter.finish();
        }
        Ok(())
    }

    /// Which entries count, and what kind of site they are; `None` when the archive was not wanted any more before that was
    /// known.
    fn layout(
        &self,
        file: &File,
        kind: Kind,
        is_wanted: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<(Layout, Site)>, ArchiveError> {
        let mut builder = LayoutBuilder::new(self.limits, is_wanted);
        let flow = self.entries(file, kind, &self.meter(file, kind)?, &mut builder)?;
        Ok(flow.is_continue().then(|| builder.finish()))
    }

    /// Hands over all entries of an open file, from its beginning.
    fn entries(
        &self,
        mut file: &File,
        kind: Kind,
        meter: &Meter,
        sink: &mut dyn EntrySink,
    ) -> Result<ControlFlow<()>, ArchiveError> {
        file.rewind().map_err(ArchiveError::Unreadable)?;
        let file = file.try_clone().map_err(ArchiveError::Unreadable)?;
        match kind {
            Kind::Zip => zip_file::visit(file, &self.limits, meter, sink),
            Kind::Tar | Kind::TarGz | Kind::TarZst | Kind::TarXz => {
                tar_stream::visit(inflate::open(file, kind, meter)?, sink)
            }
        }
    }

    /// A meter for one way through the archive. All of a zip file is there from the beginning.
    fn meter(&self, file: &File, kind: Kind) -> Result<Meter, ArchiveError> {
        let read = if kind == Kind::Zip { file.metadata()?.len() } else { 0 };
        Ok(Meter::new(self.limits, read))
    }

    /// Goes through the archive and sends what is found, some of it at a time, until nobody wants it any more.
    fn send(&self, sender: &Sender<Vec<Found>>) -> Result<(), ArchiveError> {
        let mut load = Vec::new();
        let mut size: usize = 0;
        self.visit(None, &mut |found| {
            if let Found::Item(place) = &found
                && let Bytes::Owned(bytes) = &place.bytes
            {
                size = size.saturating_add(bytes.len());
            }
            let is_tick = matches!(found, Found::Nothing);
            load.push(found);
            if !is_tick && size < LOAD && load.len() < LOAD_ENTRIES {
                return ControlFlow::Continue(());
            }
            size = 0;
            match sender.send(std::mem::take(&mut load)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        let _ = sender.send(load);
        Ok(())
    }

    fn named(&self, error: ArchiveError) -> SourceError {
        let error = match error {
            ArchiveError::NoArchive | ArchiveError::CutOff | ArchiveError::Damaged(_)
                if is_part(&self.path) =>
            {
                ArchiveError::Part
            }
            error => error,
        };
        match (error, &self.origin) {
            (ArchiveError::Unreadable(error), None) => SourceError::unreadable(self.path.clone(), error),
            (ArchiveError::Unreadable(error), Some(origin)) if error.kind() == io::ErrorKind::NotFound => {
                SourceError::Archive { path: PathBuf::from(&origin.location), error: ArchiveError::CopyGone }
            }
            (error, Some(origin)) => SourceError::Archive { path: PathBuf::from(&origin.location), error },
            (error, None) => SourceError::Archive { path: self.path.clone(), error },
        }
    }

    /// The error for a signature that cannot be read.
    fn unsigned(&self, error: io::Error) -> ArchiveError {
        if error.kind() == io::ErrorKind::NotFound {
            ArchiveError::Unsigned(SafeText::new(&format!("{}.minisig", self.label())))
        } else {
            ArchiveError::Signature(SignatureError::Unreadable(error))
        }
    }
}

/// Makes sure that a file is what was signed with the key, and goes back to its beginning.
fn verify(key: &PublicKey, file: &mut File, signature: &str) -> Result<(), ArchiveError> {
    signature::verify(key, &mut *file, signature)?;
    file.rewind().map_err(ArchiveError::Unreadable)
}
