//! `rounds list` of a directory, by the program itself: with a catalog in which nothing has changed, beside a program that
//! asks for every file's size and time and prints what a bare query finds; and without one, beside a bare loop that
//! reads every file and parses its front matter.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::clock::{median, time};
use crate::floor;
use crate::home::Home;
use crate::parts::import::read_and_parse;
use crate::program::ROUNDS;
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How often the list is asked for with a catalog.
const ROUNDS_WARM: usize = 9;
/// How many items are listed at the least without one, in as many rounds as that takes.
const ITEMS: u32 = 30_000;

/// Measures at one size, with the home of a program that has made the catalog.
pub fn measure(feed: &Feed, home: &Home, table: &mut Table) -> Outcome {
    let catalog = home.catalog()?;
    let (mut lists, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS_WARM {
        let (spent, done) = time(|| list(home, feed.path()));
        done?;
        lists.push(spent);
        let (spent, done) = time(|| finish(floor::list(&env::current_exe()?, feed.path(), &catalog)));
        done?;
        floors.push(spent);
    }
    let kind = ("rounds list, nothing changed", "–", Unit::Seconds);
    table.add(feed.size, kind, median(&mut lists), Some(median(&mut floors)));

    let (mut lists, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..(ITEMS / feed.size).clamp(1, 3) {
        let other = Home::new()?;
        let (spent, done) = time(|| list(&other, feed.path()));
        done?;
        lists.push(spent);
        floors.push(time(|| read_and_parse(feed.path())).0);
    }
    let kind = ("rounds list, no catalog", "–", Unit::Seconds);
    table.add(feed.size, kind, median(&mut lists), Some(median(&mut floors)));
    Ok(())
}

fn list(home: &Home, directory: &Path) -> Outcome {
    let mut command = Command::new(ROUNDS);
    command.arg("list").arg(directory).env("HOME", home.path());
    command.env("XDG_DATA_HOME", home.data()).env("XDG_CACHE_HOME", home.cache());
    command.env("XDG_CONFIG_HOME", home.path().join("config"));
    finish(command)
}

/// Runs a command to its end. What it prints goes nowhere.
fn finish(mut command: Command) -> Outcome {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} has failed").into()) }
}
