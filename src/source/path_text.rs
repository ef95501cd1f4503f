//! Paths as text, without losing the names that are not Unicode.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A path as text, with `/` between its parts.
///
/// Bytes that are not UTF-8 are written as `\xE9`, so that two names never become one and the path can be
/// found again. Everything else is as the file system has it: not safe to draw.
pub fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for component in path.components() {
        if !text.is_empty() && !text.ends_with('/') {
            text.push('/');
        }
        push_bytes(&mut text, component.as_os_str().as_encoded_bytes());
    }
    text
}

/// Adds a name to a text, with its bytes that are not UTF-8 as `\xE9`.
pub(super) fn push_bytes(text: &mut String, name: &[u8]) {
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing into a String cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
}

/// The path that [`path_text`] wrote as this text, where it had to write a byte as `\xE9`.
#[cfg(unix)]
pub(super) fn escaped_path(text: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;

    let mut bytes = Vec::with_capacity(text.len());
    let mut pieces = text.split("\\x");
    bytes.extend_from_slice(pieces.next()?.as_bytes());
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let (Some(byte @ 0x80..), Some(rest)) = (byte, piece.get(2..)) {
            bytes.push(byte);
            bytes.extend_from_slice(rest.as_bytes());
        } else {
            bytes.extend_from_slice(b"\\x");
            bytes.extend_from_slice(piece.as_bytes());
        }
    }
    (bytes != text.as_bytes()).then(|| PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

/// Only Unix has file names of any bytes.
#[cfg(not(unix))]
pub(super) fn escaped_path(_text: &str) -> Option<PathBuf> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn names_that_are_not_unicode_survive_the_way_to_text_and_back() {
        for bytes in [&b"caf\xe9.md"[..], b"a/\xff\xfe/b.md", b"\xc3\x28.md", b"back\\xslash\xe9.md"] {
            let path = Path::new(OsStr::from_bytes(bytes));
            let text = path_text(path);
            assert_eq!(escaped_path(&text).as_deref(), Some(path), "{text}");
        }
    }

    #[test]
    fn names_that_differ_stay_different() {
        let [one, other] =
            [&b"caf\xe8.md"[..], b"caf\xe9.md"].map(|bytes| path_text(Path::new(OsStr::from_bytes(bytes))));
        assert_ne!(one, other);
        assert_eq!(other, "caf\\xE9.md");
    }

    #[test]
    fn unicode_names_are_left_alone() {
        assert_eq!(path_text(Path::new("news/café.md")), "news/café.md");
        assert_eq!(escaped_path("news/café.md"), None);
        assert_eq!(escaped_path("odd\\xZZ\\x41.md"), None);
    }
}
