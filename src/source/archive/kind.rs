//! What kind of archive a file is, told by its first bytes and not by its name.

use tar::Header;

use super::error::ArchiveError;
use super::tar_stream::{BLOCK, is_header};

/// How many bytes tell the kind of a file.
pub(in crate::source) const HEAD: usize = BLOCK;

/// The kinds of archive that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Kind {
    Zip,
    Tar,
    TarGz,
    TarZst,
    TarXz,
}

/// What the first bytes of other kinds of file are, and what people call these.
const OTHERS: [(&[u8], &str); 16] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"LZIP", "an lzip (.lz) file"),
    (b"\x04\x22\x4d\x18", "an LZ4 file"),
    (b"\x1f\x9d", "a compress (.Z) file"),
    (b"\x89LZO\0\r\n\x1a\n", "an lzop file"),
    (b"\xff\x06\0\0sNaPpY", "a Snappy file"),
    (b"MSCF\0\0\0\0", "a cabinet (.cab) file"),
    (b"xar!", "a xar archive"),
    (b"!<arch>\n", "an ar archive"),
    (b"070701", "a cpio archive"),
    (b"070707", "a cpio archive"),
    (b"%PDF-", "a PDF"),
    (b"\x7fELF", PROGRAM),
    (b"#!", "a script or a self-extracting archive"),
];

/// What a program is called that may have an archive in it.
const PROGRAM: &str = "a program or a self-extracting archive";

/// Tells the kind of a file by its first [`HEAD`] bytes, or as many as it has.
///
/// # Errors
///
/// When it is no archive, or of a kind that is not read.
pub(in crate::source) fn tell(head: &[u8]) -> Result<Kind, ArchiveError> {
    match head {
        [] => Err(ArchiveError::Empty),
        // The first entry, the end of an archive without entries, and the mark of one in several parts.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Ok(Kind::Zip),
        [0x1f, 0x8b, ..] => Ok(Kind::TarGz),
        // A frame, or one to be skipped.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Kind::TarZst),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Ok(Kind::TarXz),
        _ if is_tar(head) => Ok(Kind::Tar),
        _ if is_web_page(head) && is_feed(head) => Err(ArchiveError::Feed),
        _ if is_web_page(head) => Err(ArchiveError::WebPage),
        _ => Err(other(head).map_or(ArchiveError::NoArchive, ArchiveError::OtherKind)),
    }
}

/// What people call a file that begins so, if it is of a kind that is known and not read.
fn other(head: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    match head {
        [b'M', b'Z', ..] if head.contains(&0) => Some(PROGRAM),
        // The properties that every program writes, a dictionary of less than 2 GiB, and a size that is less than 1 TiB or
        // unknown (LZMA SDK, lzma-specification.txt).
        [0x5d, 0, 0, _, 0..=0x7f, _, _, _, _, _, 0, 0, 0, ..]
        | [0x5d, 0, 0, _, 0..=0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ..] => Some(LZMA),
        // Deflate with a window of 32 KiB; the first two bytes are a multiple of 31 (RFC 1950). The third is that of no text.
        [0x78, 0x01 | 0x9c | 0xda, ..] => Some(ZLIB),
        [0x78, 0x5e, rest @ ..] if std::str::from_utf8(rest).is_err() => Some(ZLIB),
        _ => None,
    }
}

const LZMA: &str = "an LZMA file";
const ZLIB: &str = "a zlib (.zz) file";

/// What a file is that begins as nothing does but an archive or something compressed; `None` for what may be text.
pub(in crate::source) fn compressed(head: &[u8]) -> Option<&'static str> {
    match tell(head) {
        Ok(Kind::Zip) => Some("a zip file"),
        Ok(Kind::TarGz) => Some("a gzip file"),
        Ok(Kind::TarZst) => Some("a zstd file"),
        Ok(Kind::TarXz) => Some("an xz file"),
        Ok(Kind::Tar) if head.first().is_some_and(|byte| *byte != 0) => Some("a tar file"),
        Err(ArchiveError::OtherKind(name)) if head.get(4..10) == Some(b"1AY&SY") => Some(name),
        // What begins so in letters may be text.
        Err(ArchiveError::OtherKind(name))
            if head.iter().take(8).any(|byte| *byte < b'\t' || *byte > b'~') =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// Whether these are the first bytes of a tar file: a header whose sum is right, or the end of one without entries.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.first_chunk::<BLOCK>()
        .is_some_and(|block| block.iter().all(|byte| *byte == 0) || is_header(Header::from_byte_slice(block)))
}

