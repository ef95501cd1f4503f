//! The reader on a bundle from the web, in a pseudo-terminal, and a server on loopback that does what servers do.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by panicking"
)]

#[path = "fetch/certificate.rs"]
mod certificate;
#[cfg(test)]
mod support;

use std::fs;
use std::process::Command;
use std::time::Duration;

use support::Article;
use support::pty::{Home, Pty};
use support::server::{Reply, Server};
use support::site::{Script, Site, holding};

const ROUNDS: &str = env!("CARGO_BIN_EXE_rounds");
const SIZE: (u16, u16) = (120, 40);

/// A home directory in which nothing is waited for longer than a test can.
fn home() -> Home {
    let home = Home::new();
    home.write(
        "config/rounds/config.toml",
        "[limits]\nretries = 0\nfirst_byte_seconds = 0.4\nstall_seconds = 0.4\nwhole_seconds = 10\n\
         retry_after_seconds = 1\nredirects = 3\nwire_bytes = 1_000_000\ndecoded_bytes = 2_000_000\n",
    );
    home
}

/// A bundle of items with these titles, the last one the newest.
fn bundle(home: &Home, titles: &[&str]) -> Vec<u8> {
    let folder = home.path().join("news");
    let _ = fs::remove_dir_all(&folder);
    for (day, title) in (1..).zip(titles) {
        let slug = title.to_lowercase().replace(' ', "-");
        let article = Article::titled(title)
            .dated(&format!("2026-11-{day:02}"))
            .link(&format!("https://www.healthcareitnews.com/news/{slug}"))
            .body(&format!("<p>Text of {title}.</p>"));
        home.write(&format!("news/{slug}.md"), &article.text());
    }
    let packed =
        Command::new(ROUNDS).args(["pack", "news", "-o", "news.tar.zst"]).current_dir(home.path()).output();
    assert!(packed.unwrap().status.success());
    let bytes = fs::read(home.path().join("news.tar.zst")).unwrap();
    fs::remove_file(home.path().join("news.tar.zst")).unwrap();
    bytes
}

fn open(home: &Home, address: &str) -> Pty {
    Pty::spawn(home, &[ROUNDS, address], SIZE, &[])
}

#[test]
fn an_address_is_all_that_somebody_has_to_know() {
    let home = home();
    let site = Site::with(bundle(&home, &["One", "Two"]));
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("2 unread of 2");
    pty.keys("<Enter>");
    pty.wait_for_text("Text of Two.");
    pty.keys("v");
    pty.wait_for_text("title: Two");
}

#[test]
fn the_next_start_has_the_last_copy_though_the_server_is_gone() {
    let home = home();
    let site = Site::with(bundle(&home, &["One", "Two"]));
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("2 unread of 2");
    pty.keys("s<Enter>");
    pty.wait_for_text("Text of Two.");
    pty.keys("<C-c>");
    assert!(pty.wait_exit().success());
    site.now(|_| Reply::silence());
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("old · fetching");
    pty.wait_for_text("Text of Two.");
    pty.wait_for_text("the server sent nothing for 400 ms (limits.first_byte_seconds)");
    pty.keys("k");
    pty.wait_for_text("as of");
    pty.wait_for("the mark of the last visit", |screen| {
        screen.contents().lines().any(|row| row.contains("Two") && row.contains('★'))
    });
}

#[test]
fn r_brings_the_new_bundle_and_says_what_is_new() {
    let home = home();
    let site = Site::with(bundle(&home, &["One", "Two", "Three"]));
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("3 unread of 3");
    pty.keys("r");
    pty.wait_for_text("Nothing has changed: 3 items.");
    let known =
        site.server.requests().last().and_then(|request| request.header("if-none-match").map(str::to_owned));
    assert!(known.is_some(), "an unchanged bundle costs nothing");
    site.now(holding(bundle(&home, &["One", "Three", "Four"])));
    pty.keys("r");
    pty.wait_for_text("1 new, 1 changed, 1 gone.");
    pty.wait_for_text("Four");
}

