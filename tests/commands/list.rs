//! `rounds list`: what is listed, in what order, and how.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::program::{program_at, rounds_at};
use crate::support::{Article, Feed, Outcome, rounds_on};

fn feed() -> Feed {
    Feed::of([
        (
            "genes.md",
            Article::titled("Genes at the bedside")
                .dated("2021-12-05")
                .link("https://www.healthcareitnews.com/news/genes")
                .author("Radhika Narayanan")
                .topics(&[
                    "Healthcare IT News: Precision Medicine",
                    "Medical Subject Headings (MeSH): Data Interpretation, Statistical",
                ])
                .summary("Genes come to the ward.")
                .body("<p>Genes come to the ward. They stay.</p>"),
        ),
        ("b/wards.md", Article::titled("Wards without paper").dated("2022-02-01").topics(&["AI"])),
        ("a/wards.md", Article::titled("Wards without paper").dated("2022-02-01").topics(&["ai"])),
        ("zebra.html", Article::titled("A zebra, not a horse").dated("2022-02-01")),
        ("undated.md", Article::titled("Without a date").body("Text.")),
    ])
}

fn titles(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[test]
fn items_come_newest_first_then_by_title_then_by_path() {
    let listed = rounds_on(&feed(), &["list", "{}", "--format", "json"]);
    let json = listed.json();
    let paths: Vec<_> = json.as_array().unwrap().iter().map(|item| item["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["zebra.html", "a/wards.md", "b/wards.md", "genes.md", "undated.md"]);
    assert_eq!(listed.status, 0);
    assert_eq!(listed.talk, "");
}

#[test]
fn a_json_item_has_every_field_that_was_promised() {
    let feed = feed();
    let json = rounds_on(&feed, &["list", "{}", "--format", "json", "--topic", "precision medicine"]).json();
    let mut item = json.as_array().unwrap().first().unwrap().clone();
    let key = item.as_object_mut().unwrap().remove("key").unwrap();
    assert_eq!(key.as_str().unwrap().len(), 16, "{key}");
    let expected = json!({
        "title": "Genes at the bedside",
        "date": "2021-12-05",
        "date_source": "item",
        "site": "healthcareitnews.com",
        "link": "https://www.healthcareitnews.com/news/genes",
        "authors": ["Radhika Narayanan"],
        "topics": [
            {"taxonomy": "Healthcare IT News", "term": "Precision Medicine"},
            {"taxonomy": "Medical Subject Headings (MeSH)", "term": "Data Interpretation, Statistical"},
        ],
        "summary": "Genes come to the ward.",
        "minutes": 1,
        "read": false,
        "starred": false,
        "source": feed.path().file_name().unwrap().to_str().unwrap(),
        "path": "genes.md",
        "printed_path": "genes.md",
        "problems": [],
    });
    assert_eq!(item, expected);
}

#[test]
fn what_an_item_does_not_have_is_null_or_empty() {
    let feed = Feed::of([("bare.md", Article::titled("Bare"))]);
    let json = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let item = &json[0];
    for (field, expected) in [
        ("date", Value::Null),
        ("date_source", Value::Null),
        ("site", Value::Null),
        ("link", Value::Null),
        ("authors", json!([])),
        ("topics", json!([])),
        ("summary", json!("")),
        ("minutes", json!(0)),
    ] {
        assert_eq!(item[field], expected, "{field}");
    }
}

#[test]
fn ndjson_and_json_hold_the_same_items_in_the_same_order() {
    let feed = feed();
    let json = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let ndjson = rounds_on(&feed, &["list", "{}", "--format", "ndjson"]);
    let lines: Vec<Value> =
        ndjson.lines().into_iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines), json);
}

#[test]
fn tab_separated_values_have_headings_and_as_many_fields_in_every_row() {
    let listed = rounds_on(&feed(), &["list", "{}", "--format", "tsv"]);
    let rows: Vec<Vec<&str>> = listed.lines().iter().map(|line| line.split('\t').collect()).collect();
    let headings = [
        "key",
        "title",
        "date",
        "site",
        "link",
        "authors",
        "topics",
        "summary",
        "minutes",
        "path",
        "problems",
        "read",
        "starred",
        "context",
        "source",
        "date_source",
    ];
    assert_eq!(rows[0], headings);
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row.len() == headings.len()), "{rows:?}");
    assert_eq!(
        rows[4][1..=6],
        [
            "Genes at the bedside",
            "2021-12-05",
            "healthcareitnews.com",
            "https://www.healthcareitnews.com/news/genes",
            "Radhika Narayanan",
            "Healthcare IT News: Precision Medicine; \
             Medical Subject Headings (MeSH): Data Interpretation, Statistical",
        ]
    );
}

