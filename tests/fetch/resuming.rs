//! Downloads that broke off and go on.

use std::sync::{Arc, Mutex};

use crate::server::{Reply, Request, Server};
use crate::visit::{SITE, Visit, digest, gzip, long_bundle, noise};

const MONDAY: &str = "Mon, 01 Jun 2026 08:00:00 GMT";
const TUESDAY: &str = "Tue, 02 Jun 2026 08:00:00 GMT";
const WEDNESDAY: &str = "Wed, 03 Jun 2026 08:00:00 GMT";

#[test]
fn a_download_that_broke_off_goes_on_where_it_stopped() {
    let whole = long_bundle();
    let content = whole.clone();
    let server = Server::start(move |request| match request.range() {
        None => Reply::with_length(200, &[("ETag", "\"v1\"")], &content[..70_000], content.len()),
        Some(from) => {
            assert_eq!(request.header("if-range"), Some("\"v1\""));
            let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
            Reply::new(206, &[("ETag", "\"v1\""), ("Content-Range", &range)], &content[from..])
        }
    });
    let visit = Visit::to(&server);
    let new = visit.brings_new("http://news.example.org/x.zip");
    assert_eq!((new.bytes, new.sha256, new.resumed), (whole.len() as u64, digest(&whole), true));
    assert_eq!(visit.kept(), whole);
    assert_eq!(server.requests()[1].range(), Some(70_000));
}

#[test]
fn the_time_of_the_last_change_lets_a_download_go_on_too() {
    let whole = long_bundle();
    let content = whole.clone();
    let server = Server::start(move |request| match request.range() {
        None => {
            let headers = [("Last-Modified", MONDAY), ("Date", TUESDAY)];
            Reply::with_length(200, &headers, &content[..70_000], content.len())
        }
        Some(from) => {
            assert_eq!(request.header("if-range"), Some(MONDAY));
            let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
            Reply::new(206, &[("Last-Modified", MONDAY), ("Content-Range", &range)], &content[from..])
        }
    });
    let visit = Visit::to(&server);
    let new = visit.brings_new("http://news.example.org/x.zip");
    assert_eq!(visit.kept(), whole);
    assert_eq!(new.validators.last_modified.as_deref(), Some(MONDAY), "the next fetch costs nothing");
}

#[test]
fn a_later_fetch_goes_on_with_what_an_earlier_one_left_unless_it_was_of_another_bundle() {
    let whole = long_bundle();
    let content = whole.clone();
    let cut = Arc::new(Mutex::new(true));
    let is_cut = Arc::clone(&cut);
    let server = Server::start(move |request| match (request.range(), *is_cut.lock().unwrap()) {
        (Some(from), false) => {
            let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
            Reply::new(206, &[("ETag", "\"v1\""), ("Content-Range", &range)], &content[from..])
        }
        (None, false) => Reply::new(200, &[("ETag", "\"v1\"")], &content),
        (_, true) => Reply::with_length(200, &[("ETag", "\"v1\"")], &content[..70_000], content.len()),
    });
    let mut visit = Visit::to(&server);
    visit.options.limits.retries = 0;
    let line = "the connection broke off after 70.0 of 200.0 kB. Fetch again; it goes on where it stopped if the server allows that";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    assert_eq!(visit.kept().len(), 70_000);

    *cut.lock().unwrap() = false;
    visit.brings_new("http://news.example.org/x.zip");
    assert_eq!(server.requests().last().and_then(Request::range), Some(70_000));
    assert_eq!(visit.kept(), whole);

    *cut.lock().unwrap() = true;
    visit.fails("http://news.example.org/x.zip");
    *cut.lock().unwrap() = false;
    visit.brings_new("http://news.example.org/other.zip");
    assert_eq!(server.requests().last().and_then(Request::range), None);
}

#[test]
fn a_captive_portal_does_not_cost_half_a_download() {
    let whole = long_bundle();
    let content = whole.clone();
    let server = Server::start(move |request| match (request.earlier, request.range()) {
        (1, _) => Reply::new(200, &[("ETag", "\"portal\"")], b"<!doctype html>Please sign in"),
        (_, None) => Reply::with_length(200, &[("ETag", "\"v1\"")], &content[..70_000], content.len()),
        (_, Some(from)) => {
            let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
            Reply::new(206, &[("ETag", "\"v1\""), ("Content-Range", &range)], &content[from..])
        }
    });
    let visit = Visit::to(&server);
    let line = visit.fails("http://news.example.org/x.zip");
    assert!(line.contains("a web page came in place of the bundle"), "{line}");
    visit.brings_new("http://news.example.org/x.zip");
    assert_eq!(server.requests()[2].range(), Some(70_000));
    assert_eq!(visit.kept(), whole);
}

/// What a server answers, of a bundle that has changed, when it is asked to go on at a byte.
type Answer = fn(&[u8], usize) -> Reply;

