//! Sources that cannot be opened, words that are not understood, and readers that leave early.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::support::{Article, Feed, program, rounds, rounds_on};

#[test]
fn a_source_that_cannot_be_read_is_named_with_the_reason_and_what_to_do() {
    let feed = Feed::of([("a.md", Article::titled("One"))]).with("bundle.zip", "").with("photo.png", "");
    let at = |name: &str| feed.path().join(name).to_str().unwrap().to_owned();
    let cases = [
        (at("none"), "no file or folder"),
        (at("bundle.zip"), "is empty"),
        (at("photo.png"), "not an item file"),
        (at("a.md/b"), "could not be read"),
        (String::new(), "no file or folder"),
    ];
    for (source, reason) in &cases {
        for command in ["list", "check"] {
            let run = rounds([command, source]);
            assert_eq!((run.status, run.out.as_str()), (3, ""), "{command} {source}");
            assert!(run.talk.starts_with("rounds: "), "{}", run.talk);
            assert!(run.talk.contains(reason), "{}", run.talk);
            assert!(run.talk.contains(source.as_str()), "{}", run.talk);
        }
        assert_eq!(rounds(["show", "x", source]).status, 3, "show x {source}");
        assert_eq!(rounds([source]).status, 3, "{source}");
    }
}

#[test]
fn without_a_source_the_sample_is_listed_and_a_line_says_so() {
    for words in [&["list"][..], &[]] {
        let listed = rounds(words);
        assert_eq!(listed.status, 0);
        assert!(listed.lines().len() >= 30, "{}", listed.out);
        assert!(
            listed.talk.contains("built-in sample") && listed.talk.contains("rounds FOLDER"),
            "{}",
            listed.talk
        );
    }
}

#[test]
fn one_item_file_is_a_source() {
    let feed = Feed::of([("sub/a.md", Article::titled("One"))]);
    let file = feed.path().join("sub/a.md");
    let listed = rounds(["list".as_ref(), file.as_os_str(), "--format=json".as_ref()]);
    assert_eq!(
        (listed.json()[0]["title"].as_str(), listed.json()[0]["path"].as_str()),
        (Some("One"), Some("a.md"))
    );
}

#[test]
fn a_folder_called_like_a_command_is_opened_by_its_path() {
    let feed = Feed::of([("list/a.md", Article::titled("One"))]);
    let listed = program().current_dir(feed.path()).arg("./list").output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("One"));
}

#[test]
fn words_that_are_not_understood_are_wrong_usage() {
    for words in [
        &["list", "--format", "xml"][..],
        &["show"],
        &["--nonsense"],
        &["show", "x", "--width", "wide"],
        &["--theme", "pink"],
    ] {
        let run = rounds(words);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{words:?}");
        assert!(run.talk.contains("--help"), "{}", run.talk);
    }
}

#[test]
fn an_address_that_can_never_be_fetched_is_wrong_usage_and_its_password_is_not_shown() {
    let cases = [
        ("http://news.example.invalid/x.zip", "--allow-http"),
        ("ftp://me:s3cret@news.example.invalid/x.zip", "only http and https"),
        ("https://me:s3cret@exa mple.invalid/x.zip", "not a valid web address"),
        ("https://me:s3cret@news.example.invalid/x.zip#sha256=12", "not a sha256"),
    ];
    for (address, reason) in cases {
        for words in [&["list"][..], &["search", "x"], &["refresh"], &[]] {
            let run = rounds([words, &[address]].concat());
            assert_eq!((run.status, run.out.as_str()), (2, ""), "{words:?} {address}");
            assert!(run.talk.contains(reason) && !run.talk.contains("s3cret"), "{}", run.talk);
            assert_eq!(run.talk.lines().count(), 1, "{}", run.talk);
        }
    }
}

#[test]
fn a_check_needs_something_to_check() {
    let run = rounds(["check"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.talk.contains("rounds check ~/news"), "{}", run.talk);
}

#[test]
fn the_help_says_what_is_meant_where_no_source_is_named() {
    for (command, has_sample) in [("list", true), ("search", true), ("check", false), ("refresh", false)] {
        let help = rounds([command, "--help"]).out;
        let words: Vec<&str> = help.split_whitespace().collect();
        let help = words.join(" ");
        assert!(help.contains("[default: all sources that have names"), "{command}: {help}");
        assert_eq!(help.contains("else the built-in sample"), has_sample, "{command}: {help}");
    }
}

#[test]
fn the_help_that_limits_point_at_says_where_they_are_set() {
    let help = rounds(["sources", "--help"]).out;
    assert!(help.contains("~/.config/rounds/config.toml") && help.contains("[limits]"), "{help}");
}

#[test]
fn help_and_version_are_answers() {
    for words in
        [&["--help"][..], &["-h"], &["--version"], &["list", "--help"], &["help", "show"], &["check", "-h"]]
    {
        let run = rounds(words);
        assert_eq!((run.status, run.talk.as_str()), (0, ""), "{words:?}");
        assert!(!run.out.is_empty(), "{words:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let feed = (0..2000).fold(Feed::new(), |feed, number| {
        let article = Article::titled(&format!("Title {number}")).summary(&"A long summary. ".repeat(10));
        feed.with(format!("{number}.md"), article.text())
    });
    for format in ["table", "json", "ndjson", "tsv"] {
        let mut run = program()
            .args(["list", "--format", format])
            .arg(feed.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(64, run.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let left = run.wait_with_output().unwrap();
        assert!(!line.is_empty(), "{format}");
        assert_eq!(String::from_utf8_lossy(&left.stderr), "", "{format}");
        assert_eq!(left.status.code(), Some(0), "{format}");
    }
    let listed = rounds_on(&feed, &["list", "{}"]);
    assert_eq!(listed.lines().len(), 2000);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_words() {
    let all = [
        &["list"][..],
        &["keys"],
        &["topics", "--format", "json"],
        &["--help"],
        &["--version"],
        &["list", "--help"],
    ];
    for words in all {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let run = program()
            .args(words)
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        let talk = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{words:?}");
        assert!(talk.contains("No space left on device. Check that there is room"), "{words:?}: {talk}");
    }
}
