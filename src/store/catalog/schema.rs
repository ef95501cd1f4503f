//! The tables of a catalog, and by what a file is known to be one that this program wrote.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::CatalogError;

/// Marks a file as a catalog of Rounds: `RNDC`.
const APPLICATION: i32 = 0x524E_4443;
/// The version of the tables and of what is read out of an item file. A catalog of another version is made anew.
/// **Raise this with every change of either.**
pub const VERSION: i32 = 6;

/// Items, pages and the archive bear a seal: a digest of their other columns, by which damage is told.
///
/// - `counters` holds the numbers of the last change and the last item, and those up to which a person has been told.
/// - `files` is what a refresh asks for: by path, the number of an item and the stamp of its file.
/// - `items` is what a list needs, and the link. Its `name` is the key that an item has by its slug, where it has one by
///   that; in its `key` only the first of those with the same name has it.
/// - `pages` is what the page of one item needs besides.
/// - `archive` is about the archive that all items were taken from, where they were taken from one.
/// - `removed` remembers the numbers of items that have gone; numbers are never given twice.
/// - `successions` remembers which items have another key than before, so that their marks follow.
/// - `waiting` holds the items whose text is not in the index yet, by their age: the newest have the lowest.
/// - `words` is the index of the text; it keeps no text itself, and is fed with folded words parted by blanks.
/// - `beginnings` is an index of the first one, two and three letters of all words of an item, in which only the items
///   are noted: it answers at once what `words` would have to look through half of itself for, and takes a tenth of
///   the room and time that a prefix index of FTS5 does.
/// - `authors` is an index of the names of the authors alone: to look for a name in `words` is to look through all else
///   that the name stands in.
const TABLES: &str = "
    CREATE TABLE counters (
        last_change INTEGER NOT NULL, last_item INTEGER NOT NULL,
        told_change INTEGER NOT NULL, told_item INTEGER NOT NULL
    ) STRICT;
    INSERT INTO counters VALUES (0, 0, 0, 0);
    CREATE TABLE files (
        path TEXT PRIMARY KEY, id INTEGER NOT NULL,
        size INTEGER NOT NULL, modified INTEGER NOT NULL, hash INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE items (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL, key INTEGER NOT NULL, second INTEGER,
        nanosecond INTEGER NOT NULL, title TEXT NOT NULL, site TEXT, link TEXT, minutes INTEGER NOT NULL,
        topics TEXT NOT NULL, offerings TEXT NOT NULL, problems TEXT NOT NULL, name INTEGER,
        release TEXT NOT NULL, date_source INTEGER NOT NULL,
        seal INTEGER NOT NULL, initial INTEGER NOT NULL, change INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX items_by_time ON items (second DESC, nanosecond DESC, initial);
    CREATE INDEX items_by_change ON items (change);
    CREATE INDEX items_by_key ON items (key);
    CREATE INDEX items_by_name ON items (name, octet_length(path), path) WHERE name IS NOT NULL;
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY, slug TEXT NOT NULL, authors TEXT NOT NULL, permalinks TEXT NOT NULL,
        summary TEXT NOT NULL, kind INTEGER NOT NULL, first_line INTEGER NOT NULL, raw TEXT NOT NULL,
        repaired TEXT, seal INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE archive (
        id INTEGER PRIMARY KEY, source_seal TEXT, report TEXT NOT NULL, seal INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE removed (
        change INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (change, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE successions (
        change INTEGER PRIMARY KEY, old INTEGER NOT NULL, new INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE waiting (
        age INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (age, id)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5 (
        title, summary, topics, authors, site, body,
        content = '', contentless_delete = 1, tokenize = 'ascii'
    );
    CREATE VIRTUAL TABLE beginnings USING fts5 (
        letters, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
    );
    CREATE VIRTUAL TABLE authors USING fts5 (
        names, content = '', contentless_delete = 1, tokenize = 'ascii'
    );
";

/// What a file turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A catalog of this version.
    Current,
    /// A catalog of another version.
    Other,
    /// A database of somebody else's.
    Foreign,
}

/// Makes the tables in an empty file, and tells what the file is.
pub(super) fn prepare(connection: &mut Connection) -> Result<Kind, CatalogError> {
    // All that is asked belongs to one moment: else tables that another process is just making look like somebody
    // else's, and would be removed under its hands.
    let moment = connection.transaction()?;
    if let Some(kind) = kind(&moment)? {
        return Ok(kind);
    }
    drop(moment);
    // Another process may be about to do the same.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(kind) = kind(&transaction)? {
        return Ok(kind);
    }
    make(&transaction)?;
    transaction.commit()?;
    Ok(Kind::Current)
}

/// What a file is; `None` when it is empty.
pub(super) fn kind(connection: &Connection) -> Result<Option<Kind>, CatalogError> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok(match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) if program(connection)? == env!("CARGO_PKG_VERSION") => Some(Kind::Current),
        (APPLICATION, _) => Some(Kind::Other),
        (0, 0) if connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))? => {
            None
        }
        _ => Some(Kind::Foreign),
    })
}

/// The version of the program that made a catalog. What it reads out of a file may differ from ours.
fn program(connection: &Connection) -> Result<String, CatalogError> {
    Ok(connection.query_row("SELECT version FROM program", [], |row| row.get(0))?)
}

fn make(transaction: &Transaction<'_>) -> Result<(), CatalogError> {
    transaction.execute_batch(TABLES)?;
    transaction.execute_batch("CREATE TABLE program (version TEXT NOT NULL) STRICT")?;
    transaction.execute("INSERT INTO program VALUES (?1)", [env!("CARGO_PKG_VERSION")])?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}
