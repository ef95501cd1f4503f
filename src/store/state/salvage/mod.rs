//! Reads what can be read of a state file, whatever is wrong with it.
//!
//! SQLite can recover rows by an extension that is not part of the SQLite in this program; and without it SQLite
//! finds rows only through the pages that lead to them, so that one damaged page can hide thousands of good ones. So
//! every page of the file and of its write-ahead log is looked at by itself: is it a page of rows, and are its
//! rows such as ours? No other page is needed for that, not even the first. Old copies of rows do no harm, since
//! each knows the number of its last change.

mod leaf;
mod record;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::paths::Paths;
use super::rows::Rows;
use super::schema::PAGE_SIZE;

/// The bytes before the first page of a log (SQLite file format, section 4.1).
const LOG_HEADER: u64 = 32;

/// The bytes before every page of a log.
const FRAME_HEADER: u64 = 24;

/// How many bytes of a file are looked at. A state file of a million items has a tenth of it.
const FILE_MAX: u64 = 1 << 30;

/// After how many pages that the disk does not give a file is given up; a failing disk takes seconds for each.
const UNREADABLE_MAX: u32 = 20;

/// Everything that can be read of a state file, its log, and a new file that has not got its name yet.
pub(super) fn salvage(paths: &Paths) -> Rows {
    let mut rows = Rows::default();
    let files = [
        (paths.database(), 0, 0),
        (&paths.log(), LOG_HEADER, FRAME_HEADER),
        (&paths.finished_rescue(), 0, 0),
    ];
    for (path, first, between) in files {
        // What cannot be opened has nothing to give, and what a failing disk gave until it failed is kept.
        look_through(path, first, between, &mut rows).unwrap_or_default();
    }
    rows
}

/// Looks at every page of a file, which has some bytes before the first page and some before each.
fn look_through(path: &Path, first: u64, before_each: u64, rows: &mut Rows) -> io::Result<()> {
    // A device or a pipe of that name would never end.
    if !path.metadata()?.is_file() {
        return Ok(());
    }
    let mut file = File::open(path)?;
    let end = file.metadata()?.len().min(FILE_MAX);
    let mut page = vec![0; usize::from(PAGE_SIZE)];
    let mut unreadable: u32 = 0;
    let mut at = first.saturating_add(before_each);
    while at < end && unreadable < UNREADABLE_MAX {
        match read_page(&mut file, at, &mut page) {
            Ok(()) => {
                for (number, values) in leaf::rows(&page) {
                    rows.take(number, &values);
                }
            }
            Err(_) => unreadable = unreadable.saturating_add(1),
        }
        at = at.saturating_add(u64::from(PAGE_SIZE)).saturating_add(before_each);
    }
    Ok(())
}

/// Reads a page. What is missing at the end of the file is taken as zeroes.
fn read_page(file: &mut File, at: u64, page: &mut Vec<u8>) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    page.clear();
    file.take(u64::from(PAGE_SIZE)).read_to_end(page)?;
    page.resize(usize::from(PAGE_SIZE), 0);
    Ok(())
}
