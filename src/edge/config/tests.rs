//! What is read from a configuration, however it is written, and which of its lines are changed.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::text::{parse, with_source, without_source};
use super::*;

const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

/// A configuration in a folder that goes when the test ends.
fn file(contents: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, contents).unwrap();
    (folder, path)
}

/// What is read from a text: the sources, and what is said after the name of the file.
fn load(contents: impl AsRef<[u8]>) -> (Vec<NamedSource>, Vec<String>) {
    let (_folder, path) = file(contents);
    let (config, notices) = Config::load(&path);
    let path = path.display().to_string();
    let said = notices.iter().map(|notice| notice.strip_prefix(&path).expect("the file is named").to_owned());
    (config.sources, said.collect())
}

fn named(name: &str, location: &str) -> NamedSource {
    NamedSource {
        name: SourceName::parse(name).unwrap(),
        location: location.to_owned(),
        key: None,
        allow_http: false,
    }
}

#[test]
fn sources_are_read_in_the_order_of_the_file_however_they_are_written() {
    let health = NamedSource {
        key: Some(KEY.to_owned()),
        allow_http: true,
        ..named("health", "https://example.org/h.zip")
    };
    let table = [
        format!(
            "\u{feff}# mine\r\n[sources.health]\r\nlocation = \"https://example.org/h.zip\" # here\r\nkey = '{KEY}'\r\n\
             allow_http = true\r\n[sources.\"a.b\"]\r\nlocation = '/srv/a'\r\n"
        ),
        format!(
            "[sources]\nhealth = {{ location = 'https://example.org/h.zip', key = '{KEY}', allow_http = true }}\n\
             \"a.b\".location = '/srv/a'"
        ),
        format!(
            "sources.health.location = 'https://example.org/h.zip'\nsources.health.key = '{KEY}'\n\
             sources.health.allow_http = true\nsources.'a.b'.location = \"\"\"/srv/a\"\"\""
        ),
        format!(
            "sources = {{ health = {{ location = 'https://example.org/h.zip', key = '{KEY}', allow_http = true }}, \
             'a.b' = {{ location = '/srv/a' }} }}"
        ),
    ];
    for text in table {
        assert_eq!(load(&text), (vec![health.clone(), named("a.b", "/srv/a")], vec![]), "{text}");
    }
    assert_eq!(load(""), (vec![], vec![]));
    assert_eq!(Config::load(Path::new("/nowhere/config.toml")), (Config::default(), vec![]));
}

#[test]
fn what_is_wrong_with_one_entry_is_named_with_its_line_and_costs_no_other() {
    let good = "[sources.good]\nlocation = '/srv/good'\n";
    let cases = [
        ("[sources.bad]\n", ", line 3: sources.bad has no location, so it is not opened. Add a line such as"),
        (
            "[sources.bad]\nlocation = ''\n",
            ", line 4: sources.bad.location is not understood. Write it as text",
        ),
        (
            "[sources.bad]\nlocation = 7\n",
            ", line 4: sources.bad.location is not understood. Write it as text",
        ),
        (
            "[sources.'b d']\nlocation = '/x'\n",
            ", line 3: sources.b d is not opened: a name has only letters",
        ),
        (
            "[sources.list]\nlocation = '/x'\n",
            ", line 3: sources.list is not opened: this is the name of a command.",
        ),
        ("[[sources.bad]]\nlocation = '/x'\n", ", line 3: sources.bad is not understood: it needs a line"),
        (
            "[limits]\nratio = 'much'\n",
            ", line 4: limits.ratio is not a number, so it changes nothing. Write one.",
        ),
        ("[limits]\nratio = nan\n", ", line 4: limits.ratio is not a number"),
        ("[[limits]]\n", ", line 3: limits is not understood."),
        ("[source]\n", ", line 3: source means nothing to Rounds. Was sources meant?"),
        ("[zzz]\n[zzz.y]\n", ", line 3: zzz means nothing to Rounds. Correct it, or take it out."),
        ("[\"\\u001b[2J\"]\n", ", line 3: means nothing to Rounds."),
    ];
    for (text, expected) in cases {
        let (sources, said) = load(format!("{good}{text}"));
        assert_eq!(sources, [named("good", "/srv/good")], "{text}");
        assert!(said.len() == 1 && said[0].starts_with(expected), "{text}: {said:?}");
    }
}

