//! The state machine: what the reader knows, and what a message makes of it.

mod action;
mod actions;
mod area;
mod arrangement;
mod arranging;
mod article_pane;
mod attention;
mod bindings;
mod bundles;
mod cursor;
mod folds;
mod headline;
mod help;
mod hints;
mod jump;
mod key;
mod keys;
mod link_numbers;
mod list_pane;
mod loading;
mod mark_read;
mod marking;
mod matches;
mod memory;
mod message;
mod mouse;
mod moving;
mod ordering;
mod overlay_rows;
mod panes;
mod parts;
mod problems;
mod prompt;
mod saved_search;
mod saving;
mod search;
mod settings;
mod standing;
mod tidy;
mod topic_pane;
mod unsaved;
mod update;

#[cfg(test)]
pub(crate) mod tests;

pub use action::{Action, Group};
pub use area::{Area, Size};
pub use arrangement::{Arrangement, Arrangements, Borders, SizeClass};
pub use article_pane::ArticlePane;
pub use bindings::{BINDINGS, Binding};
pub use bundles::{Bundle, BundleNews, Fetch, LastCopy};
pub use cursor::Cursor;
pub use headline::{HeadlineLayout, ShownHeadline};
pub(crate) use headline::{MARK_COLUMN, REASON_COLUMN};
pub(crate) use help::{help_rows, help_section};
pub use hints::Hint;
pub use key::{Key, KeyCode};
pub use list_pane::ListPane;
pub use loading::Progress;
pub use mark_read::MarkRead;
pub use memory::{Memory, Place, Save};
pub use message::{Effect, ItemRef, Loaded, Message, Mouse, MouseKind, PageRequest, Part};
pub use ordering::{OrderChoice, OrderPicker};
pub use panes::{Layout, Pane, Panes, text_area};
pub(crate) use prompt::detail_rows;
pub use prompt::{Overlay, Picker};
pub use saving::{Saving, SavingSign, Unsaved};
pub use search::{Asker, Searching};
pub use topic_pane::{TermOrder, TopicPane, TreeRow};
pub use unsaved::{UnsavedAnswer, UnsavedQuestion};
pub use update::update;

use std::collections::{HashMap, VecDeque};

use jiff::civil::Date;

use crate::item::{ItemKey, Problem, SafeText};
use crate::library::{Counts, Library, Position, View};
use loading::Loading;
use marking::Change;
use memory::Saved;
use problems::ProblemLeft;

/// Everything that the reader knows. Only [`update()`] changes it; drawing looks at it.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    pub(crate) source: SafeText,
    pub(crate) library: Library,
    pub(crate) topics: TopicPane,
    pub(crate) list: ListPane,
    pub(crate) article: ArticlePane,
    pub(crate) layout: Layout,
    arrangements: Arrangements,
    mark_read: MarkRead,
    /// Whether the list shows how each item begins.
    skims: bool,
    /// Whether the user has done something, so that panes may get other places.
    may_move: bool,
    /// Whether the border between the list and the article follows the mouse.
    drags_border: bool,
    pub(crate) overlay: Overlay,
    pub(crate) notice: Option<Notice>,
    pub(crate) loading: Loading,
    pub(crate) searching: Searching,
    bundles: Vec<Bundle>,
    /// Parts that have ended, each with what the user was told.
    ended_parts: Vec<(Part, SafeText)>,
    /// What is wrong in the sources besides their items, as the last look found it.
    source_problems: Vec<(String, Problem)>,
    pub(crate) today: Option<Date>,
    positions: HashMap<ItemKey, Position>,
    saved: Saved,
    pub(crate) saving: Saving,
    /// What is to be done outside, in the order in which it was asked for.
    outbox: Vec<Effect>,
    /// What is to be told when the present notice has been seen.
    notices: VecDeque<Notice>,
    welcome: Option<SafeText>,
    /// The problem that the article is read because of.
    problem_left: Option<ProblemLeft>,
    undo: Vec<Change>,
}

