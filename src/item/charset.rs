//! The encoding that an HTML file says it is in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// How many bytes are looked at, as many as browsers look at (HTML, "prescan a byte stream to determine its encoding").
const LOOKED_AT: usize = 1024;

/// The encoding that an HTML file says it is in, in a `<meta>` element or in the declaration of XML; `None` where it says
/// none, or UTF-8, or one that it cannot be in, because the words that say so can be read.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes).to_ascii_lowercase();
    if !start.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let start = String::from_utf8_lossy(&start);
    let xml = start.trim_start().strip_prefix("<?xml").and_then(|rest| label(rest, "encoding"));
    let label = xml.or_else(|| start.split("<meta").skip(1).find_map(|rest| label(rest, "charset")))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    let is_other = ![UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED].contains(&encoding);
    ((is_other && encoding.is_ascii_compatible()) || is_of_escapes(encoding, bytes)).then_some(encoding)
}

/// Whether a file is in an encoding that is marked by escape sequences, all of it bytes of ASCII (ISO-2022-JP).
fn is_of_escapes(encoding: &Encoding, bytes: &[u8]) -> bool {
    encoding == encoding_rs::ISO_2022_JP && bytes.windows(2).any(|pair| matches!(pair, b"\x1b$" | b"\x1b("))
}

/// What stands behind a name and an equals sign, before the end of a tag.
fn label<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let tag = rest.split('>').next()?;
    let (_, value) = tag.split_once(name)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    value.split(|character: char| character.is_ascii_whitespace() || "\"';/".contains(character)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_told_where_a_page_says_one() {
        let cases = [
            ("<!DOCTYPE html><meta charset=windows-1251>", Some("windows-1251")),
            ("<html><head><META Charset='Shift_JIS' />", Some("Shift_JIS")),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">", Some("GBK")),
            ("<meta name=viewport content=x><meta charset = \"koi8-r\">", Some("KOI8-R")),
            ("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>", Some("ISO-8859-2")),
            ("<meta charset=utf-8>", None),
            ("<meta charset=utf-16>", None),
            ("<meta charset=klingon>", None),
            ("<meta charset=iso-2022-jp>", None),
            ("<meta name=charset><p>=windows-1251", None),
            ("charset=windows-1251", None),
            ("---\ntitle: x\n---\n<meta charset=windows-1251>", None),
            ("", None),
        ];
        for (start, expected) in cases {
            assert_eq!(declared(start.as_bytes()).map(Encoding::name), expected, "{start}");
        }
        let far = format!("<!-- {} --><meta charset=windows-1251>", "x".repeat(LOOKED_AT));
        assert_eq!(declared(far.as_bytes()), None);
        let japanese = b"<meta charset=iso-2022-jp><p>\x1b$B$\"\x1b(B";
        assert_eq!(declared(japanese).map(Encoding::name), Some("ISO-2022-JP"));
    }
}
