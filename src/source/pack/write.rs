//! Writing the archive of a bundle.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, GzBuilder};
use rawzip::path::EntryPath;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::contents::Contents;
use super::error::PackError;
use super::format::PackFormat;

/// The time of every entry, in seconds since 1970: the first that a zip file can hold, 1 January 1980.
const TIME: u32 = 315_532_800;

/// Everybody may read it.
const MODE: u32 = 0o644;

/// How hard zstd tries, of 19. Beyond this, each step costs seconds for a hundredth of the size.
const ZSTD_LEVEL: i32 = 12;

/// What went wrong, and whether with a file that goes in or with what comes out.
pub(super) enum WriteError {
    In(PathBuf, io::Error),
    Out(io::Error),
}

impl WriteError {
    /// The error, where the archive was to be written to `out`.
    pub(super) fn at(self, out: &Path) -> PackError {
        match self {
            Self::In(path, error) => PackError::Unreadable { path, error },
            Self::Out(error) => PackError::Unwritable { path: out.to_owned(), error },
        }
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Out(error)
    }
}

/// Writes all files as an archive of this format.
pub(super) fn write(contents: &Contents, format: PackFormat, out: &mut impl Write) -> Result<(), WriteError> {
    match format {
        PackFormat::Zip => write_zip(contents, out),
        PackFormat::TarGz => {
            // No name, no time, no system.
            let encoder: GzEncoder<_> =
                GzBuilder::new().operating_system(255).write(out, Compression::best());
            write_tar(contents, encoder)?.finish()?;
            Ok(())
        }
        PackFormat::TarZst => {
            let mut encoder = zstd::Encoder::new(out, ZSTD_LEVEL)?;
            encoder.include_checksum(true)?;
            write_tar(contents, encoder)?.finish()?;
            Ok(())
        }
    }
}

fn write_tar<W: Write>(contents: &Contents, out: W) -> Result<W, WriteError> {
    let mut archive = tar::Builder::new(out);
    for (path, file) in contents.files() {
        let bytes = read(file)?;
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(MODE);
        header.set_mtime(u64::from(TIME));
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    Ok(archive.into_inner()?)
}

fn write_zip(contents: &Contents, out: impl Write) -> Result<(), WriteError> {
    let mut archive = ZipArchiveWriter::new(out);
    for (path, file) in contents.files() {
        let bytes = read(file)?;
        write_entry(&mut archive, path, &bytes).map_err(io::Error::other)?;
    }
    archive.finish().map_err(io::Error::other)?.flush()?;
    Ok(())
}

fn write_entry(
    archive: &mut ZipArchiveWriter<impl Write>,
    path: &str,
    bytes: &[u8],
) -> Result<(), rawzip::Error> {
    const REGULAR: u32 = 0o100_000;
    // What comes before a colon would be taken for a drive, and dropped.
    let path =
        if path.contains(':') { EntryPath::verbatim(path.as_bytes()) } else { EntryPath::conformant(path) };
    let (mut entry, config) = archive
        .new_file(path)
        .compression_method(CompressionMethod::DEFLATE)
        .last_modified(UtcDateTime::from_unix(i64::from(TIME)))
        .unix_permissions(REGULAR | MODE)
        .start()?;
    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
    writer.write_all(bytes)?;
    let (encoder, written) = writer.finish()?;
    encoder.finish()?;
    entry.finish(written)?;
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, WriteError> {
    fs::read(file).map_err(|error| WriteError::In(file.to_owned(), error))
}
