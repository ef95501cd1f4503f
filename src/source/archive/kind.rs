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
const OTHERS: [(&[u8], &str); 8] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"LZIP", "an lzip file"),
    (b"\x04\x22\x4d\x18", "an LZ4 file"),
    (b"\x1f\x9d", "a compress (.Z) file"),
    (b"%PDF-", "a PDF"),
    (b"\x7fELF", "a program"),
];

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
        _ if is_web_page(head) => Err(ArchiveError::WebPage),
        _ => Err(OTHERS
            .iter()
            .find(|(magic, _)| head.starts_with(magic))
            .map_or(ArchiveError::NoArchive, |(_, name)| ArchiveError::OtherKind(name))),
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
        let cases: [(&[u8], &str); 9] = [
            (b"", "is empty"),
            (b"<!DOCTYPE html><title>Guest Wi-Fi", "log-in page"),
            (b"\xef\xbb\xbf\r\n <HTML>", "web page"),
            (b"<?xml version='1.0'?>", "web page"),
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
}
