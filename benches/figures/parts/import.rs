//! Importing a directory into a catalog, beside a bare loop that reads every file and parses its front matter; and
//! putting all text into the index, beside SQLite putting it into a bare one.

use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rounds::store::catalog::{Catalog, Indexing};
use rounds::store::refresh::{Refresh, refresh};
use rusqlite::Connection;

use crate::clock::{median, time};
use crate::floor::front_matter;
use crate::home::Home;
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How many items are imported at the least, in as many rounds as that takes.
const ITEMS: u32 = 30_000;
/// How long the catalog is kept locked while text is put into the index.
const TURN: Duration = Duration::from_millis(40);

/// Measures at one size. The last catalog is filled to the end.
pub fn measure(feed: &Feed, table: &mut Table) -> Outcome {
    let size = f64::from(feed.size);
    let (mut floors, mut imports) = (Vec::new(), Vec::new());
    let rounds = (ITEMS / feed.size).clamp(1, 9);
    for round in 1..=rounds {
        let floor = time(|| read_and_parse(feed.path())).0;
        let home = Home::new()?;
        let (mut catalog, _notice) = Catalog::open(&home.path().join("catalog.db"));
        let (imported, done) = time(|| import(feed, &mut catalog));
        done?;
        floors.push(floor);
        imports.push(imported);
        if round == rounds {
            let (indexed, done) = time(|| index_all(&mut catalog));
            done?;
            let (bare, done) = time(|| index_bare(feed.path(), &home));
            done?;
            let kind = ("import, until all text is in the index", "–", Unit::ItemsPerSecond);
            let speed = |time: Duration| size / time.as_secs_f64();
            table.add(feed.size, kind, speed(imported + indexed), Some(speed(floor + bare)));
        }
    }
    let [import, floor] = [imports, floors].map(|mut times| size / median(&mut times));
    let kind = ("import of a directory", "≥ 0.6 × floor", Unit::ItemsPerSecond);
    table.add(feed.size, kind, import, Some(floor));
    Ok(())
}

fn import(feed: &Feed, catalog: &mut Catalog) -> Outcome {
    let source = feed.source()?;
    let summary = refresh(&source, catalog, Refresh::default(), &mut |step| {
        black_box(step);
        ControlFlow::Continue(())
    })?;
    if summary.added == usize::try_from(feed.size)? { Ok(()) } else { Err("not all was imported".into()) }
}

fn index_all(catalog: &mut Catalog) -> Outcome {
    while catalog.index_some(TURN)? != Indexing::Done {}
    Ok(())
}

/// What any import must do at the least: walk, read every file, and parse its front matter, on all cores.
pub fn read_and_parse(directory: &Path) {
    files(directory).into_par_iter().for_each(|path| {
        let bytes = fs::read(path).unwrap_or_default();
        black_box(front_matter(&String::from_utf8_lossy(&bytes)));
    });
}

/// What any index must do at the least: take the text that is behind the front matter, in one transaction.
fn index_bare(directory: &Path, home: &Home) -> Outcome {
    let mut connection = Connection::open(home.path().join("index.db"))?;
    connection.execute_batch("CREATE VIRTUAL TABLE words USING fts5 (body, content = '')")?;
    let transaction = connection.transaction()?;
    for path in files(directory) {
        let bytes = fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        let body = text.split_once("\n---\n").map_or(&*text, |(_, body)| body);
        transaction.prepare_cached("INSERT INTO words (body) VALUES (?1)")?.execute([body])?;
    }
    transaction.commit()?;
    Ok(())
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(directory).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
