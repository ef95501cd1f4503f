//! Which items are what.

use super::view::{Days, View};
use super::{Entry, ItemId, ItemSet};

/// The items that are listed, and sets of those of them that are something. The other sets may still hold items that
/// are not listed any more.
#[derive(Debug, Clone, Default)]
pub(super) struct Sets {
    pub listed: ItemSet,
    pub read: ItemSet,
    pub starred: ItemSet,
    pub new: ItemSet,
    /// Published today.
    pub today: ItemSet,
    /// Published within the last seven days.
    pub this_week: ItemSet,
}

impl Sets {
    /// Puts an item into each set that it belongs to, and takes it out of the others.
    pub fn put(&mut self, id: ItemId, entry: &Entry, days: Option<Days>) {
        self.listed.insert(id);
        self.read.set(id, entry.read);
        self.starred.set(id, entry.starred);
        self.new.set(id, entry.new);
        let within = |view| match (days, entry.day()) {
            (Some(days), Some(day)) => (days.first(view)..=days.last()).contains(&day),
            _ => false,
        };
        self.today.set(id, within(View::Today));
        self.this_week.set(id, within(View::ThisWeek));
    }
}
