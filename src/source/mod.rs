//! Where items come from: the built-in sample, a directory, one item file, or an archive of items.
//!
//! Everything here is read, and nothing is written but bundles, by [`pack`], by way of a [`draft`]. Whatever is found is
//! accounted for: as an item, as one of the other files, or as a problem.

mod archive;
pub mod digest;
mod directory;
pub mod draft;
mod error;
mod gather;
mod hints;
mod item_file;
mod limits;
mod load;
mod location;
pub mod pack;
mod path_text;
mod problem_code;
pub mod regular_file;
mod report;
mod room;
mod sample;
pub mod signature;
mod site;
mod stamp;
mod survey;
#[cfg(test)]
mod tests;
mod walk;

pub use archive::{ArchiveError, Inspected, Manifest, inspect};
pub use error::{SourceError, reason};
pub use item_file::LARGEST_ITEM_FILE;
pub use limits::{Compressor, Exceeded, Limits, raise};
pub use location::{Location, chosen_folder, clean_folder};
pub use path_text::path_text;
pub use problem_code::{ARCHIVE_INSIDE, PROBLEM_CODES};
pub use report::{Batch, Report};
pub use stamp::Stamp;
pub use survey::{Known, Sighting, Surveyed};

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::item::{ItemFile, Problem, SafeText};
use archive::Archive;
use directory::Directory;
use signature::PublicKey;

/// A place that items are read from.
#[derive(Debug)]
pub struct Source(Place);

/// The kinds of source.
#[derive(Debug)]
enum Place {
    /// The items built into the program.
    Sample,
    /// A directory, with all that lies below it.
    Directory(Directory),
    /// One item file.
    File(PathBuf),
    /// An archive of items.
    Archive(Box<Archive>),
}

impl Source {
    /// Opens a source: makes sure that it is there and may be read. An archive is read within the usual limits.
    ///
    /// # Errors
    ///
    /// When there is nothing at the location, or it may not be read.
    pub fn open(location: &Location) -> Result<Self, SourceError> {
        Self::open_within(location, Limits::default())
    }

    /// Opens a source as [`Source::open`] does; an archive is read within these limits.
    ///
    /// # Errors
    ///
    /// When there is nothing at the location, or it may not be read.
    pub fn open_within(location: &Location, limits: Limits) -> Result<Self, SourceError> {
        let source = Self(match location {
            Location::Sample => Place::Sample,
            Location::Directory(path) => Place::Directory(Directory::new(path)),
            Location::File(path) => Place::File(path.clone()),
            Location::Archive(path) => Place::Archive(Box::new(Archive::new(path, limits))),
            Location::Part { archive, folder } => {
                Place::Archive(Box::new(Archive::new(archive, limits).within(Some(folder.clone()))))
            }
        });
        source.check()?;
        Ok(source)
    }

    /// A directory that is not there now, but was: its items may be known from before. To load it is to fail.
    pub fn absent(directory: &Path) -> Self {
        let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
        Self(Place::Directory(Directory::new(&absolute)))
    }

    /// An archive that is known by another name than its path: the copy of a bundle from elsewhere. Whatever is said of
    /// it names the location. That it is there is found out when it is read.
    ///
    /// The archive must never be changed in its place: what is in another one must have another file name.
    pub fn of_copy(archive: &Path, location: String, label: SafeText, limits: Limits) -> Self {
        Self(Place::Archive(Box::new(Archive::of_copy(archive, location, label, limits))))
    }

    /// The source, of which only a folder is read, where it is an archive.
    #[must_use]
    pub fn within(self, folder: Option<String>) -> Self {
        match self.0 {
            Place::Archive(archive) => Self(Place::Archive(Box::new(archive.within(folder)))),
            place => Self(place),
        }
    }

    /// The source, of which nothing is taken before its signature was verified: that of this key, in a file beside the
    /// archive, with `.minisig` after its name. Of a copy the signature was verified when the copy was made, with
    /// [`inspect`]; here it is only noted whose it was.
    ///
    /// # Errors
    ///
    /// When the source is no archive, so that nobody can have signed it.
    pub fn signed_by(self, key: PublicKey) -> Result<Self, SourceError> {
        let path = match self.0 {
            Place::Archive(archive) => return Ok(Self(Place::Archive(Box::new(archive.signed_by(key))))),
            Place::Sample => PathBuf::from(self.label().as_str()),
            Place::Directory(directory) => directory.root().to_owned(),
            Place::File(path) => path,
        };
        Err(SourceError::NotSigned { path })
    }

    /// By what the source is known to give the same items as when it had the same seal, without reading it: the size
    /// and the time of an archive, the limits within which it is read, and the key. `None` where that cannot be told:
    /// of all but archives, and of one that was changed only a moment ago.
    pub fn seal(&self) -> Option<String> {
        match &self.0 {
            Place::Archive(archive) => archive.seal(),
            Place::Sample | Place::Directory(_) | Place::File(_) => None,
        }
    }

