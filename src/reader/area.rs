//! Rectangles of cells.

/// The size of the screen in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}

/// A part of the screen in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Columns to the left of it.
    pub x: u16,
    /// Rows above it.
    pub y: u16,
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
}

impl Area {
    /// Whether a cell of the screen is in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        let across = self.x..self.x.saturating_add(self.width);
        let down = self.y..self.y.saturating_add(self.height);
        across.contains(&column) && down.contains(&row)
    }

    /// Takes columns off its left. The first is what was taken, the second what is left.
    #[must_use]
    pub fn split_left(self, columns: u16) -> (Self, Self) {
        let taken = columns.min(self.width);
        (
            Self { width: taken, ..self },
            Self { x: self.x.saturating_add(taken), width: self.width.saturating_sub(taken), ..self },
        )
    }

    /// Takes rows off its top. The first is what was taken, the second what is left.
    #[must_use]
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let taken = rows.min(self.height);
        (
            Self { height: taken, ..self },
            Self { y: self.y.saturating_add(taken), height: self.height.saturating_sub(taken), ..self },
        )
    }

    /// Takes rows off its bottom. The first is what is left, the second what was taken.
    #[must_use]
    pub fn split_bottom(self, rows: u16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(rows))
    }
}
