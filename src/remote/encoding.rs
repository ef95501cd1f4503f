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

    /// The encoding of an answer. Some servers call the packing of a `.tar.gz` itself an encoding: such a file is
    /// kept as it is published, or neither its digest nor its signature would be right.
    pub(super) fn of(head: &Head, url: &Url) -> Result<Self, String> {
        let name = head.text(&header::CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
        Ok(match name.as_str() {
            "" | "identity" => Self::Identity,
            "gzip" | "x-gzip" if has_ending(url, &[".gz", ".tgz"]) => Self::Identity,
            "zstd" if has_ending(url, &[".zst", ".tzst"]) => Self::Identity,
            "gzip" | "x-gzip" => Self::Gzip,
            "zstd" => Self::Zstd,
            _ => return Err(name),
        })
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

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    #[test]
    fn the_packing_of_a_published_file_is_not_undone() {
        let cases = [
            ("https://example.org/health.tar", "gzip", Ok(Encoding::Gzip)),
            ("https://example.org/health", "zstd", Ok(Encoding::Zstd)),
            ("https://example.org/health.TAR.GZ?v=2", "x-gzip", Ok(Encoding::Identity)),
            ("https://example.org/health.tar.zst", "zstd", Ok(Encoding::Identity)),
            ("https://example.org/health.zip", "identity", Ok(Encoding::Identity)),
            ("https://example.org/health.tar", "br", Err("br".to_owned())),
            ("https://example.org/health.tar", "gzip, gzip", Err("gzip, gzip".to_owned())),
        ];
        for (address, name, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            let head = Head { status: StatusCode::OK, headers };
            assert_eq!(Encoding::of(&head, &url(address)), expected, "{address} {name}");
        }
        assert_eq!(Encoding::wanted(&url("https://example.org/health.tar"), false), "gzip, zstd");
        assert_eq!(Encoding::wanted(&url("https://example.org/health.tar"), true), "identity");
        assert_eq!(Encoding::wanted(&url("https://example.org/health.zip"), false), "identity");
    }

    #[test]
    fn several_members_or_frames_are_one_file_and_damage_is_an_error() {
        let pack = |encoding, text: &[u8]| match encoding {
            Encoding::Gzip => {
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packer.write_all(text).unwrap();
                packer.finish().unwrap()
            }
            Encoding::Zstd => {
                ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
            }
            Encoding::Identity => text.to_vec(),
        };
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
