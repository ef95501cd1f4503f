//! Items that are piped in.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crate::support::Article;
use crate::support::program::program_at;

/// Runs the program with something on its standard input.
fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let home = tempfile::tempdir().unwrap();
    run(program_at(home.path()).args(arguments), input)
}

fn run(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // One that does not read it has ended, and that is for the test to see.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_item_is_read_whatever_it_is_written_in() {
    let article = Article::titled("Piped in").body("<p>Text that came by a pipe.</p>").text();
    let page = "<!DOCTYPE html><title>A page</title><p>Text that came by a pipe.</p>";
    for (input, title) in [(article.as_str(), "Piped in"), (page, "A page")] {
        let shown = with_input(&["show", title, "-"], input.as_bytes());
        assert!(text(&shown.stdout).contains("Text that came by a pipe."), "{shown:?}");
    }
}

#[test]
fn an_archive_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let article = Article::titled("In an archive").dated("2026-11-20").text();
    std::fs::write(folder.path().join("one.md"), article).unwrap();
    let home = tempfile::tempdir().unwrap();
    let packed = folder.path().join("packed.tar.zst");
    let [folder, out] = [folder.path(), &packed].map(|path| path.to_str().unwrap());
    let pack = run(program_at(home.path()).args(["pack", folder, "-o", out]), b"");
    assert!(pack.status.success(), "{pack:?}");
    let listed = with_input(&["list", "-"], &std::fs::read(&packed).unwrap());
    assert!(text(&listed.stdout).contains("In an archive"), "{listed:?}");
}

#[test]
fn what_is_piped_in_and_not_asked_for_is_not_passed_over_in_silence() {
    let article = Article::titled("Piped in").text();
    let listed = with_input(&[], article.as_bytes());
    assert!(text(&listed.stderr).contains("rounds -"), "{listed:?}");
    assert!(!text(&listed.stdout).contains("Piped in"), "{listed:?}");
}

#[test]
fn nothing_is_an_error_that_says_so() {
    let listed = with_input(&["list", "-"], b"");
    assert_eq!(listed.status.code(), Some(3), "{listed:?}");
    assert_eq!(text(&listed.stderr), "rounds: standard input: nothing came.\n");
}
