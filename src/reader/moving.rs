//! Moving: within a pane, from pane to pane, from item to item, from topic to topic.

use super::area::Area;
use super::panes::Pane;
use super::{Action, Reader, TreeRow};
use crate::library::{ItemId, View};

/// A number of items in words.
pub(super) fn items(count: usize) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

/// How far to move within a pane.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Lines(isize),
    HalfPages(isize),
    Pages(isize),
    First,
    Last,
}

impl Step {
    /// The step in rows, where a window shows so many of them.
    fn rows(self, height: usize) -> isize {
        let height = isize::try_from(height).unwrap_or(isize::MAX);
        match self {
            Self::Lines(lines) => lines,
            Self::HalfPages(count) => count.saturating_mul((height / 2).max(1)),
            Self::Pages(count) => count.saturating_mul((height - 2).max(1)),
            Self::First => isize::MIN,
            Self::Last => isize::MAX,
        }
    }
}

impl Reader {
    pub(super) fn step(&mut self, step: Step) {
        self.step_in(self.focus(), step);
    }

    pub(super) fn step_in(&mut self, pane: Pane, step: Step) {
        let height = if pane == Pane::List { self.headlines_shown() } else { self.height(pane) };
        let by = step.rows(height);
        match pane {
            Pane::Topics => {
                self.topics.cursor.step(by, self.topics.rows.len(), height);
                self.follow_topic();
            }
            Pane::List => self.list.choose(self.list.cursor.row().saturating_add_signed(by)),
            Pane::Article => self.article.scroll_by(by, height),
        }
    }

    /// Makes the list show the topic that is selected in the tree.
    pub(super) fn follow_topic(&mut self) {
        if let Some(TreeRow { view, .. }) = self.topics.selected()
            && view != self.view()
        {
            self.list.query.view = view;
            self.list.restart(&self.library);
        }
    }

    /// Shows a topic, wherever it is in the tree.
    pub(super) fn show_view(&mut self, view: View) {
        self.topics.reveal(&self.library, view);
        self.list.query.view = view;
        self.list.restart(&self.library);
        self.topics.rebuild(&self.library, view, self.height(Pane::Topics));
    }

