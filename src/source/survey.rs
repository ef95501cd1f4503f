//! Looking through a source for what has changed since it was last looked through.

use std::fs::{self, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::SystemTime;

use super::gather::{Gathered, gather};
use super::item_file;
use super::report::Report;
use super::stamp::Stamp;
use super::walk::{Bytes, Found, ItemPlace};
use crate::item::ItemFile;

/// What has become of an item file since it was last looked at. One that is as it was is only counted.
#[derive(Debug)]
pub enum Sighting {
    /// What is in it is as it was, but it has another stamp by now.
    Touched {
        /// Its path in the source.
        path: String,
        /// Its stamp.
        stamp: Stamp,
    },
    /// It is new, or was changed, and has been read.
    Read {
        /// What was read.
        file: Box<ItemFile>,
        /// Its stamp.
        stamp: Stamp,
    },
}

/// A step of a survey.
#[derive(Debug)]
pub enum Surveyed {
    /// An item file that is not as it was, in no particular order.
    File(Sighting),
    /// It is time to hand over what has been found since the last time: after a few milliseconds, then about every
    /// 50 ms, and once more at the end.
    Due {
        /// How many item files have been found so far, looked at or not.
        found: usize,
        /// How many were as they were, since the last time.
        same: usize,
    },
}

/// Asks for the stamp that an item file had when it was last read, by its path in the source.
pub type Known<'a> = dyn FnMut(&str) -> Option<Stamp> + Send + 'a;

/// Looks at everything that is found. Files of the same size and time as before are not opened, unless the survey
/// is a thorough one.
pub(super) fn survey(
    walk: impl Iterator<Item = Found> + Send,
    known: &mut Known<'_>,
    thorough: bool,
    on_step: &mut dyn FnMut(Surveyed) -> ControlFlow<()>,
) -> Report {
    let walk = walk.map(|mut found| {
        if let Found::Item(place) = &mut found {
            place.known = known(&place.path);
        }
        found
    });
    gather(walk, |place| sight(place, thorough), weigh, &mut |gathered| {
        on_step(match gathered {
            Gathered::Item(sighting) => Surveyed::File(sighting),
            Gathered::Due { found, passed } => Surveyed::Due { found, same: passed },
        })
    })
}

/// How many bytes what was read takes: those of its body, the largest part by far.
fn weigh(sighting: &Sighting) -> usize {
    match sighting {
        Sighting::Touched { .. } => 0,
        Sighting::Read { file, .. } => {
            let repaired = file.body.repaired.as_ref().map_or(0, String::len);
            file.body.raw.len().saturating_add(repaired)
        }
    }
}

/// What has become of an item file; nothing when it is as it was.
fn sight(place: ItemPlace, thorough: bool) -> Option<Sighting> {
    let ItemPlace { path, bytes, known, hints } = place;
    match bytes {
        Bytes::BuiltIn(bytes) => {
            compare(path, known, Stamp::timeless(bytes), |path| ItemFile::read(path, bytes))
        }
        Bytes::Owned(bytes) => compare(path, known, Stamp::timeless(&bytes), |path| {
            item_file::read_from(path, bytes, (hints, None))
        }),
        Bytes::File(file) => {
            let fits = |known: Stamp| fs::metadata(&file).is_ok_and(|metadata| known.fits(&metadata));
            if !thorough && known.is_some_and(fits) {
                return None;
            }
            match read(&file) {
                Ok((bytes, metadata, now)) => {
                    let stamp = Stamp::of(&metadata, &bytes, now);
                    compare(path, known, stamp, |path| {
                        item_file::read_from(path, bytes, (hints, Some(&metadata)))
                    })
                }
                Err(error) => {
                    let problem = item_file::unreadable(&error);
                    let stamp = Stamp::timeless(problem.message.as_bytes());
                    compare(path, known, stamp, |path| item_file::unread(path, problem))
                }
            }
        }
    }
}

/// The bytes of a file, what the file system says of it, and when that was asked: before it was read, so that what is changed
/// while it is read has another time the next time.
fn read(file: &Path) -> io::Result<(Vec<u8>, Metadata, SystemTime)> {
    let now = SystemTime::now();
    let (bytes, metadata) = item_file::read_bytes(file)?;
    Ok((bytes, metadata, now))
}

fn compare(
    path: String,
    known: Option<Stamp>,
    stamp: Stamp,
    read: impl FnOnce(&str) -> ItemFile,
) -> Option<Sighting> {
    Some(match known {
        Some(known) if known == stamp => return None,
        Some(known) if known.size == stamp.size && known.hash == stamp.hash => {
            Sighting::Touched { path, stamp }
        }
        Some(_) | None => Sighting::Read { file: Box::new(read(&path)), stamp },
    })
}
