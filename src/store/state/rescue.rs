//! Puts a new state file in the place of a damaged one, with all that can be read of it, and keeps the damaged one.
//!
//! At every moment of it the process may be killed and nothing is lost: the new file is complete and on the disk
//! before the damaged one is moved aside, and whoever next finds no state file finds the new one and finishes. All
//! of it is done under the exclusive lock of the [`Gate`](super::gate::Gate).

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::disk;
use super::paths::Paths;
use super::rows::Rows;
use super::salvage::salvage;
use super::trouble::Fault;
use crate::item::SafeText;

/// What was done for a damaged file.
#[derive(Debug)]
pub(super) struct Rescued {
    /// How many marks the new file has.
    pub(super) marks: usize,
    /// The name of the damaged file, as it may be shown.
    pub(super) kept_as: SafeText,
}

impl Rescued {
    /// The line that says so.
    pub(super) fn line(&self, paths: &Paths) -> SafeText {
        let marks = match self.marks {
            0 => "No mark in it could be saved".to_owned(),
            1 => "1 mark in it was saved".to_owned(),
            marks => format!("{marks} marks in it were saved"),
        };
        SafeText::new(&format!(
            "{}: the file with your marks was damaged. {marks}. The damaged file is kept as {}; if marks are \
             missing, keep it and restore a copy of yours with rounds state import",
            paths.shown(),
            self.kept_as
        ))
    }
}

/// Makes a new file of what can be read of the damaged one, moves that one aside, and puts the new one in its place.
///
/// # Errors
///
/// When the disk refuses; then nothing is lost, and the damaged file is where it was or the next one to open the
/// state finishes.
pub(super) fn rescue(paths: &Paths, now: Timestamp) -> Result<Rescued, Fault> {
    let rows = salvage(paths);
    write_new(paths, &rows)?;
    let aside = replace(paths, now)?;
    Ok(Rescued { marks: rows.marks(), kept_as: aside.shown_name() })
}

/// Finishes a rescue that was broken off after the damaged file had been moved aside. A new file beside a
/// state file is of no use: what has been written since is not in it.
pub(super) fn finish(paths: &Paths, now: Timestamp) -> io::Result<()> {
    let gone = fs::metadata(paths.database()).map_or(true, |metadata| metadata.len() == 0);
    if !fs::exists(paths.finished_rescue())? {
        Ok(())
    } else if gone {
        replace(paths, now).map(|_| ())
    } else {
        fs::remove_file(paths.finished_rescue())
    }
}

/// Writes the new file under another name. When it has its second name, it is complete and on the disk.
pub(super) fn write_new(paths: &Paths, rows: &Rows) -> Result<(), Fault> {
    let unfinished = Paths::new(&paths.unfinished_rescue());
    for old in [unfinished.database(), &unfinished.log(), &unfinished.shared_memory()] {
        remove(old)?;
    }
    let mut connection = Connection::open(unfinished.database())?;
    disk::create(&mut connection)?;
    rows.write(&mut connection)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    fs::rename(unfinished.database(), paths.finished_rescue())?;
    paths.sync_folder();
    Ok(())
}

/// Moves the damaged file and all that belongs to it aside and gives its name to the new one. The file goes first and
/// its log after it: a file without its log could look whole.
fn replace(paths: &Paths, now: Timestamp) -> io::Result<Paths> {
    let aside = paths.damaged(now)?;
    move_aside(paths.database(), aside.database())?;
    move_aside(&paths.log(), &aside.log())?;
    move_aside(&paths.shared_memory(), &aside.shared_memory())?;
    fs::rename(paths.finished_rescue(), paths.database())?;
    paths.sync_folder();
    Ok(aside)
}

fn move_aside(from: &Path, to: &Path) -> io::Result<()> {
    unless_missing(fs::rename(from, to))
}

fn remove(path: &Path) -> io::Result<()> {
    unless_missing(fs::remove_file(path))
}

fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
