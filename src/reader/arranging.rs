//! Choosing how the panes stand on the screen.

use super::area::Size;
use super::arrangement::{Arrangement, SizeClass};
use super::panes::{Layout, Pane};
use super::{Action, Reader};

/// Columns that the border of a list beside an article moves at a time.
const BORDER_COLUMNS: i16 = 4;

impl Reader {
    /// Brings the layout into line with the size of the screen, with what was chosen for it, and with what there is to show.
    pub(super) fn arrange_panes(&mut self) {
        let size = self.layout.size;
        self.layout.arrangement = self.arrangements.arrangement(size);
        self.layout.borders = self.arrangements.borders(size);
        self.layout.topics_columns = self.topics.columns();
        // Items that come must not move an article that is being read, only what the user does.
        if std::mem::take(&mut self.may_move) || self.focus() != Pane::Article {
            // The width of the list does not depend on how many rows it needs.
            let width = self.place_of(Pane::List).width;
            self.layout.list_rows = self.rows_needed(width, size.rows);
        }
    }

    /// Changes to the next arrangement of the panes, or to the one before.
    pub(super) fn turn_arrangement(&mut self, forward: bool) {
        let size = self.layout.size;
        let possible = SizeClass::of(size).arrangements();
        if possible.len() < 2 {
            return self.inform("A larger window has other views.");
        }
        self.layout.zen = false;
        let at = possible.iter().position(|one| *one == self.layout.arrangement).unwrap_or_default();
        let next = if forward { at + 1 } else { at + possible.len() - 1 } % possible.len();
        let Some(next) = possible.get(next).copied() else { return };
        self.arrangements.choose(size, next);
        self.save_arrangement(size);
        self.arrange_panes();
        self.inform(match next {
            Arrangement::List => "Headlines only. The article takes their place when you open it.",
            Arrangement::Split => "Headlines above the article.",
            Arrangement::Columns => "Headlines beside the article.",
        });
    }

    /// Gives the list more or less room beside or above the article.
    pub(super) fn move_border(&mut self, more: bool) {
        let panes = self.panes();
        let (Some(list), Some(rule)) = (panes.list, panes.list_rule) else {
            let view = Action::NextArrangement;
            return self.inform(&format!("There is no border to move in this view. {view} shows another."));
        };
        let step = if rule.height == 1 { 1 } else { BORDER_COLUMNS };
        let by = if more { step } else { -step };
        let column = list.x.saturating_add(list.width).saturating_add_signed(by);
        let row = list.y.saturating_add(list.height).saturating_add_signed(by);
        self.put_border(column, row);
    }

    /// Puts the border between the list and the article where a cell of the screen is.
    pub(super) fn put_border(&mut self, column: u16, row: u16) {
        let Layout { size, .. } = self.layout;
        let Some(borders) = self.layout.with_border_at(column, row) else { return };
        if borders != self.layout.borders {
            self.arrangements.put_borders(size, borders);
            self.save_arrangement(size);
            self.arrange_panes();
        }
    }

    fn save_arrangement(&mut self, size: Size) {
        let (name, value) = self.arrangements.setting(size);
        self.save_setting(&name, value);
    }
}
