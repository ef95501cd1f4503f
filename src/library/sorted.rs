//! Sorted lists that take in new members without being sorted anew.

use std::cmp::Ordering;

/// Puts new members into a sorted list, behind those that they equal. Only the new ones are compared, with
/// as many others as it takes to find their places: a list of a hundred thousand is not looked through.
pub(super) fn merge<T: Copy>(
    sorted: &mut Vec<T>,
    mut added: Vec<T>,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) {
    added.sort_by(&mut compare);
    let mut merged = Vec::with_capacity(sorted.len().saturating_add(added.len()));
    let mut rest = sorted.as_slice();
    for member in added {
        let (before, behind) = rest.split_at(rest.partition_point(|other| compare(other, &member).is_le()));
        merged.extend_from_slice(before);
        merged.push(member);
        rest = behind;
    }
    merged.extend_from_slice(rest);
    *sorted = merged;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn merging_is_the_same_as_sorting_everything_and_keeps_equals_in_order(
            batches in prop::collection::vec(prop::collection::vec(0u8..9, 0..12), 0..6)
        ) {
            let by_value = |(one, _): &(u8, usize), (other, _): &(u8, usize)| one.cmp(other);
            let (mut merged, mut all) = (Vec::new(), Vec::new());
            for batch in batches {
                let added: Vec<(u8, usize)> = batch.into_iter().zip(all.len()..).collect();
                all.extend(&added);
                merge(&mut merged, added, by_value);
            }
            all.sort_by(by_value);
            prop_assert_eq!(merged, all);
        }
    }
}
