//! Sets of the items, or of the topics, of one library.

use std::fmt;
use std::iter;
use std::marker::PhantomData;

use super::{ItemId, TopicId};

/// A number by which a library knows something.
pub trait Id: Copy {
    /// What has this number.
    fn numbered(number: u32) -> Self;
    /// Its number.
    fn number(self) -> u32;
}

impl Id for ItemId {
    fn numbered(number: u32) -> Self {
        Self::new(number)
    }

    fn number(self) -> u32 {
        ItemId::number(self)
    }
}

impl Id for TopicId {
    fn numbered(number: u32) -> Self {
        Self(number)
    }

    fn number(self) -> u32 {
        self.0
    }
}

/// A set, as one bit for each number up to the highest that was put in.
#[derive(Clone)]
pub struct IdSet<T> {
    words: Vec<u64>,
    of: PhantomData<T>,
}

/// A set of items.
pub type ItemSet = IdSet<ItemId>;

/// A set of topics.
pub(super) type TopicSet = IdSet<TopicId>;

/// The word that holds the bit of a number, and the bit.
fn place(id: impl Id) -> (usize, u64) {
    let number = id.number() as usize;
    (number / 64, 1 << (number % 64))
}

impl<T: Id> IdSet<T> {
    /// A set of nothing.
    pub const fn new() -> Self {
        Self { words: Vec::new(), of: PhantomData }
    }

    /// A set by its words: the lowest bit of the first is that of the number 0.
    pub(super) fn of_words(words: impl IntoIterator<Item = u64>) -> Self {
        Self { words: words.into_iter().collect(), of: PhantomData }
    }

    /// Its words.
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Puts one into the set.
    pub fn insert(&mut self, id: T) {
        let (word, bit) = place(id);
        if word >= self.words.len() {
            self.words.resize(word.saturating_add(1), 0);
        }
        if let Some(bits) = self.words.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Takes one out of the set.
    pub fn remove(&mut self, id: T) {
        let (word, bit) = place(id);
        if let Some(bits) = self.words.get_mut(word) {
            *bits &= !bit;
        }
    }

    /// Puts one into the set, or takes it out.
    pub(super) fn set(&mut self, id: T, is_in: bool) {
        if is_in { self.insert(id) } else { self.remove(id) }
    }

    /// Whether one is in the set.
    pub fn contains(&self, id: T) -> bool {
        let (word, bit) = place(id);
        self.words.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// How many are in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Whether none is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|bits| *bits == 0)
    }

    /// What is in the set, in the order of the numbers.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        (0u32..).zip(&self.words).filter(|(_, bits)| **bits != 0).flat_map(|(word, bits)| {
            // Each step takes the lowest bit away that is still set.
            let left = iter::successors(Some(*bits), |bits| Some(bits & bits.wrapping_sub(1)));
            let set = left.take_while(|bits| *bits != 0);
            set.map(move |bits| T::numbered(word * 64 + bits.trailing_zeros()))
        })
    }

    /// Takes out everything for which something does not hold.
    pub fn retain(&mut self, mut holds: impl FnMut(T) -> bool) {
        for (word, bits) in (0u32..).zip(&mut self.words) {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if !holds(T::numbered(word * 64 + bit)) {
                    *bits &= !(1 << bit);
                }
            }
        }
    }

    /// Takes out everything that another set does not hold.
    pub fn intersect(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= others;
        }
    }
}

impl<T: Id> Default for IdSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Id + fmt::Debug> fmt::Debug for IdSet<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl<T: Id> Extend<T> for IdSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, ids: I) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl<T: Id> FromIterator<T> for IdSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

/// What a search over all text has found.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// The items.
    pub items: ItemSet,
    /// The items with the best first, where that was asked for.
    pub best: Vec<ItemId>,
    /// Whether all items were in the index; until they are, titles and topics are looked at as well.
    pub complete: bool,
}
