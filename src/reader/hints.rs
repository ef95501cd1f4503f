//! The footer in words: the keys that matter here, and the place in what is shown.

use super::area::Area;
use super::panes::Pane;
use super::{Action, Fetch, Reader, TreeRow};
use crate::article::cells::cells;
use crate::library::{MarkFilter, Order};

/// Below this width of the screen, the place in the list is its number only.
const ORDER_FROM_COLUMNS: u16 = 60;
/// Below this width, the usual order of the list is not said: keys need the room more.
const USUAL_ORDER_FROM_COLUMNS: u16 = 100;

/// A key that the footer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What it asks for. A click on it does the same.
    pub action: Action,
    /// The key, as it is written.
    pub key: String,
    /// What it does here, in a word or two.
    pub words: &'static str,
    /// The column that it begins in.
    pub column: u16,
}

impl Hint {
    fn new(action: Action, words: &'static str) -> Self {
        Self { action, key: action.to_string(), words, column: 0 }
    }

    /// The columns of the key and its words.
    fn columns(&self) -> std::ops::Range<u16> {
        self.column..self.column.saturating_add(width(&self.key) + width(self.words) + 1)
    }
}

impl Reader {
    /// The keys that the footer has room for. Where it is not enough for all, the last one (the help) is kept.
    pub fn hints(&self, area: Area) -> Vec<Hint> {
        let place = width(&self.place_words());
        let mut hints = self.keys_here();
        let Some(last) = hints.pop() else { return hints };
        let needed = |hint: &Hint| hint.columns().len() + 2;
        let mut room = usize::from(area.width.saturating_sub(place)).saturating_sub(needed(&last));
        let fitting = hints.iter().take_while(|hint| {
            let fits = needed(hint) <= room;
            room = room.saturating_sub(needed(hint));
            fits
        });
        let fitting = fitting.count();
        hints.truncate(fitting);
        hints.push(last);
        let mut column = 1;
        for hint in &mut hints {
            hint.column = column;
            column = hint.columns().end.saturating_add(2);
        }
        hints
    }

    /// The action of the key at a column of the footer.
    pub(super) fn hint_at(&self, area: Area, column: u16) -> Option<Action> {
        let column = column.saturating_sub(area.x);
        self.hints(area).into_iter().find(|hint| hint.columns().contains(&column)).map(|hint| hint.action)
    }

    /// The six keys that matter here.
    fn keys_here(&self) -> Vec<Hint> {
        match self.focus() {
            Pane::Topics => self.topic_keys(),
            Pane::List if self.list.ids.is_empty() => self.empty_list_keys(),
            Pane::List => self.list_keys(),
            Pane::Article => vec![
                Hint::new(Action::ReadOn, "page"),
                self.original_key(),
                Hint::new(
                    Action::NextUnread,
                    if self.article.matches() > 0 { "next match" } else { "next unread" },
                ),
                Hint::new(Action::ToggleStar, "star"),
                Hint::new(Action::Back, "back"),
                Hint::new(Action::Help, "help"),
            ],
        }
    }

    fn original_key(&self) -> Hint {
        if self.selected_has_link() {
            Hint::new(Action::OpenOriginal, "browser")
        } else {
            Hint::new(Action::ShowSource, "file")
        }
    }

    /// What helps where the list is empty: to drop what narrows it, or to look again where there is nothing at all.
    fn empty_list_keys(&self) -> Vec<Hint> {
        let narrowed = self.is_narrowed();
        if self.library.is_empty() && !narrowed {
            let is_coming = self.loading.progress.is_some()
                || self.bundles().iter().any(|bundle| matches!(bundle.fetch, Fetch::Going(_)));
            let again = (!is_coming).then(|| Hint::new(Action::Refresh, "try again"));
            let rest = [Hint::new(Action::Back, "quit"), Hint::new(Action::Help, "help")];
            return again.into_iter().chain(rest).collect();
        }
        let all = narrowed.then(|| Hint::new(Action::Escape, "show all"));
        let rest = [
            Hint::new(Action::Search, "search"),
            Hint::new(Action::Left, "topics"),
            Hint::new(Action::JumpToTopic, "go to topic"),
            Hint::new(Action::Back, "back"),
            Hint::new(Action::Help, "help"),
        ];
        all.into_iter().chain(rest).collect()
    }

