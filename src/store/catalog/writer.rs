//! Writing items, in short transactions.

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use super::{CatalogError, Origin, archive, names, record, successions};
use crate::item::{Item, ItemFile, ItemKey, Succession};
use crate::library::{Headline, ItemId};
use crate::source::Stamp;

/// A transaction in which items are written. What has not been committed is taken back when this is dropped.
#[derive(Debug)]
pub(in crate::store) struct Writer<'c> {
    transaction: Transaction<'c>,
    last_change: i64,
    last_item: u32,
}

/// An item that was written.
#[derive(Debug)]
pub(in crate::store) struct Put {
    /// Its number.
    pub(in crate::store) id: ItemId,
    /// Whether it is new.
    pub(in crate::store) is_new: bool,
    /// The key that it has among the others of its source.
    pub(in crate::store) key: ItemKey,
    /// Others that have another key because of it.
    pub(in crate::store) rekeyed: Vec<Headline>,
}

impl<'c> Writer<'c> {
    /// Begins. Others can read meanwhile, and wait to write.
    pub(in crate::store) fn begin(connection: &'c Connection) -> Result<Self, CatalogError> {
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let (last_change, last_item) = transaction
            .prepare_cached("SELECT last_change, last_item FROM counters")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self { transaction, last_change, last_item })
    }

    /// Writes an item that is new or was changed.
    pub(in crate::store) fn put(&mut self, file: &ItemFile, stamp: Stamp) -> Result<Put, CatalogError> {
        let next = self.last_item.checked_add(1).ok_or(CatalogError::Damaged)?;
        let number: u32 = self
            .transaction
            .prepare_cached(
                "INSERT INTO files VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (path) DO UPDATE SET size = ?3, modified = ?4, hash = ?5 RETURNING id",
            )?
            .query_row(
                (&file.item.path, next, stamp.size.cast_signed(), stamp.modified, stamp.hash.cast_signed()),
                |row| row.get(0),
            )?;
        let is_new = number == next;
        if is_new {
            self.last_item = next;
        }
        let id = ItemId::new(number);
        let name_before = if is_new { None } else { names::of(&self.transaction, id)? };
        let before = if is_new { None } else { successions::before(&self.transaction, id)? };
        let name = file.item.is_named_by_slug().then_some(file.item.key);
        let (key, displaced) = self.key_of(id, &file.item)?;
        let change = self.next_change()?;
        record::write_item(&self.transaction, id, &file.item, key, change)?;
        record::write_page(&self.transaction, id, file)?;
        self.wait_for_index(id, file)?;
        self.note_succession(id, before, &file.item, key)?;
        let succeeded = name_before.filter(|_| name_before != name).map(|name| self.succeed(name));
        let rekeyed = displaced.into_iter().chain(succeeded.transpose()?.flatten()).collect();
        Ok(Put { id, is_new, key, rekeyed })
    }

    /// Notes that an item has another key than before, where it had one.
    fn note_succession(
        &mut self,
        id: ItemId,
        before: Option<successions::Before>,
        item: &Item,
        key: ItemKey,
    ) -> Result<(), CatalogError> {
        let uncomposed = ItemKey::uncomposed(item.link.as_ref(), &item.slug, &item.path);
        let uncomposed = uncomposed.map(|old| Succession { old, new: key });
        let rewritten = match before {
            Some(before) => successions::of_rewritten(&self.transaction, id, before, item, key)?,
            None => None,
        };
        for succession in uncomposed.into_iter().chain(rewritten) {
            let change = self.next_change()?;
            successions::keep(&self.transaction, change, succession)?;
        }
        Ok(())
    }

    /// Notes which items that came after one of a number are those whose files have gone.
    pub(in crate::store) fn follow_moved(
        &mut self,
        gone: &[String],
        last_old: u32,
    ) -> Result<(), CatalogError> {
        for succession in successions::of_moved(&self.transaction, gone, last_old)? {
            let change = self.next_change()?;
            successions::keep(&self.transaction, change, succession)?;
        }
        successions::prune(&self.transaction)
    }

    /// The key of an item that is being written, and the item that was the first of its name until now.
    fn key_of(&mut self, id: ItemId, item: &Item) -> Result<(ItemKey, Option<Headline>), CatalogError> {
        if !item.is_named_by_slug() {
            return Ok((item.key, None));
        }
        match names::first(&self.transaction, item.key, Some(id))? {
            Some(first) if first.precedes(&item.path) => Ok((ItemKey::of_path(&item.path), None)),
            Some(first) => Ok((item.key, self.rekey(first.id, first.key, first.key_of_path())?)),
            None => Ok((item.key, None)),
        }
    }

    /// Gives a name to the first of those that are left with it, after one of them has gone. It comes back if it had
    /// another key before.
    fn succeed(&mut self, name: ItemKey) -> Result<Option<Headline>, CatalogError> {
        match names::first(&self.transaction, name, None)? {
            Some(first) => self.rekey(first.id, first.key, name),
            None => Ok(None),
        }
    }

    /// Gives an item another key, unless it has it already.
    fn rekey(&mut self, id: ItemId, old: ItemKey, new: ItemKey) -> Result<Option<Headline>, CatalogError> {
        if old == new {
            return Ok(None);
        }
        let change = self.next_change()?;
        successions::keep(&self.transaction, change, Succession { old, new })?;
        let change = self.next_change()?;
        record::rewrite_key(&self.transaction, id, new, change).map(Some)
    }

    /// Notes that the text of an item has to be put into the index.
    fn wait_for_index(&self, id: ItemId, file: &ItemFile) -> Result<(), CatalogError> {
        let age = file.item.date.map_or(i64::MAX, |date| record::time(date).0.saturating_neg());
        self.transaction
            .prepare_cached("INSERT OR IGNORE INTO waiting VALUES (?1, ?2)")?
            .execute((age, id.number()))?;
        Ok(())
    }

    /// Gives a file another stamp: what is in it is as it was.
    pub(in crate::store) fn touch(&mut self, path: &str, stamp: Stamp) -> Result<(), CatalogError> {
        self.transaction
            .prepare_cached("UPDATE files SET size = ?2, modified = ?3, hash = ?4 WHERE path = ?1")?
            .execute((path, stamp.size.cast_signed(), stamp.modified, stamp.hash.cast_signed()))?;
        Ok(())
    }

    /// Removes an item. Gives its number, with another that has its key now; `None` when there is none of this path.
    pub(in crate::store) fn remove(
        &mut self,
        path: &str,
    ) -> Result<Option<(ItemId, Option<Headline>)>, CatalogError> {
        let number: Option<u32> = self
            .transaction
            .prepare_cached("DELETE FROM files WHERE path = ?1 RETURNING id")?
            .query_row([path], |row| row.get(0))
            .optional()?;
        let Some(number) = number else { return Ok(None) };
        let name = names::of(&self.transaction, ItemId::new(number))?;
        let change = self.next_change()?;
        for table in [
            "DELETE FROM items WHERE id = ?1",
            "DELETE FROM pages WHERE id = ?1",
            "DELETE FROM words WHERE rowid = ?1",
            "DELETE FROM beginnings WHERE rowid = ?1",
            "DELETE FROM authors WHERE rowid = ?1",
        ] {
            self.transaction.prepare_cached(table)?.execute([number])?;
        }
        self.transaction.prepare_cached("INSERT INTO removed VALUES (?1, ?2)")?.execute((change, number))?;
        let successor = name.map(|name| self.succeed(name)).transpose()?.flatten();
        Ok(Some((ItemId::new(number), successor)))
    }

    /// Notes what archive all items were taken from; `None` when they were not taken from one.
    pub(in crate::store) fn put_origin(&mut self, origin: Option<&Origin>) -> Result<(), CatalogError> {
        match origin {
            Some(origin) => archive::write(&self.transaction, origin),
            None => archive::remove(&self.transaction),
        }
    }

    fn next_change(&mut self) -> Result<i64, CatalogError> {
        self.last_change = self.last_change.checked_add(1).ok_or(CatalogError::Damaged)?;
        Ok(self.last_change)
    }

    /// The number of the last change.
    pub(in crate::store) fn last_change(&self) -> u64 {
        self.last_change.cast_unsigned()
    }

    /// Makes all of it last. Gives the number of the last change.
    pub(in crate::store) fn commit(self) -> Result<u64, CatalogError> {
        self.transaction
            .prepare_cached("UPDATE counters SET last_change = ?1, last_item = ?2")?
            .execute((self.last_change, self.last_item))?;
        let last_change = self.last_change();
        self.transaction.commit()?;
        Ok(last_change)
    }
}
