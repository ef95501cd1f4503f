//! The README's pictures: the real program in a real terminal, drawn as SVG. The test fails when the program no longer
//! looks like them; `ROUNDS_PICTURE=write cargo test --test picture` draws them again.

#![cfg(unix)]

#[path = "../support/mod.rs"]
#[cfg(test)]
mod support;
#[cfg(test)]
mod svg;

use std::{env, fs};

use support::pty::{Home, Pty};

/// Draws the sample at a size, and compares it with a picture that is kept.
#[cfg(test)]
fn compare(picture: &str, size: (u16, u16), last_key: &str) {
    let home = Home::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-feed");
    let command = [env!("CARGO_BIN_EXE_rounds"), "--theme", "dark", sample];
    let mut pty = Pty::spawn(&home, &command, size, &[]);
    pty.wait_for_text("37 unread of 37");
    // The footer is the last thing that is drawn, so when it has changed the whole frame is there.
    pty.keys("?");
    pty.wait_for_text("Enter do it");
    pty.keys("<Esc>");
    pty.wait_for_text(last_key);
    if size.1 > 30 {
        pty.wait_for_text("With considerable pressure");
    }
    let drawn = svg::draw(pty.screen());
    pty.keys("q");
    pty.wait_exit();
    let path = format!("{}/tests/picture/{picture}", env!("CARGO_MANIFEST_DIR"));
    if env::var_os("ROUNDS_PICTURE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        drawn == kept,
        "the program looks different now: look at it, then ROUNDS_PICTURE=write cargo test --test picture"
    );
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_looks_like() {
    compare("rounds.svg", (120, 36), "/ search  ? help");
}

#[test]
fn the_picture_of_the_headlines_is_what_a_small_terminal_shows() {
    compare("list.svg", (80, 24), "/ search  ? help");
}
