//! What follows from the rest of the state, brought into line with it once after every message.

use super::panes::Pane;
use super::{Overlay, Reader};

impl Reader {
    /// Brings into line whatever a message may have put out of it. This is the one place for that, so that no change of
    /// the layout, the selection or the overlay has to remember what follows from it.
    pub(super) fn tidy(&mut self) {
        self.layout.zen &= self.focus() == Pane::Article;
        self.forget_problem_left();
        if !matches!(self.overlay, Overlay::Search(_)) {
            self.searching.untouched = false;
            self.searching.problem = None;
        }
        let (view, height) = (self.view(), self.height(Pane::Topics));
        if self.topics.is_outdated(&self.library, view, height) {
            self.topics.rebuild(&self.library, view, height);
        }
        self.fit();
        if self.notice.is_none() {
            self.notice = self.notices.pop_front();
        }
    }
}
