//! Items as rows, and rows as items. What comes out of a file is not trusted, whoever wrote it.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{CatalogError, lists, seal};
use crate::item::{Body, BodyKind, DateSource, Item, ItemFile, ItemKey, Link, SafeText};
use crate::library::{Headline, ItemId};

/// The columns of an item under its seal, which is the next.
pub(super) const ITEM: &str = "id, path, key, second, nanosecond, title, site, link, minutes, topics, offerings, problems, name, release, date_source, seal";
const ITEM_SEAL: usize = 15;
const KEY: usize = 2;
/// The columns of what else a page needs under its seal, which is the next.
pub(super) const PAGE: &str = "id, slug, authors, permalinks, summary, kind, first_line, raw, repaired, seal";
const PAGE_SEAL: usize = 9;

/// Writes the row of an item that has this key in its source, over the row that was there.
pub(super) fn write_item(
    connection: &Connection,
    id: ItemId,
    item: &Item,
    key: ItemKey,
    change: i64,
) -> Result<(), CatalogError> {
    let time = item.date.map(time);
    let (topics, offerings) = (lists::topics(&item.topics), lists::labels(item));
    let problems = lists::problems(&item.problems);
    let release = lists::release(&item.release);
    let values = [
        ValueRef::Integer(id.number().into()),
        text(&item.path),
        key_value(key),
        time.map_or(ValueRef::Null, |(second, _)| ValueRef::Integer(second)),
        ValueRef::Integer(time.map_or(0, |(_, nanosecond)| nanosecond.into())),
        text(&item.title),
        item.site.as_deref().map_or(ValueRef::Null, text),
        item.link.as_ref().map_or(ValueRef::Null, |link| text(link.as_str())),
        ValueRef::Integer(item.minutes.into()),
        text(&topics),
        text(&offerings),
        text(&problems),
        if item.is_named_by_slug() { key_value(item.key) } else { ValueRef::Null },
        text(&release),
        ValueRef::Integer(date_source_number(item.date_source)),
    ];
    let mut statement = connection.prepare_cached(
        "REPLACE INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?;
    seal::write(&mut statement, &values, &[initial(&item.title), change])
}

/// Gives an item another key. What is now in its row comes back.
pub(super) fn rewrite_key(
    connection: &Connection,
    id: ItemId,
    key: ItemKey,
    change: i64,
) -> Result<Headline, CatalogError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {ITEM} FROM items WHERE id = ?1"))?;
    let mut rows = statement.query([id.number()])?;
    let row = rows.next()?.ok_or(CatalogError::Damaged)?;
    let headline = Headline { key, ..headline(row)? };
    let mut values = (0..ITEM_SEAL).map(|column| row.get_ref(column)).collect::<Result<Vec<_>, _>>()?;
    if let Some(value) = values.get_mut(KEY) {
        *value = key_value(key);
    }
    let seal = seal::of(values.into_iter());
    drop(rows);
    connection
        .prepare_cached("UPDATE items SET key = ?2, seal = ?3, change = ?4 WHERE id = ?1")?
        .execute((id.number(), key.0.cast_signed(), seal, change))?;
    Ok(headline)
}

fn key_value(key: ItemKey) -> ValueRef<'static> {
    ValueRef::Integer(key.0.cast_signed())
}

