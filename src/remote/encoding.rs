//! The encoding that a file is sent in (RFC 9110, section 8.4), and how it is undone.

use std::io::{self, BufRead, Read};
use std::mem;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use ureq::http::header;
use url::Url;

use super::head::Head;

/// The largest window that zstd may have as an encoding of HTTP (RFC 9659): what it needs of memory.
const LARGEST_WINDOW: u64 = 8 * 1024 * 1024;

/// The encoding that a file is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    Identity,
    Gzip,
    Zstd,
}

impl Encoding {
    /// What to ask for at an address. An archive that is packed already gains nothing by being packed again; and
    /// only as it is can a download go on where it stopped.
    pub(super) fn wanted(url: &Url, resumed: bool) -> &'static str {
        const PACKED: [&str; 8] = [".zip", ".gz", ".tgz", ".zst", ".tzst", ".xz", ".txz", ".bz2"];
        if resumed || has_ending(url, &PACKED) { "identity" } else { "gzip, zstd" }
    }

    /// The encoding that an answer says it has.
    pub(super) fn of(head: &Head, url: &Url) -> Result<Claim, String> {
        let name = head.text(&header::CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
        let (encoding, endings) = match name.as_str() {
            "" | "identity" => (Self::Identity, &[][..]),
            "gzip" | "x-gzip" => (Self::Gzip, &[".gz", ".tgz"][..]),
            "zstd" => (Self::Zstd, &[".zst", ".tzst"][..]),
            _ => return Err(name),
        };
        Ok(Claim { encoding, is_in_doubt: has_ending(url, endings) })
    }

    /// How everything begins that is packed so.
    fn magic(self) -> &'static [u8] {
        match self {
            Self::Identity => b"",
            Self::Gzip => b"\x1f\x8b\x08",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
        }
    }

    /// Whether what begins so is packed in this way twice.
    fn is_twice_in(self, beginning: &[u8]) -> bool {
        let mut inner = [0; 4];
        let inner = inner.get_mut(..self.magic().len()).unwrap_or_default();
        let undone = match self {
            Self::Identity => Ok(()),
            Self::Gzip => MultiGzDecoder::new(beginning).read_exact(inner),
            // The other decoder gives nothing out before it has a whole window.
            Self::Zstd => zstd::Decoder::with_buffer(beginning).and_then(|mut decoder| {
                decoder.window_log_max(LARGEST_WINDOW.ilog2())?;
                decoder.read_exact(inner)
            }),
        };
        undone.is_ok() && inner == self.magic()
    }

    /// What a person calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Identity => "file",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// Undoes the encoding while reading.
    pub(super) fn undo<'r>(self, wire: &'r mut dyn BufRead) -> Box<dyn Read + 'r> {
        match self {
            Self::Identity => Box::new(wire),
            Self::Gzip => Box::new(MultiGzDecoder::new(wire)),
            Self::Zstd => Box::new(Frames::Between(wire)),
        }
    }
}

/// The encoding that a server says a file has.
///
/// Some servers call the packing of a `.tar.gz` itself an encoding, though they send it as it was published. Others
/// pack it once more for the way. Only the bytes tell which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    encoding: Encoding,
    /// Whether the file is packed in this way by its name.
    is_in_doubt: bool,
}

impl Claim {
    /// How many bytes of a body must be seen to settle a doubt: a block of zstd at its largest, and what is before it.
    pub(super) const BEGINNING: usize = 160 * 1024;

    /// The encoding, where it is settled without a look at the body.
    pub(super) fn settled(self) -> Option<Encoding> {
        (!self.is_in_doubt).then_some(self.encoding)
    }

    /// The encoding of a body that begins so: none for a file that is packed only once, which is how it was published.
    /// Otherwise neither its digest nor its signature would be right.
    pub(super) fn settled_by(self, beginning: &[u8]) -> Encoding {
        let is_kept = self.is_in_doubt && !self.encoding.is_twice_in(beginning);
        if is_kept { Encoding::Identity } else { self.encoding }
    }

    /// Whether what comes may be kept as it is, as a file that was begun without an encoding is gone on with.
    pub(super) fn may_be_none(self) -> bool {
        self.is_in_doubt || self.encoding == Encoding::Identity
    }
}

/// Whether the path of an address ends in one of these, in any case.
fn has_ending(url: &Url, endings: &[&str]) -> bool {
    let path = url.path().to_ascii_lowercase();
    endings.iter().any(|ending| path.ends_with(ending))
}

