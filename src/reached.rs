//! What the cases of a property reach: one whose premise never holds checks nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// How often something held that a property is about.
#[derive(Debug)]
pub struct Reached(RefCell<BTreeMap<&'static str, u32>>);

impl Reached {
    /// Counts how often each of these holds.
    pub fn of(premises: &[&'static str]) -> Self {
        Self(RefCell::new(premises.iter().map(|premise| (*premise, 0)).collect()))
    }

    /// Takes note of whether a premise holds now.
    pub fn note(&self, premise: &'static str, holds: bool) {
        let mut counts = self.0.borrow_mut();
        let count = counts.get_mut(premise).unwrap_or_else(|| panic!("{premise:?} is not counted"));
        *count = count.saturating_add(u32::from(holds));
    }

    /// Fails when a premise has held less often than this.
    pub fn must_each_be(&self, least: u32) {
        let counts = self.0.borrow();
        let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < least).collect();
        assert!(rare.is_empty(), "held less than {least} times: {rare:?}");
    }
}
