//! Whole files of every kind, well made and ill made, from their bytes.

mod read_hostile;

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::item::{BodyKind, Item, ItemFile, Severity};

fn read(text: &str) -> ItemFile {
    ItemFile::read("news/some-item.md", text.as_bytes())
}

/// Line, severity and code of every problem.
fn problems(item: &Item) -> Vec<(Option<u32>, Severity, &str)> {
    item.problems.iter().map(|problem| (problem.line, problem.severity, problem.code)).collect()
}

/// A file in the dialect of the curators, with what goes wrong in it: a description that is cut, damaged text in the
/// body, blank and null values.
const SPECIMEN: &str = "---
aliases: /news/wearables-on-the-ward
archetype: curated-content
author:
  - A. Writer
breadcrumbs:
  - Home
  - ''
categories:
  - 'Healthcare IT News: Precision Medicine'
  - 'Medical Subject Headings (MeSH): Data Interpretation, Statistical'
date: '2021-12-05'
description: >-
  With pressure to see more patients, wards are trying wearables.

  Example Informati
featuredImage:
  alt: Wearables on the ward
  size:
    - 630
    - 1200
institution: null
link:
  brand: example.org
  href: >-
    https://www.example.org/news/emea/wearables-on-the-ward
  original: >-
    https://www.example.org/news/emea/wearables-on-the-ward
openGraphMetaData:
  ogdescription: >-
    Wearables can warn early, and nurses can rest
    a little easier.
relatedOfferings:
  - label: One Platform
    permalink: /offering/one-platform
slug: >-
  example-wearables-on-the-ward
title: Wearables on the ward
via: ' '
---
<p>They simplify cliniciansâ€™ work.
All day.</p>";

#[test]
fn a_curated_item_is_read_whole() {
    let ItemFile { item, body } = read(SPECIMEN);
    assert_eq!(&*item.title, "Wearables on the ward");
    assert_eq!(item.date.map(|date| date.to_string()).as_deref(), Some("2021-12-05T00:00:00"));
    assert_eq!(item.site.as_deref(), Some("example.org"));
    assert_eq!(
        item.link.map(|link| link.to_string()).as_deref(),
        Some("https://www.example.org/news/emea/wearables-on-the-ward")
    );
    assert_eq!((item.authors.len(), item.topics.len(), item.offerings.len()), (1, 2, 1));
    assert_eq!(&*item.slug, "example-wearables-on-the-ward");
    assert_eq!(&*item.summary, "Wearables can warn early, and nurses can rest a little easier.");
    assert_eq!(item.minutes, 1);
    assert_eq!((body.kind, body.first_line), (BodyKind::Html, 41));
    assert_eq!(body.text(), "<p>They simplify clinicians’ work.\nAll day.</p>");
    assert!(body.raw.contains("â€™"), "the body stays as the file has it");
    assert_eq!(item.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [Some(41)]);
}