#[test]
fn a_table_for_people_is_not_cut_when_it_goes_into_a_pipe() {
    let long = "A title that goes on and on ".repeat(20);
    let feed = Feed::of([("long.md", Article::titled(long.trim()).dated("2022-02-01"))]);
    let listed = rounds_on(&feed, &["list", "{}"]);
    assert!(listed.out.starts_with("2022-02-01"), "{}", listed.out);
    assert!(listed.out.trim_end().ends_with(long.trim()), "{}", listed.out);
}

#[test]
fn a_broken_item_is_marked_in_the_table() {
    let feed = Feed::of([("whole.md", Article::titled("Whole"))])
        .with("broken.md", "---\ntitle: Broken\ndate: [2021\n---\nText.\n");
    let listed = rounds_on(&feed, &["list", "{}"]);
    let marked: Vec<&str> = listed.lines().into_iter().filter(|line| line.contains(" ! ")).collect();
    assert_eq!(marked.len(), 1, "{}", listed.out);
    assert!(marked[0].contains("Broken"), "{}", listed.out);
}

#[test]
fn without_a_command_the_list_goes_into_the_pipe() {
    let feed = feed();
    assert_eq!(rounds_on(&feed, &["{}"]).out, rounds_on(&feed, &["list", "{}"]).out);
}

#[test]
fn a_topic_is_found_by_its_term_its_taxonomy_or_both_in_any_case() {
    let feed = feed();
    let cases: [(&str, &[&str]); 8] = [
        ("Precision Medicine", &["Genes at the bedside"]),
        ("PRECISION medicine", &["Genes at the bedside"]),
        ("healthcare it news", &["Genes at the bedside"]),
        ("Healthcare IT News: Precision Medicine", &["Genes at the bedside"]),
        ("data interpretation, statistical", &["Genes at the bedside"]),
        ("AI", &["Wards without paper", "Wards without paper"]),
        ("ai", &["Wards without paper", "Wards without paper"]),
        ("uncategorised", &["A zebra, not a horse", "Without a date"]),
    ];
    for (topic, expected) in cases {
        let listed = rounds_on(&feed, &["list", "{}", "--format", "json", "--topic", topic]);
        assert_eq!(titles(&listed.json()), expected, "{topic}");
        assert_eq!(listed.status, 0, "{topic}");
    }
}

#[test]
fn an_unknown_topic_is_a_no_and_the_nearest_topics_are_named() {
    let feed = feed();
    let listed = rounds_on(&feed, &["list", "{}", "--topic", "Precison Medecine"]);
    assert_eq!((listed.status, listed.out.as_str()), (1, ""));
    assert!(listed.talk.contains("Precision Medicine"), "{}", listed.talk);
    let listed = rounds_on(&feed, &["list", "{}", "--topic", "Beekeeping"]);
    assert_eq!(listed.status, 1);
    assert!(listed.talk.contains("rounds topics"), "{}", listed.talk);
}

