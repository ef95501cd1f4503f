//! What servers answer, and what a person is told of it.

use std::fs;
use std::ops::ControlFlow;

use rounds::remote::{Fetched, Validators};

use crate::server::{Reply, Server};
use crate::visit::{BUNDLE, SITE, Visit, digest, long_bundle};

const MONDAY: &str = "Mon, 01 Jun 2026 08:00:00 GMT";

#[test]
fn a_bundle_is_fetched_once_and_an_unchanged_one_costs_nothing() {
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"v1\"") => Reply::new(304, &[("ETag", "\"v1\"")], b""),
        _ => Reply::new(200, &[("ETag", "\"v1\""), ("Last-Modified", MONDAY)], BUNDLE),
    });
    let visit = Visit::to(&server);
    let new = visit.brings_new("http://news.example.org/health.zip");
    assert_eq!((new.bytes, new.sha256, new.site.as_str()), (BUNDLE.len() as u64, digest(BUNDLE), SITE));
    assert_eq!(visit.kept(), BUNDLE);
    assert_eq!(visit.files(), ["partial"]);
    fs::remove_file(visit.partial()).unwrap();
    let known = new.validators;
    assert_eq!(known.last_modified.as_deref(), Some(MONDAY));
    assert_eq!(
        visit.fetch_known("http://news.example.org/health.zip", &known).unwrap(),
        Fetched::NotModified
    );
    assert!(visit.files().is_empty());
    let second = server.requests()[1].clone();
    assert_eq!(second.header("if-modified-since"), None, "the tag is more exact");
    let dated = Validators { etag: None, ..known };
    visit.fetch_known("http://news.example.org/health.zip", &dated).unwrap();
    assert_eq!(server.requests()[2].header("if-modified-since"), Some(MONDAY));
    assert_eq!(second.header("user-agent"), Some(concat!("rounds/", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn what_is_known_of_a_version_and_cannot_be_sent_counts_as_nothing() {
    let server = Server::start(|_| Reply::new(200, &[("ETag", "\"v2\"")], BUNDLE));
    let long = "x".repeat(2000);
    for text in ["\"a\r\nHost: b\"", "\"\u{1b}[2J\"", "\"é\"", "", &long] {
        let visit = Visit::to(&server);
        let known = Validators { etag: Some(text.to_owned()), last_modified: Some(text.to_owned()) };
        // So does what lies beside a download that broke off.
        let origin = serde_json::json!({ "address": "http://news.example.org/x.zip", "proof": text });
        fs::write(visit.partial(), "half").unwrap();
        fs::write(visit.partial().with_extension("json"), origin.to_string()).unwrap();
        let fetched = visit.fetch_known("http://news.example.org/x.zip", &known);
        assert!(matches!(fetched, Ok(Fetched::New(_))), "{text:?}: {fetched:?}");
        let request = server.requests().pop().unwrap();
        for header in ["if-none-match", "if-modified-since", "if-range", "range"] {
            assert_eq!(request.header(header), None, "{text:?}");
        }
    }
}

#[test]
fn every_status_gives_a_line_that_says_what_to_do() {
    let cases = [
        (
            401,
            "it asks for a name and a password (status 401). Write them into the address: https://name:password@host/…",
        ),
        (403, "it does not allow you to fetch this (status 403). Ask its publisher for access"),
        (404, "there is nothing at this address (status 404). Check its spelling, or ask its publisher"),
        (410, "the bundle was taken away for good (status 410). Ask its publisher for a new address"),
        (500, "the server failed (status 500). Try again later, or tell the owner of the site"),
        (511, "this network asks you to sign in (status 511). Do so in a browser, and fetch again"),
        (
            204,
            "the server did not send the bundle (status 204). Check the address, or tell the owner of the site",
        ),
        (
            304,
            "the server did not send the bundle (status 304). Check the address, or tell the owner of the site",
        ),
    ];
    for (status, line) in cases {
        let server = Server::start(move |_| Reply::new(status, &[("Content-Encoding", "br")], b""));
        let visit = Visit::to(&server);
        assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
        assert_eq!(server.requests().len(), 1, "{status} is not worth a second try");
    }
}

#[test]
fn a_wrong_password_is_told_from_a_missing_one() {
    let server = Server::start(|request| match request.target.as_str() {
        "/elsewhere" => Reply::redirect("http://other.example.org/x.zip"),
        _ => Reply::new(401, &[("WWW-Authenticate", "Basic realm=\"news\"")], b""),
    });
    let visit = Visit::to(&server);
    let wrong = "the server does not accept the name and the password in the address (status 401). Correct them there, or ask the publisher of the bundle";
    let missing = "it asks for a name and a password (status 401). Write them into the address: https://name:password@host/…";
    let elsewhere = "news.example.org (redirected to other.example.org)";
    let cases = [
        ("http://me:secret@news.example.org/x.zip", SITE, wrong),
        ("http://me@news.example.org/x.zip", SITE, wrong),
        ("http://news.example.org/x.zip", SITE, missing),
        ("http://me:secret@news.example.org/elsewhere", elsewhere, missing),
    ];
    for (address, site, line) in cases {
        assert_eq!(visit.fails(address), format!("{site}: {line}"));
    }
}

#[test]
fn what_is_not_what_the_address_pins_is_refused_and_not_kept() {
    // The server says that it is shorter than it is: what comes is what it says, and that is not all.
    let server = Server::start(|_| Reply::with_length(200, &[("ETag", "\"v1\"")], BUNDLE, BUNDLE.len() - 5));
    let visit = Visit::to(&server);
    let pinned = digest(BUNDLE);
    let found = digest(&BUNDLE[..BUNDLE.len() - 5]);
    let line = format!(
        "{SITE}: what came is not the bundle that the address pins (its sha256 begins with {}, not {}). Ask its publisher for the new address",
        found.short(),
        pinned.short()
    );
    assert_eq!(visit.fails(&format!("http://news.example.org/x.zip#sha256={pinned}")), line);
    assert_eq!(visit.kept(), b"");
}

#[test]
fn a_server_that_promises_more_than_it_sends_is_found_out() {
    let server = Server::start(|_| Reply::with_length(200, &[], BUNDLE, BUNDLE.len() + 5));
    let visit = Visit::to(&server);
    let line = "the connection broke off after 59 of 64 bytes. Fetch again; it goes on where it stopped if the server allows that";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    let empty = Server::start(|_| Reply::new(200, &[], b""));
    let line = "the server sent an empty file. Tell its publisher";
    assert_eq!(Visit::to(&empty).fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
}

#[test]
fn progress_tells_what_there_is_in_all() {
    let whole = long_bundle();
    let server = Server::start(move |_| Reply::new(200, &[], &whole));
    let visit = Visit::to(&server);
    let mut seen = Vec::new();
    visit
        .fetch_with("http://news.example.org/x.zip", &Validators::default(), &mut |progress| {
            seen.push(progress);
            ControlFlow::Continue(())
        })
        .unwrap();
    let last = seen.last().unwrap();
    assert_eq!((last.bytes, last.total), (200_000, Some(200_000)));
    assert!(seen.iter().is_sorted_by_key(|progress| progress.bytes));
    assert!(last.line().starts_with("200.0 of 200.0 kB"), "{}", last.line());
}

#[test]
fn a_captive_portal_is_told_from_a_bundle() {
    let server = Server::start(|_| {
        let page = b"\n<!DOCTYPE html><html><title>Guest Wi-Fi</title>Please sign in";
        Reply::new(200, &[("Content-Type", "application/zip"), ("ETag", "\"v1\"")], page)
    });
    let visit = Visit::to(&server);
    let line = "a web page came in place of the bundle. If this network asks you to sign in, do so in a browser and fetch again; otherwise check the address";
    assert_eq!(visit.fails("http://news.example.org/x.zip"), format!("{SITE}: {line}"));
    assert_eq!(visit.kept(), b"");
}

#[test]
fn a_feed_is_not_called_a_page_to_sign_in_on() {
    let server = Server::start(|_| {
        let feed = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>News";
        Reply::new(200, &[("Content-Type", "application/rss+xml")], feed)
    });
    let line = "this is a feed (RSS or Atom), which Rounds does not read. Ask its publisher for a bundle of the items";
    assert_eq!(Visit::to(&server).fails("http://news.example.org/feed.xml"), format!("{SITE}: {line}"));
}

#[test]
fn what_is_no_http_is_said_to_be_none() {
    let server = Server::start(|_| Reply::raw(b"220 mail.example.org ESMTP\x1b]0;x\x07\r\n"));
    let visit = Visit::to(&server);
    let line = visit.fails("http://news.example.org/x.zip");
    let start = format!("{SITE}: the server's answer makes no sense (");
    assert!(line.starts_with(&start) && !line.contains(char::is_control), "{line:?}");
}
