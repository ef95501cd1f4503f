//! Items without a date or a topic: what their files and folders tell, and that it is told apart.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value;

use crate::support::{Article, Feed, rounds_on};

/// Noon on 4 March 2021 in UTC.
const CHANGED: u64 = 1_614_859_200;

fn feed() -> Feed {
    let feed = Feed::new()
        .with("cardiology/2020/stents.md", Article::titled("Stents").text())
        .with("cardiology/dated.md", Article::titled("Dated").dated("2019-02-01").topics(&["Own"]).text())
        .with("2026/11/plain.md", Article::titled("Plain").text())
        .with("heart-failure/drugs/new.md", Article::titled("New drugs").text());
    for path in
        ["cardiology/2020/stents.md", "cardiology/dated.md", "2026/11/plain.md", "heart-failure/drugs/new.md"]
    {
        age(&feed.path().join(path));
    }
    feed
}

fn age(file: &Path) {
    let file = File::options().write(true).open(file).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(CHANGED)).unwrap();
}

/// Date, where it comes from, and topics of each item by its title.
fn told(feed: &Feed) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let topic = |topic: &Value| format!("{} > {}", text(&topic["taxonomy"]), text(&topic["term"]));
    let listed = rounds_on(feed, &["list", "{}", "--format", "json"]).json();
    let mut told: Vec<String> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let topics: Vec<String> = item["topics"].as_array().unwrap().iter().map(topic).collect();
            let facts = [&item["title"], &item["date"], &item["date_source"]].map(text);
            format!("{} {}", facts.join(" "), topics.join(", ")).trim_end().to_owned()
        })
        .collect();
    told.sort();
    told
}

#[test]
fn folders_give_a_topic_and_files_a_date_to_items_that_have_none() {
    let feed = feed();
    assert_eq!(
        told(&feed),
        [
            "Dated 2019-02-01 item - > Own",
            "New drugs 2021-03-04 file Heart failure > Drugs",
            "Plain 2021-03-04 file",
            "Stents 2021-03-04 file - > Cardiology",
        ]
    );
    let table = rounds_on(&feed, &["list", "{}"]).out;
    assert!(
        table.contains("~2021-03-04") && table.contains("2019-02-01") && !table.contains("~2019"),
        "{table}"
    );
    let shown = rounds_on(&feed, &["show", "Stents", "{}"]).out;
    assert!(shown.contains("(date of the file)"), "{shown}");
    assert!(!rounds_on(&feed, &["show", "Dated", "{}"]).out.contains("of the file"));
    let topic = rounds_on(&feed, &["list", "--topic", "Cardiology", "{}", "--format", "tsv"]);
    assert_eq!(topic.lines().len(), 2, "a line of headings and one item: {}", topic.out);
}

#[test]
fn a_file_that_is_changed_is_the_same_item() {
    let feed = feed();
    let key = || rounds_on(&feed, &["list", "{}", "--format", "json"]).json()[0]["key"].clone();
    let before = key();
    fs::write(feed.path().join("2026/11/plain.md"), Article::titled("Plain").text()).unwrap();
    assert_ne!(told(&feed)[2], "Plain 2021-03-04 file", "it has another date");
    let keys: Vec<Value> = rounds_on(&feed, &["list", "{}", "--format", "json"])
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["key"].clone())
        .collect();
    assert!(keys.contains(&before), "{before} {keys:?}");
}

#[test]
fn the_times_of_a_checkout_tell_nothing() {
    let feed = feed().with(".git/HEAD", "ref: refs/heads/main\n");
    assert_eq!(told(&feed)[2], "Plain - -");
}

#[test]
fn an_archive_tells_the_times_of_its_entries_unless_git_made_it() {
    let entry = |builder: &mut tar::Builder<Vec<u8>>, path: &str, time: u64| {
        let text = Article::titled(path.rsplit('/').next().unwrap()).text();
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(time);
        builder.append_data(&mut header, path, text.as_bytes()).unwrap();
    };
    let bundle = |of_commit: bool| {
        let mut builder = tar::Builder::new(Vec::new());
        if of_commit {
            let comment = format!("52 comment={}\n", "0123456789abcdef0123456789abcdef01234567");
            let mut header = tar::Header::new_ustar();
            header.set_entry_type(tar::EntryType::XGlobalHeader);
            header.set_size(comment.len() as u64);
            builder.append_data(&mut header, "pax_global_header", comment.as_bytes()).unwrap();
        }
        entry(&mut builder, "news-1.0/surgery/x.md", CHANGED);
        entry(&mut builder, "news-1.0/none.md", 315_532_800);
        let feed = Feed::new();
        fs::write(feed.path().join("news.tar"), builder.into_inner().unwrap()).unwrap();
        let listed = crate::support::rounds([
            "list",
            feed.path().join("news.tar").to_str().unwrap(),
            "--format",
            "json",
        ]);
        let listed = listed.json();
        let mut dates: Vec<String> = listed
            .as_array()
            .unwrap()
            .iter()
            .map(|item| format!("{} {} {}", item["title"], item["date"], item["topics"]))
            .collect();
        dates.sort();
        dates.join("; ")
    };
    let topics = "[{\"taxonomy\":null,\"term\":\"Surgery\"}]";
    assert_eq!(bundle(false), format!("\"none.md\" null []; \"x.md\" \"2021-03-04\" {topics}"));
    assert_eq!(bundle(true), format!("\"none.md\" null []; \"x.md\" null {topics}"));
}
