//! Tells a web page and a feed from a bundle by their first bytes.

use super::error::Failure;

/// How many bytes are looked at.
pub(super) const SNIFFED: usize = 512;

/// Why a file that begins so is no bundle: it is a feed, or it begins as web pages do. No archive does: they begin with
/// bytes of their own, or, if a tar, with the name of a file and zeros.
pub(super) fn no_bundle(start: &[u8]) -> Option<Failure> {
    const FEEDS: [&[u8]; 3] = [b"<rss", b"<feed", b"<rdf:rdf"];
    const PAGES: [&[u8]; 12] = [
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
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start().to_ascii_lowercase();
    let is_feed = |start: &[u8]| FEEDS.iter().any(|element| start.starts_with(element));
    let is_xml = start.starts_with(b"<?xml") || start.starts_with(b"<!--");
    if is_feed(&start) || (is_xml && (1..start.len()).any(|at| is_feed(start.get(at..).unwrap_or_default())))
    {
        return Some(Failure::Feed);
    }
    PAGES.iter().any(|beginning| start.starts_with(beginning)).then_some(Failure::WebPage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_feeds_are_told_from_archives() {
        let pages: [&[u8]; 5] = [
            b"<!DOCTYPE html><html>",
            b"\xef\xbb\xbf\r\n  <HTML lang=en>",
            b"<!-- portal --><html>",
            b"<?xml version=\"1.0\"?><html xmlns=",
            b"\n<script>location='http://portal/'",
        ];
        for page in pages {
            assert!(matches!(no_bundle(page), Some(Failure::WebPage)), "{page:?}");
        }
        let feeds: [&[u8]; 4] = [
            b"<?xml version=\"1.0\"?>\n<!-- made by x -->\n<rss version=\"2.0\">",
            b"<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            b"\xef\xbb\xbf<?xml version='1.0'?><rdf:RDF xmlns:rdf=",
            b"<!-- made by x --><rss version=\"2.0\">",
        ];
        for feed in feeds {
            assert!(matches!(no_bundle(feed), Some(Failure::Feed)), "{feed:?}");
        }
        let archives: [&[u8]; 6] =
            [b"PK\x03\x04", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"items/one.md\0\0\0", b"<", b""];
        for archive in archives {
            assert!(no_bundle(archive).is_none(), "{archive:?}");
        }
    }
}
