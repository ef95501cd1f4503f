//! The program itself, in a terminal: how soon it shows items, how much memory it takes, what it does when nobody
//! does anything.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::clock::median;
use crate::floor::{self, ITEM};
use crate::home::Home;
use crate::program::{Program, ROUNDS};
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How often the program is started to find how long that takes.
const STARTS: usize = 9;
/// For how long it is watched while nobody does anything.
const NOTHING: Duration = Duration::from_secs(3);

/// What is looked for to find how much memory that takes: twenty searches, common and rare, short and long.
const SEARCHES: [&str; 20] = [
    "sepsis",
    "a",
    "discharge letter",
    "\"waiting list\"",
    "ward -sepsis",
    "t",
    "th",
    "author:ma",
    "screening",
    "records",
    "alert",
    "s",
    "consent",
    "hospital",
    "board",
    "e",
    "vendor",
    "pharmacy",
    "data",
    "nobodywritesthis",
];

/// Starts the program without a catalog, the last time until it has made one that is whole.
pub fn cold(feed: &Feed, home: &Home, table: &mut Table) -> Outcome {
    let (mut times, mut floors) = (Vec::new(), Vec::new());
    for _ in 1..STARTS {
        let other = Home::new()?;
        times.push(start(&other, feed.path())?.wait_for(ITEM)?);
        floors.push(floor::start_first(&other, feed.path())?.wait_for(ITEM)?);
    }
    let mut program = start(home, feed.path())?;
    times.push(program.wait_for(ITEM)?);
    program.settle()?;
    let kind = ("first frame with items, no catalog", "≤ 150 ms", Unit::Seconds);
    table.add(feed.size, kind, median(&mut times), Some(median(&mut floors)));
    let peak = program.process()?.peak_memory()?;
    program.end()?;
    let kind = ("memory, peak: first start, with import and index", "≤ 30 MB for 50,000", Unit::Bytes);
    table.add(feed.size, kind, peak, Some(least_memory(&home.catalog()?)?));
    Ok(())
}

/// Starts the program with a catalog, the last time until it has been searched.
pub fn warm(feed: &Feed, home: &Home, table: &mut Table) -> Outcome {
    let size = feed.size;
    let catalog = home.catalog()?;
    let (mut times, mut floors) = (Vec::new(), Vec::new());
    let (mut quits, mut syncs) = (Vec::new(), Vec::new());
    for _ in 1..STARTS {
        let mut program = start(home, feed.path())?;
        times.push(program.wait_for(ITEM)?);
        program.settle()?;
        quits.push(program.quit()?);
        syncs.push(floor::sync(&home.data())?);
        floors.push(floor::start_newest(home, &catalog)?.wait_for(ITEM)?);
    }
    let kind = ("quitting, with nothing left to save", "≤ floor + 10 ms", Unit::Seconds);
    table.add(size, kind, median(&mut quits), Some(median(&mut syncs)));
    let mut program = start(home, feed.path())?;
    times.push(program.wait_for(ITEM)?);
    program.settle()?;
    let kind = ("first frame with items, warm catalog", "≤ 25 ms", Unit::Seconds);
    table.add(size, kind, median(&mut times), Some(median(&mut floors)));

    let process = program.process()?;
    let file = bytes(fs::metadata(&catalog)?.len());
    let read = bytes(process.traffic()?.read);
    table.add(size, ("read by a warm start, beside the catalog", "no bodies", Unit::Bytes), read, Some(file));
    let floor = Some(least_memory(&catalog)?);
    let kind = ("memory, peak: warm start", "≤ 30 MB for 50,000", Unit::Bytes);
    table.add(size, kind, process.peak_memory()?, floor);

    let (work, traffic) = (process.work()?, process.traffic()?);
    program.watch(NOTHING)?;
    let work = process.work()?.saturating_sub(work).as_secs_f64();
    let written = bytes(process.traffic()?.written.saturating_sub(traffic.written));
    table.add(size, ("idle for 3 s: processor", "0 %", Unit::Seconds), work, None);
    table.add(size, ("idle for 3 s: written", "0 B", Unit::Bytes), written, None);

    for words in SEARCHES {
        program.type_text("/")?;
        program.type_text(words)?;
        program.settle()?;
        program.type_text("\x1b")?;
    }
    let kind = ("memory, peak: warm start, 20 searches", "≤ 30 MB for 50,000", Unit::Bytes);
    table.add(size, kind, process.peak_memory()?, floor);
    program.end()
}

fn start(home: &Home, feed: &Path) -> Outcome<Program> {
    Program::start(home, ROUNDS.as_ref(), &[feed])
}

/// The bytes of the titles, paths and links of all items.
fn least_memory(catalog: &Path) -> Outcome<f64> {
    let sql = "SELECT total(octet_length(title) + octet_length(path) + octet_length(link)) FROM items";
    Ok(Connection::open(catalog)?.query_row(sql, [], |row| row.get(0))?)
}

#[expect(clippy::cast_precision_loss, reason = "a size to be shown in three digits")]
fn bytes(count: u64) -> f64 {
    count as f64
}
