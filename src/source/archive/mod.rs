//! An archive on disk as a source of items: read as a stream, entry by entry, and never unpacked.
//!
//! Whatever an archive says of itself, reading it takes no more memory than a few items have, and no more time than
//! its [`Limits`] allow. An entry that cannot be taken is refused by itself, as a problem; what is wrong with the
//! archive as a whole ends the reading with an [`ArchiveError`], so that half a bundle never passes for a whole one.
//!
//! The path of an item is that in the archive. Where everything lies in one folder at the top, the folder stays: a
//! stream is not known to have only one until it ends, and an archive that gains a second one tomorrow must not give
//! every item another path.

mod error;
mod inflate;
mod kind;
mod manifest;
pub(super) mod path;
mod pax;
pub(super) mod refusal;
mod sorter;
mod tar_stream;
mod zip_file;

pub use error::ArchiveError;
pub use manifest::Manifest;

use std::fs::{self, File};
use std::io::{Read as _, Seek as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;

use crossbeam_channel::Sender;

use super::error::SourceError;
use super::limits::Limits;
use super::walk::{Bytes, Found};
use crate::item::Problem;
use kind::Kind;
use sorter::Sorter;

/// How many bytes of items are handed over at once, which saves most of the cost of handing over small ones.
const LOAD: usize = 256 * 1024;
/// How many entries are handed over at once.
const LOAD_ENTRIES: usize = 512;

/// An archive of items.
#[derive(Debug, Clone)]
pub(super) struct Archive {
    path: PathBuf,
    limits: Limits,
}

impl Archive {
    pub(super) fn new(path: &Path, limits: Limits) -> Self {
        Self { path: path.to_owned(), limits }
    }

    /// As it was named.
    pub(super) fn path(&self) -> &Path {
        &self.path
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
            let failed = || Err(ArchiveError::damaged("the reading of it failed"));
            Ok((gathered, reader.join().unwrap_or_else(|_panic| failed())))
        })
        .map_err(|error| self.named(error))?;
        read.map(|()| gathered).map_err(|error| self.named(error))
    }

    /// The bytes of one item. A zip file is read where the item is, any other from its beginning.
    ///
    /// # Errors
    ///
    /// In words, when there is no such item or it cannot be read.
    pub(super) fn item(&self, path: &str) -> Result<Vec<u8>, Problem> {
        let mut found = None;
        let visited = self.visit(Some(path), &mut |entry| {
            found = Some(entry);
            ControlFlow::Break(())
        });
        match (found, visited) {
            (Some(Found::Item(place)), _) => match place.bytes {
                Bytes::Owned(bytes) => Ok(bytes),
                Bytes::File(_) | Bytes::BuiltIn(_) => {
                    Err(refusal::item_gone("it is not there any more. Read the source again"))
                }
            },
            (Some(Found::Problem(_, problem)), _) => Err(problem),
            (_, Err(error)) => Err(refusal::item_gone(&error.to_string())),
            (_, Ok(())) => Err(refusal::item_gone("it is not there any more. Read the source again")),
        }
    }

    /// Reads all of the archive and counts the items in it.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read to its end.
    pub(super) fn count_items(&self) -> Result<usize, ArchiveError> {
        let mut items: usize = 0;
        self.visit(None, &mut |found| {
            items = items.saturating_add(usize::from(matches!(found, Found::Item(_))));
            ControlFlow::Continue(())
        })?;
        Ok(items)
    }

    fn open(&self) -> Result<(File, Kind), ArchiveError> {
        // To open a named pipe could wait for ever.
        if !fs::metadata(&self.path).map_err(ArchiveError::Unreadable)?.is_file() {
            return Err(ArchiveError::NoArchive);
        }
        let mut file = File::open(&self.path).map_err(ArchiveError::Unreadable)?;
        let mut head = Vec::with_capacity(kind::HEAD);
        file.by_ref().take(kind::HEAD as u64).read_to_end(&mut head).map_err(ArchiveError::Unreadable)?;
        let kind = kind::tell(&head)?;
        file.rewind().map_err(ArchiveError::Unreadable)?;
        Ok((file, kind))
    }

    /// Goes through the archive and hands over what is found, or the one item that is wanted, until `on` breaks.
    fn visit(
        &self,
        only: Option<&str>,
        on: &mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Result<(), ArchiveError> {
        let (file, kind) = self.open()?;
        let mut sorter = Sorter::new(self.limits, only, on);
        match kind {
            Kind::Zip => zip_file::visit(file, &self.limits, &mut sorter),
            Kind::Tar | Kind::TarGz | Kind::TarZst | Kind::TarXz => {
                tar_stream::visit(inflate::open(file, kind, &self.limits)?, &mut sorter)
            }
        }
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
            load.push(found);
            if size < LOAD && load.len() < LOAD_ENTRIES {
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
        match error {
            ArchiveError::Unreadable(error) => SourceError::unreadable(self.path.clone(), error),
            error => SourceError::Archive { path: self.path.clone(), error },
        }
    }
}

/// Whether a file begins as an archive does.
pub(super) fn is_archive(path: &Path) -> bool {
    let mut head = Vec::with_capacity(kind::HEAD);
    let read = File::open(path).and_then(|file| file.take(kind::HEAD as u64).read_to_end(&mut head));
    read.is_ok() && kind::tell(&head).is_ok()
}
