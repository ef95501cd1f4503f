//! What comes out of a catalog is what was read, for files of every kind and with every damage.

use std::time::{Duration, SystemTime};

use super::feed::{Feed, Viewer, assert_same};

/// Files with all that an item can have, and all that can be wrong with one.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let full = "---
title: \"Clinicians&rsquo; own: ‘Café’ \u{202e}evil\u{1b}[31m\"
date: 2021-11-30T23:59:59.123456789+02:00
link:
  original: \"http://www.Example.ORG/a b?utm_source=x#y\"
  brand: Example
author: [\"Ann O'Brien\", 山田, \"\"]
slug: full-item
categories:
  - \"Healthcare IT News: Precision Medicine\"
  - \"Medical Subject Headings (MeSH): Data Interpretation, Statistical\"
  - bare
description: \"A sentence that is whole. Another that is cut off in mid wor\"
---
<p>It simplifies cliniciansâ€™ work &amp; more.</p>
";
    let mut files: Vec<(&str, Vec<u8>)> = [
        ("full.md", full),
        ("empty.md", ""),
        ("blank.md", " \n\n"),
        ("none.md", "No front matter at all.\n\n## Heading\n\nText with a [link](https://example.org)."),
        ("unclosed.md", "---\ntitle: Unclosed\nlink: https://example.org/u\n\nText\n"),
        ("broken.md", "---\ntitle: [one, two\nlink: https://example.org/b\n\tdate: x\n---\nText"),
        (
            "twice.md",
            "---\ntitle: One\ntitle: Two\ndate: 31/31/2020\nlink: javascript:alert(1)\n---\n<b>x</b>",
        ),
        ("toml.md", "+++\ntitle = \"Toml\"\ndate = 2020-02-30\n+++\n* a\n* b\n"),
        ("old.html", "---\ntitle: Old\ndate: 1066-10-14\n---\n<p>Hastings"),
        ("crlf.md", "\u{feff}---\r\ntitle: Lines\r\n---\r\n\r\nOne\r\n\r\nTwo\r\n"),
        ("c1.md", "---\ntitle: It\u{92}s\n---\nIt\u{92}s \u{93}care\u{94}\u{0}\u{1e}\u{1f}\n"),
        ("separators.md", "---\ntitle: a\u{1e}b\u{1f}c\nauthor: [\"x\u{1e}y\", \"\u{1f}\"]\n---\n\u{1e}"),
        ("sub/folder/ü – 山.md", "---\ntitle: Path\n---\nx"),
    ]
    .map(|(path, text)| (path, text.as_bytes().to_vec()))
    .into();
    files.push(("latin.md", b"---\ntitle: Caf\xe9\n---\nna\xefve \x80 text".to_vec()));
    files.push((
        "utf16.md",
        "\u{feff}---\ntitle: Wide\n---\nText".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ));
    files.push(("bytes.md", (0..=255).cycle().take(5000).collect()));
    files.push((
        "long.md",
        format!("---\ntitle: {}\n---\n{}", "long ".repeat(9000), "<p>".repeat(9000)).into_bytes(),
    ));
    files.push(("large.md", b"word ".repeat(2 * 1024 * 1024)));
    files
}

#[test]
fn every_kind_of_file_comes_out_as_it_was_read() {
    let feed = Feed::new();
    for (path, bytes) in files() {
        feed.write(path, &bytes);
    }
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    assert_same(&viewer, &catalog, &feed);
    let problems: usize = viewer.list.values().map(|item| item.problems.len()).sum();
    assert!(problems > 10, "the files were meant to have problems");
    let summary = viewer.refresh_with(&feed, &mut catalog, true);
    assert_eq!((summary.added, summary.changed, summary.removed), (0, 0, 0));
}

#[test]
fn the_seconds_of_a_date_may_be_split_and_lie_before_1970() {
    let feed = Feed::new();
    let dates = [
        "1969-12-31T23:59:59.5",
        "1970-01-01",
        "1000-01-01T00:00:00.000000001",
        "9999-12-31T23:59:59.999999999",
    ];
    for (number, date) in dates.iter().enumerate() {
        feed.write_at(
            &format!("{number}.md"),
            format!("---\ntitle: x\ndate: {date}\n---\n").as_bytes(),
            SystemTime::now() - Duration::from_secs(60),
        );
    }
    let (viewer, catalog) = Viewer::open(&feed);
    assert_same(&viewer, &catalog, &feed);
    let order: Vec<String> = catalog.reader().newest(9).unwrap().into_iter().map(|item| item.path).collect();
    assert_eq!(order, ["3.md", "1.md", "0.md", "2.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_listed_and_no_news_the_next_time() {
    let feed = Feed::of(3);
    // To read a folder as a file fails for every user, also for root; the link makes it look like an item.
    feed.write("odd.md", b"x");
    let (mut viewer, mut catalog) = Viewer::open(&feed);
    feed.remove("odd.md");
    std::os::unix::fs::symlink("0.md", feed.items().join("odd.md")).unwrap();
    assert_eq!(viewer.refresh(&feed, &mut catalog).changed, 1);
    assert_same(&viewer, &catalog, &feed);
    feed.write("0.md", b"---\ntitle: Behind a link\n---\n");
    assert_eq!(viewer.refresh(&feed, &mut catalog).changed, 2, "the link and what it leads to");
    assert_same(&viewer, &catalog, &feed);
}
