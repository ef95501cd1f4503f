//! Floors that are programs of their own: this one, asked for it, does the least that could be done and writes a
//! screenful of what it has found.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use super::Outcome;
use super::home::Home;
use super::program::Program;

/// Asks this program for the newest items of a catalog.
const NEWEST: &str = "floor-newest";
/// Asks this program for the first items of a directory.
const FIRST: &str = "floor-first";
/// Asks this program for all items of a catalog, after a look at every file of the directory.
const LIST: &str = "floor-list";
/// How many items are read of a catalog, and how many are shown.
const READ: u32 = 200;
const SHOWN: usize = 40;
/// Stands before each item, as in the program that is measured.
pub const ITEM: &str = "●";

/// How long the disk takes to confirm a page that was written to a file in a directory.
pub fn sync(directory: &Path) -> Outcome<Duration> {
    let mut file = tempfile::tempfile_in(directory)?;
    file.write_all(&[0; 4096])?;
    let begun = Instant::now();
    file.sync_all()?;
    Ok(begun.elapsed())
}

/// Whether this program is to be a floor.
pub fn is_asked_for() -> bool {
    env::args().nth(1).is_some_and(|first| [NEWEST, FIRST, LIST].contains(&&*first))
}

/// Starts the floor of a start with a catalog.
pub fn start_newest(home: &Home, catalog: &Path) -> Outcome<Program> {
    Program::start(home, env::current_exe()?.as_os_str(), &[NEWEST.as_ref(), catalog])
}

/// Starts the floor of a start without one.
pub fn start_first(home: &Home, directory: &Path) -> Outcome<Program> {
    Program::start(home, env::current_exe()?.as_os_str(), &[FIRST.as_ref(), directory])
}

/// The floor of a list: this program, asked for it.
pub fn list(this: &Path, directory: &Path, catalog: &Path) -> Command {
    let mut command = Command::new(this);
    command.arg(LIST).arg(directory).arg(catalog);
    command
}

/// Is the floor.
pub fn run(arguments: impl Iterator<Item = OsString>) -> Outcome {
    let arguments: Vec<OsString> = arguments.skip(1).collect();
    if let [_, directory, catalog] = arguments.as_slice() {
        return print_all(directory.as_ref(), catalog.as_ref());
    }
    let [what, path] = arguments.as_slice() else { return Err("a path is missing".into()) };
    let titles = if what == NEWEST { newest(path.as_ref())? } else { first(path.as_ref()) };
    let lines = titles.iter().take(SHOWN).map(|title| format!("{ITEM} {title}\r\n"));
    print!("{}", lines.collect::<String>());
    Ok(())
}

fn newest(catalog: &Path) -> Outcome<Vec<String>> {
    let connection = Connection::open_with_flags(catalog, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(
        "SELECT title, path, key, second, site, link, topics, offerings FROM items
         ORDER BY second DESC, nanosecond DESC, title LIMIT ?1",
    )?;
    let titles = statement.query_map([READ], |row| row.get(0))?;
    Ok(titles.collect::<Result<_, _>>()?)
}

fn print_all(directory: &Path, catalog: &Path) -> Outcome {
    for entry in walkdir::WalkDir::new(directory).into_iter().filter_map(Result::ok) {
        // A file that is read may have gone.
        let _ = black_box(entry.metadata());
    }
    let connection = Connection::open_with_flags(catalog, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(
        "SELECT second, site, title FROM items ORDER BY second DESC, nanosecond DESC, title, path",
    )?;
    let mut rows = statement.query([])?;
    let mut out = BufWriter::new(io::stdout().lock());
    while let Some(row) = rows.next()? {
        let (second, site): (Option<i64>, Option<String>) = (row.get(0)?, row.get(1)?);
        let title: String = row.get(2)?;
        writeln!(out, "{}  {}  {title}", second.unwrap_or_default(), site.unwrap_or_default())?;
    }
    Ok(out.flush()?)
}

fn first(directory: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(directory).into_iter().filter_map(Result::ok);
    let items = files.filter(|entry| entry.file_type().is_file()).take(SHOWN);
    let title = |entry: walkdir::DirEntry| {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        let fields = front_matter(&String::from_utf8_lossy(&bytes)).unwrap_or_default();
        fields.get("title").and_then(|title| title.as_str()).unwrap_or_default().to_owned()
    };
    items.map(title).collect()
}

/// The front matter as the YAML crate's own value, if it can be parsed.
pub fn front_matter(text: &str) -> Option<serde_yaml::Value> {
    let (front_matter, _body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    serde_yaml::from_str(front_matter).ok()
}