    fn topic_keys(&self) -> Vec<Hint> {
        let fold = match self.topics.selected() {
            Some(TreeRow { folded: Some(true), .. }) => Some(Hint::new(Action::Right, "unfold")),
            Some(TreeRow { folded: Some(false), .. }) => Some(Hint::new(Action::Left, "fold")),
            _ => None,
        };
        let rest = [
            Hint::new(Action::NextNews, "next unread"),
            Hint::new(Action::JumpToTopic, "go to topic"),
            Hint::new(Action::MarkAllRead, "mark all read"),
            Hint::new(Action::Help, "help"),
        ];
        std::iter::once(Hint::new(Action::Read, "headlines")).chain(fold).chain(rest).collect()
    }

    fn list_keys(&self) -> Vec<Hint> {
        let query = &self.list.query;
        if !query.search.is_empty() {
            let best = if query.order == Order::Best { "newest first" } else { "best match" };
            return vec![
                Hint::new(Action::Escape, "show all"),
                Hint::new(Action::Read, "open"),
                Hint::new(Action::BestMatch, best),
                Hint::new(Action::SaveSearch, "keep search"),
                Hint::new(Action::MarkAllRead, "mark all read"),
                Hint::new(Action::Help, "help"),
            ];
        }
        let mut hints = vec![Hint::new(Action::Read, "open")];
        if self.is_narrowed() {
            hints.push(Hint::new(Action::Escape, "show all"));
        } else if self.is_stale() {
            hints.push(Hint::new(Action::Refresh, "fetch again"));
        } else if self.panes().topics.is_none() {
            hints.push(Hint::new(Action::Left, "topics"));
        }
        hints.push(Hint::new(Action::ReadOn, "page"));
        if hints.len() < 3 {
            hints.push(Hint::new(Action::ToggleStar, "star"));
        }
        hints.extend([
            self.original_key(),
            Hint::new(Action::Search, "search"),
            Hint::new(Action::Help, "help"),
        ]);
        hints
    }

    /// Whether a search or a filter hides a part of what the list would show.
    fn is_narrowed(&self) -> bool {
        !self.list.query.search.is_empty() || self.list.query.marks != MarkFilter::Any
    }

    /// How far the article has been read, while it is; else the place in the list, where no rule shows it.
    pub fn place_words(&self) -> String {
        let panes = self.panes();
        match (self.focus(), panes.article) {
            (Pane::Article, Some(area)) => self.article_place(usize::from(area.height)),
            _ if panes.list_rule.is_some_and(|rule| rule.height == 1) => String::new(),
            _ => format!("{} ", self.list_place()),
        }
    }

    fn article_place(&self, height: usize) -> String {
        let (rows, article) = (self.article.rows(), &self.article);
        let seen = article.scroll.saturating_add(height);
        match rows {
            0 => String::new(),
            _ if rows <= height => "all ".to_owned(),
            _ if article.matches() > 0 && article.at_match() > 0 => {
                format!("match {} of {} ", article.at_match(), article.matches())
            }
            _ if seen >= rows => "end ".to_owned(),
            _ => format!("{} % ", seen.saturating_mul(100) / rows),
        }
    }

    /// The place in the list, and its order: `3/37 · newest first`.
    pub fn list_place(&self) -> String {
        let number = match self.listed() {
            0 => String::new(),
            rows => format!("{}/{rows}", self.list.cursor.row() + 1),
        };
        let order = self.list.query.order;
        let is_usual = order == Order::default();
        let from = if is_usual { USUAL_ORDER_FROM_COLUMNS } else { ORDER_FROM_COLUMNS };
        if self.layout.size.columns < from {
            return number;
        }
        let order = order.label();
        if number.is_empty() { order.to_owned() } else { format!("{number} · {order}") }
    }
}

fn width(text: &str) -> u16 {
    u16::try_from(cells(text)).unwrap_or(u16::MAX)
}
