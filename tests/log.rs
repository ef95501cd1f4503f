//! The log that can be asked for: it says what Rounds did, and nothing of what anybody reads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "a test says what is wrong by panicking"
)]
#![cfg(unix)]
#![cfg(test)]

mod support;

use std::fs;

use support::Article;
use support::program::rounds_at;
use support::pty::{Home, Pty};

const SIZE: (u16, u16) = (100, 30);

#[test]
fn the_log_says_what_each_part_did_and_nothing_of_what_is_read() {
    let home = Home::new();
    let article = Article::titled("Confidential heading")
        .link("https://news.example.org/private-address")
        .topics(&["Wards: Oncology"])
        .body("<p>Confidential sentence.</p>");
    home.write("news/confidential-name.md", &article.text());
    let log = home.path().join("rounds.log");
    let mut pty = Pty::spawn(
        &home,
        &[env!("CARGO_BIN_EXE_rounds"), "news"],
        SIZE,
        &[("ROUNDS_LOG", log.to_str().unwrap())],
    );
    pty.wait_for_text("Confidential heading");
    pty.keys("s<Enter>");
    pty.wait_for_text("Confidential sentence");
    pty.keys("q/confidential<Enter>q!");
    pty.wait_for_text("Problems");
    pty.keys("<C-c>");
    assert!(pty.wait_exit().success());
    let log = fs::read_to_string(&log).unwrap();
    for said in ["opened what is kept", "looked at the sources", "saved", "ended the visit"] {
        assert!(log.contains(said), "{said:?} is not in the log:\n{log}");
    }
    for private in ["onfidential", "private-address", "Oncology", "http", "\u{1b}"] {
        assert!(!log.contains(private), "{private:?} is in the log:\n{log}");
    }
}

#[test]
fn a_log_that_cannot_be_written_is_said_and_nothing_is_done() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_str().unwrap();
    let outcome = rounds_at(home.path(), ["--log", folder]);
    assert_eq!((outcome.status, outcome.out.as_str()), (1, ""));
    assert!(outcome.talk.contains("the log cannot be written") && outcome.talk.contains("Name another file"));
    let listed = rounds_at(home.path(), ["list", "--log", folder, folder]);
    assert_eq!(listed.status, 1);
}
