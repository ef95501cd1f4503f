//! One item at a time: what is known of it, its page, and its link; and the keys of all.

use rusqlite::{Connection, Row};

use super::{CatalogError, lists, record};
use crate::item::{Clock, Item, ItemFile, ItemKey, Link};
use crate::library::ItemId;

/// An item with its body; `None` when it has gone.
pub(super) fn file(connection: &Connection, id: ItemId) -> Result<Option<ItemFile>, CatalogError> {
    rows(connection, id, record::file)
}

/// An item; `None` when it has gone.
pub(super) fn item(connection: &Connection, id: ItemId) -> Result<Option<Item>, CatalogError> {
    rows(connection, id, record::item)
}

/// What is made of the two rows of an item; `None` when it has gone.
fn rows<T>(
    connection: &Connection,
    id: ItemId,
    read: impl FnOnce(&Row<'_>, &Row<'_>) -> Result<T, CatalogError>,
) -> Result<Option<T>, CatalogError> {
    let mut items = connection.prepare_cached(&select(record::ITEM, "items"))?;
    let mut pages = connection.prepare_cached(&select(record::PAGE, "pages"))?;
    let (mut items, mut pages) = (items.query([id.number()])?, pages.query([id.number()])?);
    match (items.next()?, pages.next()?) {
        (Some(item), Some(page)) => read(item, page).map(Some),
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

/// The keys of all items that are not withheld at a time.
pub(super) fn keys(connection: &Connection, clock: Clock) -> Result<Vec<ItemKey>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT key, release FROM items")?;
    let mut rows = statement.query([])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let release = lists::read_release(record::str(row, 1)?).ok_or(CatalogError::Damaged)?;
        if release.withheld(Some(clock)).is_none() {
            keys.push(record::key(row, 0)?);
        }
    }
    Ok(keys)
}

/// The items with a slug, in the order of their numbers.
pub(super) fn with_slug(connection: &Connection, slug: &str) -> Result<Vec<ItemId>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT id FROM pages WHERE slug = ?1 ORDER BY id")?;
    let ids = statement.query_map([slug], |row| row.get(0).map(ItemId::new))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn select(columns: &str, table: &str) -> String {
    format!("SELECT {columns} FROM {table} WHERE id = ?1")
}
