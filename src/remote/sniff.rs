//! Tells a web page from a bundle by its first bytes.

/// How many bytes are looked at.
pub(super) const SNIFFED: usize = 512;

/// Whether a file begins as web pages do. No archive does: they begin with bytes of their own, or, if a tar, with
/// the name of a file and zeros.
pub(super) fn is_web_page(start: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 12] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<title",
        b"<meta",
        b"<body",
        b"<script",
        b"<style",
        b"<!--",
        b"<?xml",
        b"<h1",
        b"<p>",
    ];
    let start = start.get(..SNIFFED).unwrap_or(start);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    BEGINNINGS.iter().any(|beginning| {
        start.get(..beginning.len()).is_some_and(|found| found.eq_ignore_ascii_case(beginning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_archives() {
        let pages: [&[u8]; 5] = [
            b"<!DOCTYPE html><html>",
            b"\xef\xbb\xbf\r\n  <HTML lang=en>",
            b"<!-- portal --><html>",
            b"<?xml version=\"1.0\"?><html xmlns=",
            b"\n<script>location='http://portal/'",
        ];
        for page in pages {
            assert!(is_web_page(page), "{page:?}");
        }
        let archives: [&[u8]; 6] =
            [b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"items/one.md\0\0\0", b"<", b""];
        for archive in archives {
            assert!(!is_web_page(archive), "{archive:?}");
        }
    }
}
