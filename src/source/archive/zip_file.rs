//! Reading a zip file by its directory, which is at its end.
//!
//! The `rawzip` crate hands over one entry of the directory at a time and keeps none, so that the directory of a
//! hostile file costs no memory, and entries of one name are all seen.

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::ops::ControlFlow;

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, ErrorKind, FileReader, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use super::entry::{Entry, EntrySink, What};
use super::error::ArchiveError;
use super::inflate::Meter;
use super::refusal::Refusal;
use super::zip_name;
use crate::source::limits::{Exceeded, Limits};

/// Hands over the entries of a zip file. Gives whether that was done to its end.
pub(super) fn visit(
    file: File,
    limits: &Limits,
    meter: &Meter,
    sink: &mut dyn EntrySink,
) -> Result<ControlFlow<()>, ArchiveError> {
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let archive = ZipArchive::from_file(file, &mut buffer)?;
    check_layout(&archive, &mut buffer, limits)?;
    let mut entries = archive.entries(&mut buffer);
    while let Some(record) = entries.next_entry()? {
        let path = zip_name::path(&record);
        let size = record.uncompressed_size_hint();
        let entry = Entry { path: &path, what: what(&record, &path), size };
        let mut read = || inflate(&archive, record.wayfinder(), record.compression_method(), meter);
        if sink.take(&entry, &mut read)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
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
        return Err(ArchiveError::damaged("its directory has not as many entries as it says"));
    }
    places.sort_unstable();
    let overlap = places.windows(2).any(|pair| matches!(pair, [(_, end), (start, _)] if start < end));
    if overlap { Err(ArchiveError::damaged("entries in it overlap")) } else { Ok(()) }
}

/// What a file is that does not begin as an archive does: the last part of a zip file that was split, or a zip file with
/// something in front of it, if it ends as one does.
pub(super) fn without_beginning(file: &mut File) -> ArchiveError {
    const END: usize = 22;
    let mut end = [0; END];
    let read = file.seek(SeekFrom::End(-22)).and_then(|_| file.read_exact(&mut end));
    match end {
        [b'P', b'K', 5, 6, 0, 0, ..] if read.is_ok() => {
            ArchiveError::OtherKind("a zip file with something else in front of it")
        }
        [b'P', b'K', 5, 6, ..] if read.is_ok() => ArchiveError::Part,
        _ => ArchiveError::NoArchive,
    }
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
