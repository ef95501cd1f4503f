//! A position in rows of which a window is shown: it can never leave them.

/// Rows that stay visible above and below the cursor where there are more.
const MARGIN_ROWS: usize = 2;

/// A selected row and the first row that is shown. After every call both lie within the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    row: usize,
    top: usize,
}

impl Cursor {
    /// The selected row, counted from 0.
    pub fn row(self) -> usize {
        self.row
    }

    /// The first row that is shown, counted from 0.
    pub fn top(self) -> usize {
        self.top
    }

    /// Selects a row and shows it, moving the window as little as needed.
    pub fn select(&mut self, row: usize, rows: usize, height: usize) {
        self.row = row.min(rows.saturating_sub(1));
        self.fit(rows, height);
    }

    /// Moves the selection by some rows, down when positive.
    pub fn step(&mut self, by: isize, rows: usize, height: usize) {
        self.select(self.row.saturating_add_signed(by), rows, height);
    }

    /// Selects a row without moving it on the screen: the rows around it have changed.
    pub fn reselect(&mut self, row: usize, rows: usize, height: usize) {
        let from_top = self.row.saturating_sub(self.top);
        self.row = row.min(rows.saturating_sub(1));
        self.top = self.row.saturating_sub(from_top);
        self.fit(rows, height);
    }

    /// Keeps both within the rows after these or the window have changed.
    pub fn fit(&mut self, rows: usize, height: usize) {
        self.row = self.row.min(rows.saturating_sub(1));
        let margin = MARGIN_ROWS.min(height.saturating_sub(1) / 2);
        let lowest_top = self.row.saturating_add(margin + 1).saturating_sub(height.max(1));
        let highest_top = self.row.saturating_sub(margin);
        self.top = self.top.clamp(lowest_top.min(highest_top), highest_top);
        self.top = self.top.min(rows.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_that_moves_among_others_stays_where_it_is_on_the_screen() {
        let mut cursor = Cursor::default();
        cursor.select(20, 100, 10);
        let on_screen = cursor.row() - cursor.top();
        cursor.reselect(35, 115, 10);
        assert_eq!((cursor.row(), cursor.row() - cursor.top()), (35, on_screen));
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_visible_and_within_the_rows(
            steps in prop::collection::vec((-40isize..40, 0usize..60, 0usize..30), 1..60)
        ) {
            let mut cursor = Cursor::default();
            for (by, rows, height) in steps {
                cursor.step(by, rows, height);
                prop_assert!(cursor.row() < rows.max(1));
                prop_assert!(cursor.top() <= cursor.row());
                prop_assert!(height == 0 || cursor.row() < cursor.top() + height);
                prop_assert!(cursor.top() <= rows.saturating_sub(height));
            }
        }
    }
}
