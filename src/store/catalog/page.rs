//! One item at a time: its page, and its link; and the keys of all.

use rusqlite::Connection;

use super::{CatalogError, record};
use crate::item::{ItemFile, ItemKey, Link};
use crate::library::ItemId;

/// An item with its body; `None` when it has gone.
pub(super) fn file(connection: &Connection, id: ItemId) -> Result<Option<ItemFile>, CatalogError> {
    let mut items = connection.prepare_cached(&select(record::ITEM, "items"))?;
    let mut pages = connection.prepare_cached(&select(record::PAGE, "pages"))?;
    let (mut items, mut pages) = (items.query([id.number()])?, pages.query([id.number()])?);
    match (items.next()?, pages.next()?) {
        (Some(item), Some(page)) => record::file(item, page).map(Some),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(CatalogError::Damaged),
    }
}

/// The link of an item; `None` when it has none, or has gone.
pub(super) fn link(connection: &Connection, id: ItemId) -> Result<Option<Link>, CatalogError> {
    let mut items = connection.prepare_cached(&select(record::ITEM, "items"))?;
    let mut rows = items.query([id.number()])?;
    match rows.next()? {
        Some(row) => record::link(row),
        None => Ok(None),
    }
}

/// The keys of all items.
pub(super) fn keys(connection: &Connection) -> Result<Vec<ItemKey>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT key FROM items")?;
    let keys = statement.query_map([], |row| record::key(row, 0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

fn select(columns: &str, table: &str) -> String {
    format!("SELECT {columns} FROM {table} WHERE id = ?1")
}
