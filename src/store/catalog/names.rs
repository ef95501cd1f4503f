//! The keys of items that have no link and share a slug with others of their source.
//!
//! Curators give one slug to all translations of a page, and to every issue of a series. Each of them is an article of its
//! own: to have read the English page is not to have read the French one. So only the first of them has the key that is
//! made of the slug, and each other one has a key that is made of its path. Which is the first depends on the paths
//! alone, and not on the order in which the files are read or have come: everybody who has the same files has the same
//! keys, and can exchange marks.
//!
//! The first is the one with the shortest path, and of those the first in byte order: `page.md` comes before
//! `page.fr.md`, `en/page.md` before `zh-hans/page.md`, `week-9.md` before `week-10.md`. So what comes later seldom takes the
//! place of what is there, and an item that was alone with its slug keeps its key, and its marks with it.
//! When the first one goes, the next one takes its key, as a file does that is moved.

use rusqlite::{Connection, OptionalExtension as _};

use super::{CatalogError, record};
use crate::item::ItemKey;
use crate::library::ItemId;

/// An item whose key is made of its slug unless others of its source have the same.
#[derive(Debug)]
pub(super) struct Named {
    /// Its number.
    pub(super) id: ItemId,
    /// The key that it has now.
    pub(super) key: ItemKey,
    path: String,
}

impl Named {
    /// Whether it comes before the item with a path.
    pub(super) fn precedes(&self, path: &str) -> bool {
        (self.path.len(), self.path.as_str()) < (path.len(), path)
    }

    /// The key that it has where another one is the first.
    pub(super) fn key_of_path(&self) -> ItemKey {
        ItemKey::of_path(&self.path)
    }
}

/// The first of the items with a name; `except` is not looked at.
pub(super) fn first(
    connection: &Connection,
    name: ItemKey,
    except: Option<ItemId>,
) -> Result<Option<Named>, CatalogError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, key, path FROM items WHERE name = ?1 AND id IS NOT ?2
         ORDER BY octet_length(path), path LIMIT 1",
    )?;
    let first = statement.query_row((name.0.cast_signed(), except.map(ItemId::number)), |row| {
        Ok(Named { id: ItemId::new(row.get(0)?), key: record::key(row, 1)?, path: row.get(2)? })
    });
    Ok(first.optional()?)
}

/// The name of an item; `None` when its key is not made of its slug.
pub(super) fn of(connection: &Connection, id: ItemId) -> Result<Option<ItemKey>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT name FROM items WHERE id = ?1")?;
    let name = statement.query_row([id.number()], |row| row.get::<_, Option<i64>>(0)).optional()?;
    Ok(name.flatten().map(i64::cast_unsigned).map(ItemKey))
}
