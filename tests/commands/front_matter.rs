//! Front matter as people and other programs write it, through the program.

use serde_json::Value;

use crate::support::{Feed, rounds_on};

/// What `rounds list` says of one file.
fn listed(name: &str, text: impl AsRef<[u8]>) -> Value {
    let feed = Feed::new().with(name, text);
    rounds_on(&feed, &["list", "{}", "--format", "json"]).json()[0].clone()
}

/// The codes and lines of what `rounds check` says of one file, without that it has no original.
fn checked(name: &str, text: impl AsRef<[u8]>) -> Vec<(String, u64)> {
    let feed = Feed::new().with(name, text);
    let json = rounds_on(&feed, &["check", "{}", "--format", "json"]).json();
    let problems = json["problems"].as_array().unwrap().iter();
    let all =
        problems.map(|one| (one["code"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap_or(0)));
    all.filter(|(code, _)| code != "original-missing").collect()
}

#[test]
fn what_a_file_says_is_what_is_listed() {
    let link = "https://news.example.org/original";
    let cases = [
        (
            "title: T\nlink: https://news.example.org/original\nog:image: https://cdn.example.org/ward.jpg",
            "link",
            link,
        ),
        ("title: T\nog:title: Other", "title", "T"),
        ("date: 2021-12-05\narticle:published_time: 2020-01-01", "date", "2021-12-05"),
        ("title: T\nparams:\n  link: https://news.example.org/original", "link", link),
        ("title: T\ndoi: 10.1056/x", "link", "https://doi.org/10.1056/x"),
        ("title: T\nlink: www.example.org/p", "link", "https://www.example.org/p"),
        ("title: [Update] Sepsis", "title", "[Update] Sepsis"),
        ("title: 'It's time'", "title", "It's time"),
        ("title: #Insulin week", "title", "#Insulin week"),
        ("title: T\nsummary: No full stop\ndescription: Another. One.", "summary", "No full stop"),
        ("lastmod: 2026-11-01\npublishDate: 2020-01-02", "date", "2020-01-02"),
        ("\ttitle: By tabs\n\tslug: x", "title", "By tabs"),
    ];
    for (front, field, expected) in cases {
        let item = listed("a.md", format!("---\n{front}\n---\nText.\n"));
        let value = item[field].as_str().unwrap_or_default();
        assert!(value == expected || (field == "date" && value.starts_with(expected)), "{front}: {item}");
    }
    assert_eq!(listed("a.md", "--- # of the ward\ntitle: T\n---\nText.\n")["title"], "T");
    let toml = "+++\ntitle = \"Caf\\u00e9\"\ndate = 2021-12-05\n[link]\noriginal = \"https://news.example.org/original\"\n+++\n";
    let item = listed("a.md", toml);
    assert_eq!((item["title"].as_str(), item["link"].as_str()), (Some("Café"), Some(link)));
    let versions = listed("a.md", "---\ntitle: T\ntags:\n- 1.10\n- 0x1F\n- 1.1\n---\n");
    assert_eq!(versions["topics"].as_array().map(Vec::len), Some(3), "{versions}");
    assert!(
        versions["topics"].to_string().contains("1.10") && versions["topics"].to_string().contains("0x1F")
    );
}

#[test]
fn what_is_odd_is_named_once_by_its_line() {
    let cases: [(&str, &[(&str, u64)]); 7] = [
        ("title: Ward news #2: beds", &[("comment-in-value", 2)]),
        ("title: T\ndate: 05/12/2021", &[("date-ambiguous", 3)]),
        ("\ttitle: T\n\tslug: x", &[("yaml-tabs", 2)]),
        ("title: T\nlink: nowhere", &[("link-refused", 3)]),
        ("title: [Update] Sepsis", &[("yaml-invalid", 2)]),
        ("title: T\nog:image: x\n-a: y", &[]),
        (
            "title: T\na0: &a [x, x, x, x, x, x, x, x, x]\na1: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
             a2: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\na3: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n\
             a4: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\ntags: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n\
             category: [*e, *e, *e, *e, *e, *e, *e, *e, *e]",
            &[("yaml-too-big", 9)],
        ),
    ];
    for (front, expected) in cases {
        let found = checked("a.md", format!("---\n{front}\n---\nText.\n"));
        let found: Vec<(&str, u64)> = found.iter().map(|(code, line)| (code.as_str(), *line)).collect();
        assert_eq!(found, expected, "{front}");
    }
    assert_eq!(checked("a.md", "+++\ntitle = \"T\"\nslug = x\n+++\n"), [("toml-invalid".to_owned(), 3)]);
}

#[test]
fn what_is_said_of_damage_names_what_was_found() {
    let feed = Feed::new().with("a.md", "---\ntitle: It\u{92}s time\nlink: https://a.example/\n---\nText.\n");
    let check = rounds_on(&feed, &["check", "{}"]);
    assert!(
        check.out.contains("text-damaged") && check.out.contains("U+0092") && !check.out.contains("â€™"),
        "{}",
        check.out
    );
}

#[test]
fn strict_checks_fail_for_warnings_and_others_do_not() {
    let feed = Feed::new().with("a.md", "---\ntitle: T\n---\nText.\n");
    assert_eq!(rounds_on(&feed, &["check", "{}"]).status, 0);
    let strict = rounds_on(&feed, &["check", "{}", "--strict"]);
    assert!(strict.status == 1 && strict.out.contains("original-missing"), "{strict:?}");
    let sound = Feed::new().with("a.md", "---\ntitle: T\nlink: https://a.example/\n---\nText.\n");
    assert_eq!(rounds_on(&sound, &["check", "{}", "--strict"]).status, 0);
}

#[test]
fn a_page_of_html_is_listed_as_its_head_says() {
    let page = "<html><head><title>Sepsis</title><link rel=canonical href=https://a.example/x>\
                <meta name=date content=2021-12-05></head><body><h1>Other</h1><p>Text.</p></body></html>";
    let item = listed("page.html", page);
    assert_eq!(
        (item["title"].as_str(), item["link"].as_str()),
        (Some("Sepsis"), Some("https://a.example/x"))
    );
    assert_eq!(checked("page.html", page), []);
}
