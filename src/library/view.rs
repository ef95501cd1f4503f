//! What a list can be of, and how many items that is.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{SearchId, TopicId};

/// How many days "this week" reaches back from today.
const DAYS_BEFORE_TODAY: i64 = 6;

/// A topic that the user can look at: one of the six that always exist, a saved search, or one from
/// the items' metadata.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Every item.
    #[default]
    All,
    /// What has come since the last visit.
    New,
    /// What has not been read.
    Unread,
    /// What has a star.
    Starred,
    /// Published today.
    Today,
    /// Published within the last seven days.
    ThisWeek,
    /// A saved search.
    Search(SearchId),
    /// A topic of the tree.
    Topic(TopicId),
}

impl View {
    /// The views that exist whatever the items are, in the order in which they are shown.
    pub const STANDING: [Self; 6] =
        [Self::All, Self::New, Self::Unread, Self::Starred, Self::Today, Self::ThisWeek];
}

/// How many items there are, and how many of them have not been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Items that have not been read.
    pub unread: usize,
    /// All items.
    pub total: usize,
}

impl Counts {
    pub(super) fn add(&mut self, unread: bool) {
        self.total = self.total.saturating_add(1);
        self.unread = self.unread.saturating_add(usize::from(unread));
    }

    pub(super) fn remove(&mut self, unread: bool) {
        self.total = self.total.saturating_sub(1);
        self.unread = self.unread.saturating_sub(usize::from(unread));
    }

    pub(super) fn turn(&mut self, read: bool) {
        self.unread = if read { self.unread.saturating_sub(1) } else { self.unread.saturating_add(1) };
    }
}

/// Today, and the first of the days that "this week" reaches back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    today: Date,
    week_begins: Date,
}

impl Days {
    pub fn of(today: Date) -> Self {
        let week_begins = today.checked_sub(DAYS_BEFORE_TODAY.days()).unwrap_or(today);
        Self { today, week_begins }
    }

    /// The day on which "today" begins, or "this week".
    pub fn first(self, view: View) -> Date {
        if view == View::Today { self.today } else { self.week_begins }
    }

    /// The day with which both end.
    pub fn last(self) -> Date {
        self.today
    }
}
