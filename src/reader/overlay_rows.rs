//! The rows of what lies over the panes, when the screen or the library beneath them changes.

use super::help::help_rows;
use super::prompt::{DETAIL_ROWS, OVERLAY_TOP_ROWS};
use super::{Overlay, Reader};
use crate::item::Problem;

impl Reader {
    /// How many rows an overlay has for its list, beside its title, its line to type in, and some rows for
    /// the details of the selected one.
    pub(super) fn overlay_height(&self, detail_rows: u16) -> usize {
        let area = self.panes().overlay.unwrap_or_default();
        usize::from(area.height.saturating_sub(OVERLAY_TOP_ROWS).saturating_sub(detail_rows)).max(1)
    }

    /// How many rows there are to choose from, and how many of them are shown at a time.
    pub(super) fn overlay_extent(&self) -> (usize, usize) {
        let (rows, detail_rows) = match &self.overlay {
            Overlay::Jump(picker) => (picker.views.len(), 0),
            Overlay::Help(picker) => (help_rows(picker.input.value()).len(), DETAIL_ROWS),
            Overlay::Problems(_) => (self.library.problems().len(), DETAIL_ROWS),
            Overlay::None | Overlay::Search(_) | Overlay::LinkNumber(_) | Overlay::Link { .. } => (0, 0),
        };
        (rows, self.overlay_height(detail_rows))
    }

    /// Keeps the selected row within the rows and on the screen.
    pub(super) fn fit_overlay(&mut self) {
        let (rows, height) = self.overlay_extent();
        if let Some(cursor) = self.overlay.cursor_mut() {
            cursor.fit(rows, height);
        }
    }

    /// The problem that is selected in the list of problems, while that is open.
    pub(super) fn selected_problem(&self) -> Option<(Box<str>, Problem)> {
        match &self.overlay {
            Overlay::Problems(cursor) => self.library.problems().get(cursor.row()).cloned(),
            _ => None,
        }
    }

    /// Selects a problem again after others have come or gone.
    pub(super) fn reselect_problem(&mut self, problem: Option<(Box<str>, Problem)>) {
        let row = problem.and_then(|problem| self.library.problems().iter().position(|row| *row == problem));
        let (rows, height) = self.overlay_extent();
        if let (Some(row), Some(cursor)) = (row, self.overlay.cursor_mut()) {
            cursor.reselect(row, rows, height);
        }
    }
}