/// Undoes zstd, which may come in several frames, one behind the other (RFC 8878, section 3).
enum Frames<'r> {
    /// Before a frame, or behind the last.
    Between(&'r mut dyn BufRead),
    Within(Box<StreamingDecoder<&'r mut dyn BufRead, FrameDecoder>>),
    /// After an error.
    Broken,
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match mem::replace(self, Self::Broken) {
                Self::Between(wire) => {
                    if wire.fill_buf()?.is_empty() {
                        *self = Self::Between(wire);
                        return Ok(0);
                    }
                    let frame = StreamingDecoder::new_with_max_window_size(wire, LARGEST_WINDOW);
                    *self = Self::Within(Box::new(frame.map_err(io::Error::other)?));
                }
                Self::Within(mut frame) => {
                    let count = frame.read(buffer)?;
                    if count > 0 || buffer.is_empty() {
                        *self = Self::Within(frame);
                        return Ok(count);
                    }
                    *self = Self::Between(frame.into_inner());
                }
                Self::Broken => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use ureq::http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    fn pack(encoding: Encoding, text: &[u8]) -> Vec<u8> {
        match encoding {
            Encoding::Gzip => {
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packer.write_all(text).unwrap();
                packer.finish().unwrap()
            }
            Encoding::Zstd => zstd::encode_all(text, 3).unwrap(),
            Encoding::Identity => text.to_vec(),
        }
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    #[test]
    fn the_packing_of_a_published_file_is_in_doubt() {
        let cases = [
            ("https://example.org/health.tar", "gzip", Ok(Some(Encoding::Gzip))),
            ("https://example.org/health", "zstd", Ok(Some(Encoding::Zstd))),
            ("https://example.org/health.tar.zst", "gzip", Ok(Some(Encoding::Gzip))),
            ("https://example.org/health.TAR.GZ?v=2", "x-gzip", Ok(None)),
            ("https://example.org/health.tar.zst", "zstd", Ok(None)),
            ("https://example.org/health.zip", "identity", Ok(Some(Encoding::Identity))),
            ("https://example.org/health.tar", "br", Err("br".to_owned())),
            ("https://example.org/health.tar", "gzip, gzip", Err("gzip, gzip".to_owned())),
        ];
        for (address, name, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            let head = Head { status: StatusCode::OK, headers };
            assert_eq!(Encoding::of(&head, &url(address)).map(Claim::settled), expected, "{address} {name}");
        }
        assert_eq!(Encoding::wanted(&url("https://example.org/health.tar"), false), "gzip, zstd");
        assert_eq!(Encoding::wanted(&url("https://example.org/health.tar"), true), "identity");
        assert_eq!(Encoding::wanted(&url("https://example.org/health.zip"), false), "identity");
    }

    #[test]
    fn only_what_is_packed_twice_is_unpacked_once() {
        // A tar that hardly packs, so that blocks are as large as they can be.
        let tar: Vec<u8> =
            (0..90_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for encoding in [Encoding::Gzip, Encoding::Zstd] {
            let claim = Claim { encoding, is_in_doubt: true };
            let once = pack(encoding, &tar);
            let twice = pack(encoding, &once);
            let beginning = |bytes: &[u8]| bytes.get(..Claim::BEGINNING).unwrap_or(bytes).to_vec();
            assert_eq!(claim.settled_by(&beginning(&once)), Encoding::Identity, "{encoding:?}");
            assert_eq!(claim.settled_by(&beginning(&twice)), encoding, "{encoding:?}");
            let small = pack(encoding, &pack(encoding, b"a"));
            assert_eq!(claim.settled_by(&small), encoding, "{encoding:?}");
            assert_eq!(claim.settled_by(b"no such thing"), Encoding::Identity, "{encoding:?}");
            assert_eq!(claim.settled_by(b""), Encoding::Identity, "{encoding:?}");
        }
    }

    #[test]
    fn several_members_or_frames_are_one_file_and_damage_is_an_error() {
        for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Zstd] {
            let wire = [pack(encoding, b"one "), pack(encoding, b"two")].concat();
            let mut read = Vec::new();
            encoding.undo(&mut wire.as_slice()).read_to_end(&mut read).unwrap();
            assert_eq!(read, b"one two", "{encoding:?}");
        }
        for encoding in [Encoding::Gzip, Encoding::Zstd] {
            let whole = pack(encoding, b"one two three");
            for damaged in
                [&whole[..whole.len() / 2], b"no such thing at all", &[&whole[..], b"rest"].concat()]
            {
                let mut read = Vec::new();
                assert!(encoding.undo(&mut &*damaged).read_to_end(&mut read).is_err(), "{encoding:?}");
            }
        }
    }
}