#[test]
fn an_empty_source_is_an_empty_list_in_every_format() {
    let feed = Feed::new().with("logo.png", "");
    for (format, expected) in [("table", ""), ("json", "[]\n"), ("ndjson", "")] {
        let listed = rounds_on(&feed, &["list", "{}", "--format", format]);
        assert_eq!((listed.status, listed.out.as_str()), (0, expected), "{format}");
        let name = feed.path().file_name().unwrap().to_str().unwrap().to_owned();
        assert!(listed.talk.contains(&format!("{name}: there are no items")), "{}", listed.talk);
    }
    assert_eq!(rounds_on(&feed, &["list", "{}", "--format", "tsv"]).lines().len(), 1);
}

#[test]
fn files_of_one_original_are_one_item_and_the_newest_stands_for_all() {
    let of = |title: &str, date: &str| Article::titled(title).dated(date).link("https://example.org/one");
    let feed = Feed::of([
        ("a.md", of("Older", "2021-12-01")),
        ("b.md", of("Newer", "2021-12-05")),
        ("c.md", Article::titled("Another").dated("2021-12-03")),
    ]);
    let run = rounds_on(&feed, &["list", "{}", "--format", "json"]);
    let titles: Vec<_> = run.json().as_array().unwrap().iter().map(|item| item["title"].clone()).collect();
    assert_eq!(titles, ["Newer", "Another"]);
}

#[test]
fn pages_that_share_a_slug_and_have_no_link_are_all_listed_each_with_a_key_of_its_own() {
    let page = |title: &str| Article::titled(title).dated("2026-11-01").slug("sepsis").body(title);
    let feed = Feed::of([
        ("fr/sepsis.md", page("La septicémie")),
        ("en/sepsis.md", page("Sepsis")),
        ("en/sepsis-2.md", page("Sepsis, continued")),
        ("alone.md", Article::titled("Alone").slug("alone")),
    ]);
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    assert_eq!(titles(&listed), ["La septicémie", "Sepsis", "Sepsis, continued", "Alone"]);
    let keys: BTreeSet<&str> =
        listed.as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap()).collect();
    assert_eq!(keys.len(), 4);
    for item in listed.as_array().unwrap() {
        let key = item["key"].as_str().unwrap();
        let shown = rounds_on(&feed, &["show", key, "{}", "--format", "json"]).json();
        assert_eq!((&shown["path"], &shown["title"]), (&item["path"], &item["title"]));
    }
    // The first by its path keeps the key that it would have alone, under which marks of before are kept.
    let first = Feed::of([("en/sepsis.md", page("Sepsis"))]);
    let alone = rounds_on(&first, &["list", "{}", "--format", "json"]).json();
    assert_eq!(listed[1]["key"], alone[0]["key"]);
}

/// Runs `rounds list` on a folder with a home directory.
fn list_at(home: &Path, feed: &Feed, format: &str) -> Outcome {
    let folder = feed.path().into_os_string();
    rounds_at(home, ["list".into(), folder, "--format".into(), format.into()])
}

/// The file of the only catalog in a home directory.
fn catalog(home: &Path) -> PathBuf {
    let files = fs::read_dir(home.join("cache/rounds/catalogs")).unwrap().map(|file| file.unwrap().path());
    let mut catalogs = files.filter(|path| path.extension().is_some_and(|ending| ending == "db"));
    catalogs.next().unwrap()
}

#[test]
fn the_second_list_is_that_of_the_first_and_sees_what_has_changed() {
    let (feed, home) = (feed(), tempfile::tempdir().unwrap());
    let formats = ["table", "json", "ndjson", "tsv"];
    let first = formats.map(|format| list_at(home.path(), &feed, format).out);
    assert_eq!(formats.map(|format| list_at(home.path(), &feed, format).out), first);
    fs::remove_file(feed.path().join("zebra.html")).unwrap();
    fs::write(feed.path().join("undated.md"), Article::titled("Dated now").dated("2022-03-01").text())
        .unwrap();
    let listed = list_at(home.path(), &feed, "json").json();
    let expected = ["Dated now", "Wards without paper", "Wards without paper", "Genes at the bedside"];
    assert_eq!(titles(&listed), expected);
}