    /// Makes sure that the source is there and may be read.
    fn check(&self) -> Result<(), SourceError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            move |error| SourceError::unreadable(path, error)
        };
        match &self.0 {
            Place::Sample => {}
            Place::Directory(directory) => {
                drop(fs::read_dir(directory.root()).map_err(unreadable(directory.root()))?);
            }
            Place::File(path) => {
                // To open a named pipe could wait for ever.
                if !fs::metadata(path).map_err(unreadable(path))?.is_file() {
                    return Err(SourceError::Special { path: path.clone() });
                }
                drop(File::open(path).map_err(unreadable(path))?);
            }
            Place::Archive(archive) => archive.check()?,
        }
        Ok(())
    }

    /// What to call the source in a heading: the name of its directory or file.
    pub fn label(&self) -> SafeText {
        let path = match &self.0 {
            Place::Sample => return SafeText::new("Sample feed"),
            Place::Directory(directory) => {
                &directory.real_root().unwrap_or_else(|_| directory.root().to_owned())
            }
            Place::File(path) => path,
            Place::Archive(archive) => return archive.label(),
        };
        SafeText::new(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
    }

    /// What the source is known by from one run to the next: where it really is on this machine.
    pub fn location(&self) -> String {
        match &self.0 {
            Place::Sample => "sample:".to_owned(),
            Place::Directory(directory) => {
                let real = directory.real_root().unwrap_or_else(|_| directory.root().to_owned());
                path_text(&real)
            }
            Place::Archive(archive) => archive.location(),
            Place::File(file) => path_text(&fs::canonicalize(file).unwrap_or_else(|_| file.clone())),
        }
    }

    /// Whether the source is an archive, which is read whole or not at all.
    pub fn is_archive(&self) -> bool {
        matches!(self.0, Place::Archive(_))
    }

    /// The directory of the source, where it is one.
    pub fn directory(&self) -> Option<&Path> {
        match &self.0 {
            Place::Directory(directory) => Some(directory.root()),
            Place::Sample | Place::File(_) | Place::Archive(_) => None,
        }
    }

    /// Reads one item again, with its body. `path` is the item's own path in this source. A compressed
    /// archive is decoded for that, which takes up to a second for a large one.
    ///
    /// This cannot fail: a file that has gone or may not be read gives an item with a problem.
    pub fn read(&self, path: &str) -> ItemFile {
        match &self.0 {
            Place::Sample => sample::read(path),
            Place::Directory(directory) => match directory.resolve(path) {
                Ok(file) => item_file::read(path, &file, directory.hints(path)),
                Err(problem) => item_file::unread(path, problem),
            },
            Place::File(file) => match regular(file) {
                Ok(()) => item_file::read(path, file, walk::hints_of_single(file)),
                Err(problem) => item_file::unread(path, problem),
            },
            Place::Archive(archive) => match archive.item(path) {
                Ok((bytes, hints)) => item_file::read_from(path, bytes, (hints, None)),
                Err(problem) => item_file::unread(path, problem),
            },
        }
    }

    /// The text of an item's file as it is. A file that cannot be read gives the reason in its place.
    pub fn text(&self, path: &str) -> String {
        match &self.0 {
            Place::Sample => sample::text(path),
            Place::Directory(directory) => match directory.resolve(path) {
                Ok(file) => item_file::text(&file),
                Err(problem) => problem.message.to_string(),
            },
            Place::File(file) => match regular(file) {
                Ok(()) => item_file::text(file),
                Err(problem) => problem.message.to_string(),
            },
            Place::Archive(archive) => match archive.item(path) {
                Ok((bytes, _)) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(problem) => problem.message.to_string(),
            },
        }
    }

    /// Reads every item, on all cores, and hands the items over in batches while it goes on reading.
    ///
    /// The first batch comes after a few milliseconds with whatever has been read by then; later ones come
    /// about every 50 ms, an empty one if nothing was found meanwhile. Items come in no particular order.
    /// Bodies are dropped as soon as they have been looked at. When `on_batch` breaks, the loading stops soon.
    ///
    /// Call this from a thread of your own, not from within rayon's pool.
    ///
    /// # Errors
    ///
    /// When the source has gone or may not be read any more. Nothing has been handed over then, except from an archive
    /// that turns out to be damaged or beyond a limit: what was handed over of it is not to be kept.
    pub fn load(&self, on_batch: &mut dyn FnMut(Batch) -> ControlFlow<()>) -> Result<Report, SourceError> {
        self.check()?;
        Ok(match &self.0 {
            Place::Sample => load::load(sample::walk(), on_batch),
            Place::Directory(directory) => load::load(directory.walk(), on_batch),
            Place::File(file) => load::load(walk::single(file), on_batch),
            Place::Archive(archive) => archive.walk(|walk| load::load(walk, on_batch))?,
        })
    }

    /// Looks at every item file, on all cores, and tells which are new or changed since they were last read.
    ///
    /// `known` is asked for the stamp that a file had then; it is asked for every file, and of one at a time.
    /// A file of the same size and time is taken for the same, unless the survey is `thorough`: then every
    /// file is read, and what is in it decides. When `on_step` breaks, the survey stops soon.
    ///
    /// Call this from a thread of your own, not from within rayon's pool.
    ///
    /// # Errors
    ///
    /// When the source has gone or may not be read any more. Nothing has been handed over then, except from an archive
    /// that turns out to be damaged or beyond a limit: what was handed over of it is not to be kept.
    pub fn survey(
        &self,
        known: &mut Known<'_>,
        thorough: bool,
        on_step: &mut dyn FnMut(Surveyed) -> ControlFlow<()>,
    ) -> Result<Report, SourceError> {
        self.check()?;
        Ok(match &self.0 {
            Place::Sample => survey::survey(sample::walk(), known, thorough, on_step),
            Place::Directory(directory) => survey::survey(directory.walk(), known, thorough, on_step),
            Place::File(file) => survey::survey(walk::single(file), known, thorough, on_step),
            Place::Archive(archive) => archive.walk(|walk| survey::survey(walk, known, thorough, on_step))?,
        })
    }
}

/// Makes sure that what was named as an item file has not become something that must not be opened.
fn regular(file: &Path) -> Result<(), Problem> {
    match fs::metadata(file) {
        Ok(metadata) if !metadata.is_file() => Err(walk::special(metadata.file_type())),
        Ok(_) | Err(_) => Ok(()),
    }
}
