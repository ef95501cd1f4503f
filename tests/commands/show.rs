//! `rounds show`: which item is meant, and what is printed of it.

use std::ffi::OsString;
use std::path::Path;

use unicode_width::UnicodeWidthStr as _;

use crate::support::{Article, Feed, Outcome, rounds, rounds_on};

fn feed() -> Feed {
    Feed::of([
        (
            "cardiology/stents.md",
            Article::titled("Stents reconsidered")
                .slug("stents-reconsidered")
                .link("https://example.org/stents")
                .body("<p>One <b>stent</b> is <a href=\"https://example.org/enough\">enough</a>.</p>"),
        ),
        ("cafe.md", Article::titled("The Café in the clinic").slug("cafe").body("<p>Coffee helps.</p>")),
        ("wards.md", Article::titled("Wards without paper").body("Paper.")),
        ("wards-2.md", Article::titled("Wards without paper: a year on").body("Less paper.")),
    ])
}

fn path_shown(shown: &Outcome) -> String {
    shown.json()["path"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn an_item_is_found_by_key_slug_path_or_a_part_of_its_title() {
    let feed = feed();
    let listed = rounds_on(&feed, &["list", "{}", "--format", "ndjson"]);
    let keyed = listed.lines().into_iter().find(|line| line.contains("Stents")).unwrap();
    let key = keyed.split('"').nth(3).unwrap().to_owned();
    let path_from_here = feed.path().join("cardiology/stents.md");
    for name in [
        key.as_str(),
        &key.to_uppercase(),
        "stents-reconsidered",
        "cardiology/stents.md",
        "./cardiology/stents.md",
        path_from_here.to_str().unwrap(),
        "Stents reconsidered",
        "STENTS",
        "reconsid",
    ] {
        let shown = rounds_on(&feed, &["show", name, "{}", "--format", "json"]);
        assert_eq!(path_shown(&shown), "cardiology/stents.md", "{name}");
        assert_eq!((shown.status, shown.talk.as_str()), (0, ""), "{name}");
    }
    assert_eq!(path_shown(&rounds_on(&feed, &["show", "the cafe", "{}", "--format", "json"])), "cafe.md");
}

#[test]
fn a_whole_title_wins_over_a_part_of_a_longer_one() {
    let shown = rounds_on(&feed(), &["show", "wards without paper", "{}", "--format", "json"]);
    assert_eq!(path_shown(&shown), "wards.md");
}

#[test]
fn a_name_for_several_items_is_a_no_that_lists_them() {
    let shown = rounds_on(&feed(), &["show", "paper", "{}"]);
    assert_eq!((shown.status, shown.out.as_str()), (1, ""));
    for candidate in ["wards.md", "wards-2.md", "Wards without paper: a year on"] {
        assert!(shown.talk.contains(candidate), "{}", shown.talk);
    }
}

#[test]
fn a_name_of_several_files_of_one_original_leads_to_the_one_that_is_listed_and_a_path_to_its_file() {
    let of = |title: &str, date: &str, topic: &str| {
        let article = Article::titled(title).slug("one").dated(date).link("https://example.org/one");
        article.topics(&[topic]).body(title)
    };
    let feed = Feed::of([
        ("a.md", of("At first", "2021-12-01", "A: Old")),
        ("b.md", of("Corrected", "2021-12-05", "A: New")),
    ]);
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let key = listed[0]["key"].as_str().unwrap();
    for (name, path) in
        [(key, "b.md"), ("one", "b.md"), ("corrected", "b.md"), ("b.md", "b.md"), ("a.md", "a.md")]
    {
        let shown = rounds_on(&feed, &["show", name, "{}", "--format", "json"]);
        assert_eq!(path_shown(&shown), path, "{name}: {shown:?}");
    }
    let shown = rounds_on(&feed, &["show", key, "{}", "--format", "json"]).json();
    assert_eq!(shown["topics"], listed[0]["topics"]);
    assert_eq!(shown["topics"].as_array().unwrap().len(), 2, "the topics of both files");
}

#[test]
fn a_path_that_leads_into_one_of_several_sources_means_the_file_there() {
    let feeds = ["First", "Second"].map(|title| Feed::of([("news.md", Article::titled(title).body(title))]));
    let [first, second] = feeds.each_ref().map(Feed::path);
    let show = |item: &Path| {
        let words =
            ["show".into(), item.into(), first.clone().into_os_string(), second.clone().into_os_string()];
        rounds(words.into_iter().chain::<[OsString; 1]>(["--format=json".into()]))
    };
    assert_eq!(show(&first.join("news.md")).json()["title"], "First");
    assert_eq!(show(&second.join("news.md")).json()["title"], "Second");
    let both = show(Path::new("news.md"));
    assert_eq!((both.status, both.out.as_str()), (1, ""));
    for folder in [&first, &second] {
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(both.talk.contains(&format!("  {name}: news.md  ")), "{}", both.talk);
    }
    assert!(
        both.talk.contains("2 items match “news.md”") && both.talk.contains("only its source"),
        "{}",
        both.talk
    );
}

#[test]
fn a_name_for_no_item_is_a_no_that_says_how_to_go_on() {
    let feed = feed();
    let shown = rounds_on(&feed, &["show", "stents recondisered", "{}"]);
    assert_eq!((shown.status, shown.out.as_str()), (1, ""));
    assert!(shown.talk.contains("Stents reconsidered"), "{}", shown.talk);
    let shown = rounds_on(&feed, &["show", "beekeeping", "{}"]);
    assert_eq!(shown.status, 1);
    assert!(shown.talk.contains("rounds list"), "{}", shown.talk);
}

#[test]
fn no_name_at_all_is_no_item_and_no_topic() {
    for words in [&["show", "", "{}"][..], &["show", " ", "{}"], &["list", "{}", "--topic", ""]] {
        let run = rounds_on(&feed(), words);
        assert_eq!((run.status, run.out.as_str()), (1, ""), "{words:?}");
        assert!(run.talk.contains("(nothing)") && run.talk.contains("no item"), "{words:?}: {}", run.talk);
    }
}

#[test]
fn an_item_file_is_shown_without_naming_its_folder() {
    let file = feed();
    let path = file.path().join("cafe.md");
    let shown = rounds(["show".as_ref(), path.as_os_str()]);
    assert_eq!((shown.status, shown.talk.as_str()), (0, ""));
    assert!(shown.out.contains("Coffee helps."), "{}", shown.out);
}

#[test]
fn the_text_has_the_title_the_body_and_the_original_link() {
    let shown = rounds_on(&feed(), &["show", "stents", "{}"]);
    for part in ["Stents reconsidered", "One stent is enough", "https://example.org/stents"] {
        assert!(shown.out.contains(part), "{part} is missing:\n{}", shown.out);
    }
    assert!(!shown.out.contains('<'), "{}", shown.out);
}

#[test]
fn the_text_keeps_to_the_width_that_is_asked_for() {
    let body = format!("<p>{}</p>", "A word after another. ".repeat(50));
    let feed = Feed::of([("long.md", Article::titled("Long").body(&body))]);
    for width in [10, 30, 72, 120] {
        let shown = rounds_on(&feed, &["show", "long", "{}", "--width", &width.to_string()]);
        let widest = shown.lines().into_iter().map(str::width).max().unwrap();
        assert!(widest <= width, "{widest} cells in {width}");
    }
    let widest = rounds_on(&feed, &["show", "long", "{}"]).lines().into_iter().map(str::width).max().unwrap();
    assert!(widest <= 72, "{widest} cells by default");
    assert_eq!(rounds_on(&feed, &["show", "long", "{}", "--width", "0"]).status, 2);
}

#[test]
fn json_adds_the_text_the_links_and_the_body_as_the_file_has_it() {
    let json = rounds_on(&feed(), &["show", "stents", "{}", "--format", "json"]).json();
    assert!(json["text"].as_str().unwrap().contains("One stent is enough"), "{json}");
    assert_eq!(json["links"][0], "https://example.org/enough");
    assert!(json["html"].as_str().unwrap().contains("<b>stent</b>"), "{json}");
    assert_eq!(json["title"], "Stents reconsidered");
}

#[test]
fn a_broken_item_is_shown_as_far_as_it_goes_and_the_fault_is_named() {
    let feed = Feed::new().with("broken.md", "---\ntitle: Broken\ndate: [2021\n---\n<p>Still here.</p>\n");
    let shown = rounds_on(&feed, &["show", "broken", "{}"]);
    assert_eq!(shown.status, 0);
    assert!(shown.out.contains("Still here."), "{}", shown.out);
    assert!(shown.talk.contains("broken.md"), "{}", shown.talk);
}

#[test]
fn the_specimen_is_shown_with_everything_that_its_file_says_of_it() {
    let run = rounds(["show", "how data intelligence will drive"]);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in [
        "How data intelligence will drive precision healthcare in the NHS",
        "healthcareitnews.com · 5 December 2021 · Radhika Narayanan",
        "Healthcare IT News Precision Medicine",
        "Medical Subject Headings (MeSH) Data Interpretation, Statistical",
        "In the move towards value-based care, digitally maturing healthcare systems can integrate AI to generate high \
         quality data to personalise and integrate care, and even predict and prevent disease.",
        "clinicians’ documentation",
        "• Precision Medicine",
        "• 2bPrecise Platform",
        "• Vanderbilt's SMART Precision Cancer Medicine",
        "https://www.healthcareitnews.com/news/emea/how-data-intelligence-will-drive-precision-healthcare-nhs",
    ] {
        assert!(text.contains(shown), "{shown:?} is not in {text}");
    }
}

#[test]
fn a_page_is_read_in_the_encoding_that_it_says_it_is_in() {
    let russian = b"<html><head><meta charset=\"windows-1251\"></head><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p></body></html>";
    let japanese = b"<html><head><meta charset=Shift_JIS></head><body><p>\x88\xe3\x97\xc3</p></body></html>";
    let feed = Feed::new().with("ru.html", russian).with("ja.html", japanese);
    for (path, text) in [("ru.html", "Привет"), ("ja.html", "医療")] {
        let shown = rounds_on(&feed, &["show", path, "{}"]);
        assert!(shown.out.contains(text), "{}", shown.out);
    }
    let checked = rounds_on(&feed, &["check", "{}"]);
    assert!(!checked.out.contains("not UTF-8"), "{}", checked.out);
}