/// A line for the user in the footer. The next key takes it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: SafeText,
    /// Whether something did not work.
    pub failure: bool,
}

impl Reader {
    /// A reader of sources that are called so, in one line. The welcome, if there is one, is the first line that its
    /// user sees in the footer.
    pub fn new(source: SafeText, welcome: Option<SafeText>) -> Self {
        Self { source, welcome, ..Self::default() }
    }

    /// The same reader; so many of its sources are bundles from the web, called so.
    #[must_use]
    pub fn with_bundles(mut self, names: Vec<SafeText>) -> Self {
        self.bundles = names.into_iter().map(|name| Bundle { name, ..Bundle::default() }).collect();
        self
    }

    /// The same reader, which lists drafts and other items that would be withheld.
    #[must_use]
    pub fn with_drafts(mut self) -> Self {
        self.library.list_withheld();
        self
    }

    /// The places of the panes.
    pub fn panes(&self) -> Panes {
        self.layout.panes()
    }

    /// The pane that the keyboard is in.
    pub fn focus(&self) -> Pane {
        self.layout.focus
    }

    /// The view that the list shows.
    pub fn view(&self) -> View {
        self.list.query.view
    }

    /// What was handed out to be saved and may not be on the disk yet.
    pub fn saving(&self) -> &Saving {
        &self.saving
    }

    /// How many items a view holds.
    pub fn counts(&self, view: View) -> Counts {
        self.library.counts(view)
    }

    /// How many items are found by the search that the list shows, or are in its view where it shows none.
    pub fn counts_here(&self) -> Counts {
        if self.list.query.search.is_empty() {
            return self.counts(self.view());
        }
        self.library.counts_of(self.list.shown())
    }

    /// How many items the list shows.
    pub fn listed(&self) -> usize {
        self.list.ids.len()
    }

    /// Whether the selected item has an original that can be opened.
    pub fn selected_has_link(&self) -> bool {
        let entry = self.list.selected().and_then(|id| self.library.entry(id));
        entry.is_some_and(|entry| entry.has_link)
    }

    /// Whether something that was asked for will probably be here in a moment, so that it is worth waiting
    /// for before a frame is drawn.
    pub fn is_expecting(&self) -> bool {
        self.article.is_waiting()
            || self.searching.is_waiting()
            || self.saving.is_expecting()
            || (self.loading.progress.is_some() && self.library.is_empty())
    }

    /// The selected item, to ask about it.
    fn selected_item(&self) -> Option<ItemRef> {
        let id = self.list.selected()?;
        Some(ItemRef { id, key: self.library.entry(id)?.key })
    }

    /// Tells something in the place of what was told before, unless that is something that did not work.
    fn inform(&mut self, text: &str) {
        let notice = Notice { text: SafeText::new(text), failure: false };
        if self.notice.as_ref().is_some_and(|before| before.failure) {
            self.notices.push_back(notice);
        } else {
            self.notice = Some(notice);
        }
    }

    /// Tells at once of something that did not work, and then again of what was being told.
    fn warn(&mut self, text: &str) {
        let before = self.notice.replace(Notice { text: SafeText::new(text), failure: true });
        if let Some(before) = before {
            self.notices.push_front(before);
        }
    }

    /// How many rows a pane has for its contents, at least one.
    fn height(&self, pane: Pane) -> usize {
        usize::from(self.place_of(pane).height).max(1)
    }

    /// Where a pane is. Of one that is not on the screen, it is where it will be when the keyboard comes to it, so that it
    /// comes back as it was left.
    fn place_of(&self, pane: Pane) -> Area {
        let with_keyboard = Layout { focus: pane, zen: false, ..self.layout };
        self.panes().of(pane).or_else(|| with_keyboard.panes().of(pane)).unwrap_or_default()
    }
}
