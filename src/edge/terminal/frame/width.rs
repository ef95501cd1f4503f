//! How many cells a character takes, and whether terminals agree on that.

use ratatui::buffer::{Cell, CellWidth as _};
use unicode_normalization::char::canonical_combining_class;

/// How many cells are taken up by what a cell holds; at least one.
pub fn cells(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

/// Whether terminals disagree on the width of a character: it has more than a letter and its accents, or it is a picture.
pub fn is_uncertain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let is_picture = characters.next().is_some_and(|first| ('\u{1f000}'..='\u{1fbff}').contains(&first));
    is_picture || characters.any(|further| canonical_combining_class(further) == 0)
}

/// Whether every terminal puts the cursor behind a character where Rounds believes it to be: a character of one cell, or
/// one of the wide letters of East Asia. Older terminals take other wide characters, such as `⌚`, for narrow ones.
pub fn leaves_the_cursor_known(cell: &Cell) -> bool {
    let is_wide_letter = |first| matches!(first, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}');
    match cell.cell_width() {
        1 => !is_uncertain(cell.symbol()),
        2 => !is_uncertain(cell.symbol()) && cell.symbol().starts_with(is_wide_letter),
        _ => false,
    }
}
