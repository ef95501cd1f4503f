//! Reading a zip file by its directory, which is at its end.
//!
//! The `rawzip` crate hands over one entry of the directory at a time and keeps none, so that the directory of a
//! hostile file costs no memory, and entries of one name are all seen.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::ops::ControlFlow;

use flate2::read::DeflateDecoder;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rawzip::time::ZipDateTimeKind;
use rawzip::{
    CompressionMethod, ErrorKind, FileReader, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord, ZipLocator,
};

use super::entry::{Entry, EntrySink, What};
use super::error::ArchiveError;
use super::inflate::Meter;
use super::refusal::Refusal;
use super::zip_name;
use crate::source::hints::{here, is_commit};
use crate::source::limits::{Exceeded, Limits};

/// Hands over the entries of a zip file. Gives whether that was done to its end.
pub(super) fn visit(
    file: File,
    limits: &Limits,
    meter: &Meter,
    sink: &mut dyn EntrySink,
) -> Result<ControlFlow<()>, ArchiveError> {
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let archive = open(file, &mut buffer)?;
    check_layout(&archive, &mut buffer, limits)?;
    let is_of_commit = is_commit(&comment(&archive)?);
    let mut entries = archive.entries(&mut buffer);
    while let Some(record) = entries.next_entry()? {
        let path = zip_name::path(&record);
        let size = record.uncompressed_size_hint();
        let time = if is_of_commit { None } else { time_of(&record) };
        let entry = Entry { path: &path, what: what(&record, &path), size, time };
        let mut read = || inflate(&archive, record.wayfinder(), record.compression_method(), meter);
        if sink.take(&entry, &mut read)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// How many bytes the end of a zip file has, without its comment.
const END: usize = 22;

/// Finds the directory of a zip file. Zeros behind the end are padding, of which there may be any amount.
fn open(file: File, buffer: &mut [u8]) -> Result<ZipArchive<FileReader>, ArchiveError> {
    let locator = ZipLocator::new();
    match locator.locate_in_file(file, buffer) {
        Ok(archive) => Ok(archive),
        Err((mut file, error)) if matches!(error.kind(), ErrorKind::MissingEndOfCentralDirectory) => {
            let end = end_of_data(&mut file)?.saturating_add(END as u64).min(file.metadata()?.len());
            locator.locate_in_reader(FileReader::from(file), buffer, end).map_err(|(_, error)| error.into())
        }
        Err((_, error)) => Err(error.into()),
    }
}

/// Where the last byte of a file ends that is not zero.
fn end_of_data(file: &mut File) -> io::Result<u64> {
    const STEP: u64 = 64 * 1024;
    let mut end = file.metadata()?.len();
    let mut bytes = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        bytes.clear();
        Read::by_ref(file).take(end.saturating_sub(start)).read_to_end(&mut bytes)?;
        if let Some(last) = bytes.iter().rposition(|byte| *byte != 0) {
            return Ok(start.saturating_add(last as u64).saturating_add(1));
        }
        end = start;
    }
    Ok(0)
}

/// Makes sure that the directory has as many entries as it should, and that no two of them share bytes: the one trick
/// by which a small zip file becomes larger than deflate can make it.
fn check_layout(
    archive: &ZipArchive<FileReader>,
    buffer: &mut [u8],
    limits: &Limits,
) -> Result<(), ArchiveError> {
    let mut places = Vec::new();
    let mut entries = archive.entries(buffer);
    while let Some(record) = entries.next_entry()? {
        if places.len() as u64 >= limits.entries {
            return Err(ArchiveError::Limit(Exceeded::Entries(limits.entries)));
        }
        // A local header has 30 bytes and the path at least, before what is compressed.
        let start = record.local_header_offset();
        let length = 30_u64.saturating_add(record.file_path().len() as u64);
        places.push((start, start.saturating_add(length).saturating_add(record.compressed_size_hint())));
    }
    // Where a zip file has more entries than 16 bits can count, some programs write what 16 bits hold.
    if (places.len() as u64 ^ archive.entries_hint()) & 0xffff != 0 {
        return Err(ArchiveError::damaged("its directory does not have as many entries as it says"));
    }
    places.sort_unstable();
    let overlap = places.windows(2).any(|pair| matches!(pair, [(_, end), (start, _)] if start < end));
    if overlap { Err(ArchiveError::damaged("entries in it overlap")) } else { Ok(()) }
}

/// What a file is that does not begin as an archive does: the last part of a zip file that was split, or a zip file with
/// something in front of it, if it ends as one does.
pub(super) fn without_beginning(file: &mut File) -> ArchiveError {
    match end(file) {
        Some(end) if end.starts_with(&[0, 0]) => {
            ArchiveError::OtherKind("a zip file with something else in front of it")
        }
        Some(_) => ArchiveError::Part,
        None => ArchiveError::NoArchive,
    }
}

/// What stands at the end of a zip file behind its mark, if a file ends so. A comment may follow, which that names the length
/// of.
fn end(file: &mut File) -> Option<Vec<u8>> {
    const LONGEST: u64 = END as u64 + u16::MAX as u64;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST))).ok()?;
    let mut tail = Vec::new();
    file.take(LONGEST).read_to_end(&mut tail).ok()?;
    let ends = (0..tail.len()).rev().filter_map(|at| tail.get(at..)?.strip_prefix(b"PK\x05\x06"));
    let is_whole = |end: &&[u8]| {
        let comment =
            end.get(END - 6..END - 4).and_then(|length| Some(u16::from_le_bytes(length.try_into().ok()?)));
        comment.is_some_and(|comment| end.len() == END - 4 + usize::from(comment))
    };
    ends.into_iter().find(is_whole).map(<[u8]>::to_vec)
}

