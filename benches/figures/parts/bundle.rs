//! A large bundle in the program itself: how long it takes to read and how much memory, beside `tar`, which only lists
//! what is in it; and how soon it is there the next time.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::clock::{median, time};
use crate::corpus::bundle::Bundle;
use crate::floor::{self, ITEM};
use crate::home::Home;
use crate::program::{Program, ROUNDS};
use crate::report::{Table, Unit};

/// How many items the bundle has.
const ITEMS: u32 = 50_000;
/// How often the program is started to find how long that takes.
const STARTS: usize = 5;

/// Measures. A table comes back.
pub fn measure() -> Outcome<Table> {
    let bundle = Bundle::of(ITEMS)?;
    let path = bundle.path();
    let mut table = Table::new(&[ITEMS]);
    let mut add = |kind, value, floor| table.add(ITEMS, kind, value, floor);
    let size = bytes(bundle.size()?);
    add(("a bundle: its size", "200 MB", Unit::Bytes), size, None);

    let home = Home::new()?;
    let floor = list(&path)?;
    let mut program = start(&home, &path)?;
    let imported = program.wait_for(ITEM)?.as_secs_f64();
    let peak = program.process()?.peak_memory()?;
    add(("a bundle: import, until it is shown", "–", Unit::Seconds), imported, Some(floor));
    add(("a bundle: memory, peak: import", "≤ 150 MB", Unit::Bytes), peak, None);
    program.settle()?;
    let peak = program.process()?.peak_memory()?;
    add(("a bundle: memory, peak: import and index", "≤ 150 MB", Unit::Bytes), peak, None);
    program.end()?;

    let catalog = home.catalog()?;
    let (mut times, mut floors) = (Vec::new(), Vec::new());
    let (mut read, mut peak) = (0, 0.0);
    for _ in 0..STARTS {
        floors.push(floor::start_newest(&home, &catalog)?.wait_for(ITEM)?);
        let mut program = start(&home, &path)?;
        times.push(program.wait_for(ITEM)?);
        program.settle()?;
        (read, peak) = (program.process()?.traffic()?.read, program.process()?.peak_memory()?);
        program.end()?;
    }
    let floor = Some(median(&mut floors));
    add(("a bundle: first frame, warm catalog", "≤ 25 ms", Unit::Seconds), median(&mut times), floor);
    add(("a bundle: read by a warm start, beside its size", "–", Unit::Bytes), bytes(read), Some(size));
    add(("a bundle: memory, peak: warm start", "≤ 30 MB", Unit::Bytes), peak, None);
    Ok(table)
}

fn start(home: &Home, bundle: &Path) -> Outcome<Program> {
    Program::start(home, ROUNDS.as_ref(), &[bundle])
}

/// How long `tar` needs to list the bundle, in seconds: it undoes the compression of all of it, as any reader must.
fn list(bundle: &Path) -> Outcome<f64> {
    let mut tar = Command::new("tar");
    tar.arg("-tf").arg(bundle).stdout(Stdio::null());
    let (spent, status) = time(|| tar.status());
    if status?.success() { Ok(spent.as_secs_f64()) } else { Err("tar cannot read the bundle".into()) }
}

#[expect(clippy::cast_precision_loss, reason = "a size to be shown in three digits")]
fn bytes(count: u64) -> f64 {
    count as f64
}
