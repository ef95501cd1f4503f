//! What was handed out to be saved and may not be on the disk yet.
//!
//! A mark is shown at once and saved behind the screen. Until the disk has it, a crash would lose it, so the header
//! says so when that takes long; and what could not be saved at all is not given up without a question.

use std::collections::{HashSet, VecDeque};

use super::memory::Save;
use super::message::{Effect, Part};
use super::{Notice, Overlay, Reader};
use crate::item::{ItemKey, SafeText};
use crate::library::{Mark, MarkChange};

/// What was handed out to be saved and may not be on the disk yet.
#[derive(Debug, Clone, Default)]
pub struct Saving {
    last: u64,
    /// Changes that must not be lost, with their numbers, in the order in which they were made.
    unsaved: VecDeque<(u64, Save)>,
    /// Whether a save has been under way for so long that the user should know.
    late: bool,
    /// Why saving does not work at present.
    failure: Option<SafeText>,
}

/// What the header says of saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavingSign {
    /// Changes are on their way to the disk, and it takes long.
    Pending,
    /// Changes could not be saved.
    Failed,
}

/// How many changes could not be saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// Marks that were set or taken away.
    pub marks: usize,
    /// Searches that were made topics, or are none any more.
    pub searches: usize,
}

impl Unsaved {
    /// The number in words: `3 marks and 1 search`.
    pub fn words(self) -> String {
        let count = |number: usize, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{number} {many}")),
        };
        let parts = [count(self.marks, "mark", "marks"), count(self.searches, "search", "searches")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

impl Saving {
    /// What the header says.
    pub fn sign(&self) -> Option<SavingSign> {
        match (self.unsaved.is_empty(), &self.failure) {
            (true, _) => None,
            (false, Some(_)) => Some(SavingSign::Failed),
            (false, None) => self.late.then_some(SavingSign::Pending),
        }
    }

    /// Why saving does not work at present.
    pub fn failure(&self) -> Option<&SafeText> {
        self.failure.as_ref()
    }

    /// Whether changes are on their way to the disk, and no sign says so yet.
    pub fn is_unannounced(&self) -> bool {
        !self.unsaved.is_empty() && self.sign().is_none()
    }

    /// Whether the disk will probably have everything in a moment, so that it is worth waiting for.
    pub(super) fn is_expecting(&self) -> bool {
        self.is_unannounced()
    }

    /// The marks of items whose last change is not known to be on the disk.
    #[cfg(test)]
    pub(crate) fn unsaved_marks(&self) -> impl Iterator<Item = (ItemKey, Mark)> {
        self.unsaved.iter().flat_map(|(_, save)| save.marked())
    }

    /// How many changes are not known to be on the disk. Each mark of an item counts once, however often it changed.
    pub fn unsaved(&self) -> Unsaved {
        let marks: HashSet<_> = self.unsaved.iter().flat_map(|(_, save)| save.marked()).collect();
        let searches: HashSet<_> = self.unsaved.iter().filter_map(|(_, save)| save.search()).collect();
        Unsaved { marks: marks.len(), searches: searches.len() }
    }

    /// Marks that were read as of a save, without those that were changed here since.
    pub(super) fn without_outdated(&self, as_of: u64, mut changes: Vec<MarkChange>) -> Vec<MarkChange> {
        let newer = self.unsaved.iter().filter(|(number, _)| *number > as_of);
        let newer: HashSet<(ItemKey, Mark)> = newer.flat_map(|(_, save)| save.marked()).collect();
        if !newer.is_empty() {
            changes.retain(|change| !newer.contains(&(change.key, change.mark)));
        }
        changes
    }

    /// Shows from now on that changes are on their way to the disk.
    pub(super) fn tell_late(&mut self) {
        self.late = !self.unsaved.is_empty();
    }

    /// The changes that are not known to be on the disk, in the order in which they were made.
    pub(super) fn changes(&self) -> Vec<Save> {
        self.unsaved.iter().map(|(_, save)| save.clone()).collect()
    }
}

impl Saving {
    /// Forgets what is not on the disk, because it is safe elsewhere.
    pub(super) fn forget(&mut self) {
        self.unsaved.clear();
    }

    /// Saving has ended for a reason.
    pub(super) fn fail(&mut self, reason: SafeText) {
        self.failure = Some(reason);
    }
}

impl Save {
    /// The items that it marks, each with the mark.
    fn marked(&self) -> impl Iterator<Item = (ItemKey, Mark)> {
        let (keys, mark) = match self {
            Self::Marks { keys, mark, .. } => (keys.as_slice(), *mark),
            Self::Position(..)
            | Self::Place(_)
            | Self::Setting { .. }
            | Self::Search(_)
            | Self::DropSearch(_) => (&[][..], Mark::Read),
        };
        keys.iter().map(move |key| (*key, mark))
    }

    /// The search that it keeps, or keeps no longer.
    fn search(&self) -> Option<&SafeText> {
        match self {
            Self::Search(typed) | Self::DropSearch(typed) => Some(typed),
            Self::Marks { .. } | Self::Position(..) | Self::Place(_) | Self::Setting { .. } => None,
        }
    }

    /// Whether losing it would lose something that the user has decided.
    fn is_precious(&self) -> bool {
        match self {
            Self::Marks { .. } | Self::Search(_) | Self::DropSearch(_) => true,
            Self::Position(..) | Self::Place(_) | Self::Setting { .. } => false,
        }
    }
}

impl Reader {
    /// Hands something out to be saved.
    pub(super) fn hand_out(&mut self, save: Save) {
        self.saving.last = self.saving.last.saturating_add(1);
        let number = self.saving.last;
        if save.is_precious() {
            self.saving.unsaved.push_back((number, save.clone()));
        }
        self.outbox.push(Effect::Save { number, save });
    }

    /// Takes in that everything up to a number is on the disk.
    pub(super) fn take_saved(&mut self, number: u64) {
        self.saving.unsaved.retain(|(later, _)| *later > number);
        if self.saving.unsaved.is_empty() {
            self.saving.late = false;
        }
        if !self.has_ended(Part::Saving) && self.saving.failure.take().is_some() {
            self.renew_problems();
        }
        if self.saving.unsaved.is_empty() && matches!(self.overlay, Overlay::Unsaved(_)) {
            self.overlay = Overlay::None;
        }
    }

    /// Takes in that saving does not work, and tells it once.
    pub(super) fn take_not_saved(&mut self, reason: SafeText) {
        if let Overlay::Unsaved(question) = &mut self.overlay
            && question.path.is_none()
        {
            question.problem = Some(reason.clone());
        }
        if self.saving.failure.replace(reason.clone()).is_none() {
            self.renew_problems();
            self.add_notice(Notice { text: reason, failure: true });
        }
    }
}
