//! What items are ordered by where a list is by title: its letters, folded, so that neither accents nor the quotation
//! marks before it matter.

use std::cmp::Ordering;
use std::hash::Hasher as _;

use siphasher::sip::SipHasher13;

use crate::search::{fold, fold_into};

/// The beginning of what a title is ordered by, as numbers, and a digest of the whole of it. Most titles are told apart by
/// the beginning, and the same ones by the digest, without a look at the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TitleRank {
    start: [u64; 4],
    digest: u64,
}

impl TitleRank {
    /// What a title is ordered by. `folded` is room for its text.
    pub fn of(title: &str, folded: &mut String) -> Self {
        fold_into(letters(title), folded);
        let mut bytes = folded.bytes();
        let mut part = || (0..8).fold(0, |part, _| part << 8 | u64::from(bytes.next().unwrap_or_default()));
        let start = std::array::from_fn(|_| part());
        let mut hasher = SipHasher13::new();
        hasher.write(folded.as_bytes());
        Self { start, digest: hasher.finish() }
    }

    /// What only the same titles have in common.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Which of two titles comes first, as far as their beginnings tell.
    pub fn compare_starts(&self, other: &Self) -> Ordering {
        self.start.cmp(&other.start)
    }

    /// Which of two titles comes first. The texts are asked for only where the beginnings are the same.
    pub fn compare<'t>(
        &self,
        title: impl Fn() -> &'t str,
        other: &Self,
        other_title: impl Fn() -> &'t str,
    ) -> Ordering {
        self.compare_starts(other).then_with(|| {
            if self.digest == other.digest {
                return Ordering::Equal;
            }
            folded(title()).cmp(&folded(other_title()))
        })
    }
}

/// The text that a title is ordered by.
pub(super) fn folded(title: &str) -> String {
    fold(letters(title))
}

/// A title from its first letter or digit on.
fn letters(title: &str) -> &str {
    title.trim_start_matches(|character: char| !character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn titles_are_in_the_order_of_their_folded_letters(
            one in "[“ –]{0,2}(What to know about ){0,2}[a-cÉßﬁ日]{0,12}",
            other in "[“ –]{0,2}(what to know about ){0,2}[a-cÉßﬁ日]{0,12}",
        ) {
            let expected = folded(&one).cmp(&folded(&other));
            let rank = |title: &str| TitleRank::of(title, &mut String::new());
            prop_assert_eq!(rank(&one).compare(|| &one, &rank(&other), || &other), expected);
        }
    }
}
