//! Seals on rows, by which damage is told that SQLite does not see.

use std::hash::Hasher as _;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, Statement};
use siphasher::sip::SipHasher13;

use super::CatalogError;

/// The seal on the values of a row: a digest of them.
pub(super) fn of<'a>(values: impl Iterator<Item = ValueRef<'a>>) -> i64 {
    let mut hasher = SipHasher13::new();
    for value in values {
        match value {
            ValueRef::Null => hasher.write_u8(0),
            ValueRef::Integer(number) => hasher.write_i64(number),
            ValueRef::Real(number) => hasher.write_u64(number.to_bits()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                hasher.write(bytes);
                hasher.write_u8(0xff);
            }
        }
    }
    hasher.finish().cast_signed()
}

/// Runs a statement whose first parameters are the values of a row, the seal on them, and then some that are not
/// under the seal.
pub(super) fn write(
    statement: &mut Statement<'_>,
    values: &[ValueRef<'_>],
    others: &[i64],
) -> Result<(), CatalogError> {
    let seal = ValueRef::Integer(of(values.iter().copied()));
    let all = values.iter().copied().chain([seal]).chain(others.iter().copied().map(ValueRef::Integer));
    for (index, value) in (1..).zip(all) {
        statement.raw_bind_parameter(index, ToSqlOutput::Borrowed(value))?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// Makes sure that a row is as it was written. The seal is the column behind so many others.
pub(super) fn check(row: &Row<'_>, columns: usize) -> Result<(), CatalogError> {
    let mut hashed = Ok(());
    let values =
        (0..columns).map_while(|column| row.get_ref(column).map_err(|error| hashed = Err(error)).ok());
    let seal = of(values);
    hashed?;
    if row.get_ref(columns)? == ValueRef::Integer(seal) { Ok(()) } else { Err(CatalogError::Damaged) }
}