/// Writes the row of what else a page needs, over the one that was there.
pub(super) fn write_page(connection: &Connection, id: ItemId, file: &ItemFile) -> Result<(), CatalogError> {
    let ItemFile { item, body } = file;
    let (authors, permalinks) = (lists::texts(&item.authors), lists::permalinks(item));
    let values = [
        ValueRef::Integer(id.number().into()),
        text(&item.slug),
        text(&authors),
        text(&permalinks),
        text(&item.summary),
        ValueRef::Integer(kind_number(body.kind)),
        ValueRef::Integer(body.first_line.into()),
        text(&body.raw),
        body.repaired.as_deref().map_or(ValueRef::Null, text),
    ];
    let mut statement =
        connection.prepare_cached("REPLACE INTO pages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    seal::write(&mut statement, &values, &[])
}

/// Reads the row of an item as far as a list needs it.
pub(super) fn headline(row: &Row<'_>) -> Result<Headline, CatalogError> {
    seal::check(row, ITEM_SEAL)?;
    Ok(Headline {
        id: id(row)?,
        key: key(row, KEY)?,
        path: str(row, 1)?.to_owned(),
        title: SafeText::new(str(row, 5)?),
        date: read_time(row)?,
        site: optional(row, 6)?.map(SafeText::new),
        topics: lists::read_topics(str(row, 9)?),
        offerings: lists::read_texts(str(row, 10)?),
        minutes: row.get(8)?,
        has_link: optional(row, 7)?.is_some(),
        problems: lists::read_problems(str(row, 11)?),
        release: lists::read_release(str(row, 13)?).ok_or(CatalogError::Damaged)?,
        date_source: date_source(row.get(14)?)?,
        source: None,
        place: 0,
    })
}

/// Reads the rows of an item and of its page, which makes them a file again.
pub(super) fn file(item: &Row<'_>, page: &Row<'_>) -> Result<ItemFile, CatalogError> {
    let item = self::item(item, page)?;
    let body = Body {
        kind: kind(page.get(5)?)?,
        first_line: page.get(6)?,
        raw: str(page, 7)?.to_owned(),
        repaired: optional(page, 8)?.map(str::to_owned),
    };
    Ok(ItemFile { item, body })
}

/// Reads all of an item but its body, which is under the seal of its page as well.
pub(super) fn item(item: &Row<'_>, page: &Row<'_>) -> Result<Item, CatalogError> {
    seal::check(item, ITEM_SEAL)?;
    seal::check(page, PAGE_SEAL)?;
    Ok(Item {
        key: key(item, KEY)?,
        path: str(item, 1)?.to_owned(),
        slug: SafeText::new(str(page, 1)?),
        title: SafeText::new(str(item, 5)?),
        date: read_time(item)?,
        site: optional(item, 6)?.map(SafeText::new),
        link: link(item)?,
        authors: lists::read_texts(str(page, 2)?),
        topics: lists::read_topics(str(item, 9)?),
        offerings: lists::read_offerings(str(item, 10)?, str(page, 3)?),
        summary: SafeText::new(str(page, 4)?),
        minutes: item.get(8)?,
        problems: lists::read_problems(str(item, 11)?),
        release: lists::read_release(str(item, 13)?).ok_or(CatalogError::Damaged)?,
        date_source: date_source(item.get(14)?)?,
    })
}

/// Reads the link in the row of an item.
pub(super) fn link(row: &Row<'_>) -> Result<Option<Link>, CatalogError> {
    seal::check(row, ITEM_SEAL)?;
    let link = |text| Link::parse(text).ok_or(CatalogError::Damaged);
    optional(row, 7)?.map(link).transpose()
}

/// A date as it is ordered by: the seconds since 1970 by its own clock, and what is left of one.
pub(super) fn time(date: DateTime) -> (i64, i32) {
    let since = date.duration_since(EPOCH);
    (since.as_secs(), since.subsec_nanos())
}

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

fn read_time(row: &Row<'_>) -> Result<Option<DateTime>, CatalogError> {
    let Some(second) = row.get::<_, Option<i64>>(3)? else { return Ok(None) };
    let nanosecond: i32 = row.get(4)?;
    if nanosecond.unsigned_abs() > 999_999_999 {
        return Err(CatalogError::Damaged);
    }
    let date = EPOCH.checked_add(SignedDuration::new(second, nanosecond));
    date.map(Some).map_err(|_| CatalogError::Damaged)
}

pub(super) fn id(row: &Row<'_>) -> Result<ItemId, CatalogError> {
    Ok(ItemId::new(row.get(0)?))
}

/// Reads a key in a column of a row.
pub(super) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<ItemKey> {
    row.get(column).map(i64::cast_unsigned).map(ItemKey)
}

/// The first letters of a title as a number, in the same order as the titles: so an index on them stays small.
fn initial(title: &str) -> i64 {
    let letters = title.bytes().chain(std::iter::repeat(0)).take(6);
    letters.fold(0, |number, letter| (number << 8) | i64::from(letter))
}

const KINDS: [BodyKind; 5] =
    [BodyKind::Html, BodyKind::Fragment, BodyKind::Markdown, BodyKind::Plain, BodyKind::Empty];

fn kind_number(kind: BodyKind) -> i64 {
    (0..).zip(KINDS).find(|(_, known)| *known == kind).map_or(-1, |(number, _)| number)
}

fn kind(number: i64) -> Result<BodyKind, CatalogError> {
    let kind = usize::try_from(number).ok().and_then(|number| KINDS.get(number));
    kind.copied().ok_or(CatalogError::Damaged)
}

const DATE_SOURCES: [DateSource; 2] = [DateSource::Item, DateSource::File];

fn date_source_number(source: DateSource) -> i64 {
    (0..).zip(DATE_SOURCES).find(|(_, known)| *known == source).map_or(-1, |(number, _)| number)
}

fn date_source(number: i64) -> Result<DateSource, CatalogError> {
    let source = usize::try_from(number).ok().and_then(|number| DATE_SOURCES.get(number));
    source.copied().ok_or(CatalogError::Damaged)
}

fn text(text: &str) -> ValueRef<'_> {
    ValueRef::Text(text.as_bytes())
}

pub(super) fn str<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row str, CatalogError> {
    row.get_ref(column)?.as_str().map_err(|_| CatalogError::Damaged)
}

fn optional<'row>(row: &'row Row<'_>, column: usize) -> Result<Option<&'row str>, CatalogError> {
    row.get_ref(column)?.as_str_or_null().map_err(|_| CatalogError::Damaged)
}