#[test]
fn whatever_a_server_does_is_one_line_and_the_items_stay() {
    let home = home();
    let good = bundle(&home, &["One", "Two"]);
    let site = Site::with(good.clone());
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("2 unread of 2");
    let cut = good[..good.len() / 2].to_vec();
    let whole = good.clone();
    let own = site.address();
    let zeros = gzip(&vec![0; 3_000_000]);
    let answers: Vec<(Script, &str)> = vec![
        (Box::new(|_| Reply::new(401, &[], b"")), "it asks for a name and a password (status 401)"),
        (Box::new(|_| Reply::new(404, &[], b"")), "there is nothing at this address (status 404)"),
        (Box::new(|_| Reply::new(429, &[("Retry-After", "7200")], b"")), "is busy and asks to wait 2 h"),
        (Box::new(|_| Reply::new(500, &[], b"")), "the server failed (status 500)"),
        (Box::new(move |_| Reply::redirect(&own)), "it redirects more than 3 times (limits.redirects)"),
        (Box::new(|_| Reply::redirect("file:///etc/passwd")), "redirect"),
        (
            Box::new(|_| Reply::new(200, &[], b"<!DOCTYPE html><title>Guest Wi-Fi</title>")),
            "a web page came in place",
        ),
        (
            Box::new(move |_| Reply::with_length(200, &[], &whole, whole.len() + 9)),
            "the connection broke off",
        ),
        (Box::new(move |_| Reply::new(200, &[], &cut)), "it is cut off"),
        (Box::new(|_| Reply::with_length(200, &[], b"PK\x03\x04", 90).then_stall()), "stalled for 400 ms"),
        (
            Box::new(|_| {
                Reply::with_length(200, &[], b"PK\x03\x04", 90_000).then_drip(Duration::from_millis(20))
            }),
            "stalled for 400 ms",
        ),
        (Box::new(move |_| Reply::new(200, &[("Content-Encoding", "gzip")], &zeros)), "grows beyond 2 MB"),
        (Box::new(|_| Reply::raw(b"SSH-2.0-OpenSSH_9.2\r\n")), "the server's answer makes no sense"),
        (Box::new(|_| Reply::new(200, &[], b"Rar!\x1a\x07\x00 and so on")), "which Rounds does not read"),
    ];
    for (answer, line) in answers {
        site.now(answer);
        pty.keys("r");
        pty.wait_for_text(line);
        pty.wait_for("the items of before", |screen| {
            let screen = screen.contents();
            screen.contains("One") && screen.contains("Two") && screen.contains(" old.")
        });
        pty.keys("k");
        pty.wait_for("the line to go", |screen| !screen.contents().contains(line));
    }
    site.now(holding(bundle(&home, &["One", "Two", "Three"])));
    pty.keys("r");
    pty.wait_for_text("1 new.");
    pty.wait_for("a header without the age", |screen| !screen.contents().contains("as of"));
}

#[test]
fn a_first_fetch_that_fails_says_so_and_r_tries_again() {
    let home = home();
    let site = Site::with(bundle(&home, &["One"]));
    site.now(|_| Reply::new(404, &[], b""));
    let mut pty = open(&home, &site.address());
    pty.wait_for_text("there is nothing at this address (status 404)");
    pty.wait_for_text("Nothing has been fetched yet.");
    site.now(holding(bundle(&home, &["One", "Two"])));
    pty.keys("r");
    pty.wait_for_text("2 unread of 2");
    // What comes with the first fetch is not news.
    pty.keys("tnew since<Enter>");
    pty.wait_for_text("Nothing is new since your last visit.");
}

#[test]
fn a_site_that_nobody_vouches_for_is_not_believed() {
    let server = Server::start_tls(certificate::tls(&certificate::certificate("localhost", 2050)), |_| {
        Reply::new(200, &[], b"never sent")
    });
    let home = home();
    let mut pty = open(&home, &format!("https://localhost:{}/health.zip", server.address.port()));
    pty.wait_for("the certificate", |screen| screen.contents().contains("certificate"));
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let home = home();
    let command = [ROUNDS, "https://news.example.org/health.zip"];
    let mut pty = Pty::spawn(&home, &command, SIZE, &[("HTTPS_PROXY", "http://127.0.0.1:1")]);
    pty.wait_for_text("the proxy 127.0.0.1:1 cannot be reached");
}

#[test]
fn several_sources_are_one_list_and_each_is_a_topic() {
    let home = home();
    let site = Site::with(bundle(&home, &["One", "Two"]));
    home.write("ward/three.md", &Article::titled("Three").dated("2026-11-20").text());
    for (name, location) in
        [("health", site.address()), ("ward", home.path().join("ward").display().to_string())]
    {
        let mut add = Pty::spawn(&home, &[ROUNDS, "add", name, &location], SIZE, &[]);
        assert!(add.wait_exit().success());
    }
    let mut pty = Pty::spawn(&home, &[ROUNDS], SIZE, &[]);
    pty.wait_for_text("2 sources › All");
    pty.wait_for_text("3 unread of 3");
    pty.wait_for("a topic for each", |screen| {
        let screen = screen.contents();
        let shows =
            |name: &str, count: &str| screen.lines().any(|row| row.contains(name) && row.contains(count));
        shows("Sources", " 3 │") && shows("health", " 2 │") && shows("ward", " 1 │")
    });
    home.write("ward/four.md", &Article::titled("Four").dated("2026-11-21").text());
    pty.wait_for_text("1 new.");
    site.now(|_| Reply::new(404, &[], b""));
    pty.keys("r");
    pty.wait_for_text("there is nothing at this address (status 404)");
    pty.wait_for_text("4 unread of 4");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
