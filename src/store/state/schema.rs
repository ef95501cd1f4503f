//! The tables of the state file, and how an older file becomes one of today.
//!
//! Three rules make it possible to read rows out of a damaged file page by page (`salvage`): no row is ever deleted;
//! every change takes the next number of one counter, and of two copies of a row the one with the higher number
//! is the truth; and the tables differ in the number of their columns.

use rusqlite::{Connection, TransactionBehavior};

/// What marks a SQLite file as a state file of Rounds: `Rnds` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x526e_6473;

/// The bytes of a page of the file, which `salvage` counts on.
pub(super) const PAGE_SIZE: u16 = 4096;

/// The steps from an empty file to today's: the first makes version 1 of nothing, the second version 2 of version 1.
/// A step that has been released is never changed; a new one is added behind it.
pub(super) const MIGRATIONS: &[&str] = &[VERSION_1, VERSION_2];

/// Times are milliseconds since 1970, 0 for never. `mark_change`, `position_change` and `change` are numbers of
/// `counters.change`. An item's `first_visit` is the number of the visit in which it was new, 0 when it never was.
const VERSION_1: &str = "
    CREATE TABLE items (
        key INTEGER PRIMARY KEY,
        read INTEGER NOT NULL DEFAULT 0,
        read_time INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        starred_time INTEGER NOT NULL DEFAULT 0,
        mark_change INTEGER NOT NULL DEFAULT 0,
        position_row INTEGER,
        position_rows INTEGER,
        position_time INTEGER NOT NULL DEFAULT 0,
        position_change INTEGER NOT NULL DEFAULT 0,
        first_visit INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX items_by_mark_change ON items (mark_change) WHERE mark_change > 0;
    CREATE INDEX items_by_position_change ON items (position_change) WHERE position_change > 0;
    CREATE INDEX items_by_first_visit ON items (first_visit) WHERE first_visit > 0;

    CREATE TABLE sources (
        number INTEGER PRIMARY KEY,
        location TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        place_topic TEXT NOT NULL,
        place_item INTEGER,
        place_order TEXT NOT NULL,
        last_visit INTEGER,
        last_visit_time INTEGER NOT NULL,
        sketch BLOB NOT NULL,
        change INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE searches (
        number INTEGER PRIMARY KEY,
        text TEXT NOT NULL UNIQUE,
        position INTEGER NOT NULL,
        saved INTEGER NOT NULL,
        change INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE counters (
        number INTEGER PRIMARY KEY,
        change INTEGER NOT NULL,
        visits INTEGER NOT NULL
    ) STRICT;
    INSERT INTO counters (number, change, visits) VALUES (1, 0, 0);
";

/// Settings: each row is a part of a value (`settings`), the first one part 0 of `parts`. The parts of one value have the
/// same `change`.
const VERSION_2: &str = "
    CREATE TABLE settings (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        text TEXT NOT NULL,
        time INTEGER NOT NULL,
        change INTEGER NOT NULL,
        UNIQUE (name, part)
    ) STRICT;
";

/// The version that a list of migrations leads to.
pub(super) fn version_of(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// The version of a file, which SQLite keeps in its header.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a file to the version of the last migration, in one transaction: wholly or not at all.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(version(&transaction)?).unwrap_or(usize::MAX);
    for migration in migrations.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", version_of(migrations))?;
    transaction.commit()
}

/// Whether a file without our mark has tables, and not those that every version of ours has: it is the database of
/// another program. One that has them has lost its mark, which is damage.
pub(super) fn is_foreign(connection: &Connection) -> rusqlite::Result<bool> {
    let count = "SELECT count(*), total(name IN ('items', 'sources', 'searches', 'counters')) < 4
                 FROM sqlite_schema WHERE type = 'table'";
    let (tables, other): (i64, bool) =
        connection.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(tables > 0 && other)
}

/// Makes sure that the tables are those that the statements of this room are written for. A damaged file can say
/// that it is of today's version and have none.
pub(super) fn verify(connection: &Connection) -> rusqlite::Result<()> {
    for statement in [
        "SELECT key, read, read_time, starred, starred_time, mark_change, position_row, position_rows,
                position_time, position_change, first_visit FROM items LIMIT 0",
        "SELECT number, location, label, place_topic, place_item, place_order, last_visit, last_visit_time,
                sketch, change FROM sources LIMIT 0",
        "SELECT number, text, position, saved, change FROM searches LIMIT 0",
        "SELECT number, name, part, parts, text, time, change FROM settings LIMIT 0",
    ] {
        connection.prepare(statement)?;
    }
    Ok(())
}
