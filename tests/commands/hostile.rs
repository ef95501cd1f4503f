//! Nothing that an item says reaches the terminal as a command, by any command in any format.

use crate::support::{Feed, Outcome, rounds, rounds_on};

/// Escape sequences, their eight-bit forms, direction overrides, and what cannot be seen.
const PAYLOADS: [&str; 9] = [
    "\u{1b}]52;c;cm0gLXJmIC8=\u{7}",
    "\u{1b}[31;5m",
    "\u{9b}2J\u{9d}8;;http://evil.example\u{9c}",
    "\u{7f}\u{8}\u{8}\r",
    "\u{202e}gpj.exe\u{2066}",
    "a\u{200b}b\u{feff}c\u{2060}d",
    "\u{2028}\u{2029}\u{85}",
    "\u{e0001}\u{e0041}",
    "\u{0}\u{1}\u{1a}",
];

/// A feed whose items say the payloads in every place, in YAML that is sound and in YAML that is not.
fn feed() -> Feed {
    let escaped = |text: &str| -> String {
        text.chars().map(|character| format!("\\U{:08x}", u32::from(character))).collect()
    };
    let file = |name: &str, text: &str, raw: &str| {
        let e = format!("\"{text} x\"");
        format!(
            "---\ntitle: {e}\nslug: {e}\nauthor: [{e}]\ncategories: [{e}, \"A: {text}\"]\ndescription: {e}\n\
             {e}: {e}\ndate: {e}\nlink:\n  original: \"https://example.org/{name}{text}\"\n  brand: {e}\n\
             relatedOfferings:\n  - label: {e}\n    permalink: {e}\n---\n\
             <p title=\"{raw}\">{raw}</p><a href=\"https://example.org/{raw}\">{raw}</a>\n\
             <img alt=\"{raw}\" src=x><pre>{raw}</pre><table><tr><td>{raw}</td></tr></table>\n"
        )
    };
    PAYLOADS.iter().enumerate().fold(Feed::new(), |feed, (number, payload)| {
        let entities: String = payload.chars().map(|c| format!("&#{};", u32::from(c))).collect();
        let named = payload.replace(['\0', '/'], "");
        feed.with(format!("escaped-{number}.md"), file(&format!("e{number}"), &escaped(payload), payload))
            .with(format!("raw-{number}.md"), file(&format!("r{number}"), payload, payload))
            .with(format!("entities-{number}.html"), file(&format!("n{number}"), &entities, &entities))
            .with(format!("folder {named}/name {number} {named}.md"), "")
            .with(format!("other-{number}.{named}"), "")
            .with(
                format!("latin-{number}.md"),
                [b"---\ntitle: \x9b31m\xff\n---\n", payload.as_bytes()].concat(),
            )
    })
}

fn is_dangerous(character: char) -> bool {
    (character.is_control() && character != '\n' && character != '\t')
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

pub fn assert_harmless(run: &Outcome, words: &[&str]) {
    for (stream, text) in [("standard output", &run.out), ("standard error", &run.talk)] {
        let found = text.char_indices().find(|(_, character)| is_dangerous(*character));
        if let Some((at, character)) = found {
            let near: String = text[at..].chars().take(60).collect();
            panic!("{words:?} wrote {character:?} to {stream}, before {near:?}");
        }
    }
}

#[test]
fn no_list_of_any_kind_writes_a_control_character() {
    let feed = feed();
    for command in ["list", "check", "topics"] {
        for format in ["table", "json", "ndjson", "tsv"] {
            let words = [command, "{}", "--format", format];
            let run = rounds_on(&feed, &words);
            assert!(run.out.lines().count() > 9 || format == "json", "{words:?} wrote {}", run.out);
            assert_harmless(&run, &words);
        }
    }
}

#[test]
fn no_article_that_is_shown_writes_a_control_character() {
    let feed = feed();
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]).json();
    let items = listed.as_array().unwrap();
    assert_eq!(items.len(), PAYLOADS.len() * 5);
    for item in items {
        let path = item["path"].as_str().unwrap();
        for format in ["text", "json"] {
            let words = ["show", path, "{}", "--format", format];
            let run = rounds_on(&feed, &words);
            assert_eq!(run.status, 0, "{words:?}: {}", run.talk);
            assert_harmless(&run, &words);
        }
    }
}

#[test]
fn json_loses_nothing_of_a_hostile_path_and_has_it_in_a_form_that_may_be_printed() {
    let raw = "red \u{1b}[31m\u{9b}2J\u{202e}\nname.md";
    let feed = Feed::new().with(raw, b"---\ntitle: One\n---\ncaf\xe9");
    let place = |run: &Outcome, at: &str| {
        assert_harmless(run, &["json"]);
        let json = run.json();
        let record = json.pointer(at).unwrap();
        assert_eq!(record["path"].as_str().unwrap().rsplit('/').next(), Some(raw), "{record}");
        let printed = record["printed_path"].as_str().unwrap().to_owned();
        assert!(
            !printed.chars().any(|character| is_dangerous(character) || character == '\n'),
            "{printed:?}"
        );
        assert!(printed.ends_with("red name.md"), "{printed:?}");
    };
    place(&rounds_on(&feed, &["list", "{}", "--format", "json"]), "/0");
    place(&rounds_on(&feed, &["search", "one", "{}", "--format", "json"]), "/0");
    place(&rounds_on(&feed, &["show", "one", "{}", "--format", "json"]), "");
    place(&rounds_on(&feed, &["check", "{}", "--format", "json"]), "/problems/0");
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join(raw);
    let words = ["pack", "{}", "-o", out.to_str().unwrap(), "--archive", "zip", "--format", "json"];
    place(&rounds_on(&feed, &words), "");
}

/// With a search through the rest of the line for every introducer, this would take minutes.
#[test]
fn control_strings_without_an_end_hold_up_no_command() {
    let strings = "\u{90}\u{9d}".repeat(60_000);
    let title = format!("---\ntitle: One {strings} end\n---\nText.\n");
    let body = format!("---\ntitle: Two\n---\n<p>Begin {strings} end.</p>\n");
    let feed = Feed::new().with("title.md", title).with("body.md", body);
    let listed = rounds_on(&feed, &["list", "{}", "--format", "json"]);
    assert_harmless(&listed, &["list"]);
    let items = listed.json();
    let titles: Vec<&str> =
        items.as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["One end", "Two"]);
}

#[test]
fn suggestions_and_complaints_write_no_control_character() {
    let feed = feed();
    let hostile = "\u{1b}[31m\u{202e}x";
    let missing = feed.path().join(hostile);
    let missing = missing.to_str().unwrap();
    for words in [
        &["show", "x", "{}"][..],
        &["show", hostile, "{}"],
        &["list", "{}", "--topic", hostile],
        &["list", "{}", "--topic", "zzz"],
        &["list", missing],
        &["check", missing],
        &["show", missing],
        &["list", "--format", hostile],
        &[hostile, hostile],
        &["--\u{1b}[31m"],
    ] {
        let run = rounds_on(&feed, words);
        assert_ne!(run.status, 0, "{words:?}");
        assert_harmless(&run, words);
    }
    assert_harmless(&rounds(["list", "https://example.org/\u{1b}[31m"]), &["list", "an address"]);
}
