//! The article: which page is wanted, which one is here, how far it is scrolled.

use super::message::{ItemRef, PageRequest};
use crate::article::Page;
use crate::library::{ItemId, Position};
use crate::search::Highlights;

/// How far an article has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// There is no page to tell by.
    Unknown,
    /// Nothing is worth remembering: its beginning or its end is on the screen.
    BeginningOrEnd,
    /// It is to be gone on with here.
    Middle(Position),
}

/// The page of the selected item.
#[derive(Debug, Clone, Default)]
pub struct ArticlePane {
    /// The page, as soon as it has been set.
    pub page: Option<Box<Page>>,
    /// The first row that is shown, counted from 0.
    pub scroll: usize,
    /// Whether the file is shown as it is.
    pub source: bool,
    wanted: Option<PageRequest>,
    requests: u64,
    taken: u64,
    /// Whether the end was on the screen when somebody last scrolled; it then stays there.
    at_end: bool,
    stale: bool,
    /// The match that was gone to last, counted from 0.
    at_match: Option<usize>,
    /// From where links to places of the article were followed, the last one at the end.
    followed_from: Vec<Position>,
}

impl ArticlePane {
    /// Says which page is wanted now. A request comes back when it is another than before.
    pub(super) fn want(&mut self, item: ItemRef, width: u16, highlights: &Highlights) -> Option<PageRequest> {
        let before = self.wanted.as_ref();
        let same_text = before.is_some_and(|before| before.item == item && before.source == self.source);
        let same_look =
            before.is_some_and(|before| before.width == width && before.highlights == *highlights);
        if same_text && same_look && !self.stale {
            return None;
        }
        if before.is_none_or(|before| before.highlights != *highlights) {
            self.at_match = None;
        }
        if !same_text {
            self.page = None;
            self.scroll = 0;
            self.at_end = false;
            self.at_match = None;
            self.followed_from.clear();
        }
        self.requests = self.requests.saturating_add(1);
        let request = PageRequest {
            request: self.requests,
            item,
            width,
            source: self.source,
            fresh: std::mem::take(&mut self.stale),
            highlights: highlights.clone(),
        };
        self.wanted = Some(request.clone());
        Some(request)
    }

    /// Forgets the page: nothing is selected, or its file has changed.
    pub(super) fn forget(&mut self) {
        self.wanted = None;
        self.page = None;
        self.scroll = 0;
        self.at_end = false;
        self.followed_from.clear();
    }

    /// Asks for the same page again, because its file may have changed, and shows the old one until then.
    pub(super) fn ask_again(&mut self) {
        self.stale = true;
    }

    /// Takes a page, if it is the one that is wanted. The place in the text is kept when its width changes.
    pub(super) fn take(&mut self, request: u64, page: Box<Page>) {
        if self.wanted.as_ref().is_none_or(|wanted| wanted.request != request) {
            return;
        }
        if let Some(before) = &self.page {
            let (old, new) = (before.rows.len().max(1), page.rows.len());
            if old != new {
                self.scroll = self.scroll.saturating_mul(new) / old;
            }
        }
        self.page = Some(page);
        self.taken = request;
    }

    /// The item whose page is here, or is coming.
    pub(super) fn item(&self) -> Option<ItemId> {
        self.wanted.as_ref().map(|wanted| wanted.item.id)
    }

    /// Whether a page has been asked for and is not here yet.
    pub fn is_waiting(&self) -> bool {
        self.wanted.as_ref().is_some_and(|wanted| wanted.request != self.taken)
    }

    /// Whether there is no page yet, but one will be here in a moment: how far it can be scrolled is not known until
    /// then, and what is typed meanwhile holds for it.
    pub fn is_coming(&self) -> bool {
        self.page.is_none() && self.is_waiting()
    }

    /// How many rows the page has.
    pub fn rows(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.rows.len())
    }

    /// How far the article has been read.
    pub(super) fn reached(&self, height: usize) -> Reached {
        if self.page.is_none() || self.is_waiting() || self.source {
            return Reached::Unknown;
        }
        if self.scroll == 0 || self.is_at_end(height) {
            return Reached::BeginningOrEnd;
        }
        Reached::Middle(self.position())
    }

    /// The first row that is shown, of all.
    fn position(&self) -> Position {
        let number = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        Position { row: number(self.scroll), rows: number(self.rows()) }
    }

    /// Goes to where the article was left, unless somebody has scrolled it already.
    pub(super) fn return_to(&mut self, position: Option<Position>) {
        if let (Some(position), 0, false) = (position, self.scroll, self.source) {
            self.scroll = position.row_among(self.rows());
        }
    }

    /// Scrolls by some rows, down when positive, never past the end.
    pub(super) fn scroll_by(&mut self, by: isize, height: usize) {
        self.scroll = self.scroll.saturating_add_signed(by);
        if self.is_coming() {
            return;
        }
        self.fit(height);
        self.at_end = self.scroll > 0 && self.is_at_end(height);
    }

    /// Keeps the scroll within the page after that or the window has changed.
    pub(super) fn fit(&mut self, height: usize) {
        if self.is_coming() {
            return;
        }
        let last = self.rows().saturating_sub(height);
        self.scroll = if self.at_end { last } else { self.scroll.min(last) };
    }

    /// Whether the last row is on the screen.
    pub fn is_at_end(&self, height: usize) -> bool {
        !self.is_coming() && self.scroll.saturating_add(height) >= self.rows()
    }
}

impl ArticlePane {
    /// How many rows of the page hold something that the search has found.
    pub fn matches(&self) -> usize {
        self.found().len()
    }

    /// The number of the match that was gone to last, counted from 1; 0 when none was.
    pub fn at_match(&self) -> usize {
        self.at_match.map_or(0, |at| at.saturating_add(1))
    }

    fn found(&self) -> &[usize] {
        self.page.as_ref().map(|page| page.found.as_slice()).unwrap_or_default()
    }

    /// Goes to the next match, or the one before. Says whether it went round.
    pub(super) fn go_to_match(&mut self, below: bool, height: usize) -> bool {
        let last = self.matches().saturating_sub(1);
        let next = match (self.at_match, below) {
            (None, true) => self.found().iter().position(|row| *row >= self.scroll),
            (None, false) => self.found().iter().rposition(|row| *row < self.scroll),
            (Some(at), true) => at.checked_add(1).filter(|next| *next <= last),
            (Some(at), false) => at.checked_sub(1),
        };
        let at = next.unwrap_or(if below { 0 } else { last });
        self.at_match = Some(at);
        if let Some(row) = self.found().get(at).copied() {
            self.show_row(row, height);
        }
        next.is_none()
    }

    /// Shows a row a third down the window, so that what leads to it can be read.
    fn show_row(&mut self, row: usize, height: usize) {
        self.scroll = row.saturating_sub(height / 3);
        self.at_end = false;
        self.fit(height);
    }

    /// Goes to a place of the article.
    pub(super) fn go_to_place(&mut self, place: u16, height: usize) {
        if let Some(row) = self.page.as_ref().map(|page| page.row_of_place(place)) {
            self.followed_from.push(self.position());
            self.show_row(row, height);
        }
    }

    /// Goes back to where the last link to a place was followed; `false` when none was.
    pub(super) fn return_from_place(&mut self, height: usize) -> bool {
        let Some(position) = self.followed_from.pop() else { return false };
        self.scroll = position.row_among(self.rows());
        self.at_end = false;
        self.fit(height);
        true
    }
}
