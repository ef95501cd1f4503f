//! Sorted lists that take in new members without being sorted anew.

use std::cmp::Ordering;

/// Puts new members into a sorted list, behind those that they equal. Only the new ones are compared, with as many
/// others as it takes to find their places, and the list stays where it is: a list of a hundred thousand is neither
/// looked through nor copied.
pub(super) fn merge<T: Copy>(
    sorted: &mut Vec<T>,
    mut added: Vec<T>,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) {
    added.sort_by(&mut compare);
    let mut end = sorted.len();
    sorted.extend_from_slice(&added);
    // From behind: what follows each new member makes room for it and those before it.
    for (before, member) in added.iter().enumerate().rev() {
        let rest = sorted.get(..end).unwrap_or_default();
        let place = rest.partition_point(|other| compare(other, member).is_le());
        sorted.copy_within(place..end, place.saturating_add(before).saturating_add(1));
        if let Some(room) = sorted.get_mut(place.saturating_add(before)) {
            *room = *member;
        }
        end = place;
    }
}

/// Puts new members into a sorted list, as [`merge`] does, where members cannot be copied: only the new ones are
/// compared, but all are moved.
pub(super) fn merge_moved<T>(
    sorted: &mut Vec<T>,
    mut added: Vec<T>,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) {
    added.sort_by(&mut compare);
    let place = |member: &T| sorted.partition_point(|other| compare(other, member).is_le());
    let places: Vec<usize> = added.iter().map(place).collect();
    let before = std::mem::replace(sorted, Vec::with_capacity(sorted.len().saturating_add(added.len())));
    let mut before = before.into_iter();
    let mut taken = 0;
    for (place, member) in places.into_iter().zip(added) {
        sorted.extend(before.by_ref().take(place.saturating_sub(taken)));
        sorted.push(member);
        taken = place;
    }
    sorted.extend(before);
}

/// A sorted list without those at its front for which something holds. It costs little where they are few, and no more
/// than a search where they are many.
pub(super) fn skip_while<T>(sorted: &[T], mut holds: impl FnMut(&T) -> bool) -> &[T] {
    let mut bound: usize = 1;
    while sorted.get(bound.saturating_sub(1)).is_some_and(&mut holds) {
        bound = bound.saturating_mul(2);
    }
    let within = sorted.get(..bound).unwrap_or(sorted);
    let first = within.partition_point(holds);
    sorted.get(first..).unwrap_or_default()
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
            let (mut merged, mut moved, mut all) = (Vec::new(), Vec::new(), Vec::new());
            for batch in batches {
                let added: Vec<(u8, usize)> = batch.into_iter().zip(all.len()..).collect();
                all.extend(&added);
                merge_moved(&mut moved, added.clone(), by_value);
                merge(&mut merged, added, by_value);
            }
            all.sort_by(by_value);
            prop_assert_eq!(merged, all.clone());
            prop_assert_eq!(moved, all);
        }

        #[test]
        fn skipping_finds_the_first_that_is_not_skipped(mut list in prop::collection::vec(0u8..99, 0..200), limit in 0u8..99) {
            list.sort_unstable();
            let expected: Vec<u8> = list.iter().copied().filter(|member| *member >= limit).collect();
            prop_assert_eq!(skip_while(&list, |member| *member < limit), expected);
        }
    }
}
