//! The article: which page is wanted, which one is here, how far it is scrolled.

use super::message::PageRequest;
use crate::article::Page;

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
}

impl ArticlePane {
    /// Says which page is wanted now. A request comes back when it is another than before.
    pub(super) fn want(&mut self, path: &str, width: u16) -> Option<PageRequest> {
        let before = self.wanted.as_ref();
        let same_text = before.is_some_and(|before| before.path == path && before.source == self.source);
        if same_text && !self.stale && before.is_some_and(|before| before.width == width) {
            return None;
        }
        if !same_text {
            self.page = None;
            self.scroll = 0;
            self.at_end = false;
        }
        self.requests = self.requests.saturating_add(1);
        let request = PageRequest {
            request: self.requests,
            path: path.to_owned(),
            width,
            source: self.source,
            fresh: std::mem::take(&mut self.stale),
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
