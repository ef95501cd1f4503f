//! What a loading brings: items in batches, and at the end an account of everything else.

use std::collections::BTreeMap;

use super::archive::Manifest;
use crate::item::{Item, Problem};

/// Items that were read since the batch before.
#[derive(Debug, Default)]
pub struct Batch {
    /// The items, in no particular order.
    pub items: Vec<Item>,
    /// How many item files have been found so far, read or not.
    pub found: usize,
}

/// An account of a loading: everything that was found is counted in one of these.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many item files were found.
    pub files: usize,
    /// How many items were handed over. This equals `files`, unless the loading was stopped.
    pub items: usize,
    /// How many files of other kinds there are, by extension in lower case (empty when there is none).
    pub others: BTreeMap<String, usize>,
    /// How many files and folders were passed over because their names begin with a dot.
    pub hidden: usize,
    /// What the bundle says about itself, where it is one and says anything.
    pub manifest: Option<Manifest>,
    /// What could not be read and is no item, by its path in the source (not safe to draw), in order.
    pub problems: Vec<(String, Problem)>,
}

impl Report {
    /// How many files of other kinds there are.
    pub fn other_files(&self) -> usize {
        self.others.values().sum()
    }
}
