//! How far an article has been read.

/// How far the page of an item has been scrolled. At another width it has more or fewer rows; the share of them is
/// what counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// The first row that was on the screen, counted from 0.
    pub row: u32,
    /// How many rows the page had.
    pub rows: u32,
}

impl Position {
    /// The same place where the article has so many rows.
    pub(crate) fn row_among(self, rows: usize) -> usize {
        (self.row as usize).saturating_mul(rows) / (self.rows as usize).max(1)
    }
}
