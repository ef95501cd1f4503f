//! What the user attends to on the screen.

use super::panes::{Pane, text_area};
use super::prompt::OVERLAY_TOP_ROWS;
use super::{Cursor, Overlay, Reader};

impl Reader {
    /// The cell, as column and row, that the terminal's hidden cursor belongs at: the selected row, or the first line of the
    /// article that is being read. Screen readers and magnifiers follow it.
    pub fn attended(&self) -> Option<(u16, u16)> {
        let panes = self.panes();
        let down = |cursor: Cursor| u16::try_from(cursor.row().checked_sub(cursor.top())?).ok();
        if self.overlay.covers_the_panes() {
            let overlay = panes.overlay?;
            let cursor = match &self.overlay {
                Overlay::Orders(picker) => picker.cursor,
                Overlay::Problems(cursor) => *cursor,
                Overlay::Unsaved(question) => question.cursor,
                // In the others the cursor is shown where one types.
                _ => return Some((overlay.x, overlay.y)),
            };
            return Some((
                overlay.x,
                overlay.y.saturating_add(OVERLAY_TOP_ROWS).saturating_add(down(cursor)?),
            ));
        }
        match self.focus() {
            Pane::Topics => {
                let area = panes.topics?;
                let row = down(self.topics.cursor).filter(|row| *row < area.height)?;
                Some((area.x, area.y.saturating_add(row)))
            }
            Pane::List => {
                let area = panes.list?;
                let selected = self.list.cursor.row();
                let shown = self.shown_headlines(area).into_iter().find(|shown| shown.number == selected)?;
                Some((area.x, area.y.saturating_add(shown.row)))
            }
            Pane::Article => {
                let text = text_area(panes.article?);
                Some((text.x, text.y))
            }
        }
    }
}
