//! The index of all text: built behind the list, newest items first.

use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::feed::Feed;
use super::{Catalog, CatalogError, page};
use crate::library::ItemId;

/// How far the index of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexing {
    /// All text is in it.
    Done,
    /// So many items are not in it yet.
    Waiting(u32),
    /// Another process is at it; so many items are not in it yet.
    Elsewhere(u32),
}

/// How many items are taken up at once.
const SLICE: u32 = 32;

/// For how long the catalog is kept locked at a time while all text is put into the index.
const TURN: Duration = Duration::from_millis(40);
/// How long to wait for another process that fills the same index, or is let in between two turns. It looks twice
/// meanwhile whether the catalog is free.
const ELSEWHERE: Duration = Duration::from_millis(100);
/// How often another process is let in: one that was stopped while it waits must not hold up the index.
const LET_IN: Duration = Duration::from_secs(1);

impl Catalog {
    /// Puts the text of all items into the index, in short turns, or waits while another process does. After each turn
    /// `on_turn` is told how many items wait; when it breaks, the rest is left for later. A process that waits to look
    /// through the source comes in between two turns.
    ///
    /// # Errors
    ///
    /// As those of [`Catalog::index_some`].
    pub fn index_all(&mut self, on_turn: &mut dyn FnMut(u32) -> ControlFlow<()>) -> Result<(), CatalogError> {
        let mut let_in: Option<Instant> = None;
        loop {
            let (waiting, ours) = match self.index_some(TURN)? {
                Indexing::Done | Indexing::Elsewhere(0) => return Ok(()),
                Indexing::Waiting(waiting) => (waiting, true),
                Indexing::Elsewhere(waiting) => (waiting, false),
            };
            if on_turn(waiting).is_break() {
                return Ok(());
            }
            let is_due = let_in.is_none_or(|last| last.elapsed() >= LET_IN);
            if !ours {
                thread::sleep(ELSEWHERE);
            } else if is_due && self.is_lock_requested() {
                thread::sleep(ELSEWHERE);
                let_in = Some(Instant::now());
            }
        }
    }

    /// Puts the text of some more items into the index, the newest first, for about as long as `budget` says. Others
    /// cannot write meanwhile, so that should be 50 ms at most.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be written; then the items are still there, and some are not found by their text. When it
    /// is damaged, the next refresh makes it anew.
    pub fn index_some(&mut self, budget: Duration) -> Result<Indexing, CatalogError> {
        if self.waiting()? == 0 {
            return Ok(Indexing::Done);
        }
        let Some(_lock) = self.lock() else { return Ok(Indexing::Elsewhere(self.waiting()?)) };
        let indexed = self.connection().and_then(|connection| index_some(connection, budget));
        indexed.inspect_err(|error| self.shared.note(error))
    }

    /// How many items are not in the index yet.
    ///
    /// # Errors
    ///
    /// When the catalog cannot be read.
    pub fn waiting(&self) -> Result<u32, CatalogError> {
        waiting(self.connection()?)
    }
}

/// How many items are not in the index yet.
fn waiting(connection: &Connection) -> Result<u32, CatalogError> {
    Ok(connection.prepare_cached("SELECT count(*) FROM waiting")?.query_row([], |row| row.get(0))?)
}

pub(in crate::store) fn index_some(
    connection: &Connection,
    budget: Duration,
) -> Result<Indexing, CatalogError> {
    let start = Instant::now();
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut feed = Feed::default();
    loop {
        let next = next(&transaction)?;
        if next.is_empty() {
            transaction.commit()?;
            return Ok(Indexing::Done);
        }
        for (age, id) in next {
            // An item that has gone meanwhile is not indexed.
            if let Some(file) = page::file(&transaction, id)? {
                feed.insert(&transaction, id, &file)?;
            }
            transaction
                .prepare_cached("DELETE FROM waiting WHERE age = ?1 AND id = ?2")?
                .execute((age, id.number()))?;
        }
        if start.elapsed() >= budget {
            let waiting = waiting(&transaction)?;
            transaction.commit()?;
            return Ok(Indexing::Waiting(waiting));
        }
    }
}

/// The items whose turn it is.
fn next(connection: &Connection) -> Result<Vec<(i64, ItemId)>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT age, id FROM waiting ORDER BY age, id LIMIT ?1")?;
    let rows = statement.query_map([SLICE], |row| Ok((row.get(0)?, ItemId::new(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
