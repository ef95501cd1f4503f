//! Reading a tar file from its beginning to its end.
//!
//! The headers are read by the `tar` crate. The walk from one to the next is ours: the crate's reads names into memory
//! whatever their length, and gives up an archive for a sparse file that could be passed over.

use std::io::{self, Read};
use std::ops::ControlFlow;

use jiff::Timestamp;
use tar::{EntryType, GnuExtSparseHeader, Header};

use super::entry::{Entry, EntrySink, What};
use super::error::ArchiveError;
use super::kind::is_tar;
use super::pax::Pax;
use super::refusal::Refusal;
use crate::source::hints::{here, is_commit};

/// Tar files consist of blocks of this many bytes.
pub(super) const BLOCK: usize = 512;

/// The kind of an entry that says what the archive is called, and is no file (GNU tar, `--label`).
const LABEL: u8 = b'V';
/// The kind of a folder with a list of what is in it, of which files that are as they were are not in the archive (GNU
/// tar, `--listed-incremental`).
const LISTED_FOLDER: u8 = b'D';

/// The kind of an entry that goes on with a file of the volume before (GNU tar, `--multi-volume`).
const CONTINUED: u8 = b'M';

/// The most bytes of what is said about an entry before its header (1 MiB): long names, and what file systems keep
/// beside a file.
const LONGEST_EXTENSION: u64 = 1 << 20;

/// Hands over the entries of a tar stream. Gives whether that was done to its end.
pub(super) fn visit(stream: impl Read, sink: &mut dyn EntrySink) -> Result<ControlFlow<()>, ArchiveError> {
    let mut tar =
        TarStream { stream, pax: Pax::default(), long_name: None, long_link: None, is_of_commit: false };
    let mut block = tar.first_block()?;
    while block.iter().any(|byte| *byte != 0) {
        let header = Header::from_byte_slice(&block);
        if !is_header(header) {
            return Err(ArchiveError::damaged("a header in it does not fit its checksum"));
        }
        if tar.entry(header, sink)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        block = tar.block()?;
    }
    // What follows is of no meaning, but after it comes the checksum of a compressed file.
    io::copy(&mut tar.stream, &mut io::sink())?;
    Ok(ControlFlow::Continue(()))
}

/// Whether a block is a header: whether the sum in it is right.
pub(super) fn is_header(header: &Header) -> bool {
    let mut summed = header.clone();
    summed.set_cksum();
    matches!((header.cksum(), summed.cksum()), (Ok(found), Ok(right)) if found == right)
}

/// How many bytes come after a header, before the next one. Where nothing does, some programs leave the field empty.
fn size_of(header: &Header) -> Result<u64, ArchiveError> {
    let field = &header.as_old().size;
    if field.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Ok(0);
    }
    header.entry_size().map_err(|error| ArchiveError::damaged(&error))
}

/// A tar stream, with what was said about the entry that comes next.
struct TarStream<R> {
    stream: R,
    pax: Pax,
    /// The path of the next entry, where it is too long for a header.
    long_name: Option<Vec<u8>>,
    /// Where it leads if it is a link, where that is too long for a header.
    long_link: Option<Vec<u8>>,
    /// Whether git made it of a commit.
    is_of_commit: bool,
}

impl<R: Read> TarStream<R> {
    /// The first block, if this is a tar stream.
    fn first_block(&mut self) -> Result<[u8; BLOCK], ArchiveError> {
        let mut head = Vec::with_capacity(BLOCK);
        self.stream.by_ref().take(BLOCK as u64).read_to_end(&mut head)?;
        match <[u8; BLOCK]>::try_from(head) {
            Ok(block) if is_tar(&block) => Ok(block),
            Ok(_) | Err(_) => Err(ArchiveError::NoTarInside),
        }
    }

    fn block(&mut self) -> Result<[u8; BLOCK], ArchiveError> {
        let mut block = [0; BLOCK];
        self.stream.read_exact(&mut block)?;
        Ok(block)
    }

