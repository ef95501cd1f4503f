//! The house keeps its rings: imports run inward, and the pure rings know nothing of the machine.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, with the rooms that it may import from. A room may always import from itself.
const MAY_IMPORT: [(&str, &[&str]); 10] = [
    ("item", &[]),
    ("search", &["item"]),
    ("article", &["item", "search"]),
    ("library", &["item", "search"]),
    ("reader", &["item", "search", "article", "library"]),
    ("screen", &["item", "search", "article", "library", "reader"]),
    ("source", &["item"]),
    ("remote", &["item", "source"]),
    ("store", &["item", "search", "library", "source"]),
    ("edge", &["item", "search", "article", "library", "reader", "screen", "source", "remote", "store"]),
];

/// The rooms that must run without a terminal, a disk, a network, a process, a thread or a clock.
const PURE: [&str; 5] = ["item", "search", "article", "library", "reader"];

/// What the pure rooms must not name.
const MACHINE: [&str; 16] = [
    "ratatui",
    "crossterm",
    "rusqlite",
    "rayon",
    "crossbeam_channel",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "std::time",
    "Zoned::now",
    "Timestamp::now",
];

#[test]
fn imports_run_inward() {
    for (room, allowed) in MAY_IMPORT {
        for (path, text) in files_of(room) {
            for (number, line) in code_lines(&text) {
                for (other, _) in MAY_IMPORT {
                    let named = line.contains(&format!("crate::{other}::"))
                        || line.contains(&format!("crate::{other};"));
                    let permitted = other == room || allowed.contains(&other);
                    assert!(!named || permitted, "{}:{number}: {room} must not know {other}", path.display());
                }
            }
        }
    }
}

#[test]
fn the_pure_rooms_do_not_touch_the_machine() {
    for room in PURE {
        for (path, text) in files_of(room) {
            for (number, line) in code_lines(&text) {
                for name in MACHINE {
                    assert!(!line.contains(name), "{}:{number}: {room} must not name {name}", path.display());
                }
            }
        }
    }
}

#[test]
fn no_room_imports_in_a_way_that_the_rule_cannot_see() {
    for (room, _) in MAY_IMPORT {
        for (path, text) in files_of(room) {
            for (number, line) in code_lines(&text) {
                let hidden = line.contains("use crate::{") || line.contains("use crate::*");
                assert!(!hidden, "{}:{number}: import each room on a line of its own", path.display());
            }
        }
    }
}

#[test]
fn every_room_is_in_the_rule() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(MAY_IMPORT.iter().any(|(room, _)| *room == name), "{name} has no row in the rule");
        }
    }
}

#[test]
fn what_an_error_holds_may_be_shown() {
    for (room, _) in MAY_IMPORT {
        for (path, text) in files_of(room) {
            let mut in_error = false;
            for (number, line) in code_lines(&text) {
                in_error |= line.contains("thiserror::Error");
                in_error &= line != "}";
                let unsafe_field = line.contains("(String)") || line.contains(": String,");
                assert!(!in_error || !unsafe_field, "{}:{number}: let it be a SafeText", path.display());
            }
        }
    }
}

#[test]
fn standard_error_is_reached_by_one_door() {
    const DOORS: [&str; 4] =
        ["edge/cli.rs", "edge/output/panics.rs", "edge/runner/mod.rs", "edge/terminal/panics.rs"];
    for (room, _) in MAY_IMPORT {
        for (path, text) in files_of(room) {
            for (number, line) in code_lines(&text) {
                let is_reached = ["io::stderr", "eprint"].iter().any(|way| line.contains(way));
                let is_door = DOORS.iter().any(|door| path.ends_with(door));
                assert!(!is_reached || is_door, "{}:{number}: say it by the console", path.display());
            }
        }
    }
}

/// The lines of a file that are code, up to its tests, with their numbers.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    (1..).zip(before_tests.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[cfg(test)]
fn files_of(room: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let in_tests = entry.path().components().any(|part| part.as_os_str() == "tests");
        if entry.path().extension().is_some_and(|extension| extension == "rs") && !in_tests {
            files.push((entry.path().to_owned(), fs::read_to_string(entry.path()).unwrap()));
        }
    }
    assert!(!files.is_empty(), "there is no room called {room}");
    files
}
