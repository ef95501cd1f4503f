//! Items that have another key than before: a curator has corrected a link, or added one, or moved a file.
//!
//! A key is made of the link, else of the slug, else of the path, and marks are kept under it. When it changes, the title
//! and the place tell that it is the same item: the same file with the same title, or, where a file went and another one
//! came, the same slug and title; without a slug, the same path below its first folder, which may bear the number of a
//! release. Where two items could be meant, nothing follows; nor where the link says that it is another article.

use std::collections::HashMap;
use std::hash::Hasher as _;

use rusqlite::{Connection, OptionalExtension as _, Row};
use siphasher::sip::SipHasher13;

use super::another_article::is_another_article;
use super::{CatalogError, record};
use crate::item::{Item, ItemKey, Link, Succession};
use crate::library::ItemId;

/// How many successions are kept: those of the largest bundle whose top folder has another name with each release.
const KEPT: u32 = 50_000;

/// What is known of an item before it is written over.
pub(super) struct Before {
    key: ItemKey,
    title: String,
    link: Option<Link>,
}

/// What is known of an item before it is written over.
pub(super) fn before(connection: &Connection, id: ItemId) -> Result<Option<Before>, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT key, title, link FROM items WHERE id = ?1")?;
    let before = statement.query_row([id.number()], |row| {
        let link: Option<String> = row.get(2)?;
        let link = link.and_then(|link| Link::parse(&link));
        Ok(Before { key: record::key(row, 0)?, title: row.get(1)?, link })
    });
    Ok(before.optional()?)
}

/// The succession of an item that was written over, if it has another key and is still the same.
pub(super) fn of_rewritten(
    connection: &Connection,
    id: ItemId,
    before: Before,
    item: &Item,
    new: ItemKey,
) -> Result<Option<Succession>, CatalogError> {
    let Before { key: old, title, link } = before;
    if old == new || title != item.title.as_str() || are_other_articles(link.as_ref(), item.link.as_ref()) {
        return Ok(None);
    }
    if is_shared(connection, old, id)? || is_shared(connection, new, id)? {
        tracing::info!("an item has another key, and others have it as well: no mark follows");
        return Ok(None);
    }
    Ok(Some(Succession { old, new }))
}

/// Whether two items both have links, which lead to two articles of one page.
fn are_other_articles(old: Option<&Link>, new: Option<&Link>) -> bool {
    old.zip(new).is_some_and(|(old, new)| is_another_article(old, new))
}

/// Whether another item has a key as well.
fn is_shared(connection: &Connection, key: ItemKey, id: ItemId) -> Result<bool, CatalogError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM items WHERE key = ?1 AND id <> ?2")?;
    Ok(statement.exists((key.0.cast_signed(), id.number()))?)
}

/// The successions of items whose files have gone, to items that are new since the one of a number.
pub(super) fn of_moved(
    connection: &Connection,
    gone: &[String],
    last_old: u32,
) -> Result<Vec<Succession>, CatalogError> {
    let came = came_since(connection, last_old)?;
    if came.0.is_empty() {
        return Ok(Vec::new());
    }
    let mut went = Places::default();
    let mut statement = connection.prepare_cached(
        "SELECT items.key, items.title, pages.slug, items.path, items.id
         FROM files JOIN items USING (id) JOIN pages USING (id) WHERE files.path = ?1",
    )?;
    for path in gone {
        let mut rows = statement.query([path])?;
        if let Some(row) = rows.next()? {
            went.put(row)?;
        }
    }
    let mut successions = Vec::new();
    for (place, old) in went.0 {
        match (old, came.0.get(&place)) {
            (Tenant::One(old, id), Some(Tenant::One(new, new_id))) if old != *new => {
                let [one, other] = [before(connection, id)?, before(connection, *new_id)?];
                let [one, other] = [&one, &other].map(|item| item.as_ref()?.link.as_ref());
                if !are_other_articles(one, other) && !is_shared(connection, old, id)? {
                    successions.push(Succession { old, new: *new });
                }
            }
            (Tenant::Several, Some(_)) | (_, Some(Tenant::Several)) => {
                tracing::info!("items have moved, and two of them could be the same one: no mark follows");
            }
            (Tenant::One(..), Some(Tenant::One(..)) | None) | (Tenant::Several, None) => {}
        }
    }
    Ok(successions)
}

/// Where the items are that are new since the one of a number.
fn came_since(connection: &Connection, last_old: u32) -> Result<Places, CatalogError> {
    let mut came = Places::default();
    let mut statement = connection.prepare_cached(
        "SELECT items.key, items.title, pages.slug, items.path, items.id
         FROM items JOIN pages USING (id) WHERE items.id > ?1",
    )?;
    let mut rows = statement.query([last_old])?;
    while let Some(row) = rows.next()? {
        came.put(row)?;
    }
    Ok(came)
}

/// Items by what tells that they are the same: a digest of the title, and of the slug or the path.
#[derive(Debug, Default)]
struct Places(HashMap<u64, Tenant>);

/// The item in a place.
#[derive(Debug, Clone, Copy)]
enum Tenant {
    One(ItemKey, ItemId),
    Several,
}

impl Places {
    /// Puts the item of a row of key, title, slug, path and number into its place.
    fn put(&mut self, row: &Row<'_>) -> Result<(), CatalogError> {
        let (title, slug, path) = (record::str(row, 1)?, record::str(row, 2)?, record::str(row, 3)?);
        let below_first_folder = path.split_once('/').map_or(path, |(_, below)| below);
        let name = if slug.is_empty() { below_first_folder } else { slug };
        let mut place = SipHasher13::new();
        for part in [title, if slug.is_empty() { "path" } else { "slug" }, name] {
            place.write(part.as_bytes());
            place.write_u8(0xff);
        }
        let tenant = Tenant::One(record::key(row, 0)?, ItemId::new(row.get(4)?));
        self.0.entry(place.finish()).and_modify(|tenant| *tenant = Tenant::Several).or_insert(tenant);
        Ok(())
    }
}

/// Keeps a succession under the number of a change.
pub(super) fn keep(
    connection: &Connection,
    change: i64,
    Succession { old, new }: Succession,
) -> Result<(), CatalogError> {
    connection.prepare_cached("INSERT INTO successions VALUES (?1, ?2, ?3)")?.execute((
        change,
        old.0.cast_signed(),
        new.0.cast_signed(),
    ))?;
    Ok(())
}

/// Forgets the oldest successions where there are too many.
pub(super) fn prune(connection: &Connection) -> Result<(), CatalogError> {
    connection
        .prepare_cached(
            "DELETE FROM successions
             WHERE change <= (SELECT change FROM successions ORDER BY change DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([KEPT])?;
    Ok(())
}

/// The successions after a change, in their order, and the number of the last one.
pub(super) fn after(connection: &Connection, change: u64) -> Result<(Vec<Succession>, u64), CatalogError> {
    let mut statement = connection
        .prepare_cached("SELECT change, old, new FROM successions WHERE change > ?1 ORDER BY change")?;
    let mut rows = statement.query([change.cast_signed()])?;
    let (mut successions, mut last) = (Vec::new(), change);
    while let Some(row) = rows.next()? {
        last = row.get::<_, i64>(0)?.cast_unsigned();
        successions.push(Succession { old: record::key(row, 1)?, new: record::key(row, 2)? });
    }
    Ok((successions, last))
}
