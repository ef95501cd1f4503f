//! From the bytes of a file to text.

use std::borrow::Cow;

use encoding_rs::{ISO_2022_JP, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::charset::declared;

/// Text, and what was found about the bytes it was decoded from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    /// The text, without a byte-order mark.
    pub text: Cow<'a, str>,
    /// What the bytes were, when they were not UTF-8.
    pub other: Option<OtherEncoding>,
}

/// What bytes that are not UTF-8 were read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherEncoding {
    /// UTF-16, as a byte-order mark said.
    Utf16,
    /// UTF-8 up to the line (counted from 1) that holds the first byte read as Windows-1252.
    Windows1252 {
        /// The line of the first such byte.
        line: u32,
    },
}

/// Decodes the bytes of a file: UTF-16 when a byte-order mark says so, else UTF-8. What is not UTF-8 is in the encoding
/// that an HTML file says it is in; where it says none, every byte that is not UTF-8 is read as Windows-1252, the encoding
/// of nearly all text on the Web that is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    for (mark, encoding) in [(b"\xff\xfe".as_slice(), UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, _) = encoding.decode_without_bom_handling(rest);
            return Decoded { text, other: Some(OtherEncoding::Utf16) };
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let declared = declared(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if declared != Some(ISO_2022_JP) => Decoded { text: Cow::Borrowed(text), other: None },
        Ok(_) | Err(_) => match declared {
            Some(encoding) => Decoded { text: encoding.decode_without_bom_handling(bytes).0, other: None },
            None => decode_mixed(bytes),
        },
    }
}

fn decode_mixed(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len().saturating_add(bytes.len() / 4));
    let mut line = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            line.get_or_insert_with(|| line_at_end(&text));
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let other = line.map(|line| OtherEncoding::Windows1252 { line });
    Decoded { text: Cow::Owned(text), other }
}

/// The beginning of a text: at most so many bytes, and no character cut through.
pub(super) fn head(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The line, counted from 1, on which a text ends.
pub(super) fn line_at_end(text: &str) -> u32 {
    let line_feeds = text.bytes().filter(|byte| *byte == b'\n').count();
    u32::try_from(line_feeds).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_whatever_they_are() {
        let windows = |line| Some(OtherEncoding::Windows1252 { line });
        let cases: &[(&[u8], &str, Option<OtherEncoding>)] = &[
            (b"", "", None),
            ("caf\u{e9}".as_bytes(), "café", None),
            (b"\xef\xbb\xbf---", "---", None),
            (b"\xff\xfeH\x00i\x00", "Hi", Some(OtherEncoding::Utf16)),
            (b"\xfe\xff\x00H\x00i", "Hi", Some(OtherEncoding::Utf16)),
            (b"one\ncaf\xe9 \x93x\x94", "one\ncafé “x”", windows(2)),
            (b"caf\xc3\xa9 caf\xe9", "café café", windows(1)),
            (b"\xe2\x80", "â€", windows(1)),
            (b"\xff\xfeH", "\u{fffd}", Some(OtherEncoding::Utf16)),
        ];
        for (bytes, text, other) in cases {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.other), (*text, *other), "{bytes:?}");
        }
    }

    #[test]
    fn a_page_is_in_the_encoding_that_it_says_it_is_in() {
        let cases: &[(&str, &[u8], &str)] = &[
            ("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("gb2312", b"\xd2\xbd\xc1\xc6", "医疗"),
            ("Shift_JIS", b"\x88\xe3\x97\xc3\x83\\", "医療ソ"),
            ("iso-2022-jp", b"\x1b$B0eNE\x1b(B", "医療"),
            // It says so, and is not.
            ("windows-1251", "Привет".as_bytes(), "Привет"),
            ("utf-8", b"caf\xe9", "café"),
        ];
        for (charset, bytes, text) in cases {
            let page = [format!("<meta charset={charset}><p>").as_bytes(), bytes].concat();
            let decoded = decode(&page);
            assert_eq!(decoded.text, format!("<meta charset={charset}><p>{text}"));
            assert_eq!(decoded.other.is_some(), *charset == "utf-8");
        }
    }
}
