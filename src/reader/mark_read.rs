//! When an article counts as read.

use super::Reader;
use crate::item::ItemKey;
use crate::library::Mark;

/// When an article is marked as read by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MarkRead {
    /// When it is opened.
    #[default]
    Open,
    /// When its end has been on the screen for a second.
    Seen,
    /// Never: only the user marks it.
    Never,
}

impl MarkRead {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Seen, Self::Never];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Seen => "seen",
            Self::Never => "never",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.name() == name)
    }
}

impl Reader {
    /// The same reader, which marks articles as read at another time.
    #[must_use]
    pub fn marking_read(mut self, when: MarkRead) -> Self {
        self.mark_read = when;
        self
    }

    /// Marks an item that is opened, where opening is what counts.
    pub(super) fn mark_opened(&mut self, key: ItemKey) {
        if self.mark_read == MarkRead::Open {
            self.mark(&[key], Mark::Read, true);
        }
    }

    /// Marks an item whose end the user has come to and leaves, unless only the user marks.
    pub(super) fn mark_finished(&mut self, key: ItemKey) {
        if self.mark_read != MarkRead::Never {
            self.mark(&[key], Mark::Read, true);
        }
    }

    /// The unread item whose end is on the screen, where that is what counts. When it has been there for a second,
    /// [`Message::Seen`](super::Message::Seen) says so.
    pub fn at_its_end(&self) -> Option<ItemKey> {
        if self.mark_read != MarkRead::Seen || self.article.source || self.overlay.covers_the_panes() {
            return None;
        }
        let height = usize::from(self.panes().article?.height);
        let is_there = self.article.page.is_some() && self.article.is_at_end(height);
        let id = self.article.item().filter(|_| is_there)?;
        self.library.entry(id).filter(|entry| !entry.read).map(|entry| entry.key)
    }

    /// Marks an item whose end has been on the screen for a second, if it is there still.
    pub(super) fn seen(&mut self, key: ItemKey) {
        if self.at_its_end() == Some(key) {
            self.mark(&[key], Mark::Read, true);
        }
    }
}
