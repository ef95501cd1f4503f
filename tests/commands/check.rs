//! `rounds check`: what is wrong is named, and nothing is lost.

use crate::support::{Article, Feed, rounds_on};

const BROKEN: &str = "---\ntitle: Broken\ndate: [2021\n---\nText.\n";

fn whole(title: &str) -> Article {
    let link = format!("https://example.org/{}", title.to_lowercase());
    Article::titled(title)
        .dated("2022-02-01")
        .link(&link)
        .topics(&["AI"])
        .summary("A sentence.")
        .body("Text.")
}

#[test]
fn a_sound_source_has_nothing_but_totals() {
    let feed = Feed::of([("a.md", whole("One")), ("b.md", whole("Two"))]).with("logo.png", "");
    let checked = rounds_on(&feed, &["check", "{}"]);
    assert_eq!(checked.out, "2 item files: 2 listed, 0 errors, 0 warnings; 1 other file\n");
    assert_eq!(checked.status, 0);
}

#[test]
fn errors_are_named_by_path_and_line_and_make_the_answer_no() {
    let feed = Feed::of([("a.md", whole("One"))]).with("sub/broken.md", BROKEN);
    let checked = rounds_on(&feed, &["check", "{}"]);
    assert_eq!(checked.status, 1);
    let first = checked.lines()[0].to_owned();
    assert!(first.starts_with("sub/broken.md:"), "{first}");
    assert!(first.contains("  error  "), "{first}");
    assert!(
        checked.lines().last().unwrap().starts_with("2 item files: 2 listed, 1 error, "),
        "{}",
        checked.out
    );
}

#[test]
fn files_that_lead_to_one_original_are_named_and_counted_as_the_one_item_that_is_listed() {
    let feed = Feed::of([("b.md", whole("One")), ("a.md", whole("One")), ("c.md", whole("Two"))]);
    let checked = rounds_on(&feed, &["check", "{}", "--format", "json"]);
    let json = checked.json();
    assert_eq!(json["problems"].as_array().unwrap().len(), 1, "{json}");
    let problem = &json["problems"][0];
    assert_eq!((problem["code"].as_str(), problem["path"].as_str()), (Some("item-repeated"), Some("b.md")));
    assert!(problem["message"].as_str().unwrap().contains("a.md"), "{problem}");
    let totals = &json["totals"];
    assert_eq!((totals["items"].as_u64(), totals["listed"].as_u64(), checked.status), (Some(3), Some(2), 0));
    assert_eq!(rounds_on(&feed, &["list", "{}"]).lines().len(), 2);
    let sentence = "3 item files: 2 listed, 0 errors, 1 warning; 0 other files";
    assert_eq!(rounds_on(&feed, &["check", "{}"]).lines().last(), Some(&sentence));
}

#[test]
fn every_format_names_the_same_problems() {
    let feed = Feed::of([("a.md", whole("One")), ("b.md", whole("One"))])
        .with("broken.md", BROKEN)
        .with("latin.md", b"---\ntitle: Caf\xe9\n---\nText.\n");
    let json = rounds_on(&feed, &["check", "{}", "--format", "json"]).json();
    let problems = json["problems"].as_array().unwrap();
    assert!(problems.len() >= 2, "{json}");
    for problem in problems {
        for field in ["path", "line", "severity", "code", "message"] {
            assert!(problem.get(field).is_some(), "{field} is missing: {problem}");
        }
    }
    let codes = |text: &str, place: usize, between: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.split(between).nth(place).map(str::to_owned)).collect()
    };
    let expected: Vec<String> = problems.iter().map(|p| p["code"].as_str().unwrap().to_owned()).collect();
    let table = rounds_on(&feed, &["check", "{}"]);
    assert_eq!(codes(&table.out, 2, "  "), expected, "{}", table.out);
    let tsv = rounds_on(&feed, &["check", "{}", "--format", "tsv"]);
    assert_eq!(codes(&tsv.out, 3, "\t")[1..], expected, "{}", tsv.out);
    let ndjson = rounds_on(&feed, &["check", "{}", "--format", "ndjson"]);
    let lines: Vec<serde_json::Value> =
        ndjson.lines().into_iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, problems);
    assert!(ndjson.talk.contains("item files: "), "{}", ndjson.talk);
}

/// Files that have everything wrong with them, and how many of them are item files.
fn zoo() -> (Feed, u64) {
    let feed = Feed::of([("whole.md", whole("One")), ("deep/er/still/two.HTML", whole("Two"))])
        .with("empty.md", "")
        .with("broken.md", BROKEN)
        .with("binary.md", [0, 159, 146, 150, 27, 91, 255])
        .with("endless.markdown", "---\ntitle: No end\n")
        .with("toml.md", "+++\ntitle = \"Toml\"\n+++\nText.\n")
        .with("crlf.mdown", "\u{feff}---\r\ntitle: Crlf\r\n---\r\nText.\r\n")
        .with("bomb.md", "---\na: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n---\n")
        .with("list.md", "---\n- not\n- a map\n---\nText.\n")
        .with("plain.htm", "<p>No front matter.</p>")
        .with("name with spaces ünd ümlauts.md", "Text.")
        .with("photo.jpeg", [0xff, 0xd8])
        .with(".hidden.md", "Text.")
        .with(".git/readme.md", "Text.");
    (feed, 12)
}

#[test]
fn as_many_items_are_listed_as_there_are_item_files_whatever_is_in_them() {
    let (feed, files) = zoo();
    let totals = rounds_on(&feed, &["check", "{}", "--format", "json"]).json()["totals"].clone();
    assert_eq!(totals["files"], files, "{totals}");
    assert_eq!(totals["items"], files, "{totals}");
    let listed = rounds_on(&feed, &["list", "{}", "--format", "ndjson"]);
    assert_eq!(listed.lines().len() as u64, files);
    for line in listed.lines() {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_ne!(item["title"], "", "{item}");
        let path = item["path"].as_str().unwrap();
        let shown = rounds_on(&feed, &["show", path, "{}", "--format", "json"]);
        assert_eq!(shown.json()["path"], path, "{path} cannot be shown");
    }
}

#[test]
fn the_same_source_gives_the_same_answer_every_time() {
    let (feed, _) = zoo();
    let first = rounds_on(&feed, &["check", "{}"]).out;
    for _ in 0..5 {
        assert_eq!(rounds_on(&feed, &["check", "{}"]).out, first);
    }
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_reported_and_not_waited_for() {
    let feed = Feed::of([("a.md", whole("One"))]);
    let made = std::process::Command::new("mkfifo").arg(feed.path().join("pipe.md")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo made no pipe");
    let checked = rounds_on(&feed, &["check", "{}"]);
    assert_eq!(checked.status, 1);
    assert!(checked.out.starts_with("pipe.md  error  not-a-file"), "{}", checked.out);
    let listed = rounds_on(&feed, &["list", "{}"]);
    assert_eq!((listed.status, listed.lines().len()), (0, 1));
    assert!(listed.talk.contains("rounds check"), "{}", listed.talk);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_unicode_are_listed_and_can_be_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use crate::support::rounds;

    let name = OsStr::from_bytes(b"caf\xe9.md");
    let feed = Feed::new().with(name, "---\ntitle: Latin\n---\nText.\n");
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    assert_eq!(listed[0]["path"], "caf\\xE9.md");
    for typed in [name, OsStr::new("caf\\xE9.md"), OsStr::new("latin")] {
        let shown = rounds([OsStr::new("show"), typed, feed.path().as_os_str(), "--format=json".as_ref()]);
        assert_eq!(shown.json()["title"], "Latin", "{}", typed.display());
    }
}