#[test]
fn what_was_meant_to_be_a_source_is_kept_with_every_location_that_may_be_meant() {
    let location = "location = 'https://example.org/h.zip'";
    let cases = [
        (format!("[sources.x]\n{location}\nkye = '{KEY}'\n"), "x", 3, "kye means nothing to Rounds."),
        (
            format!("[sources.x]\n{location}\nKey = '{KEY}'\n"),
            "x",
            3,
            "Key means nothing to Rounds. Was key meant?",
        ),
        (format!("[sources.x]\n{location}\nsigned.by = ['me']\n"), "x", 3, "signed means nothing to Rounds."),
        (
            format!("[sources.x]\nloction = 'https://example.org/h.zip'\nkey = '{KEY}'\n"),
            "x",
            2,
            "loction means nothing",
        ),
        (format!("[sources.list]\n{location}\n"), "list", 1, "this is the name of a command."),
        (format!("[[sources.x]]\n{location}\n"), "x", 1, "it needs a line [sources.NAME]"),
        ("sources.x = 'https://example.org/h.zip'".to_owned(), "x", 1, "it needs a line [sources.NAME]"),
        (format!("[[sources]]\n{location}\n"), "sources", 1, "Write each source under a line"),
        (format!("[source.x]\n{location}\nkey = '{KEY}'\n"), "source", 1, "Was sources meant?"),
        (location.to_owned(), "location", 1, "location means nothing to Rounds."),
        (
            format!("[sources.'https://me:s3cret@example.org/h.zip']\n{location}\n"),
            "https://example.org/h.zip",
            1,
            "sources.https://example.org/h.zip is not opened: a name has only letters",
        ),
        (
            format!("[sources.x]\n{location}\n'https://me:s3cret@example.org/h.zip' = 1\n"),
            "x",
            3,
            "sources.x.https://example.org/h.zip means nothing to Rounds.",
        ),
    ];
    for (text, label, line, reason) in cases {
        let (_folder, path) = file(&text);
        let (config, notices) = Config::read(&path).unwrap();
        let [lost] = config.unusable.as_slice() else { panic!("{text}: {config:?}") };
        assert_eq!((lost.label.as_str(), config.sources.len()), (label, 0), "{text}");
        assert!(
            lost.locations.iter().any(|location| location == "https://example.org/h.zip"),
            "{text}: {lost:?}"
        );
        assert!(
            lost.notice.contains(&format!(", line {line}: ")) && lost.notice.contains(reason),
            "{lost:?}"
        );
        assert_eq!(notices, std::slice::from_ref(&lost.notice), "{text}");
        assert!(!lost.notice.contains("s3cret"), "{lost:?}");
    }
    let (_folder, path) =
        file("[limits]\n'https://me:s3cret@example.org/' = 1\n'ftp://me:s3cret@example.org/' = ''\n");
    let (config, mut notices) = Config::load(&path);
    notices.extend(config.limits.left());
    assert!(notices.len() == 2 && notices.iter().all(|notice| !notice.contains("s3cret")), "{notices:?}");
}

#[test]
fn a_source_with_an_entry_that_is_not_usable_is_kept() {
    let source = "[sources.x]\nlocation = '/x'\n";
    let cases = [
        (
            "allow_http = 'yes'",
            ", line 3: sources.x.allow_http is neither true nor false, so plain http",
            None,
        ),
        // So that nothing unsigned is opened in its place.
        (
            "key = 'RWQ'",
            ", line 3: sources.x.key cannot be used: this is not a public key",
            Some("RWQ".to_owned()),
        ),
        ("key = 7", ", line 3: sources.x.key is not understood. Write it as text", Some(String::new())),
        ("key = ''", ", line 3: sources.x.key cannot be used: this is not a public key", Some(String::new())),
    ];
    for (text, expected, key) in cases {
        let (sources, said) = load(format!("{source}{text}"));
        assert_eq!(sources, [NamedSource { key, ..named("x", "/x") }], "{text}");
        assert!(said.len() == 1 && said[0].starts_with(expected), "{text}: {said:?}");
    }
}

