//! A position in rows of which a window is shown: it can never leave them.

/// Rows that stay visible above and below the selected one where there are more.
const MARGIN_ROWS: usize = 2;

/// A selected row and the first row that is shown. After every call both lie within the rows.
///
/// The selected row is on the screen, unless the window was scrolled away from it by [`scroll`](Self::scroll); whatever
/// selects a row brings it back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    row: usize,
    top: usize,
    scrolled: bool,
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

    /// Whether the window was scrolled away from the selected row, or might have been.
    pub fn is_scrolled(self) -> bool {
        self.scrolled
    }

    /// Selects a row and shows it, moving the window as little as needed.
    pub fn select(&mut self, row: usize, rows: usize, height: usize) {
        self.choose(row, rows);
        self.fit(rows, height);
    }

    /// Selects a row. [`fit_tall`](Self::fit_tall) has to bring the window to it.
    pub fn choose(&mut self, row: usize, rows: usize) {
        self.row = row.min(rows.saturating_sub(1));
        self.scrolled = false;
    }

    /// Moves the selection by some rows, down when positive.
    pub fn step(&mut self, by: isize, rows: usize, height: usize) {
        self.select(self.row.saturating_add_signed(by), rows, height);
    }

    /// Moves the window by some rows, down when positive, and leaves the selection where it is.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        self.top = self.top.saturating_add_signed(by).min(rows.saturating_sub(1));
        self.scrolled = true;
    }

    /// Selects a row without moving it on the screen: the rows around it have changed.
    pub fn reselect(&mut self, row: usize, rows: usize, height: usize) {
        self.follow(row, rows);
        self.fit(rows, height);
    }

    /// Does the same, and leaves it to [`fit_tall`](Self::fit_tall) to bring the window within the rows.
    pub fn follow(&mut self, row: usize, rows: usize) {
        let row = row.min(rows.saturating_sub(1));
        self.top = row.saturating_add(self.top).saturating_sub(self.row);
        self.row = row;
    }

    /// Keeps both within the rows after these or the window have changed.
    pub fn fit(&mut self, rows: usize, height: usize) {
        self.fit_tall(rows, height, |_| 1);
    }

    /// Does the same where rows are of different heights, in rows of the screen.
    pub fn fit_tall(&mut self, rows: usize, height: usize, height_of: impl Fn(usize) -> usize) {
        let last = rows.saturating_sub(1);
        self.row = self.row.min(last);
        // The first row from which on a row is wholly on the screen.
        let first_for = |end: usize| {
            let mut room = height;
            let above = (0..=end).rev().take_while(|row| {
                let needed = height_of(*row);
                let fits = needed <= room;
                room = room.saturating_sub(needed);
                fits
            });
            above.last().unwrap_or(end)
        };
        if !self.scrolled {
            let margin = MARGIN_ROWS.min(height.saturating_sub(1) / 2);
            let highest_top = self.row.saturating_sub(margin).max(first_for(self.row));
            let lowest_top = first_for(self.row.saturating_add(margin).min(last)).min(highest_top);
            self.top = self.top.clamp(lowest_top, highest_top);
        }
        self.top = self.top.min(first_for(last));
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

    #[test]
    fn the_wheel_leaves_the_selection_where_it_is_and_a_step_comes_back_to_it() {
        let mut cursor = Cursor::default();
        cursor.select(3, 100, 10);
        cursor.scroll(30, 100);
        cursor.fit(100, 10);
        assert_eq!((cursor.row(), cursor.top()), (3, 30));
        cursor.scroll(200, 100);
        cursor.fit(100, 10);
        assert_eq!(cursor.top(), 90, "no further than the end");
        cursor.step(1, 100, 10);
        assert_eq!((cursor.row(), cursor.top()), (4, 2));
    }

    #[test]
    fn where_rows_are_of_different_heights_the_selected_one_is_wholly_on_the_screen() {
        // Every third row takes three rows of the screen.
        let height_of = |row: usize| if row.is_multiple_of(3) { 3 } else { 1 };
        let mut cursor = Cursor::default();
        for (row, top) in [(0, 0), (3, 1), (4, 2), (5, 3), (6, 4), (99, 95)] {
            cursor.choose(row, 100);
            cursor.fit_tall(100, 9, height_of);
            assert_eq!(cursor.top(), top, "row {row}");
        }
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_visible_and_within_the_rows(
            steps in prop::collection::vec((-40isize..40, 0usize..60, 0usize..30, any::<u64>()), 1..60)
        ) {
            let mut cursor = Cursor::default();
            for (by, rows, height, tall) in steps {
                let height_of = |row: usize| 1 + usize::from(tall >> (row % 64) & 1 == 1);
                cursor.choose(cursor.row().saturating_add_signed(by), rows);
                cursor.fit_tall(rows, height, height_of);
                prop_assert!(cursor.row() < rows.max(1));
                prop_assert!(cursor.top() <= cursor.row());
                let down: usize = (cursor.top()..=cursor.row()).map(height_of).sum();
                prop_assert!(down <= height || cursor.top() == cursor.row(), "{cursor:?}");
                let below: usize = (cursor.top()..rows).map(height_of).sum();
                let with_one_more = below + cursor.top().checked_sub(1).map_or(height, height_of);
                prop_assert!(with_one_more > height || rows == 0 || cursor.top() == 0, "{cursor:?}: rows are left empty");
            }
        }
    }
}