#[test]
fn line_ends_marks_and_encodings_make_no_difference() {
    let expected = read(SPECIMEN).item;
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(SPECIMEN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [
        SPECIMEN.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{SPECIMEN}").into_bytes(),
        format!("\n\n{SPECIMEN}").into_bytes(),
        SPECIMEN.replace("---\n", "---- \n").into_bytes(),
        SPECIMEN.replace("ward\nvia: ' '\n---\n", "ward\n...\n").into_bytes(),
        utf16,
    ] {
        let item = ItemFile::read("news/some-item.md", &bytes).item;
        assert_eq!(Item { problems: Vec::new(), ..item }, Item { problems: Vec::new(), ..expected.clone() });
    }
}

#[test]
fn broken_yaml_costs_nothing_but_a_mark() {
    let text = "---\nlayout: post\ntitle: AI: the future\ndate: 2021-12-05\nlink:\n  brand: A: B\n  href: https://a.example/\n\
                categories:\n  - one: two: three\n  - four\nauthor: \"A\" and \"B\"\n---\nBody.";
    let item = read(text).item;
    assert_eq!(&*item.title, "AI: the future");
    assert_eq!(item.link.as_ref().map(super::super::Link::as_str), Some("https://a.example/"));
    assert_eq!(item.site.as_deref(), Some("A: B"));
    assert_eq!(item.topics.len(), 2);
    assert_eq!(&*item.authors[0], "\"A\" and \"B\"");
    let error = |line| (Some(line), Severity::Error, "yaml-invalid");
    assert_eq!(problems(&item), [error(3), error(6), error(9), error(11)]);
    assert!(
        item.problems[0].message.contains("`title`") && item.problems[0].message.contains("quotation marks")
    );
}

#[test]
fn what_is_broken_on_its_own_may_be_whole_in_its_place() {
    let cases = [
        "base: &base\n  href: https://a.example/\ntitle: T\nlink: *base",
        "base: &base {title: T, href: 'https://a.example/'}\n<<: *base",
        "{title: T, link: 'https://a.example/'}",
        "  title: T\n  link: https://a.example/",
        "title: T\nexcerpt: \"One\ndate: two\nThree.\"\nlink: https://a.example/",
        "? title\n: T\n? link\n: https://a.example/",
    ];
    for front in cases {
        let item = read(&format!("---\n{front}\n---\nBody.")).item;
        assert_eq!(&*item.title, "T", "{front}");
        assert_eq!(item.link.as_ref().map(super::super::Link::as_str), Some("https://a.example/"), "{front}");
        assert_eq!(problems(&item), [], "{front}");
    }
}

#[test]
fn a_quoted_text_may_run_on_at_the_margin() {
    let item = read(
        "---\ntitle: T\ndescription: \"It’s been a long\nyear: and we have\ntitle: not this one.\"\n---\n",
    )
    .item;
    assert_eq!(&*item.summary, "It’s been a long year: and we have title: not this one.");
    assert_eq!((&*item.title, problems(&item)), ("T", vec![]));
}

#[test]
fn of_repeated_keys_the_last_is_used() {
    let item = read("---\ntitle: One\ndate: 2021-12-05\nlink:\n  href: https://a.example/\n  brand: x\n  brand: y\ntitle: Two\n---\n").item;
    assert_eq!((&*item.title, item.site.as_deref()), ("Two", Some("y")));
    let warning = |line| (Some(line), Severity::Warning, "key-repeated");
    assert_eq!(problems(&item), [warning(7), warning(8)]);
    assert!(item.problems[0].message.contains("line 6") && item.problems[1].message.contains("line 2"));
}

#[test]
fn tabs_are_read_as_blanks() {
    let item = read("---\ntitle: T\ncategories:\n\t- one\n\t- 'two: 2'\n---\n").item;
    assert_eq!(item.topics.len(), 2);
    assert_eq!(problems(&item), [(Some(3), Severity::Warning, "yaml-tabs")]);
}

#[test]
fn a_front_matter_without_an_end_is_read_as_far_as_its_keys_go() {
    let cases = [
        ("---\ntitle: T\ndate: 2021-12-05\n\nFirst.\n\nSecond: x.", "\nFirst.\n\nSecond: x.", 4),
        ("---\ntitle: T\ndate: 2021-12-05\nFirst.", "First.", 4),
        ("---\ntitle: T\n\ndate: 2021-12-05\n\nNote: this is text.", "\nNote: this is text.", 5),
        ("---\ntitle: T\ndate: 2021-12-05\n\nFirst.\n\n---\n\nSecond.", "First.\n\n---\n\nSecond.", 5),
        ("---\n\n# comment\n\ntitle: T\ndate: 2021-12-05\n\n# Heading\n", "\n# Heading\n", 7),
        ("---\ntitle: T\ndate: 2021-12-05\n", "", 4),
    ];
    for (text, body, line) in cases {
        let file = read(text);
        assert_eq!((&*file.item.title, file.item.date.is_some()), ("T", true), "{text:?}");
        assert_eq!((file.body.raw.as_str(), file.body.first_line), (body, line), "{text:?}");
        assert_eq!(problems(&file.item), [(Some(2), Severity::Error, "front-matter-unclosed")], "{text:?}");
    }
}

#[test]
fn a_rule_in_the_text_is_not_the_end_of_a_front_matter() {
    let file = read("---\r\ntitle: T\u{7}\r\n\r\nFirst.\r\nSecond: x.\r\n\r\n---\r\nThird.");
    assert_eq!(
        (&*file.item.title, file.body.raw.as_str()),
        ("T", "First.\r\nSecond: x.\r\n\r\n---\r\nThird.")
    );
    assert_eq!(file.body.first_line, 4);
    assert!(file.item.problems.iter().any(|problem| problem.code == "front-matter-unclosed"));
}

#[test]
fn a_file_without_front_matter_is_all_body() {
    for (text, title) in [
        ("# Heading\n\nText.", "Heading"),
        ("<h1>Heading</h1><p>Text.</p>", "Heading"),
        ("Text.", "Some item"),
        ("", "Some item"),
        ("---\n\nText between rules.\n\n---\n\nMore.", "Some item"),
        ("---\nJust a line.\n---\nMore.", "Just a line."),
        ("{{< figure >}}\n\n# Heading", "Heading"),
        ("{not json}", "Some item"),
    ] {
        let file = read(text);
        assert_eq!((&*file.item.title, file.body.raw.as_str()), (title, text));
        assert_eq!(problems(&file.item), [(Some(1), Severity::Warning, "front-matter-missing")], "{text:?}");
    }
}

#[test]
fn an_empty_front_matter_is_no_problem() {
    for text in ["---\n---\nText.", "---\n\n---\nText.", "---\n# only a comment\n---\nText."] {
        let file = read(text);
        assert_eq!((file.body.raw.as_str(), problems(&file.item)), ("Text.", vec![]), "{text:?}");
    }
}

#[test]
fn toml_is_read() {
    let file = read(
        "+++\ntitle = \"T\"\ndate = 2021-12-05\ntags = [\"one\"]\n[link]\noriginal = 'https://a.example/'\n+++\nBody.\n+++\n",
    );
    assert_eq!((&*file.item.title, file.item.date.is_some(), file.item.topics.len()), ("T", true, 1));
    assert!(file.item.link.is_some());
    assert_eq!(file.body.raw, "Body.\n+++\n");
    assert_eq!(problems(&file.item), []);
    let broken = read("+++\ntitle = \"T\"\nlink = https://a.example/\n+++\n");
    assert_eq!((&*broken.item.title, broken.item.link.is_some()), ("T", true));
    assert_eq!(problems(&broken.item), [(Some(3), Severity::Error, "toml-invalid")]);
}

#[test]
fn json_is_read() {
    let file = read("{\n  \"title\": \"T\",\n  \"link\": {\"original\": \"https://a.example/\"}\n}\n\nBody.");
    assert_eq!((&*file.item.title, file.item.link.is_some()), ("T", true));
    assert_eq!(
        (file.body.raw.as_str(), file.body.first_line, problems(&file.item)),
        ("\n\nBody.", 4, vec![])
    );
    let broken = read("{\n  \"title\": \"T\n}\nBody.");
    assert_eq!(problems(&broken.item)[0], (Some(1), Severity::Error, "json-invalid"));
    assert!(broken.body.raw.contains("Body."));
}

#[test]
fn characters_that_yaml_refuses_are_left_out() {
    let item = read(
        "---\ntitle: One \u{1b}[31mred\u{1b}[0m \0word\ndescription: It\u{92}s so.\nslug: a\u{2028}b\n---\n",
    )
    .item;
    assert_eq!((&*item.title, &*item.summary, &*item.slug), ("One red word", "It’s so.", "a b"));
    assert!(item.problems.iter().all(|problem| problem.severity == Severity::Warning));
    assert!(
        item.problems.iter().any(|problem| problem.code == "control-characters" && problem.line == Some(2))
    );
}

#[test]
fn bytes_that_are_not_utf8_are_read_as_windows_1252() {
    let item = ItemFile::read("a.md", b"---\ntitle: Caf\xe9 \x93care\x94\n---\nBody.").item;
    assert_eq!(&*item.title, "Café “care”");
    assert_eq!(problems(&item), [(Some(2), Severity::Warning, "not-utf8")]);
}

/// Runs something that once took, or could take, time out of all proportion.
fn in_time<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < Duration::from_secs(5), "{what} took {:?}", start.elapsed());
    result
}