#[test]
fn the_list_is_the_same_where_no_catalog_can_be_kept() {
    let feed = feed();
    let expected = rounds_on(&feed, &["list", "{}", "--format", "json"]).out;
    for broken in ["cache", "cache/rounds", "cache/rounds/catalogs"] {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(broken);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "a file where a folder is needed").unwrap();
        for _ in 0..2 {
            let listed = list_at(home.path(), &feed, "json");
            assert_eq!(
                (listed.status, listed.out.as_str(), listed.talk.as_str()),
                (0, &*expected, ""),
                "{broken}"
            );
        }
    }
}

/// No file may grow beyond a number of blocks of 512 bytes, as on a disk without room, and to try it is an error.
#[cfg(unix)]
#[test]
fn the_list_is_the_same_on_a_disk_without_room() {
    let feed = (0..200).fold(feed(), |feed, number| {
        let article = Article::titled(&format!("Title {number}")).body(&"<p>A sentence.</p>".repeat(50));
        feed.with(format!("{number}.md"), article.text())
    });
    let expected = rounds_on(&feed, &["list", "{}", "--format", "tsv"]).out;
    for blocks in [0, 64, 200, 700] {
        let home = tempfile::tempdir().unwrap();
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let program = program_at(home.path());
        let rounds = program.get_program().to_owned();
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh"]).arg(rounds).args(["list", "--format", "tsv"]).arg(feed.path());
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let listed = shell.stdin(Stdio::null()).output().unwrap();
        let out = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.status.success(), "{blocks}");
        assert_eq!(
            (out, String::from_utf8(listed.stderr).unwrap()),
            (expected.clone(), String::new()),
            "{blocks}"
        );
    }
}

#[test]
fn a_catalog_that_is_damaged_in_any_place_costs_no_item_and_no_word() {
    let feed = feed();
    let home = tempfile::tempdir().unwrap();
    let expected = list_at(home.path(), &feed, "json").out;
    // A title in the list, and a body, which is only looked at for what is printed of an item.
    for text in ["Genes at the bedside", "<p>Genes come to the ward. They stay.</p>"] {
        let mut bytes = fs::read(catalog(home.path())).unwrap();
        let places: Vec<usize> =
            (0..bytes.len()).filter(|at| bytes[*at..].starts_with(text.as_bytes())).collect();
        assert!(!places.is_empty(), "{text}");
        for place in places {
            bytes[place] = b'*';
        }
        fs::write(catalog(home.path()), bytes).unwrap();
        for _ in 0..2 {
            let listed = list_at(home.path(), &feed, "json");
            assert_eq!(
                (listed.status, listed.out.as_str(), listed.talk.as_str()),
                (0, &*expected, ""),
                "{text}"
            );
        }
    }
}

#[test]
fn of_a_source_that_can_no_longer_be_read_nothing_is_listed() {
    let (feed, home, folder) = (feed(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let archive = folder.path().join("ward.tar");
    let text = Article::titled("In the archive").body("Paper.").text();
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    let mut tar = tar::Builder::new(Vec::new());
    tar.append_data(&mut header, "item.md", text.as_bytes()).unwrap();
    let tar = tar.into_inner().unwrap();
    fs::write(&archive, &tar).unwrap();
    let run = |words: &[&str]| {
        let sources = [archive.clone().into_os_string(), feed.path().into_os_string()];
        rounds_at(home.path(), words.iter().map(Into::into).chain(sources))
    };
    assert_eq!(run(&["list"]).lines().len(), 6);
    fs::write(&archive, &tar[..600]).unwrap();
    for (words, count) in
        [(&["list"][..], 5), (&["search", "paper"], 2), (&["list", "--format", "ndjson"], 5)]
    {
        let answered = run(words);
        assert_eq!((answered.status, answered.lines().len()), (3, count), "{words:?}: {answered:?}");
        assert!(answered.talk.contains("ward.tar"), "{words:?}: {}", answered.talk);
        assert!(!answered.out.contains("In the archive"), "{words:?}: {}", answered.out);
    }
}
