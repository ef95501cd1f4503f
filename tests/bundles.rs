//! The reader on a bundle, in a pseudo-terminal.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

#[cfg(test)]
mod support;

use std::process::Command;

use support::Article;
use support::pty::{Home, Pty};

const ROUNDS: &str = env!("CARGO_BIN_EXE_rounds");

/// A home directory with a folder of items.
fn home() -> Home {
    let home = Home::new();
    for (path, title) in [("news/one.md", "The first one"), ("news/two.md", "The second one")] {
        home.write(
            path,
            &Article::titled(title).dated("2026-11-20").body(&format!("<p>Text of {title}.</p>")).text(),
        );
    }
    home.write(
        "news/bundle.yaml",
        "name: Ward news\ndescription: What the ward should read.\nupdated: 2026-11-21\n",
    );
    home
}

fn pack(home: &Home) {
    let packed =
        Command::new(ROUNDS).args(["pack", "news", "-o", "news.tar.zst"]).current_dir(home.path()).output();
    assert!(packed.unwrap().status.success());
}

#[test]
fn a_bundle_is_read_like_a_folder_and_is_called_what_it_calls_itself() {
    let home = home();
    pack(&home);
    let mut pty = Pty::spawn(&home, &[ROUNDS, "news.tar.zst"], (100, 30), &[]);
    pty.wait_for_text("Ward news › All");
    pty.wait_for_text("What the ward should read. Updated 21 November 2026.");
    pty.keys("j<Enter>");
    pty.wait_for_text("Text of The second one.");
    pty.keys("v");
    pty.wait_for_text("title: The second one");
}

#[test]
fn a_new_bundle_says_what_is_new_in_it_and_keeps_the_marks() {
    let home = home();
    pack(&home);
    let mut pty = Pty::spawn(&home, &[ROUNDS, "news.tar.zst"], (100, 30), &[]);
    pty.wait_for_text("Ward news › All");
    pty.wait_for_text("2 unread of 2");
    pty.keys("s<Enter>");
    pty.wait_for_text("1 unread of 2");
    home.write("news/three.md", &Article::titled("The third one").dated("2026-11-21").text());
    pack(&home);
    pty.keys("qr");
    pty.wait_for_text("1 new.");
    pty.wait_for("the marks", |screen| {
        screen
            .contents()
            .lines()
            .any(|row| row.contains("The first one") && row.contains('★') && !row.contains('●'))
    });
}

#[test]
fn a_bundle_that_is_replaced_is_read_by_itself() {
    let home = home();
    pack(&home);
    let mut pty = Pty::spawn(&home, &[ROUNDS, "news.tar.zst"], (100, 30), &[]);
    pty.wait_for_text("2 unread of 2");
    home.write("news/three.md", &Article::titled("The third one").dated("2026-11-21").text());
    pack(&home);
    pty.wait_for_text("1 new.");
    pty.wait_for_text("The third one");
}
