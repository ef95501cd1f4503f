//! The README says what is so.

#![allow(clippy::expect_used, reason = "a test says what is wrong by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rounds::reader::{BINDINGS, Group};
use rounds::remote::FetchLimits;
use rounds::source::Limits;

const README: &str = include_str!("../README.md");

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let (_, rest) = README.split_once("<!-- keys").expect("the table has a beginning");
    let (_, rest) = rest.split_once("-->\n").expect("the beginning ends");
    let (shown, _) = rest.split_once("<!-- /keys -->").expect("the table has an end");
    let table = keys_table();
    assert_eq!(shown.trim(), table.trim(), "put this table into the README:\n\n{table}");
}

#[test]
fn it_names_every_command_that_there_is() {
    let help =
        std::process::Command::new(env!("CARGO_BIN_EXE_rounds")).arg("--help").output().expect("it runs");
    let help = String::from_utf8_lossy(&help.stdout);
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let there: BTreeSet<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    let (_, rest) = README.split_once("## For scripts").expect("there is such a section");
    let named = rest.lines().filter_map(|line| line.strip_prefix("rounds ")?.split_whitespace().next());
    let named = named.filter(|word| word.chars().all(char::is_alphabetic)).chain(["help"]);
    assert_eq!(named.collect::<BTreeSet<&str>>(), there);
}

#[test]
fn the_table_of_limits_is_that_of_the_program() {
    let (_, rest) = README.split_once("<!-- limits").expect("the table has a beginning");
    let (shown, _) = rest.split_once("<!-- /limits -->").expect("the table has an end");
    let mut named = BTreeSet::new();
    for line in shown.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (name, rest) = line.split_once("` | ").expect("a name");
        let (value, _) = rest.split_once(" | ").expect("a value");
        named.insert(name.to_owned());
        let alone = format!("{{\"{name}\": {value}}}");
        let of_archives =
            serde_json::from_str::<Limits>(&alone).is_ok_and(|limits| limits == Limits::default());
        let of_fetches =
            serde_json::from_str::<FetchLimits>(&alone).is_ok_and(|limits| limits == FetchLimits::default());
        assert!(of_archives || of_fetches, "{name} is not {value} by default");
    }
    let known = names::<Limits>().into_iter().chain(names::<FetchLimits>());
    assert_eq!(named, known.collect::<BTreeSet<_>>());
}

/// The names of the fields of a type, which it gives when it is handed one that it has not.
fn names<T: serde::de::DeserializeOwned + std::fmt::Debug>() -> Vec<String> {
    let error = serde_json::from_str::<T>("{\"\": 0}").expect_err("there is no such field").to_string();
    let (_, names) = error.split_once("expected one of ").expect("it names those that there are");
    names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_sample_has_as_many_items_as_it_says() {
    let sample = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-feed")).expect("it is there");
    let names = sample.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let items =
        names.filter(|name| std::path::Path::new(name).extension().is_some_and(|e| e == "md")).count();
    assert!(
        README.contains(&format!("[`sample-feed`](sample-feed) has {items} of them")),
        "there are {items}"
    );
}

/// The keys and what they do, as a table in Markdown.
fn keys_table() -> String {
    let mut table = String::from("| | Keys | |\n|---|---|---|\n");
    for group in Group::ALL {
        let mut label = format!("**{}**", group.label());
        for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(table, "| {label} | {} | {} |", keys.join(" "), binding.help);
            label.clear();
        }
    }
    table
}
