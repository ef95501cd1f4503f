//! The README's picture: the real program in a real terminal, drawn as an SVG. The test fails when the program
//! no longer looks like its picture; `ROUNDS_PICTURE=write cargo test --test picture` draws it anew.

#![cfg(unix)]

#[path = "../support/mod.rs"]
#[cfg(test)]
mod support;
#[cfg(test)]
mod svg;

use std::{env, fs};

use support::pty::{Home, Pty};

#[test]
fn the_picture_in_the_readme_is_what_the_program_looks_like() {
    let home = Home::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-feed");
    let command = [env!("CARGO_BIN_EXE_rounds"), "--theme", "dark", sample];
    let mut pty = Pty::spawn(&home, &command, (120, 36), &[]);
    pty.wait_for_text("37 unread of 37");
    pty.wait_for_text("clinicians’ documentation");
    // The footer is the last thing that is drawn, so when it has changed the whole frame is there.
    pty.keys("?");
    pty.wait_for_text("Enter do it");
    pty.keys("<Esc>");
    pty.wait_for_text("t topic  ? help");
    let drawn = svg::draw(pty.screen());
    pty.keys("q");
    pty.wait_exit();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/picture/rounds.svg");
    if env::var_os("ROUNDS_PICTURE").is_some() {
        fs::write(picture, &drawn).unwrap();
    }
    let kept = fs::read_to_string(picture).unwrap_or_default();
    assert!(
        drawn == kept,
        "the program looks different now: look at it, then ROUNDS_PICTURE=write cargo test --test picture"
    );
}