    /// Brings the keyboard to a pane.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.layout.focus = pane;
    }

    /// Reads the selected item: the keyboard goes to the article, and the item counts as read.
    pub(super) fn read(&mut self) {
        let Some(key) = self.list.selected().and_then(|id| self.library.entry(id)).map(|entry| entry.key)
        else {
            return self.inform("There is no item to read here.");
        };
        self.list.chosen = true;
        self.mark_opened(key);
        self.focus_on(Pane::Article);
    }

    /// Goes to an item of the list; where an article is being read, reads that one.
    fn go_to(&mut self, id: ItemId) {
        self.list.select(id);
        if self.focus() == Pane::Article {
            self.read();
        }
    }

    /// Goes to the nearest unread item below or above the selected one; at the end of the list, goes on from
    /// its other end.
    pub(super) fn go_to_unread(&mut self, below: bool) {
        let row = self.list.cursor.row();
        let unread = |id: &&ItemId| self.library.entry(**id).is_some_and(|entry| !entry.read);
        let (above, from_here) = self.list.ids.split_at_checked(row).unwrap_or((&self.list.ids, &[]));
        let after = from_here.get(1..).unwrap_or_default();
        let (ahead, around) = if below {
            (after.iter().find(unread), above.iter().find(unread))
        } else {
            (above.iter().rev().find(unread), after.iter().rev().find(unread))
        };
        match (ahead.copied(), around.copied()) {
            (Some(id), _) => self.go_to(id),
            (None, Some(id)) => {
                self.go_to(id);
                self.inform(if below { "From the top again." } else { "From the end again." });
            }
            (None, None) => self.say_all_read(),
        }
    }

    fn say_all_read(&mut self) {
        match self.counts(View::Unread).unread {
            0 => self.inform(&format!("Everything is read: {}.", items(self.library.len()))),
            _ => self.inform(&format!(
                "Nothing else is unread here. {} goes to the next topic.",
                Action::NextNews
            )),
        }
    }

    /// Goes to the item right below or above the selected one.
    pub(super) fn go_to_neighbour(&mut self, below: bool) {
        let row = self.list.cursor.row();
        let row = if below { row.checked_add(1) } else { row.checked_sub(1) };
        match row.and_then(|row| self.list.ids.get(row)).copied() {
            Some(id) => self.go_to(id),
            None => self.inform(if below { "This is the last item." } else { "This is the first item." }),
        }
    }

    /// Goes to the next or previous topic of the tree that has unread items.
    pub(super) fn go_to_news(&mut self, below: bool) {
        let row = self.topics.cursor.row();
        let news =
            |row: &&TreeRow| matches!(row.view, View::Topic(_)) && self.library.counts(row.view).unread > 0;
        let found = if below {
            self.topics.rows.iter().skip(row.saturating_add(1)).find(news)
        } else {
            self.topics.rows.iter().take(row).rev().find(news)
        };
        match found.copied() {
            Some(row) => {
                self.show_view(row.view);
                if self.focus() == Pane::Article {
                    self.focus_on(Pane::List);
                }
            }
            None if below => {
                self.inform(&format!("No unread topic below; {} goes up.", Action::PreviousNews));
            }
            None => self.inform(&format!("No unread topic above; {} goes down.", Action::NextNews)),
        }
    }

    /// Pages through the article, and goes on to the next unread item at its end. Where no article is on the
    /// screen, pages through what is there.
    pub(super) fn read_on(&mut self) {
        let Some(Area { height, .. }) = self.panes().article.filter(|_| self.focus() != Pane::Topics) else {
            return self.step(Step::Pages(1));
        };
        if self.article.is_at_end(usize::from(height)) {
            if let Some(entry) = self.list.selected().and_then(|id| self.library.entry(id)) {
                self.mark_finished(entry.key);
            }
            self.go_to_unread(true);
        } else {
            self.step_in(Pane::Article, Step::Pages(1));
        }
    }

    /// Goes left: folds in the topics, leaves the other panes.
    pub(super) fn left(&mut self) {
        match self.focus() {
            Pane::Article => self.focus_on(Pane::List),
            Pane::List => self.focus_on(Pane::Topics),
            Pane::Topics => match self.topics.selected() {
                Some(TreeRow { folded: Some(false), .. }) => self.turn_fold(),
                Some(TreeRow { depth: 1.., .. }) => self.select_parent(),
                _ => {}
            },
        }
    }

    /// Goes right: unfolds in the topics, goes on to the next pane elsewhere.
    pub(super) fn right(&mut self) {
        match (self.focus(), self.topics.selected()) {
            (Pane::Topics, Some(TreeRow { folded: Some(true), .. })) => self.turn_fold(),
            (Pane::Topics, _) => self.focus_on(Pane::List),
            (Pane::List, _) => self.read(),
            (Pane::Article, _) => {}
        }
    }

    /// Folds or unfolds the selected topic.
    pub(super) fn turn_fold(&mut self) {
        if let Some(TreeRow { view: View::Topic(topic), folded: Some(folded), .. }) = self.topics.selected() {
            self.topics.fold(&self.library, topic, !folded);
            self.topics.rebuild(&self.library, View::Topic(topic), self.height(Pane::Topics));
            self.save_folds();
        }
    }

    fn select_parent(&mut self) {
        let row = self.topics.cursor.row();
        let above = self.topics.rows.iter().take(row).rposition(|row| row.depth == 0);
        if let Some(parent) = above {
            self.topics.cursor.select(parent, self.topics.rows.len(), self.height(Pane::Topics));
            self.follow_topic();
        }
    }
}