#[test]
fn a_file_that_cannot_be_understood_is_named_with_its_line() {
    let deep = format!("\n\na = {}", "[".repeat(100_000));
    let keys = format!("\na{} = 1", ".a".repeat(100_000));
    let cases: [(&[u8], &str); 11] = [
        (b"[sources.a]\nlocation = /srv\n", ", line 2: "),
        (b"[sources.a]\n[sources.b]\n[sources.a]\n", ", line 3: duplicate key."),
        (b"[sources.a]\nlocation = 'x'\nlocation = 'y'\n", ", line 3: duplicate key."),
        (b"[sources.a]\nlocation = '\n", ", line 2: "),
        (b"\n[]\n", ", line 2: "),
        (b"\n[[]]\n", ", line 2: "),
        (b"x\n", ", line 1: "),
        (b"# \x1b]52;c;x\x07\n", ", line 1: "),
        (b"# fine\n\xff\xfe[\0", ", line 2: this is not text in UTF-8"),
        (deep.as_bytes(), ", line 3: "),
        (keys.as_bytes(), ": recursion limit. "),
    ];
    for (contents, expected) in cases {
        let (sources, said) = load(contents);
        assert_eq!(sources, []);
        assert!(said.len() == 1 && said[0].starts_with(expected), "{said:?}");
        assert!(said[0].ends_with('.') && said[0].len() < 400, "{said:?}");
    }
}

#[test]
fn a_file_of_any_size_is_read_within_bounds_and_named_in_a_few_sentences() {
    let (sources, said) = load(vec![b'#'; 1_000_001]);
    assert!(sources.is_empty() && said[0].contains("larger than 1 MB"), "{said:?}");
    let (_, said) = load(unknown_tables(5001));
    assert_eq!(said.len(), 11);
    assert!(said[10].contains(": 4991 more things in it are not understood."), "{said:?}");
    let folder = tempfile::tempdir().unwrap();
    let (_, said) = Config::load(folder.path());
    assert!(said.len() == 1 && said[0].contains("must be a file"), "{said:?}");
}

fn unknown_tables(count: usize) -> String {
    (0..count).map(|number| format!("[x{number}]\n")).collect()
}

#[test]
fn adding_writes_behind_what_is_there_and_changes_none_of_it() {
    let source =
        NamedSource { key: Some(KEY.to_owned()), allow_http: true, ..named("a.b", "/srv/\"news\"\u{1b}\\x") };
    let table = [
        "",
        "\u{feff}",
        "# only a remark",
        "[sources.x]\nlocation = '/x'\n# key = 'later'\n",
        "[sources]\nx = { location = '/x' }\n\n[limits]\nratio = 3",
        "sources.x.location = '/x'\r\n",
    ];
    for before in table {
        let after = with_source(before, &source).unwrap();
        assert!(after.starts_with(before), "{after}");
        assert_eq!(after.contains('\r'), before.contains('\r'));
        let (sources, said) = load(&after);
        assert_eq!((sources.last(), said), (Some(&source), vec![]), "{after}");
    }
    let lines = format!("[sources.\"a.b\"]\nlocation = '/srv/x'\nkey = \"{KEY}\"\nallow_http = true\n");
    let source = NamedSource { location: "/srv/x".to_owned(), ..source };
    assert_eq!(with_source("", &source).unwrap().replace("\"/srv/x\"", "'/srv/x'"), lines);
    assert_eq!(with_source("sources = { x = { location = '/x' } }", &source), None);
    assert_eq!(with_source("sources = 7", &source), None);
}

