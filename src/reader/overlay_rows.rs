//! The rows of what lies over the panes, when the screen or the library beneath them changes.

use super::help::help_rows;
use super::prompt::{OVERLAY_TOP_ROWS, detail_rows};
use super::{Overlay, Reader, UnsavedAnswer};
use crate::library::SourceProblem;

impl Reader {
    /// How many rows an overlay has for its list, beside its title, its line to type in, and what it may have
    /// below for the details of the selected one.
    pub(super) fn overlay_height(&self, has_details: bool) -> usize {
        let height = self.panes().overlay.unwrap_or_default().height;
        let details = if has_details { detail_rows(height) } else { 0 };
        usize::from(height.saturating_sub(OVERLAY_TOP_ROWS).saturating_sub(details)).max(1)
    }

    /// How many rows there are to choose from, and how many of them are shown at a time.
    pub(super) fn overlay_extent(&self) -> (usize, usize) {
        let (rows, has_details) = match &self.overlay {
            Overlay::Jump(picker) => (picker.views.len(), false),
            Overlay::Help(picker) => (help_rows(picker.input.value()).len(), true),
            Overlay::Orders(picker) => (picker.choices.len(), false),
            Overlay::Problems(_) => (self.library.problems().len(), true),
            Overlay::Unsaved(_) => (UnsavedAnswer::ALL.len(), false),
            Overlay::None | Overlay::Search(_) | Overlay::LinkNumber(_) | Overlay::Link { .. } => (0, false),
        };
        (rows, self.overlay_height(has_details))
    }

    /// Keeps the selected row within the rows and on the screen.
    pub(super) fn fit_overlay(&mut self) {
        let (rows, height) = self.overlay_extent();
        if let Some(cursor) = self.overlay.cursor_mut() {
            cursor.fit(rows, height);
        }
    }

    /// The problem that is selected in the list of problems, while that is open.
    pub(super) fn selected_problem(&self) -> Option<SourceProblem> {
        match &self.overlay {
            Overlay::Problems(cursor) => self.library.problems().get(cursor.row()).cloned(),
            _ => None,
        }
    }

    /// Selects a problem again after others have come or gone.
    pub(super) fn reselect_problem(&mut self, problem: Option<SourceProblem>) {
        let row = problem.and_then(|problem| self.library.problems().iter().position(|row| *row == problem));
        let (rows, height) = self.overlay_extent();
        if let (Some(row), Some(cursor)) = (row, self.overlay.cursor_mut()) {
            cursor.reselect(row, rows, height);
        }
    }
}
