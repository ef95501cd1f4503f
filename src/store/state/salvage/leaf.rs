//! A page of rows: SQLite's "table b-tree leaf page" (SQLite file format, section 1.6).

use rusqlite::types::ValueRef;

use super::record::{self, varint};

/// The first byte of a page of rows.
const TABLE_LEAF: u8 = 0x0d;

/// Where the offsets of the rows begin.
const OFFSETS: usize = 8;

/// The rows of a page, each with its number; none when it is a page of another kind. A row that does not fit into
/// the page, as is said of damaged ones and of very long ones, is left out.
pub(super) fn rows(page: &[u8]) -> impl Iterator<Item = (i64, Vec<ValueRef<'_>>)> {
    let is_leaf = page.first() == Some(&TABLE_LEAF);
    let count = if is_leaf { two_bytes(page, 3).unwrap_or(0) } else { 0 };
    let offsets = (0..usize::from(count))
        .map_while(|index| two_bytes(page, OFFSETS.checked_add(index.checked_mul(2)?)?));
    offsets.filter_map(|offset| row(page.get(usize::from(offset)..)?))
}

/// A row: the length of its record, its number, its record.
fn row(bytes: &[u8]) -> Option<(i64, Vec<ValueRef<'_>>)> {
    let (length, rest) = varint(bytes)?;
    let (number, rest) = varint(rest)?;
    let record = rest.get(..usize::try_from(length).ok()?)?;
    Some((number, record::values(record)?))
}

fn two_bytes(page: &[u8], at: usize) -> Option<u16> {
    let (bytes, _) = page.get(at..)?.split_first_chunk()?;
    Some(u16::from_be_bytes(*bytes))
}
