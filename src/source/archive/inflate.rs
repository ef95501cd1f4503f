//! Undoing the compression of an archive as it is read, and measuring what goes in and what comes out.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};

use lzma_rust2::XzReader;

use super::error::ArchiveError;
use super::gz_members::GzMembers;
use super::kind::Kind;
use crate::source::limits::{Compressor, Exceeded, Limits};

/// How much is read of a file, or decoded, at once.
const BUFFER: usize = 64 * 1024;

/// The tar stream in a file of this kind.
pub(super) fn open(file: File, kind: Kind, meter: &Meter) -> Result<impl Read + use<'_>, ArchiveError> {
    let wire = BufReader::with_capacity(BUFFER, Wire { file, meter });
    let decoder: Box<dyn Read + '_> = match kind {
        Kind::TarGz => Box::new(GzMembers::new(wire)),
        Kind::TarZst => {
            let mut decoder = zstd::Decoder::with_buffer(wire)?;
            decoder.window_log_max(window_log(meter.limits.window_bytes))?;
            Box::new(decoder)
        }
        Kind::TarXz => {
            // What the decoder needs beside its window is some hundred KiB.
            let window = meter.limits.window_bytes >> 10;
            let kibibytes = u32::try_from(window).unwrap_or(u32::MAX).saturating_add(1024);
            Box::new(XzReader::new_mem_limit(wire, true, kibibytes))
        }
        Kind::Tar | Kind::Zip => Box::new(wire),
    };
    Ok(BufReader::with_capacity(BUFFER, Inflated { decoder, meter }))
}

/// Counts the bytes of an archive, before and after its compression was undone, and stops at the limits.
pub(super) struct Meter {
    limits: Limits,
    wire: Cell<u64>,
    inflated: Cell<u64>,
}

impl Meter {
    /// A meter for an archive of which so many bytes have been read.
    pub(super) fn new(limits: Limits, wire: u64) -> Self {
        Self { limits, wire: Cell::new(wire), inflated: Cell::new(0) }
    }

    /// Counts bytes that came out.
    ///
    /// # Errors
    ///
    /// When they are more than a limit allows.
    pub(super) fn inflate(&self, bytes: usize) -> Result<(), ArchiveError> {
        let inflated = self.inflated.get().saturating_add(bytes as u64);
        self.inflated.set(inflated);
        if inflated > self.limits.inflated_bytes {
            return Err(ArchiveError::Limit(Exceeded::InflatedBytes(self.limits.inflated_bytes)));
        }
        if inflated > self.wire.get().saturating_mul(self.limits.ratio).max(Limits::RATIO_ALLOWANCE) {
            return Err(ArchiveError::Limit(Exceeded::Ratio(self.limits.ratio)));
        }
        Ok(())
    }

    fn read(&self, bytes: usize) {
        self.wire.set(self.wire.get().saturating_add(bytes as u64));
    }
}

/// The file of an archive.
struct Wire<'a> {
    file: File,
    meter: &'a Meter,
}

impl Read for Wire<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).inspect(|bytes| self.meter.read(*bytes))
    }
}

/// What a decoder makes of the file.
struct Inflated<'a> {
    decoder: Box<dyn Read + 'a>,
    meter: &'a Meter,
}

impl Read for Inflated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.decoder.read(buffer);
        let bytes = bytes.map_err(|error| name_window(error, self.meter.limits.window_bytes))?;
        self.meter.inflate(bytes)?;
        Ok(bytes)
    }
}

/// Finds out whether it was the memory that a decoder lacked; they say so in words only.
fn name_window(error: io::Error, limit: u64) -> io::Error {
    const ZSTD: &str = "requires too much memory";
    const XZ: &str = "needed memory too big";
    let words = error.to_string();
    let compressor = [(ZSTD, Compressor::Zstd), (XZ, Compressor::Xz)];
    match compressor.into_iter().find(|(needs, _)| words.contains(needs)) {
        Some((_, compressor)) => ArchiveError::Limit(Exceeded::Window(limit, compressor)).into(),
        None => error,
    }
}

/// A window as zstd counts it: in powers of two, of which it takes those from 2^10 to 2^31.
fn window_log(bytes: u64) -> u32 {
    bytes.checked_ilog2().unwrap_or(0).clamp(10, 31)
}