    /// Reads what comes after a header.
    fn entry(&mut self, header: &Header, sink: &mut dyn EntrySink) -> Result<ControlFlow<()>, ArchiveError> {
        let size = size_of(header)?;
        match header.entry_type() {
            kind if kind.as_byte() == LABEL => {
                (self.pax, self.long_name, self.long_link) = Default::default();
                self.skip(size, size)?;
            }
            kind if kind.as_byte() == CONTINUED => return Err(ArchiveError::Part),
            EntryType::XHeader => self.pax = Pax::parse(&self.extension(size)?)?,
            EntryType::GNULongName => self.long_name = Some(self.extension(size)?),
            EntryType::GNULongLink => self.long_link = Some(self.extension(size)?),
            // What is said about all entries together does not matter but for one thing.
            EntryType::XGlobalHeader if size <= LONGEST_EXTENSION => {
                let comment = Pax::parse(&self.extension(size)?).ok().and_then(|said| said.comment);
                self.is_of_commit |= comment.is_some_and(|comment| is_commit(&comment));
            }
            EntryType::XGlobalHeader => self.skip(size, size)?,
            kind => return self.file(header, kind, size, sink),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reads an entry that is one for those who unpack the archive.
    fn file(
        &mut self,
        header: &Header,
        kind: EntryType,
        size: u64,
        sink: &mut dyn EntrySink,
    ) -> Result<ControlFlow<()>, ArchiveError> {
        let pax = std::mem::take(&mut self.pax);
        let (long_name, long_link) = (self.long_name.take(), self.long_link.take());
        let size = pax.size.unwrap_or(size);
        if kind == EntryType::GNUSparse {
            self.skip_sparse_map(header)?;
        }
        let in_header = header.path_bytes();
        let path = pax.path.as_deref().or(long_name.as_deref().map(without_nul)).unwrap_or(&in_header);
        let link = header.link_name_bytes().unwrap_or_default();
        let target = pax.link.as_deref().or(long_link.as_deref().map(without_nul)).unwrap_or(&link);
        let what = if pax.sparse { What::Refused(Refusal::Sparse) } else { what(kind, path, target) };
        let mut body = self.stream.by_ref().take(size);
        let time = header.mtime().ok().filter(|_| !self.is_of_commit);
        let time = time.and_then(|second| here(Timestamp::from_second(i64::try_from(second).ok()?).ok()?));
        let flow = sink.take(&Entry { path, what, size, time }, &mut || read_whole(&mut body, size))?;
        let left = body.limit();
        if flow.is_continue() {
            self.skip(left, size)?;
        }
        Ok(flow)
    }

    /// Reads what is said about the next entry.
    fn extension(&mut self, size: u64) -> Result<Vec<u8>, ArchiveError> {
        if size > LONGEST_EXTENSION {
            return Err(ArchiveError::damaged("what is said about an entry is longer than an item"));
        }
        let bytes = read_whole(&mut self.stream.by_ref().take(size), size)?;
        self.skip(0, size)?;
        Ok(bytes)
    }

    /// Passes over what is left of something of this size, and over what fills its last block.
    fn skip(&mut self, left: u64, size: u64) -> Result<(), ArchiveError> {
        let block = BLOCK as u64;
        let filling = size.checked_next_multiple_of(block).map_or(0, |end| end - size);
        let wanted = left.saturating_add(filling);
        let passed = io::copy(&mut self.stream.by_ref().take(wanted), &mut io::sink())?;
        if passed == wanted { Ok(()) } else { Err(ArchiveError::CutOff) }
    }

    /// Passes over the blocks, between a header and its file, that say where a sparse file has its holes.
    fn skip_sparse_map(&mut self, header: &Header) -> Result<(), ArchiveError> {
        let mut more = header.as_gnu().is_some_and(tar::GnuHeader::is_extended);
        while more {
            let mut map = GnuExtSparseHeader::new();
            self.stream.read_exact(map.as_mut_bytes())?;
            more = map.is_extended();
        }
        Ok(())
    }
}

/// What an entry is. In the oldest archives, a folder is told by the slash at its end only.
fn what<'a>(kind: EntryType, path: &[u8], target: &'a [u8]) -> What<'a> {
    match kind {
        EntryType::Directory => What::Folder,
        kind if kind.as_byte() == LISTED_FOLDER => What::Folder,
        EntryType::Regular | EntryType::Continuous if path.ends_with(b"/") => What::Folder,
        EntryType::Regular | EntryType::Continuous => What::File,
        EntryType::Link => What::HardLink(target),
        EntryType::Symlink => What::Refused(Refusal::Link),
        EntryType::GNUSparse => What::Refused(Refusal::Sparse),
        _ => What::Refused(Refusal::Special),
    }
}

/// Reads something of a size that was found to be within bounds.
fn read_whole(body: &mut impl Read, size: u64) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    body.read_to_end(&mut bytes)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(ArchiveError::CutOff) }
}

/// A name without the NUL that ends it.
fn without_nul(name: &[u8]) -> &[u8] {
    name.split(|byte| *byte == 0).next().unwrap_or(name)
}
