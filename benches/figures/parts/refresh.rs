//! Looking through a directory that is in the catalog already, beside a bare walk that asks for every file's size
//! and time.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;

use rounds::source::Source;
use rounds::store::catalog::Catalog;
use rounds::store::refresh::{Refresh, Summary, refresh};

use crate::clock::{median, time};
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How many rounds are measured.
const ROUNDS: u32 = 5;
/// One file in so many is changed.
const CHANGED: u32 = 100;

/// Measures at one size. At the end, directory and catalog are as they were.
pub fn measure(feed: &Feed, catalog: &Path, table: &mut Table) -> Outcome {
    let source = feed.source()?;
    let (mut catalog, _notice) = Catalog::open(catalog);
    let mut seen = catalog.reader().changes_after(0, &mut |_| ControlFlow::Break(()))?;
    look(&source, &mut catalog, &mut seen)?;
    let (mut floors, mut unchanged, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        floors.push(time(|| walk(feed.path())).0);
        let (spent, summary) = time(|| look(&source, &mut catalog, &mut seen));
        expect(summary?.changed, 0)?;
        unchanged.push(spent);
        let numbers = (0..feed.size / CHANGED).map(|number| number * CHANGED + round);
        feed.corpus.change(numbers.clone())?;
        let (spent, summary) = time(|| look(&source, &mut catalog, &mut seen));
        expect(summary?.changed, feed.size / CHANGED)?;
        changed.push(spent);
        feed.corpus.restore(numbers)?;
        look(&source, &mut catalog, &mut seen)?;
    }
    let floor = Some(median(&mut floors));
    let kind = ("refresh, nothing changed", "–", Unit::Seconds);
    table.add(feed.size, kind, median(&mut unchanged), floor);
    let kind = ("refresh, 1 % changed, and in the index", "–", Unit::Seconds);
    table.add(feed.size, kind, median(&mut changed), floor);
    Ok(())
}

fn look(source: &Source, catalog: &mut Catalog, seen: &mut u64) -> Outcome<Summary> {
    let how = Refresh { seen: *seen, ..Refresh::default() };
    let summary = refresh(source, catalog, how, &mut |step| {
        black_box(step);
        ControlFlow::Continue(())
    })?;
    *seen = summary.seen;
    Ok(summary)
}

fn expect(found: usize, expected: u32) -> Outcome {
    if found == usize::try_from(expected)? {
        Ok(())
    } else {
        Err(format!("{found} files seem to have changed, and {expected} have").into())
    }
}

fn walk(directory: &Path) {
    for entry in walkdir::WalkDir::new(directory).into_iter().filter_map(Result::ok) {
        // A file that is read may have gone.
        let _ = black_box(entry.metadata());
    }
}
