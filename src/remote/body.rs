//! The body of an answer on its way into the file.

use std::io::{self, BufRead, Read};

use super::encoding::{Claim, Encoding};
use super::error::Failure;
use super::partial::{Origin, Partial};
use super::sniff::{SNIFFED, no_bundle};

/// Which part of the file a body is.
pub(super) enum Part {
    /// All of it, in the encoding that the server says. With an origin, it can be gone on with.
    Whole(Claim, Option<Origin>),
    /// What is missing.
    Rest,
}

/// A body of which it is known how it is read.
pub(super) struct Settled {
    pub(super) encoding: Encoding,
    /// Where the file comes from that begins with it; `None` when it goes on with one.
    start: Option<Start>,
    /// What was read to know that.
    beginning: Vec<u8>,
}

/// Where a file comes from. Without an origin, it cannot be gone on with.
struct Start(Option<Origin>);

/// Why reading a body into the file stopped.
pub(super) enum Stopped {
    Reading,
    Writing(io::Error),
    For(Failure),
}

impl Part {
    /// Finds out how a body is read, with a look at its beginning where there is a doubt.
    pub(super) fn settle(self, wire: &mut dyn Read) -> Result<Settled, Stopped> {
        let mut beginning = Vec::new();
        let Self::Whole(claim, origin) = self else {
            return Ok(Settled { encoding: Encoding::Identity, start: None, beginning });
        };
        if claim.settled().is_none() {
            beginning.resize(Claim::BEGINNING, 0);
            let filled = fill(wire, &mut beginning)?;
            beginning.truncate(filled);
        }
        let encoding = claim.settled_by(&beginning);
        // Only what comes as it is can be gone on with.
        let origin = origin.filter(|_| encoding == Encoding::Identity);
        Ok(Settled { encoding, start: Some(Start(origin)), beginning })
    }
}

impl Settled {
    /// Copies the body into the file, within its limit. What is there is kept until it is certain that something better
    /// has come: a network that wants people to sign in must not cost them half a download.
    pub(super) fn copy(
        self,
        wire: &mut dyn BufRead,
        partial: &mut Partial,
        limit: u64,
    ) -> Result<(), Stopped> {
        let mut body = self.beginning.as_slice().chain(wire);
        let mut reader = self.encoding.undo(&mut body);
        let mut buffer = vec![0; 64 * 1024];
        if let Some(Start(origin)) = self.start {
            let start = fill(&mut *reader, buffer.get_mut(..SNIFFED).unwrap_or_default())?;
            let start = buffer.get(..start).filter(|start| !start.is_empty());
            let start = start.ok_or(Stopped::For(Failure::Empty))?;
            if let Some(failure) = no_bundle(start) {
                return Err(Stopped::For(failure));
            }
            partial.restart(origin).and_then(|()| partial.append(start)).map_err(Stopped::Writing)?;
        }
        loop {
            let count = reader.read(&mut buffer).map_err(|_| Stopped::Reading)?;
            let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { return Ok(()) };
            if partial.bytes().saturating_add(read.len() as u64) > limit {
                return Err(Stopped::For(Failure::DecodedBytes(limit)));
            }
            partial.append(read).map_err(Stopped::Writing)?;
        }
    }
}

/// Fills a buffer as far as there is anything to fill it with, and says how far.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<usize, Stopped> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest).map_err(|_| Stopped::Reading)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}
