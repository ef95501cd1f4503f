//! What the columns of a row may hold. What cannot be a value of ours is damage.

use rusqlite::types::ValueRef;

use super::LAST_TIME;

/// No counter of ours gets so far; a number above it is damage, and would leave no room for the changes to come.
const LAST_NUMBER: i64 = 1 << 40;

pub(super) fn integer(value: &ValueRef<'_>) -> Option<i64> {
    value.as_i64().ok()
}

pub(super) fn flag(value: &ValueRef<'_>) -> Option<bool> {
    match integer(value)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

pub(super) fn time(value: &ValueRef<'_>) -> Option<i64> {
    integer(value).filter(|time| (0..=LAST_TIME).contains(time))
}

pub(super) fn count(value: &ValueRef<'_>) -> Option<i64> {
    integer(value).filter(|count| (0..=LAST_NUMBER).contains(count))
}

pub(super) fn text(value: &ValueRef<'_>) -> Option<String> {
    value.as_str().ok().map(str::to_owned)
}
