//! Searching as one types: from each letter to the frame with the hits, and to that with the words around them, beside
//! a bare query of the index for the same words.

use std::path::Path;
use std::time::{Duration, Instant};

use rounds::reader::{Key, KeyCode, Message};
use rounds::search::{Field, TextSearch, Wanted};
use rusqlite::Connection;

use crate::clock::{percentile, time};
use crate::desk::Desk;
use crate::report::{Table, Unit};
use crate::{Feed, Outcome};

/// How often each group is typed.
const TIMES: usize = 3;

/// Searches of one kind.
struct Group {
    what: &'static str,
    /// Whether the best match is to come first.
    best: bool,
    searches: &'static [&'static str],
}

const GROUPS: [Group; 9] = [
    Group { what: "common words", best: false, searches: &["hospital", "records", "patient", "team"] },
    Group { what: "rare words", best: false, searches: &["dermatology", "glucose", "ransomware", "zebra"] },
    Group { what: "one letter", best: false, searches: &["a", "s", "t", "x", "é"] },
    Group { what: "two letters", best: false, searches: &["th", "re", "an", "co", "zz"] },
    Group { what: "several words", best: false, searches: &["sepsis alerts ward", "the discharge letter"] },
    Group { what: "phrases", best: false, searches: &["\"waiting list\"", "\"care home connectivity\""] },
    Group { what: "without a word", best: false, searches: &["sepsis -alerts", "-hospital", "ward -the"] },
    Group { what: "by author", best: false, searches: &["author:ma", "author:\"anna\""] },
    Group { what: "best match first", best: true, searches: &["hospital", "sepsis alerts", "glucose"] },
];

/// Measures at one size.
pub fn measure(feed: &Feed, catalog: &Path, table: &mut Table) -> Outcome {
    let mut desk = Desk::open(catalog)?;
    let connection = Connection::open(catalog)?;
    let mut all = Times::default();
    for group in &GROUPS {
        let times = type_group(&mut desk, &connection, group)?;
        times.add_to(table, feed.size, group.what);
        all.hits.extend(times.hits);
        all.contexts.extend(times.contexts);
        all.floors.extend(times.floors);
    }
    all.add_to(table, feed.size, "all of these");
    Ok(())
}

/// Times of one kind of search.
#[derive(Default)]
struct Times {
    /// To the frame with the hits.
    hits: Vec<Duration>,
    /// To the frame with the words around them.
    contexts: Vec<Duration>,
    /// The bare queries.
    floors: Vec<Duration>,
}

impl Times {
    fn add_to(&self, table: &mut Table, size: u32, what: &str) {
        let [hits, contexts, floor] =
            [&self.hits, &self.contexts, &self.floors].map(|times| percentile(&mut times.clone(), 95));
        let row = format!("search, {what}: hits, p95");
        table.add(size, (&row, "≤ 16 ms", Unit::Seconds), hits, Some(floor));
        let row = format!("search, {what}: words around them, p95");
        table.add(size, (&row, "≤ 50 ms", Unit::Seconds), contexts, Some(floor));
    }
}

fn type_group(desk: &mut Desk, connection: &Connection, group: &Group) -> Outcome<Times> {
    let mut times = Times::default();
    for search in group.searches.iter().cycle().take(group.searches.len() * TIMES) {
        press(desk, KeyCode::Char('/'))?;
        for letter in search.chars() {
            let typed = press(desk, KeyCode::Char(letter))?;
            let Some(text) = typed.asked else { continue };
            if group.best {
                continue;
            }
            times.hits.push(typed.hits);
            times.contexts.push(typed.contexts);
            times.floors.push(bare(connection, &text, group.best)?);
        }
        if group.best {
            press(desk, KeyCode::Enter)?;
            let turned = press(desk, KeyCode::Char(BEST))?;
            times.hits.push(turned.hits);
            times.contexts.push(turned.contexts);
            times.floors.push(bare(connection, &turned.asked.ok_or("nothing was asked")?, true)?);
        }
        press(desk, KeyCode::Esc)?;
    }
    Ok(times)
}

/// The key that puts the best match first.
const BEST: char = 'b';

/// What came of a key.
struct Typed {
    hits: Duration,
    contexts: Duration,
    asked: Option<TextSearch>,
}

fn press(desk: &mut Desk, code: KeyCode) -> Outcome<Typed> {
    let start = Instant::now();
    desk.tell(Message::Key(Key::plain(code)));
    let asked = desk.find()?;
    desk.draw()?;
    let hits = start.elapsed();
    desk.find_contexts()?;
    desk.draw()?;
    let contexts = start.elapsed();
    // The program does this on another thread.
    desk.set_page();
    desk.draw()?;
    Ok(Typed { hits, contexts, asked })
}

/// Asks the index for all rows, and nothing else.
fn bare(connection: &Connection, text: &TextSearch, best: bool) -> Outcome<Duration> {
    let Some(expression) = expression(text) else { return Ok(Duration::ZERO) };
    let order = if best { "ORDER BY rank LIMIT 1000" } else { "" };
    let sql = format!("SELECT rowid FROM words WHERE words MATCH ?1 {order}");
    let mut statement = connection.prepare_cached(&sql)?;
    let (spent, rows) = time(|| -> rusqlite::Result<i64> {
        let mut rows = statement.query([expression])?;
        let mut sum: i64 = 0;
        while let Some(row) = rows.next()? {
            sum = sum.wrapping_add(row.get(0)?);
        }
        Ok(sum)
    });
    rows?;
    Ok(spent)
}

/// A search as SQLite understands it; `None` for one that it does not.
fn expression(text: &TextSearch) -> Option<String> {
    let wanted: Vec<String> = text.wanted.iter().map(term).collect();
    let unwanted = text.unwanted.iter().map(|one| format!(" NOT {}", term(one)));
    (!wanted.is_empty()).then(|| format!("({}){}", wanted.join(" AND "), unwanted.collect::<String>()))
}

fn term(Wanted { field, term }: &Wanted) -> String {
    let column = if *field == Field::Author { "authors : " } else { "" };
    format!("{column}\"{}\"{}", term.tokens.join(" "), if term.prefix { " *" } else { "" })
}