#[test]
fn removing_takes_the_lines_of_one_source_and_leaves_all_others() {
    let cases = [
        ("[sources.x]\nlocation = '/x'\n", Some("")),
        (
            "# My sources\n\n# first\n[sources.a]\nlocation = 'a'\n\n[sources.x] # mine\n# why\nlocation = [\n'x']\nkey = 'k' # end\n\n\
             [limits]\nratio = 3\n",
            Some("# My sources\n\n# first\n[sources.a]\nlocation = 'a'\n\n[limits]\nratio = 3\n"),
        ),
        (
            "[sources.x]\nlocation = 'x'\n# about a\n[sources.a]\nlocation = 'a'",
            Some("# about a\n[sources.a]\nlocation = 'a'"),
        ),
        (
            "[sources.a]\r\nlocation = 'a'\r\n\r\n[sources.x]\r\nlocation = 'x'\r\n\r\n[limits]\r\n",
            Some("[sources.a]\r\nlocation = 'a'\r\n\r\n[limits]\r\n"),
        ),
        (
            "[sources]\na = { location = 'a' }\nx = { location = 'x' } # x\nb.location = 'b'\n",
            Some("[sources]\na = { location = 'a' }\nb.location = 'b'\n"),
        ),
        (
            "sources.x.location = 'x'\nsources.x.key = 'k'\nsources.a.location = 'a'\n",
            Some("sources.a.location = 'a'\n"),
        ),
        ("[sources.x]\n[sources.x.more]\ny = 1\n[sources.a]\n", Some("[sources.a]\n")),
        // Other things would go, too.
        ("[sources.x]\n[sources.a]\n[sources.x.more]\n", None),
        ("[sources.x]\n[limits]\n[sources.x.more]\n", None),
        ("[limits]\n[sources.x]\n[limits.more]\n[sources.x.more]\n", None),
        ("[sources.a]\n[sources.x]\n[sources.a.more]\ny = 1\n[sources.x.more]\n", None),
        ("[[other]]\n[sources.x]\n[[other]]\n[sources.x.more]\n", None),
        ("sources = { x = { location = 'x' } }\n", None),
        (
            "sources = {\n  x = { location = 'x' },\n  a = { location = 'a' },\n}\n",
            Some("sources = {\n  a = { location = 'a' },\n}\n"),
        ),
        ("[limits]\nratio = 3\n\n[sources.x]\nlocation = 'x'\n", Some("[limits]\nratio = 3\n\n")),
        ("sources.x.location = 'x'\nlimits.ratio = 1\nsources.x.key = 'k'\n", None),
        ("sources = { x = { location = 'x' }, a = { location = 'a' } }\n", None),
    ];
    for (before, after) in cases {
        let document = parse(Path::new("config.toml"), before).unwrap();
        assert_eq!(without_source(before, &document, "x").as_deref(), after, "{before}");
    }
}

proptest! {
    #[test]
    fn whatever_is_in_the_file_reading_it_does_not_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let (_, said) = load(bytes);
        prop_assert!(said.len() <= 11);
    }

    #[test]
    fn what_looks_like_a_configuration_is_read_or_named(text in "(\\[{0,2}(sources|limits|x)?(\\.[a-z'\"]{0,3})?\\]{0,2}[ =\n'\"{}#,0-9]{0,6}){0,12}") {
        let (_, said) = load(text);
        prop_assert!(said.len() <= 11);
    }

    #[test]
    fn what_is_added_is_read_back_and_removing_it_leaves_what_was_there(
        name in "[a-zé0-9_][a-zé0-9_.-]{0,39}", location in "/\\PC{0,30}|/[\u{1}-\u{20}\u{7f}-\u{a0}\"\\\\]{1,9}x"
    ) {
        prop_assume!(location.trim() == location);
        let before = "[sources.A]\nlocation = '/a'\n\n# the end\n";
        let Ok(name) = SourceName::parse(&name) else { return Ok(()) };
        let source = NamedSource { name, location, key: None, allow_http: false };
        let added = with_source(before, &source).unwrap();
        let (sources, said) = load(&added);
        prop_assert_eq!((sources.last(), said), (Some(&source), vec![]));
        let document = parse(Path::new("config.toml"), &added).unwrap();
        let removed = without_source(&added, &document, &source.name).unwrap();
        prop_assert_eq!(removed.trim_end(), before.trim_end());
    }
}