#[test]
fn a_download_starts_over_when_the_bundle_changed_or_the_server_cannot_go_on() {
    let old = long_bundle();
    let new: Vec<u8> = old.iter().rev().copied().collect();
    let answers: [Answer; 4] = [
        // The bundle changed, and the server says so.
        |new, _| Reply::new(200, &[("ETag", "\"v2\"")], new),
        // It cannot be gone on with.
        |_, _| Reply::new(416, &[], b""),
        // Another part than the one asked for.
        |new, _| Reply::new(206, &[("Content-Range", "bytes 5-199999/200000")], &new[5..]),
        // A part of another version, from a server that does not look.
        |new, from| {
            let range = format!("bytes {from}-{}/{}", new.len() - 1, new.len());
            Reply::new(206, &[("ETag", "\"v2\""), ("Content-Range", &range)], &new[from..])
        },
    ];
    for answer in answers {
        let (old, sent) = (old.clone(), new.clone());
        let server = Server::start(move |request| match (request.earlier, request.range()) {
            (0, _) => Reply::with_length(200, &[("ETag", "\"v1\"")], &old[..70_000], old.len()),
            (_, Some(from)) => answer(&sent, from),
            (_, None) => Reply::new(200, &[("ETag", "\"v2\"")], &sent),
        });
        let visit = Visit::to(&server);
        visit.brings_new("http://news.example.org/x.zip");
        assert!(visit.kept() == new, "half of one bundle and half of another");
    }
}

#[test]
fn a_file_whose_own_packing_is_called_an_encoding_is_gone_on_with_and_one_packed_once_more_is_not() {
    for packed_for_the_way in [false, true] {
        let whole = gzip(&noise());
        let sent = if packed_for_the_way { gzip(&whole) } else { whole.clone() };
        let total = sent.len();
        let server = Server::start(move |request| {
            let same = [("ETag", "\"v1\""), ("Content-Encoding", "gzip")];
            match (request.earlier, request.range()) {
                (0, _) => Reply::with_length(200, &same, &sent[..total - 9], total),
                (_, Some(from)) => {
                    let range = format!("bytes {from}-{}/{total}", total - 1);
                    let headers = [&same[..], &[("Content-Range", range.as_str())]].concat();
                    Reply::new(206, &headers, &sent[from..])
                }
                (_, None) => Reply::new(200, &same, &sent),
            }
        });
        let visit = Visit::to(&server);
        visit.brings_new("http://news.example.org/x.tar.gz");
        assert!(visit.kept() == whole, "{packed_for_the_way}");
        let goes_on = server.requests()[1].range().is_some();
        assert_eq!((goes_on, server.requests().len()), (!packed_for_the_way, 2));
    }
}

/// The headers of a part.
type Headers = &'static [(&'static str, &'static str)];

#[test]
fn two_versions_are_never_put_together_though_a_server_ignores_if_range() {
    let first: [(&str, Headers); 3] = [
        ("a tag", &[("ETag", "\"v1\""), ("Last-Modified", MONDAY), ("Date", WEDNESDAY)]),
        ("a time", &[("Last-Modified", MONDAY), ("Date", WEDNESDAY)]),
        ("nothing", &[]),
    ];
    // What the server says of the part, and how many bytes of the new version there are by its account.
    let parts: [(&str, Headers, &str); 8] = [
        ("another time", &[("Last-Modified", TUESDAY)], "200000"),
        ("another tag", &[("ETag", "\"v2\"")], "200000"),
        ("another tag, the same time", &[("ETag", "\"v2\""), ("Last-Modified", MONDAY)], "200000"),
        ("the same tag, another time", &[("ETag", "\"v1\""), ("Last-Modified", TUESDAY)], "200000"),
        ("another length", &[("ETag", "\"v1\""), ("Last-Modified", MONDAY)], "200001"),
        ("no length", &[("ETag", "\"v1\""), ("Last-Modified", MONDAY)], "*"),
        ("a weak tag", &[("ETag", "W/\"v1\"")], "200000"),
        ("nothing", &[], "200000"),
    ];
    let old = long_bundle();
    let mut new: Vec<u8> = old.iter().rev().copied().collect();
    for (proof, first) in first {
        for (part, headers, total) in parts {
            new.resize(total.parse().unwrap_or(200_000), 0);
            let (old, sent) = (old.clone(), new.clone());
            let server = Server::start(move |request| match (request.earlier, request.range()) {
                (0, _) => Reply::with_length(200, first, &old[..70_000], old.len()),
                (_, Some(from)) => {
                    let range = format!("bytes {from}-{}/{total}", sent.len() - 1);
                    let headers = [headers, &[("Content-Range", range.as_str())]].concat();
                    Reply::new(206, &headers, &sent[from..])
                }
                (_, None) => Reply::new(200, &[], &sent),
            });
            let visit = Visit::to(&server);
            let brought = visit.brings_new("http://news.example.org/x.tar");
            assert!(visit.kept() == new && !brought.resumed, "{proof}, {part}");
        }
    }
}

#[test]
fn a_part_that_does_not_fit_what_is_pinned_makes_the_download_start_over() {
    let (old, new) = (long_bundle(), long_bundle().iter().rev().copied().collect::<Vec<u8>>());
    let pinned = digest(&new);
    let sent = new.clone();
    let server = Server::start(move |request| match (request.earlier, request.range()) {
        (0, _) => Reply::with_length(200, &[("ETag", "\"v1\"")], &old[..70_000], old.len()),
        (_, Some(from)) => {
            let range = format!("bytes {from}-{}/{}", sent.len() - 1, sent.len());
            // It lies about the version.
            Reply::new(206, &[("ETag", "\"v1\""), ("Content-Range", &range)], &sent[from..])
        }
        (_, None) => Reply::new(200, &[], &sent),
    });
    let visit = Visit::to(&server);
    visit.brings_new(&format!("http://news.example.org/x.zip#sha256={pinned}"));
    assert!(visit.kept() == new);
}