#[test]
fn what_is_broken_is_reported_even_where_nothing_is_taken_from() {
    for (broken, codes) in [
        ("foo: [unclosed", &["yaml-invalid"][..]),
        ("foo: 'unclosed", &["yaml-invalid"]),
        ("foo: a: b", &["yaml-invalid"]),
        ("foo:\n  - a\n b: c", &["yaml-invalid"]),
        ("foo:\n\tbar: 1", &["yaml-tabs"]),
        ("foo: &anchor [1]\nbar: *anchor", &[]),
        ("foo: null\nbar: 12\nbaz: ''\nqux: {a: [1, 2]}\nmap:\n  inner:\n    - x: 1", &[]),
    ] {
        let text = format!("---\ntitle: A title\ndate: 2021-12-05\n{broken}\n---\nText.");
        let item = ItemFile::read("any.md", text.as_bytes()).item;
        assert_eq!(&*item.title, "A title", "{broken}");
        let found: Vec<&str> = item.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(found, codes, "{broken}: {:?}", item.problems);
    }
}

#[test]
fn a_page_of_html_is_what_its_head_says() {
    let page = "<!doctype html><html><head><meta charset=utf-8><title>Sepsis</title>\
        <link rel=canonical href=https://a.example/x><meta name=author content='A. Writer'>\
        <meta property=article:published_time content=2021-12-05><meta name=description content='It is so.'>\
        </head><body><h1>Another</h1><p>Text.</p></body></html>";
    let item = ItemFile::read("page.html", page.as_bytes()).item;
    assert_eq!((&*item.title, &*item.summary, &*item.authors[0]), ("Sepsis", "It is so.", "A. Writer"));
    assert_eq!(item.link.as_ref().map(super::super::Link::as_str), Some("https://a.example/x"));
    assert_eq!(item.date.map(|date| date.date().to_string()).as_deref(), Some("2021-12-05"));
    assert_eq!(problems(&item), []);
    let bare = ItemFile::read("page.html", b"<h1>Heading</h1><p>Text.</p>").item;
    assert_eq!((&*bare.title, problems(&bare)[0].2), ("Heading", "front-matter-missing"));
    let with_front = ItemFile::read("page.html", b"---\ntitle: Front\n---\n<title>Head</title>").item;
    assert_eq!(&*with_front.title, "Front");
}

#[test]
fn a_page_is_read_in_the_encoding_that_it_names() {
    let cases: [(&str, &[u8], &str); 4] = [
        ("<meta charset=windows-1251>", b"\xd1\xe5\xef\xf1\xe8\xf1", "Сепсис"),
        ("<META http-equiv=Content-Type content=\"text/html; charset=GB2312\">", b"\xbd\xa1\xbf\xb5", "健康"),
        ("<meta charset='Shift_JIS'>", b"\x88\xe3\x97\xc3", "医療"),
        ("<meta charset=utf-8>", "Sépsis".as_bytes(), "Sépsis"),
    ];
    for (meta, title, expected) in cases {
        let bytes =
            [b"<html><head>", meta.as_bytes(), b"<title>", title, b"</title></head><p>Text.</p>"].concat();
        let item = ItemFile::read("page.html", &bytes).item;
        assert_eq!((&*item.title, problems(&item)), (expected, vec![]), "{meta}");
    }
}
