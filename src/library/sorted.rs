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
