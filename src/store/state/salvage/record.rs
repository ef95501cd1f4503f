//! The values of a row, as SQLite stores them (SQLite file format, section 2.1).

use rusqlite::types::ValueRef;

/// No table of ours has more columns.
const COLUMNS_MAX: usize = 16;

/// The values of a record: a header that says of what type each is, and then the values themselves. `None` when it
/// is no record, or not one of ours.
pub(super) fn values(record: &[u8]) -> Option<Vec<ValueRef<'_>>> {
    let (header_length, after_length) = varint(record)?;
    let (header, mut body) = record.split_at_checked(usize::try_from(header_length).ok()?)?;
    let mut types = header.get(record.len().checked_sub(after_length.len())?..)?;
    let mut values = Vec::with_capacity(COLUMNS_MAX);
    while !types.is_empty() && values.len() < COLUMNS_MAX {
        let (serial_type, rest) = varint(types)?;
        types = rest;
        let (value, rest) = value(serial_type, body)?;
        values.push(value);
        body = rest;
    }
    types.is_empty().then_some(values)
}

/// A value of a type, and the bytes behind it.
fn value(serial_type: i64, body: &[u8]) -> Option<(ValueRef<'_>, &[u8])> {
    let width = match serial_type {
        0 => return Some((ValueRef::Null, body)),
        8 => return Some((ValueRef::Integer(0), body)),
        9 => return Some((ValueRef::Integer(1), body)),
        1..=4 => serial_type,
        5 => 6,
        6 => 8,
        12.. => (serial_type - 12) / 2,
        // A fraction, which no column of ours holds, or a type that there is not.
        _ => return None,
    };
    let (bytes, rest) = body.split_at_checked(usize::try_from(width).ok()?)?;
    let value = match serial_type {
        ..12 => ValueRef::Integer(integer(bytes)),
        _ if serial_type % 2 == 0 => ValueRef::Blob(bytes),
        _ => ValueRef::Text(bytes),
    };
    Some((value, rest))
}

/// A signed number of one to eight bytes, the highest first.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| (number << 8) | i64::from(*byte))
}

/// A number of one to nine bytes, seven bits in each but the ninth, and the bytes behind it.
pub(super) fn varint(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut number: i64 = 0;
    let mut rest = bytes;
    for _ in 0..8 {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        number = (number << 7) | i64::from(byte & 0x7f);
        if *byte < 0x80 {
            return Some((number, rest));
        }
    }
    let (last, rest) = rest.split_first()?;
    Some(((number << 8) | i64::from(*last), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_every_length_are_read() {
        for (bytes, number) in [
            (&[0x00][..], 0),
            (&[0x7f], 127),
            (&[0x81, 0x00], 128),
            (&[0xff, 0x7f], 16383),
            (&[0xff; 9], -1),
            (&[0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 1 << 57),
        ] {
            assert_eq!(varint(bytes), Some((number, &[][..])), "{bytes:x?}");
        }
        assert_eq!(varint(&[0xff; 8]), None, "it ends in the middle of a number");
    }

    #[test]
    fn values_of_every_type_are_read() {
        let record = [7, 0, 1, 5, 9, 15, 14, 0xfe, 0, 0, 0, 0, 1, 0, b'a', 0xc3];
        let expected = [
            ValueRef::Null,
            ValueRef::Integer(-2),
            ValueRef::Integer(256),
            ValueRef::Integer(1),
            ValueRef::Text(b"a"),
            ValueRef::Blob(&[0xc3]),
        ];
        assert_eq!(values(&record), Some(expected.to_vec()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(values(&bytes).is_none_or(|values| values.len() <= COLUMNS_MAX));
        }
    }
}
