//! `rounds refresh` of a folder: what has changed since it was last told.

use std::ffi::OsString;
use std::fs;

use crate::support::program::rounds_at;
use crate::support::{Article, Feed};

#[test]
fn commands_that_only_ask_take_no_news_away() {
    let feed = Feed::of([("a.md", Article::titled("A")), ("b.md", Article::titled("B"))]);
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let sources = [feed.path().into_os_string()];
        let run = rounds_at(home.path(), words.iter().map(OsString::from).chain(sources));
        assert_eq!((run.status, run.talk.as_str()), (0, ""), "{words:?}");
        run.out
    };
    let told = |expected: &str| {
        for words in [&["list"][..], &["topics"], &["check"], &["show", "a.md"]] {
            run(words);
        }
        let label = feed.path().file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(run(&["refresh"]), format!("{label}: {expected}.\n"));
    };
    told("2 items");
    told("nothing has changed");
    fs::write(feed.path().join("c.md"), Article::titled("C").text()).unwrap();
    fs::write(feed.path().join("a.md"), Article::titled("A, corrected").text()).unwrap();
    fs::remove_file(feed.path().join("b.md")).unwrap();
    told("1 new, 1 changed, 1 gone");
    told("nothing has changed");
    // What has come and gone again before anybody was told is no news.
    fs::write(feed.path().join("d.md"), Article::titled("D").text()).unwrap();
    run(&["list"]);
    fs::remove_file(feed.path().join("d.md")).unwrap();
    told("nothing has changed");
}