/// What is said about all entries together, as far as it may name a commit.
fn comment(archive: &ZipArchive<FileReader>) -> io::Result<Vec<u8>> {
    let mut comment = Vec::new();
    archive.comment().take(100).read_to_end(&mut comment)?;
    Ok(comment)
}

/// When an entry was last changed: by the clock of the machine that it was made on, or as a moment.
fn time_of(record: &ZipFileHeaderRecord<'_>) -> Option<DateTime> {
    let time = record.last_modified();
    let number = |part: u8| i8::try_from(part).ok();
    let date = DateTime::new(
        i16::try_from(time.year()).ok()?,
        number(time.month())?,
        number(time.day())?,
        number(time.hour())?,
        number(time.minute())?,
        number(time.second())?,
        0,
    );
    let zone = match time {
        ZipDateTimeKind::Utc(_) => TimeZone::UTC,
        ZipDateTimeKind::Local(_) => TimeZone::system(),
    };
    here(zone.to_timestamp(date.ok()?).ok()?)
}

/// What an entry is.
fn what(record: &ZipFileHeaderRecord<'_>, path: &[u8]) -> What<'static> {
    const FILE_TYPE: u32 = 0o170_000;
    const REGULAR: u32 = 0o100_000;
    let flags = record.flags();
    let mode = record.mode();
    if path.ends_with(b"/") {
        What::Folder
    } else if mode.is_symlink() {
        What::Refused(Refusal::Link)
    } else if !matches!(mode.value() & FILE_TYPE, 0 | REGULAR) {
        What::Refused(Refusal::Special)
    } else if flags.is_encrypted() || flags.has_strong_encryption() || flags.is_masked() {
        What::Refused(Refusal::Encrypted)
    } else {
        match record.compression_method() {
            CompressionMethod::STORE | CompressionMethod::DEFLATE => What::File,
            other => What::Refused(Refusal::Compression(other.as_u16())),
        }
    }
}

/// The bytes of an entry, whose size by its own account was found to be within bounds.
fn inflate(
    archive: &ZipArchive<FileReader>,
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    meter: &Meter,
) -> Result<Vec<u8>, ArchiveError> {
    let size = place.uncompressed_size_hint();
    let entry = archive.get_entry(place)?;
    let compressed: Box<dyn Read + '_> = match method {
        CompressionMethod::STORE => Box::new(entry.reader()),
        _ => Box::new(DeflateDecoder::new(entry.reader())),
    };
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // One byte more than it should have shows that it has more. At its end, size and checksum are compared.
    entry.verifying_reader(compressed).take(size.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != size {
        return Err(ArchiveError::damaged("an entry is larger or smaller than it says"));
    }
    meter.inflate(bytes.len())?;
    Ok(bytes)
}

impl From<rawzip::Error> for ArchiveError {
    fn from(error: rawzip::Error) -> Self {
        match error.into_kind() {
            ErrorKind::IO(error) => Self::from(error),
            ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => Self::CutOff,
            other => Self::damaged(&other),
        }
    }
}