/// Whether these are the first bytes of a page of HTML, or of XML, which no bundle begins with either.
fn is_web_page(head: &[u8]) -> bool {
    let text = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    matches!(text, [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..])
}

/// Whether a page of XML is a feed of news.
fn is_feed(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["<rss", "<feed", "<rdf:rdf"].iter().any(|element| head.contains(element))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_its_first_bytes() {
        let mut header = Header::new_ustar();
        header.set_cksum();
        let cases: [(&[u8], Kind); 8] = [
            (b"PK\x03\x04\x14", Kind::Zip),
            (b"PK\x05\x06", Kind::Zip),
            (b"\x1f\x8b\x08", Kind::TarGz),
            (b"\x28\xb5\x2f\xfd", Kind::TarZst),
            (b"\x50\x2a\x4d\x18", Kind::TarZst),
            (b"\xfd7zXZ\0", Kind::TarXz),
            (&[0; BLOCK], Kind::Tar),
            (header.as_bytes(), Kind::Tar),
        ];
        for (head, expected) in cases {
            assert_eq!(tell(head).unwrap(), expected, "{head:?}");
        }
    }

    #[test]
    fn what_is_no_archive_is_called_by_its_name() {
        let cases: [(&[u8], &str); 22] = [
            (b"\x04\x22\x4d\x18\x64\x40", "an LZ4 file"),
            (b"LZIP\x01", "an lzip (.lz) file"),
            (b"\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0", "an LZMA file"),
            (b"\x5d\0\0\0\x04\0\x28\0\0\0\0\0\0\0", "an LZMA file"),
            (b"\x78\x9c\xcb", "a zlib (.zz) file"),
            (b"\x78\x5e\xcb\x48", "a zlib (.zz) file"),
            (b"x^2 is a square", "not an archive"),
            (b"\x5dtext", "not an archive"),
            (b"MZ\x90\0\x03", "a program or a self-extracting archive"),
            (b"\x7fELF\x02", "a program or a self-extracting archive"),
            (b"#!/bin/sh\n", "a script or a self-extracting archive"),
            (b"", "is empty"),
            (b"<!DOCTYPE html><title>Guest Wi-Fi", "log-in page"),
            (b"\xef\xbb\xbf\r\n <HTML>", "web page"),
            (b"<?xml version='1.0'?>", "web page"),
            (b"<?xml version='1.0'?>\n<rss version='2.0'>", "a feed (RSS or Atom)"),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a feed (RSS or Atom)"),
            (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
            (b"BZh91AY", "bzip2"),
            (b"---\ntitle: One\n---\n", "not an archive"),
            (b"{\"error\": 404}", "not an archive"),
            (&[1; 600], "not an archive"),
        ];
        for (head, expected) in cases {
            let message = tell(head).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn what_is_compressed_is_told_from_text() {
        let mut header = Header::new_ustar();
        header.set_path("a.md").unwrap();
        header.set_cksum();
        let cases: [(&[u8], Option<&str>); 13] = [
            (b"\x1f\x8b\x08", Some("a gzip file")),
            (b"PK\x03\x04\x14", Some("a zip file")),
            (b"\x28\xb5\x2f\xfd", Some("a zstd file")),
            (b"\xfd7zXZ\0", Some("an xz file")),
            (header.as_bytes(), Some("a tar file")),
            (b"BZh91AY&SY\x12", Some("a bzip2 file")),
            (b"7z\xbc\xaf\x27\x1c", Some("a 7z archive")),
            (b"\x78\x9c\xcb", Some("a zlib (.zz) file")),
            (b"BZh is how bzip2 files begin", None),
            (b"%PDF- is how PDFs begin", None),
            (b"---\ntitle: One\n---\n", None),
            (b"<!DOCTYPE html>", None),
            (b"", None),
        ];
        for (head, expected) in cases {
            assert_eq!(compressed(head), expected, "{}", head.escape_ascii());
        }
    }
}
