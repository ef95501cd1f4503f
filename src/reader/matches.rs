//! Going from match to match in an article that a search has found.

use super::panes::Pane;
use super::{Action, Reader};

impl Reader {
    /// Goes from match to match where an article with matches is being read, else from unread item to
    /// unread item.
    pub(super) fn go_on(&mut self, below: bool) {
        if self.focus() == Pane::Article && self.article.matches() > 0 {
            self.go_to_match(below);
        } else {
            self.go_to_unread(below);
        }
    }

    /// Goes to the next row with a match, below or above the one that was gone to last; at the end, goes round.
    fn go_to_match(&mut self, below: bool) {
        let height = self.height(Pane::Article);
        let went_round = self.article.go_to_match(below, height);
        let (number, all) = (self.article.at_match(), self.article.matches());
        let round = match (went_round, below) {
            (false, _) => "",
            (true, true) => ", from the top again",
            (true, false) => ", from the end again",
        };
        self.inform(&format!("Match {number} of {all}{round}. {} goes to the next item.", Action::NextItem));
    }
}
