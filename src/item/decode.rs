//! From the bytes of a file to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

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
    /// What the page itself says, as `<meta charset>` does.
    Declared,
    /// UTF-8 up to the line (counted from 1) that holds the first byte read as Windows-1252.
    Windows1252 {
        /// The line of the first such byte.
        line: u32,
    },
}

/// Decodes the bytes of a file: UTF-16 when a byte-order mark says so, else UTF-8, in which every byte that is
/// not UTF-8 is read as Windows-1252, the encoding of nearly all text on the Web that is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    for (mark, encoding) in [(b"\xff\xfe".as_slice(), UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, _) = encoding.decode_without_bom_handling(rest);
            return Decoded { text, other: Some(OtherEncoding::Utf16) };
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), other: None },
        Err(_) => declared(bytes).unwrap_or_else(|| decode_mixed(bytes)),
    }
}

/// The text of a page of HTML in the encoding that it names near its beginning
/// (<https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>). `None` where it
/// names none, or the bytes do not fit it.
fn declared(bytes: &[u8]) -> Option<Decoded<'_>> {
    const PRESCAN: usize = 1024;
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes)).to_ascii_lowercase();
    let is_page = head.trim_start().starts_with('<');
    let meta = head.split("<meta").skip(1).find_map(|meta| meta.split('>').next()?.split_once("charset"));
    let (_, behind) = meta.filter(|_| is_page)?;
    let name = behind.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let name = name
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | ';' | '/'))
        .next()?;
    let encoding = Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != UTF_8)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, other: Some(OtherEncoding::Declared) })
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
}
